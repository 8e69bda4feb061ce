package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private final List<Ledger.Entry> entries = new ArrayList<>();

  private Ledger.Entry entry(String run, String stage, Map<String, Long> counts) {
    return entry(run, stage, DAY, counts);
  }

  private Ledger.Entry entry(String run, LocalDate knownAt) {
    return entry(run, "firm", knownAt, Map.of());
  }

  private Ledger.Entry entry(
      String run, String stage, LocalDate knownAt, Map<String, Long> counts) {
    Ledger.Entry entry =
        new Ledger.Entry(
            run,
            entries.size() + 1L,
            stage,
            DAY,
            knownAt,
            Map.of(),
            "bundle",
            false,
            counts,
            Program.VERSION);
    entries.add(entry);
    return entry;
  }

  @Test
  void upkeepLeavesTheTablesOfTheRunsThatItKeptReadable() {
    Ledger.Entry older = entry("older", "firm", Map.of());
    Ledger.Entry old = entry("old", "firm", Map.of());
    Ledger.Entry last = entry("last", "firm", Map.of());
    entry("last", Ledger.MAINTAIN, Map.of(Ledger.KEPT_RUNS, 2L));
    Ledger.Entry after = entry("next", "firm", Map.of());

    Ledger ledger = new Ledger(entries);
    assertThat(List.of(older, old, last, after))
        .extracting(ledger::readable)
        .containsExactly(false, true, true, true);
  }

  @Test
  void upkeepThatDoesNotSayWhatItKeptLeavesNothingToRelyOn() {
    Ledger.Entry last = entry("last", "firm", Map.of());
    entry("last", Ledger.MAINTAIN, Map.of());
    assertThat(new Ledger(entries).readable(last)).isFalse();
  }

  @Test
  void theRulesOfADayAreThoseOfItsLastRunAndNotOfARunThatRepeatedItLater() {
    Ledger.Entry morning = entry("morning", DAY);
    Ledger.Entry corrected = entry("rules corrected on the day", DAY);
    Ledger.Entry next = entry("next", DAY.plusDays(2));
    entry("the day once more", DAY);
    entry("a day before", DAY.minusDays(1));

    Ledger ledger = new Ledger(entries);
    assertThat(ledger.lastInItsTime(DAY)).contains(corrected).isNotEqualTo(morning);
    assertThat(ledger.lastInItsTime(DAY.plusDays(1))).contains(corrected);
    assertThat(ledger.lastInItsTime(DAY.plusDays(2))).contains(next);
    assertThat(ledger.lastInItsTime(null)).contains(next);
  }

  @Test
  void ofADayBeforeTheFirstRunNoRunIsOfItsTime() {
    entry("first", DAY);
    entry("an earlier day, run later", DAY.minusDays(7));
    assertThat(new Ledger(entries).lastInItsTime(DAY.minusDays(1))).isEmpty();
  }

  @Test
  void aStageIsBehindOnlyWhenAnIngestBroughtFilesAfterIt() {
    entry("first", "ingest", Map.of(Ledger.NEW_FILES, 3L));
    entry("first", "firm", Map.of());
    entry("second", "ingest", Map.of(Ledger.NEW_FILES, 0L));
    assertThat(new Ledger(entries).hasNewFilesSince("firm")).isFalse();
    entry("second", "ingest", Map.of(Ledger.NEW_FILES, 1L));
    assertThat(new Ledger(entries).hasNewFilesSince("firm")).isTrue();
  }
}
