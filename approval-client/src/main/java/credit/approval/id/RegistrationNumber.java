package credit.approval.id;

/**
 * The registration number issued before the unified code: 6 digits of the registry, 8 of the serial
 * and a check digit by ISO 7064 MOD 11,10.
 */
public final class RegistrationNumber {
  /** Digits in a number. */
  public static final int LENGTH = 15;

  private RegistrationNumber() {}

  /**
   * The check digit for the first 14.
   *
   * @throws IllegalArgumentException if there are not 14 digits
   */
  public static char checkDigit(String first14) {
    int check = first14.length() == LENGTH - 1 ? check(first14) : -1;
    if (check < 0) {
      throw new IllegalArgumentException(
          "'" + first14 + "' is not the first 14 digits of a registration number");
    }
    return (char) ('0' + check);
  }

  /** The whole number from its first 14 digits. */
  public static String complete(String first14) {
    return first14 + checkDigit(first14);
  }

  /** Whether there are 15 digits and the last is the computed one. */
  public static boolean isValid(String number) {
    if (number == null || number.length() != LENGTH) {
      return false;
    }
    int check = check(number);
    return check >= 0 && number.charAt(LENGTH - 1) == '0' + check;
  }

  /** ISO 7064 MOD 11,10 over the first 14 digits, or -1 where one is not a digit. */
  private static int check(String number) {
    int product = 10;
    for (int i = 0; i < LENGTH - 1; i++) {
      int digit = number.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      int sum = (product + digit) % 10;
      product = 2 * (sum == 0 ? 10 : sum) % 11;
    }
    return (11 - product) % 10;
  }
}
