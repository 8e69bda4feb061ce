package credit.jobs.tier;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import credit.schemas.Schemas;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Firms whose tier differs: under two sets of rules, asked before new ones are put to work, or on
 * two days.
 */
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

  /**
   * Firms whose tier is not the same on two days, with what {@link #change} explains.
   *
   * @param before rows of {@code tiers} that hold on the one day
   * @param after rows of {@code tiers} that hold on the other
   * @return {@code id_scheme, code, before, after, was, is}; a firm that is rated on one of the
   *     days only has no tier on the other
   */
  public static Dataset<Row> between(Dataset<Row> before, Dataset<Row> after) {
    return side(before, "was")
        .join(side(after, "is"), new String[] {"id_scheme", "code"}, "full_outer")
        .select(
            col("id_scheme"),
            col("code"),
            col("was.tier").as("before"),
            col("is.tier").as("after"),
            col("was"),
            col("is"))
        .where(functions.not(col("before").eqNullSafe(col("after"))));
  }

  private static Dataset<Row> side(Dataset<Row> tiers, String name) {
    return tiers.select(
        col("id_scheme"),
        col("code"),
        functions.struct("valid_from", "tier", "points", "cause", "reasons").as(name));
  }

  /** The change that a row of {@link #between} speaks of; null: the firm is not rated any more. */
  public static TierChange change(Row row) {
    Row is = row.getAs("is");
    return is == null ? null : TierChange.between(row.getAs("was"), is);
  }

  /** How many firms move from which tier to which, most first. */
  public static Dataset<Row> moves(Dataset<Row> changes) {
    return changes
        .groupBy("before", "after")
        .agg(count(lit(1)).as("firms"))
        .orderBy(col("firms").desc(), col("before"), col("after"));
  }
}
