package credit.jobs.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.jobs.indicators.IndicatorRules;
import credit.jobs.indicators.Town;
import credit.jobs.warehouse.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TrainingWindowsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);
  private static final IndicatorRules RULES = IndicatorRules.of(Town.SCHEMAS, TODAY, true);

  @Test
  void theOutcomesOfTrainingAreAllKnownBeforeTheDayOnWhichTheModelIsJudged() {
    TrainingWindows windows = TrainingWindows.before(TODAY, LocalDate.of(2023, 7, 31), RULES);
    assertThat(windows.training()).hasSize(12).isSorted();
    assertThat(windows.lastTrainingDay().plusDays(windows.horizonDays()))
        .isBeforeOrEqualTo(windows.evaluation().get(0));
    assertThat(windows.evaluation().get(0).plusDays(windows.horizonDays())).isEqualTo(TODAY);
  }

  @Test
  void noWindowBeginsBeforeThereWasAHistoryToSee() {
    LocalDate first = LocalDate.of(2025, 4, 30);
    assertThat(TrainingWindows.before(TODAY, first, RULES).training())
        .isNotEmpty()
        .allMatch(day -> !day.isBefore(first.plusDays(180)));
    assertThatThrownBy(() -> TrainingWindows.before(TODAY, TODAY.minusDays(200), RULES))
        .hasMessageContaining("no past window to learn from");
  }

  private static Map<String, Boolean> outcomes(SparkSession spark, Town town, LocalDate through) {
    Map<String, Boolean> outcomes = new TreeMap<>();
    for (Row row :
        TrainingWindows.outcomes(town.events(spark), List.of(DAY), 90, through, RULES)
            .collectAsList()) {
      outcomes.put(row.getString(1) + " " + row.get(4), row.getBoolean(3));
    }
    return outcomes;
  }

  @Test
  void theLabelWindowNeverOverlapsTheFeatureWindow(SparkSession spark) {
    Town town =
        new Town()
            .event("before", "inspection", "2026-01-31", "outcome", "breach")
            .event("first", "inspection", "2026-02-01", "outcome", "breach")
            .event("last", "inspection", "2026-05-01", "outcome", "pass")
            .event("after", "inspection", "2026-05-02", "outcome", "breach");
    assertThat(outcomes(spark, town, TODAY))
        .containsExactly(Map.entry("first 2026-02-01", true), Map.entry("last 2026-05-01", false));
  }

  @Test
  void onlyInspectedFirmsHaveLabels(SparkSession spark) {
    Town town =
        new Town()
            .event("visited", "inspection", "2026-02-10", "outcome", "pass")
            .event("visited", "inspection", "2026-03-10", "outcome", "breach")
            .event("visited", "inspection", "2026-04-10", "outcome", "pass")
            .event("unreachable", "inspection", "2026-02-10", "outcome", "unreachable")
            .event("complained", "complaint", "2026-02-10", "outcome", "verified")
            .event(
                "withdrawn",
                "inspection",
                "2026-02-10",
                "outcome",
                "breach",
                "status",
                "withdrawn");
    assertThat(outcomes(spark, town, TODAY)).containsExactly(Map.entry("visited 2026-03-10", true));
  }

  @Test
  void anOutcomeAfterTheDayOfTheRunDoesNotExistYet(SparkSession spark) {
    Town town =
        new Town()
            .event("A", "inspection", "2026-02-10", "outcome", "pass")
            .event("A", "inspection", "2026-03-10", "outcome", "breach");
    assertThat(outcomes(spark, town, LocalDate.of(2026, 3, 9)))
        .containsExactly(Map.entry("A 2026-02-10", false));
  }
}
