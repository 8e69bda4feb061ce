package credit.jobs.feature;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.indicators.IndicatorRules;
import credit.jobs.indicators.Indicators;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.schemas.Schemas;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Writes every firm's indicator values for the run's day, and how they lie across the city. */
public final class FeatureJob implements Stage {
  @Override
  public String name() {
    return "feature";
  }

  @Override
  public Map<String, Long> run(Run run) {
    IndicatorRules rules =
        IndicatorRules.of(run.schemas(), run.asOf(), run.settings().allowPending());
    run.write(
        this,
        "features",
        Indicators.asOf(
            run.read(this, "events"), run.read(this, "firm_file"), List.of(run.asOf()), rules));
    Dataset<Row> features = run.read(this, "features").where(col("as_of").equalTo(lit(run.asOf())));
    Dictionary dictionary = Dictionary.of(features, rules, run.asOf());
    run.write(this, "indicators", dictionary.rows(run.spark(), run.schemas()));
    Map<String, Long> counts = new TreeMap<>();
    counts.put("firms", dictionary.firms());
    counts.put("indicators", (long) rules.ids().size());
    return counts;
  }

  @Override
  public void check(SparkSession spark, Schemas schemas) {
    Indicators.check(spark, schemas);
  }
}
