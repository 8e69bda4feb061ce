package credit.jobs.tier;

import static org.apache.spark.sql.functions.broadcast;

import credit.jobs.warehouse.Increment;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import credit.jobs.warehouse.Validity;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Stage {@code tier}: from firm files to {@code tiers} and {@code measures}. After a first run only
 * firms that are {@link Rerated} are rated anew; the result is that of rating all.
 */
public final class TierJob implements Stage {
  static final String FIRM_FILE = "firm_file";
  private static final String TIERS = "tiers";
  private static final String MEASURES = "measures";
  private static final String REPAIR = "repair";

  @Override
  public String name() {
    return "tier";
  }

  @Override
  public void check(SparkSession spark, Schemas schemas) {
    Map<String, RuleFile> files = schemas.rules();
    if (files.containsKey(TIERS)) {
      List<String> tiers = TierRules.check(spark, schemas);
      if (files.containsKey(MEASURES)) {
        Measures.check(files.get(MEASURES), tiers);
      }
    }
    if (files.containsKey(REPAIR)) {
      files.get(REPAIR).rules().forEach(rule -> TierOutlook.minimumMonths(files.get(REPAIR), rule));
    }
  }

  @Override
  public Map<String, Long> run(Run run) {
    TierRules rules =
        TierRules.of(run.spark(), run.schemas(), run.asOf(), run.settings().allowPending());
    Optional<Dataset<Row>> some = rerated(run, rules);
    if (some.isEmpty()) {
      rate(run, rules, some, run.read(this, FIRM_FILE));
    } else if (!some.get().isEmpty()) {
      // Kept: else Spark asks parts of the rules of all files before it takes the few out of them.
      Dataset<Row> files = of(some, run.read(this, FIRM_FILE)).cache();
      try {
        rate(run, rules, some, files);
      } finally {
        files.unpersist();
      }
    }
    return figures(run.read(this, TIERS).where(Validity.on(run.asOf())));
  }

  private void rate(Run run, TierRules rules, Optional<Dataset<Row>> some, Dataset<Row> files) {
    Dataset<Row> ratings = Tiers.rate(files, rules).cache();
    Map<String, Dataset<Row>> tables = new TreeMap<>();
    tables.put(TIERS, TierHistory.after(of(some, run.read(this, TIERS)), ratings, run.asOf()));
    tables.put(MEASURES, measures(run, files, ratings));
    try {
      some.ifPresentOrElse(
          firms -> run.replaceAll(this, firms, tables), () -> run.writeAll(this, tables));
    } finally {
      ratings.unpersist();
    }
  }

  /** None where the jurisdiction has no catalogue of measures (any more). */
  private static Dataset<Row> measures(Run run, Dataset<Row> files, Dataset<Row> ratings) {
    RuleFile catalogue = run.schemas().rules().get(MEASURES);
    return catalogue == null
        ? run.spark().createDataFrame(List.of(), Tables.schemaOf(run.tables().contract(MEASURES)))
        : Measures.of(
            files,
            ratings,
            catalogue,
            RuleConditions.columns(run.schemas(), catalogue),
            run.asOf(),
            run.settings().allowPending());
  }

  /** The firms to rate anew; empty: all. */
  private Optional<Dataset<Row>> rerated(Run run, TierRules rules) {
    Optional<Increment> increment =
        Increment.of(run, this, TIERS, FIRM_FILE, MEASURES)
            .filter(i -> i.rulesHold(run, TIERS, "tiers_firm", MEASURES));
    if (increment.isEmpty()) {
      return Optional.empty();
    }
    // A checkpoint, not a cache: writing to a table has Spark renew what is cached of it.
    Dataset<Row> firms = new Rerated(run, this, increment.get()).firms(rules).localCheckpoint();
    long some = firms.count();
    long all = run.read(this, FIRM_FILE).count();
    if (Increment.tooMany(some, all)) {
      Increment.anew(run, "%,d firms to rate, of %,d".formatted(some, all));
      return Optional.empty();
    }
    run.progress().note("rates %,d firms of %,d anew".formatted(some, all));
    return Optional.of(firms);
  }

  private static Dataset<Row> of(Optional<Dataset<Row>> firms, Dataset<Row> rows) {
    return firms
        .map(f -> rows.join(broadcast(f), new String[] {"id_scheme", "code"}, "left_semi"))
        .orElse(rows);
  }

  private static Map<String, Long> figures(Dataset<Row> tiers) {
    Map<String, Long> figures = new TreeMap<>();
    tiers
        .groupBy("tier")
        .count()
        .collectAsList()
        .forEach(row -> figures.put("tier_" + row.getString(0), row.getLong(1)));
    return figures;
  }
}
