package credit.jobs.cli.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.jobs.cli.page.Standings.Made;
import credit.jobs.warehouse.Ledger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of which day and knowledge a firm's file is, and what else was made for it. */
class StandingsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  private final List<Ledger.Entry> entries = new ArrayList<>();

  private void ran(String stage, LocalDate asOf, LocalDate knownAt, boolean pending) {
    entries.add(
        new Ledger.Entry(
            "run",
            entries.size() + 1L,
            stage,
            asOf,
            knownAt,
            Map.of(),
            "rules",
            pending,
            Map.of(),
            "1"));
  }

  private void ran(String... stages) {
    List.of(stages).forEach(stage -> ran(stage, DAY, DAY, true));
  }

  private Standings standings() {
    return Standings.of(new Ledger(entries));
  }

  @Test
  void anIngestAfterTheRunChangesNeitherTheFilesKnowledgeNorTheMarkOfPendingRules() {
    ran("firm", "tier", "list");
    ran("ingest", DAY.plusDays(1), DAY.plusDays(1), false);
    assertThat(standings().file().knownAt()).isEqualTo(DAY);
    assertThat(standings().pendingRules()).isTrue();
    assertThat(standings().tierMade()).isEqualTo(Made.FOR_THE_FILE);
    assertThat(standings().listsMade()).isEqualTo(Made.FOR_THE_FILE);
  }

  @Test
  void aFileThatWasBuiltAgainOnTheSameDayHasNoTierAndNoListsYet() {
    ran("firm", "tier", "list", "firm");
    assertThat(standings().tierMade()).isEqualTo(Made.FOR_AN_EARLIER_FILE);
    ran("tier");
    assertThat(standings().tierMade()).isEqualTo(Made.FOR_THE_FILE);
    assertThat(standings().listsMade()).isEqualTo(Made.FOR_AN_EARLIER_FILE);
  }

  @Test
  void whatWasMadeOfOtherKnowledgeOrForAnotherDayIsNotOfTheFile() {
    ran("firm");
    ran("tier", DAY, DAY.minusDays(1), true);
    ran("list", DAY.minusDays(1), DAY, true);
    assertThat(standings().tierMade()).isEqualTo(Made.FOR_AN_EARLIER_FILE);
    assertThat(standings().listsMade()).isEqualTo(Made.FOR_ANOTHER_DAY);
  }

  @Test
  void pendingRulesMarkWhatIsShownOnly() {
    ran("firm", DAY, DAY, false);
    assertThat(standings().tierMade()).isEqualTo(Made.NEVER);
    ran("tier", DAY.minusDays(1), DAY, true);
    assertThat(standings().pendingRules()).isFalse();
    ran("tier", DAY, DAY, true);
    assertThat(standings().pendingRules()).isTrue();
  }

  @Test
  void withoutAnyFileThereIsNothingToShow() {
    ran("ingest", "link");
    assertThatThrownBy(this::standings).hasMessageContaining("'./credit firm' writes them");
  }
}
