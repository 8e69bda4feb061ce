package credit.jobs.risk;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import credit.jobs.indicators.IndicatorRules;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleSettings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Past days for which the indicators are computed, each with a window after it in which the outcome
 * is looked for. An outcome lies after its day and not after the horizon's end; the outcomes of
 * every training day were all known before the first evaluation day.
 *
 * @param training days to learn from, rising
 * @param evaluation later days to judge on, rising
 * @param horizonDays days after a day in which the outcome is looked for
 */
record TrainingWindows(List<LocalDate> training, List<LocalDate> evaluation, int horizonDays) {

  /**
   * The windows that end by a day: the newest whole horizons judge, the older ones teach.
   *
   * @param asOf day by which all outcomes are known
   * @param firstKnown first knowledge date of any event: before it nothing was to be seen
   */
  static TrainingWindows before(LocalDate asOf, LocalDate firstKnown, IndicatorRules rules) {
    RuleSettings settings = rules.settings().section("training");
    int horizon = days(rules.settings().section("target"), "horizon_days");
    int step = days(settings, "step_days");
    List<LocalDate> evaluation = new ArrayList<>();
    for (int i = days(settings, "evaluation_windows") - 1; i >= 0; i--) {
      evaluation.add(asOf.minusDays(horizon + (long) i * step));
    }
    return new TrainingWindows(
        trainingDays(evaluation.get(0), firstKnown, settings, horizon, step), evaluation, horizon);
  }

  /** As {@link #before}, judged on one window that begins on a day of the caller's choice. */
  static TrainingWindows upTo(LocalDate evaluation, LocalDate firstKnown, IndicatorRules rules) {
    RuleSettings settings = rules.settings().section("training");
    int horizon = days(rules.settings().section("target"), "horizon_days");
    return new TrainingWindows(
        trainingDays(evaluation, firstKnown, settings, horizon, days(settings, "step_days")),
        List.of(evaluation),
        horizon);
  }

  private static List<LocalDate> trainingDays(
      LocalDate evaluation, LocalDate firstKnown, RuleSettings settings, int horizon, int step) {
    LocalDate earliest = firstKnown.plusDays(days(settings, "min_history_days"));
    List<LocalDate> days = new ArrayList<>();
    for (long i = settings.integer("windows") - 1; i >= 0; i--) {
      LocalDate day = evaluation.minusDays(horizon + i * step);
      if (!day.isBefore(earliest)) {
        days.add(day);
      }
    }
    if (days.isEmpty()) {
      throw Failure.badInput(
          "no past window to learn from: %d days of deliveries before it, its horizon of %d days"
              + " and that of the evaluation do not fit between %s, the first delivery, and %s;"
              + " train later, or shorten 'training' in rules/indicators.yaml",
          settings.integer("min_history_days"), horizon, firstKnown, evaluation);
    }
    return days;
  }

  private static int days(RuleSettings settings, String key) {
    long value = settings.integer(key);
    if (value < 1 || value > 36_525) {
      throw settings.refuse(key, "a whole number above 0 is expected");
    }
    return (int) value;
  }

  /** All days, rising. */
  List<LocalDate> days() {
    return Stream.concat(training.stream(), evaluation.stream()).sorted().toList();
  }

  LocalDate lastTrainingDay() {
    return training.get(training.size() - 1);
  }

  /**
   * Outcomes: a firm that was looked at within the horizon after a day has one for that day,
   * positive if any look found what is to be foreseen. A firm that nobody looked at has none.
   *
   * @param days as-of days
   * @param horizonDays days after each in which the outcome is looked for
   * @param through later events do not exist yet
   * @return id_scheme, code, as_of, positive, outcome_day (the first positive, else the first look)
   */
  static Dataset<Row> outcomes(
      Dataset<Row> events,
      Collection<LocalDate> days,
      int horizonDays,
      LocalDate through,
      IndicatorRules rules) {
    var spark = events.sparkSession();
    Column date = col("event_date");
    Column[] candidates = days.stream().sorted().map(day -> lit(day)).toArray(Column[]::new);
    Column positive = coalesce(rules.positive(spark), lit(false));
    return events
        .where(date.leq(lit(through)).and(not(col("status").isin(rules.barred().toArray()))))
        .withColumn(
            "as_of",
            explode(
                filter(
                    org.apache.spark.sql.functions.array(candidates),
                    day -> date.gt(day).and(date.leq(date_add(day, horizonDays))))))
        .where(rules.observed(spark))
        .groupBy("id_scheme", "code", "as_of")
        .agg(
            max(positive).as("positive"),
            coalesce(min(when(positive, date)), min(date)).as("outcome_day"));
  }
}
