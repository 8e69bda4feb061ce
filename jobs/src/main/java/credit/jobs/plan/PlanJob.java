package credit.jobs.plan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Validity;
import credit.schemas.Schemas;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Stage {@code plan}: from files, tiers, risk classes and warnings to {@code inspection_plan}. */
public final class PlanJob implements Stage {
  @Override
  public String name() {
    return "plan";
  }

  @Override
  public void check(SparkSession spark, Schemas schemas) {
    PlanRules.of(schemas);
  }

  @Override
  public Map<String, Long> run(Run run) {
    Optional<PlanRules> rules = PlanRules.of(run.schemas());
    return rules.isEmpty() ? Map.of() : plan(run, rules.get());
  }

  private Map<String, Long> plan(Run run, PlanRules rules) {
    Draw draw = Draw.of(rules.drawText(), run.asOf());
    Dataset<Row> candidates = Candidates.of(inputs(run), rules, draw, run.asOf()).persist();
    try {
      Map<Cause, Long> counts = new EnumMap<>(Cause.class);
      long active = 0;
      for (Row row : candidates.groupBy("cause").count().collectAsList()) {
        active += row.getLong(1);
        if (!row.isNullAt(0)) {
          counts.put(
              Cause.valueOf(row.getString(0).toUpperCase(java.util.Locale.ROOT)), row.getLong(1));
        }
      }
      Map<Cause, Long> limits = Capacity.limits(counts, rules.capacityOf(active), rules.shares());
      run.write(
          this,
          "inspection_plan",
          InspectionPlan.of(candidates, limits, rules, draw, run.asOf()).coalesce(1));
      DrawFile.write(run.warehouse().published(), run.asOf(), draw, active, codes(candidates));
      return figures(active, counts, limits);
    } finally {
      candidates.unpersist();
    }
  }

  private Candidates.Inputs inputs(Run run) {
    return new Candidates.Inputs(
        run.read(this, "firm_file"),
        run.read(this, "tiers").where(Validity.on(run.asOf())),
        run.read(this, "measures"),
        ofTheDay(run, "risk_classes"),
        ofTheDay(run, "scores"),
        ofTheDay(run, "warnings"));
  }

  private Dataset<Row> ofTheDay(Run run, String table) {
    return run.read(this, table).where(col("as_of").equalTo(lit(run.asOf())));
  }

  private static String codes(Dataset<Row> candidates) {
    return candidates
        .agg(expr("sha2(binary(array_join(array_sort(collect_list(code)), '\\n')), 256)"))
        .first()
        .getString(0);
  }

  private static Map<String, Long> figures(
      long active, Map<Cause, Long> counts, Map<Cause, Long> limits) {
    Map<String, Long> figures = new TreeMap<>();
    figures.put("active_firms", active);
    limits.forEach(
        (cause, limit) ->
            figures.put("planned_" + cause.key(), Math.min(limit, counts.getOrDefault(cause, 0L))));
    return figures;
  }
}
