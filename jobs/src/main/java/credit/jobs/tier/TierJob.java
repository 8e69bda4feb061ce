package credit.jobs.tier;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.schemas.RuleFile;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Stage {@code tier}: from firm files to {@code tiers} and {@code measures}. */
public final class TierJob implements Stage {
  @Override
  public String name() {
    return "tier";
  }

  @Override
  public Map<String, Long> run(Run run) {
    Dataset<Row> files = run.read(this, "firm_file");
    boolean allowPending = run.settings().allowPending();
    TierRules rules = TierRules.of(run.spark(), run.schemas(), run.asOf(), allowPending);
    run.write(this, "tiers", Tiers.rate(files, rules));
    Dataset<Row> tiers = run.read(this, "tiers").where(col("as_of").equalTo(lit(run.asOf())));
    RuleFile measures = run.schemas().rules().get("measures");
    if (measures != null) {
      run.write(
          this,
          "measures",
          Measures.of(
              files,
              tiers,
              measures,
              RuleConditions.columns(run.schemas(), measures),
              run.asOf(),
              allowPending));
    }
    Map<String, Long> figures = new TreeMap<>();
    tiers
        .groupBy("tier")
        .count()
        .collectAsList()
        .forEach(row -> figures.put("tier_" + row.getString(0), row.getLong(1)));
    return figures;
  }
}
