package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Program;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
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
    ran(stage, knownAt, pending, RULES, counts);
  }

  private void ran(
      String stage, LocalDate knownAt, boolean pending, String rules, Map<String, Long> counts) {
    entries.add(
        new Ledger.Entry(
            "run",
            entries.size() + 1L,
            stage,
            DAY,
            knownAt,
            Map.of(),
            rules,
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
  void aResultThatIsOlderThanWhatItShouldGoOnFromAnswersForNoDay() {
    ran("firm", LATER);
    assertThat(stands(ASKED)).as("a tier of before the files").isFalse();
    ran("list", LATER);
    ran("tier", LATER);
    assertThat(stands(ASKED)).as("lists of before the tier").isFalse();
    ran("list", LATER);
    assertThat(stands(ASKED)).isTrue();
  }

  @Test
  void whetherADayStandsDoesNotHangOnTheOrderInWhichTheLedgerIsRead() {
    ran("firm", DAY);
    ran("firm", LATER);
    ran("tier", LATER);
    ran("list", LATER);
    for (int i = 0; i < entries.size(); i++) {
      Collections.rotate(entries, 1);
      assertThat(stands(ASKED)).isTrue();
    }
  }

  private static String folder(AskedDay day) {
    return day.folder(41, RULES, Program.VERSION);
  }

  @Test
  void aDeliveryThatComesLateMakesAnotherKeptDay() {
    AskedDay then = new AskedDay(DAY, DAY, false, RULES);
    assertThat(folder(then))
        .isEqualTo(folder(new AskedDay(DAY, DAY, false, RULES)))
        .isNotEqualTo(then.folder(42, RULES, Program.VERSION))
        .isNotEqualTo(folder(ASKED))
        .isNotEqualTo(folder(new AskedDay(DAY, DAY, true, RULES)));
  }

  @Test
  void aDayThatAnotherVersionOfTheProgramOrOtherContractsMadeIsNotTakenForTheDay() {
    assertThat(folder(ASKED))
        .isNotEqualTo(ASKED.folder(41, RULES, "0.0.9"))
        .isNotEqualTo(ASKED.folder(41, "b".repeat(64), Program.VERSION));
  }

  @Test
  void theRulesOfADayAreThoseOfItsResultsAndNotWhatLayOnTheDiskWhenATimestampWasSigned() {
    ran("publish", LATER, false, "c".repeat(64), Map.of());
    Ledger ledger = new Ledger(entries);
    assertThat(AskedDay.rulesThen(ledger, LATER).bundle()).isEqualTo(RULES);
    assertThat(AskedDay.rulesThen(ledger, DAY)).as("the earliest").isEqualTo(entries.get(0));
    entries.removeIf(e -> !e.stage().equals("publish"));
    assertThat(AskedDay.rulesThen(new Ledger(entries), LATER).bundle()).startsWith("c");
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
