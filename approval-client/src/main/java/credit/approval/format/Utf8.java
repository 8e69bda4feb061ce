package credit.approval.format;

import java.util.function.Function;

/** UTF-8 checks and the order of its bytes, which is the order of code points. */
final class Utf8 {
  private Utf8() {}

  /** Compares as UTF-8 bytes would compare, unlike {@link String#compareTo} beyond U+FFFF. */
  static int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothOrNone ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /** Throws what {@code refused} makes if the bytes are not well-formed UTF-8. */
  static void require(byte[] data, int from, int to, Function<String, ListException> refused) {
    int i = from;
    while (i < to) {
      int b = data[i];
      if (isPlainTriple(data, i, to)) {
        i += 3;
        continue;
      }
      int length = b >= 0 ? 1 : sequenceLength(b & 0xff);
      if (length == 0 || i + length > to || !wellFormed(data, i, length)) {
        throw refused.apply("it is not UTF-8");
      }
      i += length;
    }
  }

  /** Three bytes whose first one lets the others be any, as in nearly all Chinese characters. */
  private static boolean isPlainTriple(byte[] data, int i, int to) {
    return data[i] >= (byte) 0xe1
        && data[i] <= (byte) 0xec
        && i + 2 < to
        && (data[i + 1] & 0xc0) == 0x80
        && (data[i + 2] & 0xc0) == 0x80;
  }

  private static int sequenceLength(int lead) {
    if (lead >= 0xc2 && lead <= 0xdf) {
      return 2;
    }
    if (lead >= 0xe0 && lead <= 0xef) {
      return 3;
    }
    return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  }

  private static boolean wellFormed(byte[] data, int i, int length) {
    if (length == 1) {
      return true;
    }
    for (int k = 1; k < length; k++) {
      if ((data[i + k] & 0xc0) != 0x80) {
        return false;
      }
    }
    int lead = data[i] & 0xff;
    int second = data[i + 1] & 0xff;
    return switch (lead) {
      case 0xe0 -> second >= 0xa0; // overlong
      case 0xed -> second <= 0x9f; // surrogates
      case 0xf0 -> second >= 0x90; // overlong
      case 0xf4 -> second <= 0x8f; // beyond U+10FFFF
      default -> true;
    };
  }
}
