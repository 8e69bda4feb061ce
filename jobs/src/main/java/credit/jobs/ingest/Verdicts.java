package credit.jobs.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * What becomes of every landed row: dropped, quarantined, a duplicate, or staged as a version of
 * its record. Every version of a record is kept; the same version delivered again is a duplicate.
 * Versions are ordered by the day of their delivery, then as they became known. Rows are judged by
 * few columns, those of all sources together.
 */
final class Verdicts {
  static final String ROWS = "rows";
  static final String DROPPED = "dropped";
  static final String QUARANTINED = "quarantined";
  static final String DUPLICATE = "duplicate";
  static final String SUPERSEDED = "superseded";
  static final String REPAIRED = "repaired";

  private static final String GOOD = "_good";
  private static final String NEW = "_new";

  private Verdicts() {}

  /** The columns of a typed or staged row that make it a version of a record. */
  static Column[] version(String source) {
    return new Column[] {
      lit(source).as("source"),
      col("record_key"),
      col("row_hash"),
      col("known_at"),
      col("declared_on"),
      col("delivery_id"),
      col("row_number")
    };
  }

  /**
   * Judges new rows against each other and against those staged earlier.
   *
   * @param fresh {@link #version} columns with {@code dropped, quarantined, repaired}
   * @param staged {@link #version} columns of rows that stand already
   * @param outside deliveries that stay out whole: their rows neither repeat nor supersede others
   * @return {@code source, delivery_id, row_number, dropped, quarantined, duplicate, superseded,
   *     repaired}, the last two for staged rows only
   */
  static Dataset<Row> of(Dataset<Row> fresh, Dataset<Row> staged, Set<String> outside) {
    Column good =
        not(col(DROPPED))
            .and(not(col(QUARANTINED)))
            .and(not(col("delivery_id").isin(outside.toArray())));
    Dataset<Row> rows = fresh.withColumn(GOOD, good).withColumn(NEW, lit(true));
    Dataset<Row> before =
        staged
            .withColumn(DROPPED, lit(false))
            .withColumn(QUARANTINED, lit(false))
            .withColumn(REPAIRED, lit(false))
            .withColumn(GOOD, lit(true))
            .withColumn(NEW, lit(false));
    Column repeats =
        coalesce(lag("row_hash", 1).over(versions()).equalTo(col("row_hash")), lit(false));
    Column replaced = lead("row_hash", 1).over(versions(DUPLICATE)).isNotNull();
    return rows.unionByName(before)
        .withColumn(DUPLICATE, col(GOOD).and(repeats))
        .withColumn(SUPERSEDED, col(GOOD).and(not(col(DUPLICATE))).and(replaced))
        .withColumn(REPAIRED, col(GOOD).and(not(col(DUPLICATE))).and(col(REPAIRED)))
        .where(col(NEW))
        .select(
            "source",
            "delivery_id",
            "row_number",
            DROPPED,
            QUARANTINED,
            DUPLICATE,
            SUPERSEDED,
            REPAIRED);
  }

  private static WindowSpec versions(String... apart) {
    Column[] record = new Column[3 + apart.length];
    record[0] = col("source");
    record[1] = col("record_key");
    record[2] = col(GOOD);
    for (int i = 0; i < apart.length; i++) {
      record[3 + i] = col(apart[i]);
    }
    return Window.partitionBy(record)
        .orderBy("declared_on", "known_at", "delivery_id", "row_number");
  }

  /** Rows of each delivery by verdict: one action for all sources. */
  static Dataset<Row> tally(Dataset<Row> verdicts) {
    return verdicts
        .groupBy("source", "delivery_id")
        .agg(
            count(lit(1)).as(ROWS),
            number(DROPPED),
            number(QUARANTINED),
            number(DUPLICATE),
            number(SUPERSEDED),
            number(REPAIRED));
  }

  private static Column number(String flag) {
    return sum(when(col(flag), 1L).otherwise(0L)).as(flag);
  }
}
