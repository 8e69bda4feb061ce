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
  private static final String BARRED = "barred";

  private Incentives() {}

  /**
   * Ends incentives on the first day of what stands against their firm or is known to do so later.
   * Entries in shadow stand against nobody.
   */
  static Dataset<Row> unlessListed(
      Dataset<Row> incentives, Dataset<Row> blacklist, Dataset<Row> restrictions, LocalDate asOf) {
    Dataset<Row> against =
        listed(blacklist)
            .unionByName(listed(restrictions))
            .groupBy("id_scheme", "code")
            .agg(min("effective_from").as("barred_from"));
    Column bar = col("barred_from");
    Column meets = bar.isNotNull().and(endsAfter("effective_until", bar));
    Column standing = col("state").isin(Entries.LISTED, Entries.UPCOMING);
    Column ended = meets.and(standing).and(bar.leq(lit(asOf)));
    Column ends = meets.and(standing).and(bar.gt(lit(asOf))).and(endsAfter("next_on", bar));
    return incentives
        .join(broadcast(against), Entries.names(), "left_outer")
        .withColumn("next_state", changed(ended, ends, lit(BARRED), "next_state"))
        .withColumn("next_on", changed(ended, ends, bar, "next_on"))
        .withColumn("state", when(ended, lit(BARRED)).otherwise(col("state")))
        .withColumn(
            "effective_until",
            when(meets, least(col("effective_until"), bar)).otherwise(col("effective_until")))
        .where(endsAfter("effective_until", col("effective_from")))
        .drop("barred_from");
  }

  private static Column endsAfter(String until, Column day) {
    return coalesce(col(until).gt(day), lit(true));
  }

  /** What comes next: nothing where the incentive is over, the bar where that comes first. */
  private static Column changed(Column ended, Column ends, Column bar, String column) {
    return when(ended, lit(null)).when(ends, bar).otherwise(col(column));
  }

  private static Dataset<Row> listed(Dataset<Row> entries) {
    return entries
        .where(col("state").equalTo(Entries.LISTED).or(col("next_state").equalTo(Entries.LISTED)))
        .select("id_scheme", "code", "effective_from");
  }
}
