package credit.jobs.list;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What good credit earns, as long as nothing stands against it. */
final class Incentives {
  private Incentives() {}

  /**
   * Ends incentives on the first day of what now stands against their firm. Entries in shadow stand
   * against nobody.
   */
  static Dataset<Row> unlessListed(
      Dataset<Row> incentives, Dataset<Row> blacklist, Dataset<Row> restrictions, LocalDate asOf) {
    Dataset<Row> against =
        listed(blacklist)
            .unionByName(listed(restrictions))
            .groupBy("id_scheme", "code")
            .agg(min("effective_from").as("barred_from"));
    Column meets =
        col("barred_from")
            .isNotNull()
            .and(col("effective_until").isNull().or(col("effective_until").gt(col("barred_from"))));
    Column ended =
        meets.and(col("barred_from").leq(lit(asOf))).and(col("state").equalTo(Entries.LISTED));
    return incentives
        .join(broadcast(against), Entries.names(), "left_outer")
        .withColumn("state", when(ended, lit("removed")).otherwise(col("state")))
        .withColumn(
            "effective_until",
            when(meets, least(col("effective_until"), col("barred_from")))
                .otherwise(col("effective_until")))
        .where(coalesce(col("effective_until").gt(col("effective_from")), lit(true)))
        .drop("barred_from");
  }

  private static Dataset<Row> listed(Dataset<Row> entries) {
    return entries
        .where(col("state").equalTo(Entries.LISTED))
        .select("id_scheme", "code", "effective_from");
  }
}
