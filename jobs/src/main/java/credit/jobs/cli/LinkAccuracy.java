package credit.jobs.cli;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.try_divide;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How right the links are, by source and tier. */
final class LinkAccuracy {
  private LinkAccuracy() {}

  /**
   * Precision and recall.
   *
   * @param judged {@code source, true_code (null: no firm of the register), tier, code (null: not
   *     linked)}, one row a record
   * @return by source and tier, with totals: {@code records, linked, right, wrong, precision,
   *     recall}; recall is of the records that belong to a firm
   */
  static Dataset<Row> of(Dataset<Row> judged) {
    Column linked = col("code").isNotNull();
    Column right = linked.and(col("code").equalTo(col("true_code")));
    return judged
        .withColumn("tier", coalesce(col("tier"), lit("(not linked)")))
        .rollup(col("source"), col("tier"))
        .agg(
            count(lit(1)).as("records"),
            tally(col("true_code").isNotNull()).as("of_firms"),
            tally(linked).as("linked"),
            tally(right).as("right"))
        .withColumn("source", coalesce(col("source"), lit("(all)")))
        .withColumn("tier", coalesce(col("tier"), lit("(all)")))
        .withColumn("wrong", col("linked").minus(col("right")))
        .withColumn("precision", round(try_divide(col("right"), col("linked")), 4))
        .withColumn("recall", round(try_divide(col("right"), col("of_firms")), 4))
        .orderBy("source", "tier");
  }

  private static Column tally(Column condition) {
    return sum(when(condition, 1L).otherwise(0L));
  }
}
