package credit.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

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
  static final String GOOD = "_good";
  private static final String NEW = "_new";

  private Versions() {}

  /**
   * Marks new rows against those staged earlier.
   *
   * @param fresh new rows with {@code record_key, row_hash, known_at, declared_on, delivery_id,
   *     row_number, _good}; only good rows are versions
   * @param staged rows of the same table that stand already, or null
   * @return the new rows with {@code _duplicate} and {@code _superseded}
   */
  static Dataset<Row> mark(Dataset<Row> fresh, Dataset<Row> staged) {
    WindowSpec versions =
        Window.partitionBy(GOOD, "record_key")
            .orderBy("known_at", "declared_on", "delivery_id", "row_number");
    WindowSpec changes =
        Window.partitionBy(GOOD, "record_key", DUPLICATE)
            .orderBy("known_at", "declared_on", "delivery_id", "row_number");
    return together(fresh, staged)
        .withColumn(
            DUPLICATE,
            col(GOOD)
                .and(
                    coalesce(
                        lag("row_hash", 1).over(versions).equalTo(col("row_hash")), lit(false))))
        .withColumn(
            SUPERSEDED,
            col(GOOD).and(not(col(DUPLICATE))).and(lead("row_hash", 1).over(changes).isNotNull()))
        .where(col(NEW))
        .drop(NEW);
  }

  private static Dataset<Row> together(Dataset<Row> fresh, Dataset<Row> staged) {
    Dataset<Row> marked = fresh.withColumn(NEW, lit(true));
    if (staged == null) {
      return marked;
    }
    return marked.unionByName(
        staged
            .select(
                "record_key", "row_hash", "known_at", "declared_on", "delivery_id", "row_number")
            .withColumn(GOOD, lit(true))
            .withColumn(NEW, lit(false)),
        true);
  }
}
