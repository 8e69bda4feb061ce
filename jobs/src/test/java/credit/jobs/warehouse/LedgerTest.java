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
    Ledger.Entry entry =
        new Ledger.Entry(
            run,
            entries.size() + 1L,
            stage,
            DAY,
            DAY,
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
}
