package credit.approval.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes values as JSON without blanks, straight into UTF-8. */
final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** Most bytes that one character of a string becomes: an escape such as {@code \u001f}. */
  private static final int LONGEST = 6;

  private byte[] out = new byte[2048];
  private int size;

  byte[] bytes() {
    return Arrays.copyOf(out, size);
  }

  void lineFeed() {
    put('\n');
  }

  void value(Object value) {
    if (value instanceof Json.Written written) {
      put(written.utf8);
    } else if (value instanceof Map<?, ?> members) {
      object(members);
    } else if (value instanceof Iterable<?> elements) {
      array(elements);
    } else if (value == null
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Integer) {
      put(String.valueOf(value).getBytes(StandardCharsets.US_ASCII));
    } else {
      string(value.toString());
    }
  }

  private void object(Map<?, ?> members) {
    put('{');
    boolean isFirst = true;
    for (Map.Entry<?, ?> member : members.entrySet()) {
      if (!isFirst) {
        put(',');
      }
      isFirst = false;
      string(member.getKey().toString());
      put(':');
      value(member.getValue());
    }
    put('}');
  }

  private void array(Iterable<?> elements) {
    put('[');
    boolean isFirst = true;
    for (Object element : elements) {
      if (!isFirst) {
        put(',');
      }
      isFirst = false;
      value(element);
    }
    put(']');
  }

  private void string(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      reserve(LONGEST);
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
        out[size++] = (byte) c;
      } else if (c < 0x80) {
        escaped(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        beyondTheBasicPlane(Character.toCodePoint(c, text.charAt(i)));
      } else if (Character.isSurrogate(c)) {
        unicode(c);
      } else {
        basic(c);
      }
    }
    put('"');
  }

  private void escaped(char c) {
    byte letter =
        switch (c) {
          case '"', '\\' -> (byte) c;
          case '\n' -> 'n';
          case '\r' -> 'r';
          case '\t' -> 't';
          default -> 0;
        };
    if (letter == 0) {
      unicode(c);
    } else {
      out[size++] = '\\';
      out[size++] = letter;
    }
  }

  /** Also half a character is told as it is; no reader takes it for another. */
  private void unicode(char c) {
    out[size++] = '\\';
    out[size++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      out[size++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void basic(char c) {
    if (c < 0x800) {
      out[size++] = (byte) (0xc0 | (c >> 6));
    } else {
      out[size++] = (byte) (0xe0 | (c >> 12));
      out[size++] = (byte) (0x80 | ((c >> 6) & 0x3f));
    }
    out[size++] = (byte) (0x80 | (c & 0x3f));
  }

  private void beyondTheBasicPlane(int codePoint) {
    out[size++] = (byte) (0xf0 | (codePoint >> 18));
    for (int shift = 12; shift >= 0; shift -= 6) {
      out[size++] = (byte) (0x80 | ((codePoint >> shift) & 0x3f));
    }
  }

  private void put(char ascii) {
    reserve(1);
    out[size++] = (byte) ascii;
  }

  private void put(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, out, size, bytes.length);
    size += bytes.length;
  }

  private void reserve(int more) {
    if (more > out.length - size) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, size + more));
    }
  }
}
