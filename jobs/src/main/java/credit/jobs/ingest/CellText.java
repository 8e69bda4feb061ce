package credit.jobs.ingest;

/** What is asked of every cell's text, in one look at each character. */
final class CellText {
  private CellText() {}

  /** The text without blanks at its edges, also those that a word processor or a browser leaves. */
  static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || (c >= '\u001C' && c <= '\u001F')
        || c == '\u200B'
        || c == '\uFEFF'
        || Character.isSpaceChar(c);
  }

  /** Whether half a character stands somewhere. */
  static boolean hasHalfCharacter(String text) {
    return has(text, Character.SURROGATE);
  }

  /** Raised and ringed digits, which narrowing would turn into others: 10² is not 102. */
  static boolean hasNoPlainDigit(String text) {
    return has(text, Character.OTHER_NUMBER);
  }

  private static boolean has(String text, int type) {
    int c;
    for (int i = 0; i < text.length(); i += Character.charCount(c)) {
      c = text.codePointAt(i);
      if (Character.getType(c) == type) {
        return true;
      }
    }
    return false;
  }
}
