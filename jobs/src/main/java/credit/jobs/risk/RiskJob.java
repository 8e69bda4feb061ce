package credit.jobs.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.indicators.IndicatorRules;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import credit.models.Gate;
import credit.models.ModelException;
import credit.models.ModelFile;
import credit.models.ModelRegistry;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Scores all firms with the model in use, sets their risk classes and raises early warnings. Where
 * no model is in use yet it trains the first one; where that is refused, or there is too little to
 * learn from, nobody has a score, and classes and warnings come from the rules alone.
 */
public final class RiskJob implements Stage {
  @Override
  public String name() {
    return "risk";
  }

  @Override
  public void check(SparkSession spark, Schemas schemas) {
    Set<String> files = schemas.rules().keySet();
    if (files.containsAll(Set.of("indicators", "risk_classes", "warnings"))) {
      Dataset<Row> features = empty(spark, schemas, "features");
      Dataset<Row> scores = empty(spark, schemas, "scores");
      RiskClasses.check(features, scores, schemas);
      RiskWarnings.check(features, scores, schemas);
    }
  }

  private static Dataset<Row> empty(SparkSession spark, Schemas schemas, String table) {
    return spark.createDataFrame(List.<Row>of(), Tables.schemaOf(Tables.contract(schemas, table)));
  }

  @Override
  public Map<String, Long> run(Run run) {
    Map<String, Long> counts = new TreeMap<>();
    Optional<ModelFile> model = model(run, counts);
    model.ifPresent(file -> counts.putAll(ModelFigures.of(file)));
    Dataset<Row> features = day(run.read(this, "features"), run.asOf());
    run.write(this, "scores", scores(run, features, model));
    Dataset<Row> scores = day(run.read(this, "scores"), run.asOf());
    run.write(this, "risk_classes", RiskClasses.of(features, scores, run.schemas(), run.asOf()));
    run.write(
        this,
        "warnings",
        RiskWarnings.of(
                features,
                scores,
                previousScores(run),
                run.schemas(),
                run.asOf(),
                run.settings().language())
            .coalesce(1));
    Map<String, Long> classes =
        byValue("class_", day(run.read(this, "risk_classes"), run.asOf()), "risk_class");
    counts.putAll(classes);
    // Whoever has a class has a score, if there is a model at all.
    long firms = classes.values().stream().mapToLong(Long::longValue).sum();
    counts.put("firms_scored", model.isEmpty() ? 0 : firms);
    counts.putAll(byValue("warnings_", day(run.read(this, "warnings"), run.asOf()), "level"));
    return counts;
  }

  private Dataset<Row> scores(Run run, Dataset<Row> features, Optional<ModelFile> model) {
    return model
        .map(file -> Scores.of(features, file.scorer(), Scores.BATCH))
        .orElseGet(() -> empty(run.spark(), run.schemas(), "scores"));
  }

  private static Dataset<Row> day(Dataset<Row> rows, LocalDate asOf) {
    return rows.where(col("as_of").equalTo(lit(asOf)));
  }

  /** The model in use, or the first one, trained now. */
  private static Optional<ModelFile> model(Run run, Map<String, Long> counts) {
    ModelRegistry registry = new ModelRegistry(run.warehouse().models());
    IndicatorRules rules =
        IndicatorRules.of(run.schemas(), run.asOf(), run.settings().allowPending());
    try {
      Optional<ModelFile> champion = registry.championModel();
      if (champion.isPresent()) {
        check(run, champion.get(), rules);
        return champion;
      }
    } catch (ModelException e) {
      throw Failure.badInput("%s", e.getMessage());
    }
    try {
      return bootstrap(run, registry, rules, counts);
    } catch (ModelException e) {
      run.progress().note("no model, so no scores: " + e.getMessage());
    } catch (Failure e) {
      if (e.exitCode() != credit.jobs.warehouse.ExitCode.BAD_INPUT) {
        throw e;
      }
      run.progress().note("no model, so no scores: " + e.getMessage());
    }
    return Optional.empty();
  }

  private static Optional<ModelFile> bootstrap(
      Run run, ModelRegistry registry, IndicatorRules rules, Map<String, Long> counts) {
    run.progress().note("no model is in use yet: training the first one (bootstrap)");
    Training training = Training.forRun(run, rules);
    String id = registry.save(training.file());
    Gate.Verdict verdict = training.verdict(Optional.empty());
    if (!verdict.passed()) {
      counts.put("model_refused", 1L);
      run.progress()
          .note(
              "model %s was refused, so there are no scores: %s"
                  .formatted(id, String.join("; ", verdict.reasons())));
      return Optional.empty();
    }
    registry.bootstrap(id, "first model of the warehouse", run.clock().instant());
    counts.put("bootstrap", 1L);
    return Optional.of(training.file());
  }

  /** A model can only be used with the indicators that it learnt from. */
  private static void check(Run run, ModelFile champion, IndicatorRules rules) {
    List<String> lost = new ArrayList<>(champion.model().indicators());
    lost.removeAll(rules.ids());
    if (!lost.isEmpty()) {
      throw Failure.usage(
          "model %s needs the indicators %s, which rules/indicators.yaml no longer defines; restore"
              + " them, or train and approve another model",
          champion.id(), lost);
    }
    if (!champion.provenance().indicatorsHash().equals(rules.file().sha256())) {
      run.progress()
          .note(
              "rules/indicators.yaml changed since model %s was trained; train a challenger"
                  .formatted(champion.id()));
    }
    if (champion.provenance().knownAt().isAfter(run.knownAt())) {
      run.progress()
          .note(
              ("model %s knew what came in until %s, later than this run's %s: its scores are"
                      + " hindsight")
                  .formatted(champion.id(), champion.provenance().knownAt(), run.knownAt()));
    }
  }

  /** Scores of the newest day before the run's that the stage computed. */
  private Dataset<Row> previousScores(Run run) {
    Optional<LocalDate> last =
        run.ledger().entries().stream()
            .filter(e -> e.stage().equals(name()) && e.asOf().isBefore(run.asOf()))
            .map(Ledger.Entry::asOf)
            .max(LocalDate::compareTo);
    Dataset<Row> all = run.read(this, "scores");
    return last.map(asOf -> day(all, asOf)).orElseGet(() -> all.where(lit(false)));
  }

  private static Map<String, Long> byValue(String prefix, Dataset<Row> rows, String column) {
    Map<String, Long> counts = new TreeMap<>();
    for (Row row : rows.groupBy(column).agg(count(lit(1))).collectAsList()) {
      counts.put(prefix + row.getString(0), row.getLong(1));
    }
    return counts;
  }
}
