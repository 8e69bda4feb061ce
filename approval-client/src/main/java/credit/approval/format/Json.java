package credit.approval.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small, strict JSON reader and a writer without blanks. Values are {@code Map<String, Object>}
 * in the order of the text, {@code List<Object>}, {@code String}, {@code Long}, {@code Boolean} and
 * null. Refused: a key twice in one object, numbers with fraction or exponent, nesting beyond
 * {@value #MAX_DEPTH}, broken UTF-8, lone surrogates, anything after the value.
 */
public final class Json {
  /** Objects and arrays within each other. */
  public static final int MAX_DEPTH = 8;

  private final String text;
  private int position;

  private Json(String text) {
    this.text = text;
  }

  /**
   * The value in the bytes.
   *
   * @throws ListException with {@code json_invalid}
   */
  public static Object parse(byte[] bytes) {
    try {
      return parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new ListException("json_invalid", "the JSON is not UTF-8", e);
    }
  }

  /** See {@link #parse(byte[])}. */
  public static Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value(0);
    json.blanks();
    if (json.position != text.length()) {
      throw json.invalid("text follows the value");
    }
    return value;
  }

  /** The value as JSON text without blanks. */
  public static String write(Object value) {
    return new String(bytes(value), StandardCharsets.UTF_8);
  }

  /** The value as JSON without blanks, in UTF-8. */
  public static byte[] bytes(Object value) {
    JsonWriter out = new JsonWriter();
    out.value(value);
    return out.bytes();
  }

  /** The same with a line feed behind it. */
  public static byte[] line(Object value) {
    JsonWriter out = new JsonWriter();
    out.value(value);
    out.lineFeed();
    return out.bytes();
  }

  /** A value that is written once and then stands, as it is, in other values. */
  public static final class Written {
    final byte[] utf8;

    public Written(Object value) {
      this.utf8 = bytes(value);
    }
  }

  private Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw invalid("it is nested deeper than " + MAX_DEPTH);
    }
    blanks();
    char c = peek();
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      case 'n' -> literal("null", null);
      default -> integer();
    };
  }

  private Map<String, Object> object(int depth) {
    Map<String, Object> members = new LinkedHashMap<>();
    position++;
    blanks();
    if (taken('}')) {
      return members;
    }
    do {
      blanks();
      String key = string();
      if (members.containsKey(key)) {
        throw invalid("the key '" + key + "' stands twice");
      }
      blanks();
      require(':');
      members.put(key, value(depth + 1));
      blanks();
    } while (taken(','));
    require('}');
    return members;
  }

  private List<Object> array(int depth) {
    List<Object> elements = new ArrayList<>();
    position++;
    blanks();
    if (taken(']')) {
      return elements;
    }
    do {
      elements.add(value(depth + 1));
      blanks();
    } while (taken(','));
    require(']');
    return elements;
  }

  private String string() {
    require('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = peek();
      position++;
      if (c == '"') {
        break;
      }
      if (c < 0x20) {
        throw invalid("a control character stands in a string");
      }
      out.append(c == '\\' ? escaped() : c);
    }
    for (int i = 0; i < out.length(); i++) {
      if (Character.isHighSurrogate(out.charAt(i))
          && i + 1 < out.length()
          && Character.isLowSurrogate(out.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(out.charAt(i))) {
        throw invalid("a string holds half a character");
      }
    }
    return out.toString();
  }

  private char escaped() {
    char c = peek();
    position++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw invalid("an escape is unknown");
    };
  }

  private char unicode() {
    if (position + 4 > text.length()) {
      throw invalid("an escape is cut off");
    }
    int value = 0;
    for (int i = 0; i < 4; i++) {
      char c = text.charAt(position++);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw invalid("an escape is not hexadecimal");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private Object literal(String word, Object value) {
    if (!text.startsWith(word, position)) {
      throw invalid("a word is unknown");
    }
    position += word.length();
    return value;
  }

  private Long integer() {
    int start = position;
    if (peek() == '-') {
      position++;
    }
    int digits = position;
    while (position < text.length() && isDigit(text.charAt(position))) {
      position++;
    }
    boolean leadingZero = position - digits > 1 && text.charAt(digits) == '0';
    if (position == digits || leadingZero || position - digits > 18) {
      throw invalid("a value is not an integer of at most 18 digits");
    }
    if (position < text.length() && ".eE".indexOf(text.charAt(position)) >= 0) {
      throw invalid("a number has a fraction or an exponent");
    }
    return Long.valueOf(text.substring(start, position));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void blanks() {
    while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
  }

  private char peek() {
    if (position >= text.length()) {
      throw invalid("it is cut off");
    }
    return text.charAt(position);
  }

  private boolean taken(char c) {
    boolean here = position < text.length() && text.charAt(position) == c;
    position += here ? 1 : 0;
    return here;
  }

  private void require(char c) {
    if (!taken(c)) {
      throw invalid("'" + c + "' was expected");
    }
  }

  private ListException invalid(String what) {
    return new ListException("json_invalid", "JSON, character " + position + ": " + what);
  }
}
