package credit.jobs.cli;

import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Which quarantined rows still wait. A row is closed by the first accepted delivery whose ledger
 * row says that it corrects it; if it came wrong again, it waits as a row of that delivery. Where
 * ingest decided on the same file once more, under other contracts, only the last decision counts.
 */
final class Quarantined {
  static final String OPEN = "open";
  static final String CLOSED = "closed";

  private Quarantined() {}

  /**
   * The state of every quarantined row.
   *
   * @param quarantine the table of that name
   * @param deliveries the ledger
   * @return the rows with {@code file, state, closed_by} (delivery) and {@code closed_at}
   */
  static Dataset<Row> states(Dataset<Row> quarantine, Dataset<Row> deliveries) {
    Column again =
        lead("ingested_at", 1)
            .over(Window.partitionBy("delivery_id", "path").orderBy("ingested_at"));
    Dataset<Row> decisions =
        deliveries
            .where("status <> 'resent'")
            .withColumn("again_at", again)
            .groupBy("delivery_id", "run_id", "path")
            .agg(max_by(col("again_at"), col("ingested_at")).as("again_at"))
            .groupBy("delivery_id", "run_id")
            .agg(min("path").as("file"), max("again_at").as("again_at"));
    Dataset<Row> corrections =
        deliveries
            .where("status = 'accepted' AND corrects IS NOT NULL")
            .select(
                col("source").as("by_source"),
                col("corrects"),
                col("corrected_rows"),
                col("ingested_at").as("closed_at"),
                col("delivery_id").as("closed_by"));
    Column names =
        col("delivery_id")
            .equalTo(col("corrects"))
            .and(col("source").equalTo(col("by_source")))
            .and(
                col("corrected_rows")
                    .isNull()
                    .or(array_contains(col("corrected_rows"), col("row_number"))));
    Dataset<Row> closed =
        quarantine
            .select("source", "delivery_id", "row_number")
            .distinct()
            .join(corrections, names)
            .groupBy("delivery_id", "row_number")
            .agg(min(struct("closed_at", "closed_by")).as("first"))
            .select("delivery_id", "row_number", "first.closed_by", "first.closed_at");
    return quarantine
        .join(decisions, new String[] {"delivery_id", "run_id"})
        .join(closed, new String[] {"delivery_id", "row_number"}, "left")
        .withColumn(
            "closed_by",
            when(col("again_at").isNull(), col("closed_by")).otherwise(col("delivery_id")))
        .withColumn("closed_at", coalesce(col("again_at"), col("closed_at")))
        .withColumn("state", when(col("closed_by").isNull(), lit(OPEN)).otherwise(lit(CLOSED)))
        .drop("again_at");
  }
}
