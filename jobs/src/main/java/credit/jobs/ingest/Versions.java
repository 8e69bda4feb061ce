package credit.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Every version of a record is kept; the same version delivered again is a duplicate. Versions are
 * ordered by the day they became known, then by their place in the deliveries.
 */
final class Versions {
  static final String DUPLICATE = "_duplicate";
  static final String SUPERSEDED = "_superseded";
  private static final String NEW = "_new";

  private Versions() {}

  /**
   * Marks new rows against those staged earlier.
   *
   * @param fresh new rows with {@code record_key, row_hash, known_at, declared_on, delivery_id,
   *     row_number}
   * @param staged rows of the same table that stand already
   * @return the new rows with {@code _duplicate} and {@code _superseded}
   */
  static Dataset<Row> mark(Dataset<Row> fresh, Dataset<Row> staged) {
    Dataset<Row> known =
        staged
            .select(
                "record_key", "row_hash", "known_at", "declared_on", "delivery_id", "row_number")
            .withColumn(NEW, lit(false));
    WindowSpec versions =
        Window.partitionBy("record_key")
            .orderBy("known_at", "declared_on", "delivery_id", "row_number");
    return fresh
        .withColumn(NEW, lit(true))
        .unionByName(known, true)
        .withColumn(
            DUPLICATE,
            coalesce(lag("row_hash", 1).over(versions).equalTo(col("row_hash")), lit(false)))
        .withColumn(SUPERSEDED, lead("row_hash", 1).over(versions).isNotNull())
        .where(col(NEW))
        .drop(NEW);
  }
}
