package credit.approval.serve;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding (RFC 3986) read strictly, so that nobody on the way reads it otherwise: whole
 * escapes, visible ASCII between them, well-formed UTF-8 and no control character in the result.
 */
final class Escapes {
  private Escapes() {}

  /** The text of a path segment. */
  static String segment(String raw) {
    return isPlain(raw) ? raw : unescaped(raw);
  }

  /** Whether it stands for itself, as codes do. */
  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (!isVisible(raw.charAt(i)) || raw.charAt(i) == '%') {
        return false;
      }
    }
    return true;
  }

  private static boolean isVisible(char c) {
    return c > 0x20 && c < 0x7f;
  }

  private static String unescaped(String raw) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(escaped(raw, i));
        i += 2;
      } else if (isVisible(c)) {
        bytes.write(c);
      } else {
        throw refused();
      }
    }
    return text(bytes.toByteArray());
  }

  /** The text of a parameter's value, in which a plus is a blank. */
  static String value(String raw) {
    return segment(raw.replace("+", "%20"));
  }

  private static int escaped(String raw, int percent) {
    int high = percent + 2 < raw.length() ? Character.digit(raw.charAt(percent + 1), 16) : -1;
    int low = high < 0 ? -1 : Character.digit(raw.charAt(percent + 2), 16);
    if (low < 0) {
      throw refused();
    }
    return high * 16 + low;
  }

  private static String text(byte[] utf8) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      if (text.chars().noneMatch(Character::isISOControl)) {
        return text;
      }
    } catch (CharacterCodingException e) {
      throw refused();
    }
    throw refused();
  }

  private static BadRequest refused() {
    return new BadRequest(
        400, "bad_request", "the address must be percent-encoded UTF-8 without control characters");
  }
}
