package credit.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResidentNumberTest {
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  /** A made-up number with its check character, as GB 11643 computes it. */
  static String number(String division, LocalDate birth, int serial) {
    String body =
        division + birth.format(DateTimeFormatter.BASIC_ISO_DATE) + "%03d".formatted(serial);
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      sum += Character.digit(body.charAt(i), 10) * WEIGHTS[i];
    }
    return body + "10X98765432".charAt(sum % 11);
  }

  @Test
  void theStandardsOwnExampleIsRecognised() {
    assertThat(ResidentNumber.isValid("11010519491231002X")).isTrue();
    assertThat(ResidentNumber.isValid("440524188001010014")).as("born before 1900").isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "110105194912310021",
        "11010519491331002X",
        "1101051949123100",
        "",
        "99010519491231002X"
      })
  void whatIsNoIdentityNumberIsNotTakenForOne(String code) {
    assertThat(ResidentNumber.isValid(code)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "91350100M000100Y43",
        "91440400192548256N",
        "914403001922038216",
        "91330100799655058B",
        "91110000802100433B",
        "11230500001755309F"
      })
  void aFirmsCodeIsNotTakenForAPersons(String code) {
    assertThat(ResidentNumber.isValid(code)).isFalse();
  }
}
