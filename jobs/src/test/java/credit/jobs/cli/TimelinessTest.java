package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Penalties come once a month: every 31 days. */
class TimelinessTest {
  private static final SourceContract PENALTIES = Schemas.bundled().sources().get("penalties");

  private static Timeliness on(String asOf, String... delivered) {
    return Timeliness.of(
        PENALTIES, Arrays.stream(delivered).map(LocalDate::parse).toList(), LocalDate.parse(asOf));
  }

  @Test
  void aSourceIsOverdueFromTheDayAfterItsNextDeliveryWasDue() {
    assertThat(on("2026-05-31", "2026-04-30").overdueDays()).isZero();
    assertThat(on("2026-06-01", "2026-04-30").overdueDays()).isEqualTo(1);
    assertThat(on("2026-06-30", "2026-04-30").state()).isEqualTo("overdue by 30 days");
  }

  @Test
  void whatComesAfterTheDayIsNotKnownOnIt() {
    assertThat(on("2026-06-10", "2026-04-30", "2026-06-15").last()).isEqualTo("2026-04-30");
    assertThat(on("2026-06-10", "2026-04-30", "2026-06-15").overdueDays()).isEqualTo(10);
  }

  @Test
  void aSourceThatNeverDeliveredIsSaidToBeSo() {
    assertThat(on("2026-06-30").state()).isEqualTo("never delivered");
    assertThat(on("2026-06-30", "2026-07-31").state()).isEqualTo("never delivered");
  }

  @Test
  void monthEndsAreNoGapsAndAMissingMonthIsOneWhateverItsLength() {
    assertThat(on("2026-06-30", "2026-01-31", "2026-02-28", "2026-03-31").gaps()).isEmpty();
    assertThat(on("2026-06-30", "2026-01-31", "2026-03-31").gaps())
        .containsExactly(
            new Timeliness.Gap(LocalDate.of(2026, 1, 31), LocalDate.of(2026, 3, 31), 1));
    assertThat(on("2026-06-30", "2026-01-31", "2026-05-31", "2026-06-30").missed()).isEqualTo(3);
  }

  @Test
  void aDeliveryAFewDaysLateWasNotMissing() {
    assertThat(on("2026-06-30", "2026-01-31", "2026-03-10").missed()).isZero();
  }

  @Test
  void twoFilesOfOneDayAreOneDelivery() {
    assertThat(on("2026-06-30", "2026-05-31", "2026-05-31", "2026-06-30").gaps()).isEmpty();
  }
}
