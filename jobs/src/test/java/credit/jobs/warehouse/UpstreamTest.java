package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From which results a stage may go on. */
class UpstreamTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final List<String> FLOW =
      List.of(
          "ingest", "link", "firm", "feature", "risk", "tier", "plan", "list", "publish", "kpi");

  private final List<Ledger.Entry> entries = new ArrayList<>();

  @BeforeEach
  void theDayWasRun() {
    FLOW.forEach(stage -> ran(stage, DAY, DAY));
  }

  private void ran(String stage, LocalDate asOf, LocalDate knownAt) {
    ran(stage, asOf, knownAt, "rules", Map.of());
  }

  private void ran(
      String stage, LocalDate asOf, LocalDate knownAt, String rules, Map<String, Long> counts) {
    entries.add(
        new Ledger.Entry(
            "run",
            entries.size() + 1L,
            stage,
            asOf,
            knownAt,
            Map.of(),
            rules,
            false,
            counts,
            Program.VERSION));
  }

  private void filesCame() {
    ran("ingest", DAY, DAY, "rules", Map.of(Ledger.NEW_FILES, 1L));
  }

  /** The first stage that must be run again before a stage; null: none. */
  private String firstStale(String stage, LocalDate asOf, LocalDate knownAt) {
    return new Upstream(SCHEMAS, new Ledger(entries), asOf, knownAt)
        .firstStale(stage)
        .map(stale -> stale.result().stage())
        .orElse(null);
  }

  private String firstStale(String stage) {
    return firstStale(stage, DAY, DAY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"link", "firm", "feature", "risk", "tier", "plan", "list", "publish", "kpi"})
  void afterARunEachStageMayBeRunAgain(String stage) {
    assertThat(firstStale(stage)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"firm", "feature", "risk", "tier", "plan", "list", "publish", "kpi"})
  void nothingGoesOnFromAnotherDayOrFromOtherKnowledge(String stage) {
    assertThat(firstStale(stage, DAY.plusDays(1), DAY)).isEqualTo("link");
    assertThat(firstStale(stage, DAY, DAY.plusDays(1))).isEqualTo("link");
    assertThat(firstStale(stage, DAY.minusDays(1), DAY)).isEqualTo("link");
  }

  @ParameterizedTest
  @ValueSource(strings = {"firm", "tier", "list", "publish", "kpi"})
  void whatCameInSinceMustBeLinkedFirst(String stage) {
    filesCame();
    assertThat(firstStale(stage)).isEqualTo("link");
  }

  @Test
  void linkingMayAlwaysBeginAndWhatItReadsIsNoResult() {
    filesCame();
    assertThat(firstStale("link", DAY.plusDays(1), DAY.plusDays(1))).isNull();
    assertThat(firstStale("train")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "link, tier, firm",
    "link, publish, firm",
    "firm, publish, list",
    "firm, plan, feature",
    "firm, risk, feature",
    "feature, plan, risk",
    "tier, plan, ",
    "tier, kpi, plan",
    "plan, kpi, ",
    "risk, list, ",
    "tier, publish, ",
    "publish, kpi, "
  })
  void aResultIsStaleOnceWhatItWasMadeFromIsMadeAnew(String anew, String stage, String stale) {
    ran(anew, DAY, DAY);
    assertThat(firstStale(stage)).isEqualTo(stale);
  }

  @Test
  void onlyListsOfTodaysFilesArePublishedThoughListsAndDayAgree() {
    ran("link", DAY, DAY);
    ran("firm", DAY, DAY);
    assertThat(firstStale("publish")).isEqualTo("list");
    ran("list", DAY, DAY);
    assertThat(firstStale("publish")).isNull();
  }

  @Test
  void ofTwoThatAreStaleTheEarlierInTheFlowIsNamed() {
    ran("firm", DAY, DAY);
    ran("feature", DAY, DAY);
    ran("risk", DAY, DAY);
    assertThat(firstStale("kpi")).isEqualTo("tier");
  }

  @Test
  void otherRulesOrPendingOnesAreNoObstacle() {
    ran("tier", DAY, DAY, "other rules", Map.of());
    ran("plan", DAY, DAY);
    assertThat(firstStale("kpi")).isNull();
  }

  @Test
  void ofAStageThatNeverRanItsMissingTableTells() {
    entries.removeIf(e -> !e.stage().equals("ingest"));
    assertThat(firstStale("publish")).isNull();
  }

  @Test
  void theReasonNamesWhatWasRunForWhichDay() {
    Optional<Upstream.Stale> stale =
        new Upstream(SCHEMAS, new Ledger(entries), DAY.plusDays(1), DAY.plusDays(1))
            .firstStale("tier");
    assertThat(stale.orElseThrow().why())
        .isEqualTo("'link' was last run as of 2026-06-30, known by 2026-06-30");
  }
}
