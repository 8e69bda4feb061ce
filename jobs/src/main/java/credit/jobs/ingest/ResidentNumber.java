package credit.jobs.ingest;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * A person's identity number (GB 11643): province, birth date, serial and check character.
 * Departments write it where a firm's code belongs when the party is a sole trader.
 */
final class ResidentNumber {
  /** The provinces of GB/T 2260; no firm's code of departments 9, A, N or Y begins like them. */
  private static final Pattern FORM =
      Pattern.compile("(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\\d{15}[\\dX]");

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2099;

  private ResidentNumber() {}

  /** Whether the code, as a scheme writes codes, has the form, a birth date and the check. */
  static boolean isValid(String code) {
    return FORM.matcher(code).matches() && isBirthDate(code.substring(6, 14)) && checks(code);
  }

  private static boolean isBirthDate(String digits) {
    int year = Integer.parseInt(digits.substring(0, 4));
    try {
      LocalDate.of(
          year, Integer.parseInt(digits.substring(4, 6)), Integer.parseInt(digits.substring(6)));
      return year >= FIRST_YEAR && year <= LAST_YEAR;
    } catch (DateTimeException noSuchDay) {
      return false;
    }
  }

  private static boolean checks(String code) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (code.charAt(i) - '0') * WEIGHTS[i];
    }
    return CHECKS.charAt(sum % CHECKS.length()) == code.charAt(WEIGHTS.length);
  }
}
