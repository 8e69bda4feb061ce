package credit.jobs.tier;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import credit.schemas.Schemas;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What two sets of rules make of the same firm files: asked before new rules are put to work. */
public final class TierComparison {
  private TierComparison() {}

  /**
   * Firms whose tier is not the same under both sets of rules.
   *
   * @param files firm files
   * @param day the day for which rules are in force
   * @param allowPending whether pending rules count
   * @return {@code code, name, before, after, points_before, points_after, cause}
   */
  public static Dataset<Row> changes(
      SparkSession spark,
      Dataset<Row> files,
      Schemas before,
      Schemas after,
      LocalDate day,
      boolean allowPending) {
    Dataset<Row> was =
        Tiers.rate(files, TierRules.of(spark, before, day, allowPending))
            .select(
                col("id_scheme"),
                col("code"),
                col("tier").as("before"),
                col("points").as("points_before"));
    Dataset<Row> is =
        Tiers.rate(files, TierRules.of(spark, after, day, allowPending))
            .select(
                col("id_scheme"),
                col("code"),
                col("tier").as("after"),
                col("points").as("points_after"),
                col("cause"));
    String[] firm = {"id_scheme", "code"};
    return was.join(is, firm)
        .where(col("before").notEqual(col("after")))
        .join(files.select("id_scheme", "code", "name"), firm)
        .select("code", "name", "before", "after", "points_before", "points_after", "cause");
  }

  /** How many firms move from which tier to which, most first. */
  public static Dataset<Row> moves(Dataset<Row> changes) {
    return changes
        .groupBy("before", "after")
        .agg(count(lit(1)).as("firms"))
        .orderBy(col("firms").desc(), col("before"), col("after"));
  }
}
