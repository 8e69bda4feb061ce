package credit.approval.id;

import java.util.Arrays;
import java.util.Locale;

/**
 * The unified social credit code of GB 32100-2015: registry department 1, category 1, division 6,
 * organisation code 9, check 1.
 */
public final class UnifiedCode {
  /** The 31 characters of the code in the order of their values; I, O, S, V and Z are left out. */
  public static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";

  /** Characters in a code. */
  public static final int LENGTH = 18;

  private static final int MODULUS = 31;
  private static final int[] WEIGHTS = powersOfThree();
  private static final byte[] VALUES = values();

  private UnifiedCode() {}

  /**
   * The check character for the first 17: {@code (31 - sum of weight * value mod 31) mod 31}, with
   * weights 3^(i-1) mod 31.
   *
   * @throws IllegalArgumentException if there are not 17 characters of the alphabet
   */
  public static char checkCharacter(String first17) {
    int check = first17.length() == LENGTH - 1 ? check(first17) : -1;
    if (check < 0) {
      throw new IllegalArgumentException(
          "'" + first17 + "' is not the first 17 characters of a unified code: " + ALPHABET);
    }
    return ALPHABET.charAt(check);
  }

  /** The whole code from its first 17 characters. The organisation code inside is taken as is. */
  public static String complete(String first17) {
    return first17 + checkCharacter(first17);
  }

  /**
   * The whole code from registry, category and division (8 characters) and the first 8 characters
   * of the organisation code, with both checks computed.
   */
  public static String compose(String first8, String organisation8) {
    return complete(first8 + OrganisationCode.complete(organisation8));
  }

  /** Whether the form is right and the check character is the computed one. */
  public static boolean isValid(String code) {
    if (code == null || code.length() != LENGTH || !hasDigitsInDivision(code)) {
      return false;
    }
    int check = check(code);
    return check >= 0 && ALPHABET.charAt(check) == code.charAt(LENGTH - 1);
  }

  /**
   * The organisation code inside a unified code (positions 9 to 17). Its own check is not part of
   * the unified code's check; ask {@link OrganisationCode#isValid}.
   */
  public static String organisationCode(String code) {
    if (code.length() != LENGTH) {
      throw new IllegalArgumentException("'" + code + "' does not have 18 characters");
    }
    return code.substring(8, 17);
  }

  /**
   * The code in the standard's own spelling: blanks and hyphens gone, full-width characters
   * narrowed, letters in upper case. Characters that look alike (O and 0, I and 1) stay.
   */
  public static String normalise(String code) {
    StringBuilder plain = null;
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      boolean kept = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
      if (!kept && plain == null) {
        plain = new StringBuilder(code.length()).append(code, 0, i);
      }
      if (plain != null) {
        appendPlain(plain, c);
      }
    }
    return plain == null ? code : plain.toString().toUpperCase(Locale.ROOT);
  }

  private static void appendPlain(StringBuilder plain, char c) {
    char narrow = c >= '\uff01' && c <= '\uff5e' ? (char) (c - 0xfee0) : c;
    boolean blank = Character.isWhitespace(narrow) || narrow == '\u00a0' || narrow == '\u3000';
    if (!blank && narrow != '-' && narrow != '\ufeff') {
      plain.append(narrow);
    }
  }

  /** The value of the check character, or -1 where a character is not in the alphabet. */
  private static int check(String code) {
    int sum = 0;
    for (int i = 0; i < LENGTH - 1; i++) {
      char c = code.charAt(i);
      int value = c < VALUES.length ? VALUES[c] : -1;
      if (value < 0) {
        return -1;
      }
      sum += WEIGHTS[i] * value;
    }
    return (MODULUS - sum % MODULUS) % MODULUS;
  }

  private static boolean hasDigitsInDivision(String code) {
    for (int i = 2; i < 8; i++) {
      if (code.charAt(i) < '0' || code.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static int[] powersOfThree() {
    int[] weights = new int[LENGTH - 1];
    weights[0] = 1;
    for (int i = 1; i < weights.length; i++) {
      weights[i] = weights[i - 1] * 3 % MODULUS;
    }
    return weights;
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }
}
