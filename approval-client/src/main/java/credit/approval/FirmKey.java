package credit.approval;

import credit.approval.id.IdScheme;

/**
 * By what a firm's rows are found: its scheme and code, packed into two words. Codes of up to
 * twenty characters from {@code 0} to {@code n}, and so all that have a check digit, are packed
 * whole: equal words are the same firm. Longer ones are packed to a hash, and the row itself must
 * say whose it is.
 */
final class FirmKey {
  /** Bits of {@link #low} that a table may use for itself. */
  static final long SPARE_BIT = 1L << 63;

  private static final long HASHED = 1L << 62;
  private static final int SCHEME_SHIFT = 60;
  private static final long TAKEN = 1L << 63;
  private static final int CHARACTERS_IN_A_WORD = 10;
  private static final int BITS_OF_A_CHARACTER = 6;
  private static final char FIRST = '0';
  private static final char LAST = 'n';
  private static final long ODD = 0x9e3779b97f4a7c15L;
  private static final long OTHER_ODD = 0xc2b2ae3d27d4eb4fL;

  private final String scheme;
  private final String code;
  private final long high;
  private final long low;

  private FirmKey(String scheme, String code, long high, long low) {
    this.scheme = scheme;
    this.code = code;
    this.high = high;
    this.low = low;
  }

  /** A code that passes its scheme's check, and so is ASCII without comma and quote. */
  static FirmKey of(IdScheme scheme, String code) {
    int length = code.length();
    int middle = Math.min(length, CHARACTERS_IN_A_WORD);
    long first = packed(code, 0, middle);
    long second = packed(code, middle, length);
    boolean isWhole = length <= 2 * CHARACTERS_IN_A_WORD && first >= 0 && second >= 0;
    long low = number(scheme) << SCHEME_SHIFT;
    return isWhole
        ? new FirmKey(scheme.label(), code, TAKEN | first, low | second)
        : hashed(scheme, code, low | HASHED);
  }

  /** Two bits. */
  private static long number(IdScheme scheme) {
    return switch (scheme) {
      case USCC -> 0;
      case ORG_CODE -> 1;
      case REG_NO_15 -> 2;
      case NONE -> 3;
    };
  }

  /** Six bits a character, of which none is 0; negative where a character needs more. */
  private static long packed(String code, int from, int to) {
    long packed = 0;
    for (int i = from; i < to; i++) {
      char c = code.charAt(i);
      if (c < FIRST || c > LAST) {
        return -1;
      }
      packed = packed << BITS_OF_A_CHARACTER | (c - FIRST + 1);
    }
    return packed;
  }

  private static FirmKey hashed(IdScheme scheme, String code, long low) {
    long hash = code.length();
    for (int i = 0; i < code.length(); i++) {
      hash = mixed(hash ^ code.charAt(i));
    }
    return new FirmKey(scheme.label(), code, TAKEN | hash, low);
  }

  private static long mixed(long value) {
    long product = value * ODD;
    return product ^ (product >>> 32);
  }

  /** The first word; never 0. */
  long high() {
    return high;
  }

  /** The second word, without {@link #SPARE_BIT}. */
  long low() {
    return low;
  }

  /** Whether equal words are the same firm. */
  boolean isWhole() {
    return (low & HASHED) == 0;
  }

  /** Its high bits choose a place in a table. */
  long hash() {
    return hash(high, low);
  }

  static long hash(long high, long low) {
    return mixed(high * OTHER_ODD ^ low);
  }

  /** Bytes of {@code scheme,code,} as it stands in every file, never quoted. */
  int length() {
    return scheme.length() + code.length() + 2;
  }

  /** Whether {@code scheme,code,} stands at that place. */
  boolean isAt(byte[] data, int at) {
    int comma = at + scheme.length();
    return at + length() <= data.length
        && stands(scheme, data, at)
        && data[comma] == ','
        && stands(code, data, comma + 1)
        && data[at + length() - 1] == ',';
  }

  private static boolean stands(String ascii, byte[] data, int at) {
    for (int i = 0; i < ascii.length(); i++) {
      if (data[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
