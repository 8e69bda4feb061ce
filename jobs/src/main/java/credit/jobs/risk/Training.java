package credit.jobs.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import credit.jobs.indicators.IndicatorRules;
import credit.jobs.indicators.Indicators;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Program;
import credit.jobs.warehouse.RuleSettings;
import credit.jobs.warehouse.Run;
import credit.models.Evaluation;
import credit.models.Gate;
import credit.models.Making;
import credit.models.ModelFile;
import credit.models.Provenance;
import credit.models.RiskModel;
import credit.models.TrainingOptions;
import credit.models.TrainingSet;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains a model on past windows and judges it on a later one.
 *
 * @param file the model with its papers
 * @param heldOut the examples on which it was judged
 * @param windows the days
 */
record Training(ModelFile file, TrainingSet heldOut, TrainingWindows windows) {

  /** What a training reads. */
  record Input(Dataset<Row> events, Dataset<Row> firms, IndicatorRules rules) {
    static Input of(Run run, IndicatorRules rules) {
      // TrainJob reads as the stage 'risk': the contracts know that name.
      return new Input(
          run.tables().read("risk", "events").where(col("known_at").leq(lit(run.knownAt()))),
          run.tables().read("risk", "firm_file"),
          rules);
    }

    LocalDate firstKnown() {
      LocalDate first = events.agg(min("known_at")).first().getAs(0);
      if (first == null) {
        throw Failure.badInput(
            "there are no events, so there is nothing to learn from; see './credit status'");
      }
      return first;
    }
  }

  /**
   * Trains for a run: the newest whole horizon before its day judges.
   *
   * @throws Failure with exit code 3 where the past is too short
   * @throws credit.models.ModelException where the outcomes do not allow it
   */
  static Training forRun(Run run, IndicatorRules rules) {
    Input input = Input.of(run, rules);
    TrainingWindows windows = TrainingWindows.before(run.asOf(), input.firstKnown(), rules);
    Dataset<Row> outcomes =
        TrainingWindows.outcomes(
            input.events(), windows.days(), windows.horizonDays(), run.asOf(), rules);
    return train(run, input, windows, outcomes, run.asOf());
  }

  /**
   * Trains as it would have been done on a day and judges on what came after it.
   *
   * @param asOf day on which the order of firms is made
   * @param until last day of the outcomes to judge on
   */
  static Training asItWas(Run run, IndicatorRules rules, LocalDate asOf, LocalDate until) {
    Input input = Input.of(run, rules);
    TrainingWindows windows = TrainingWindows.upTo(asOf, input.firstKnown(), rules);
    Dataset<Row> known = input.events().where(col("known_at").leq(lit(asOf)));
    Dataset<Row> outcomes =
        TrainingWindows.outcomes(known, windows.training(), windows.horizonDays(), asOf, rules)
            .unionByName(
                TrainingWindows.outcomes(
                    input.events(),
                    List.of(asOf),
                    Math.toIntExact(ChronoUnit.DAYS.between(asOf, until)),
                    until,
                    rules));
    return train(run, input, windows, outcomes, asOf);
  }

  private static Training train(
      Run run, Input input, TrainingWindows windows, Dataset<Row> outcomes, LocalDate asOf) {
    IndicatorRules rules = input.rules();
    TrainingSet all =
        Examples.collect(
            Indicators.values(input.events(), input.firms(), windows.days(), rules),
            outcomes,
            rules);
    TrainingSet training = all.through(windows.lastTrainingDay());
    TrainingSet heldOut = all.after(windows.lastTrainingDay());
    RiskModel model = RiskModel.train(training, options(rules.settings().section("training")));
    Evaluation evaluation = heldOut.size() == 0 ? null : Evaluation.of(model, heldOut, 0);
    Provenance provenance =
        new Provenance(
            asOf,
            run.knownAt(),
            windows.horizonDays(),
            outcome(rules),
            rules.file().sha256(),
            run.schemas().sha256(),
            Map.of(
                "training_days", (long) training.days().size(),
                "training_rows", (long) training.size(),
                "held_out_rows", (long) heldOut.size()));
    Making making = new Making(run.clock().instant(), Program.VERSION);
    return new Training(ModelFile.of(model, provenance, evaluation, making), heldOut, windows);
  }

  private static TrainingOptions options(RuleSettings settings) {
    TrainingOptions defaults = TrainingOptions.defaults(settings.integer("seed"));
    return settings.has("cost") ? defaults.withCost(settings.number("cost")) : defaults;
  }

  private static String outcome(IndicatorRules rules) {
    RuleSettings target = rules.settings().section("target");
    return "%s: of events with %s, one with %s"
        .formatted(
            target.section("title").text("en"),
            target.text("observed_when"),
            target.text("positive_when"));
  }

  /**
   * Whether the model may be used; beside a champion where that can be judged on the same window
   * without having learnt from it.
   */
  Gate.Verdict verdict(Optional<ModelFile> champion) {
    Gate gate = Gate.defaults();
    Optional<Evaluation> beside =
        champion
            .filter(c -> heldOut.size() > 0)
            .filter(
                c ->
                    !c.model()
                        .summary()
                        .through()
                        .plusDays(c.provenance().horizonDays())
                        .isAfter(heldOut.days().get(0)))
            .map(
                c ->
                    Evaluation.of(
                        c.model(), Examples.forModel(heldOut, c.model().indicators()), 0));
    return beside
        .map(other -> gate.judge(file.evaluation(), other))
        .orElseGet(() -> gate.judge(file.evaluation()));
  }
}
