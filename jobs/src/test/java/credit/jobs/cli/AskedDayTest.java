package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Program;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the last results answer for a day, and when the day must be computed again. */
class AskedDayTest {
  private static final LocalDate DAY = LocalDate.of(2025, 12, 31);
  private static final LocalDate LATER = LocalDate.of(2026, 6, 30);
  private static final String RULES = "a".repeat(64);
  private static final AskedDay ASKED = new AskedDay(DAY, LATER, false, RULES);

  private final List<Ledger.Entry> entries = new ArrayList<>();

  @BeforeEach
  void theDayWasRunWithAllThatIsKnown() {
    ran("link", LATER);
    ran("firm", LATER);
    ran("tier", LATER);
    ran("list", LATER);
  }

  private void ran(String stage, LocalDate knownAt) {
    ran(stage, knownAt, Map.of());
  }

  private void ran(String stage, LocalDate knownAt, Map<String, Long> counts) {
    ran(stage, knownAt, false, counts);
  }

  private void ran(String stage, LocalDate knownAt, boolean pending, Map<String, Long> counts) {
    entries.add(
        new Ledger.Entry(
            "run",
            entries.size() + 1L,
            stage,
            DAY,
            knownAt,
            Map.of(),
            RULES,
            pending,
            counts,
            Program.VERSION));
  }

  private boolean stands(AskedDay asked) {
    return asked.standsIn(new Ledger(entries));
  }

  @Test
  void resultsOfTheDayThatKnowAllAnswerForIt() {
    assertThat(stands(ASKED)).isTrue();
  }

  @Test
  void whatWasComputedFromLessThanIsKnownNowIsNotShownAsKnownNow() {
    ran("firm", DAY);
    assertThat(stands(ASKED)).isFalse();
  }

  @Test
  void aDayIsBehindOnceNewFilesCameIn() {
    ran("ingest", LATER, Map.of("new_files", 0L));
    assertThat(stands(ASKED)).isTrue();
    ran("ingest", LATER, Map.of("new_files", 1L));
    assertThat(stands(ASKED)).isFalse();
  }

  @Test
  void aDayWithoutPendingRulesIsNotTheDayWithThem() {
    assertThat(stands(new AskedDay(DAY, LATER, true, RULES))).isFalse();
  }

  @Test
  void otherRulesMakeAnotherDay() {
    assertThat(stands(new AskedDay(DAY, LATER, false, "b".repeat(64)))).isFalse();
  }

  @Test
  void aDayWhoseTiersAreOfAnotherDayIsComputedAgain() {
    entries.removeIf(e -> e.stage().equals("tier"));
    assertThat(stands(ASKED)).isFalse();
  }

  @Test
  void aDeliveryThatComesLateMakesAnotherKeptDay() {
    AskedDay then = new AskedDay(DAY, DAY, false, RULES);
    assertThat(then.folder(41)).isNotEqualTo(then.folder(42)).isEqualTo(then.folder(41));
    assertThat(then.folder(41))
        .isNotEqualTo(ASKED.folder(41))
        .isNotEqualTo(new AskedDay(DAY, DAY, true, RULES).folder(41));
  }

  @Test
  void pendingRulesAreAtWorkInAPastDayIfTheyWereAtWorkThen() {
    assertThat(AskedDay.pendingThen(new Ledger(entries), null)).contains(false);
    ran("list", LATER.plusDays(1), true, Map.of());
    ran("ingest", LATER.plusDays(2), false, Map.of());
    Ledger ledger = new Ledger(entries);
    assertThat(AskedDay.pendingThen(ledger, null)).contains(true);
    assertThat(AskedDay.pendingThen(ledger, LATER)).contains(false);
    assertThat(AskedDay.pendingThen(ledger, LATER.minusDays(1))).isEmpty();
  }
}
