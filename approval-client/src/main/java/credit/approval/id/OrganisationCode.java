package credit.approval.id;

/**
 * The organisation code of GB 11714: eight characters and a check. Letters take the values of the
 * 36-character table (A = 10 … Z = 35), also where the code stands inside a unified code.
 */
public final class OrganisationCode {
  /** Characters in a code, written without the hyphen. */
  public static final int LENGTH = 9;

  private static final int[] WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

  private OrganisationCode() {}

  /**
   * The check character for the first eight: {@code 11 - sum of weight * value mod 11}, where 10 is
   * written X and 11 is written 0.
   *
   * @throws IllegalArgumentException if there are not eight digits or upper-case letters
   */
  public static char checkCharacter(String first8) {
    int check = first8.length() == LENGTH - 1 ? check(first8) : -1;
    if (check < 0) {
      throw new IllegalArgumentException(
          "'" + first8 + "' is not the first 8 characters (0-9, A-Z) of an organisation code");
    }
    return written(check);
  }

  /** The whole code from its first eight characters. */
  public static String complete(String first8) {
    return first8 + checkCharacter(first8);
  }

  /** Whether the form is right and the check character is the computed one. */
  public static boolean isValid(String code) {
    if (code == null || code.length() != LENGTH) {
      return false;
    }
    int check = check(code);
    return check >= 0 && written(check) == code.charAt(LENGTH - 1);
  }

  private static char written(int check) {
    return switch (check) {
      case 10 -> 'X';
      case 11 -> '0';
      default -> (char) ('0' + check);
    };
  }

  private static int check(String code) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      char c = code.charAt(i);
      int value = c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
      if (value < 0) {
        return -1;
      }
      sum += WEIGHTS[i] * value;
    }
    return 11 - sum % 11;
  }
}
