package credit.jobs.warehouse;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;

import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Staged rows hold every version of a record; stages see the one that was known by a day. */
public final class Staged {
  private Staged() {}

  /**
   * The newest version of every record that was known by the knowledge date, those that ended
   * included ({@code ended}). Newest is what was declared last: a file that comes late, or a row
   * that is corrected late, does not outweigh what was told of the record since.
   *
   * @param staged rows of a {@code staged_…} table
   * @param knownAt knowledge date, inclusive
   * @return the rows with {@code first_known_at}, the day the record was first known
   */
  public static Dataset<Row> versions(Dataset<Row> staged, LocalDate knownAt) {
    return versions(staged, knownAt, col("record_key"));
  }

  /**
   * As {@link #versions(Dataset, LocalDate)}, for rows of several sources together.
   *
   * @param key what makes two rows versions of one record
   */
  public static Dataset<Row> versions(Dataset<Row> staged, LocalDate knownAt, Column... key) {
    WindowSpec record = Window.partitionBy(key);
    WindowSpec newestFirst =
        record.orderBy(
            col("declared_on").desc(),
            col("known_at").desc(),
            col("delivery_id").desc(),
            col("row_number").desc());
    return staged
        .where(col("known_at").leq(lit(knownAt)))
        .withColumn("_age", row_number().over(newestFirst))
        .withColumn("first_known_at", min("known_at").over(record))
        .where(col("_age").equalTo(1))
        .drop("_age");
  }

  /**
   * All versions of the records of which any version is one of some rows: what a record says now
   * need not be what it was found by.
   *
   * @param staged rows of a {@code staged_…} table
   * @param found what is so of few rows only: their keys are sent to every task
   */
  public static Dataset<Row> recordsWith(Dataset<Row> staged, Column found) {
    return staged.join(
        broadcast(staged.where(found).select("record_key").distinct()),
        new String[] {"record_key"},
        "left_semi");
  }

  /** As {@link #versions}, without the records that ended. */
  public static Dataset<Row> current(Dataset<Row> staged, LocalDate knownAt) {
    return versions(staged, knownAt).where(col("ended").equalTo(false));
  }
}
