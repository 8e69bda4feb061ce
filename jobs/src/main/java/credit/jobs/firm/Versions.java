package credit.jobs.firm;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Since when it is known what a record says, though it was sent again since. */
final class Versions {
  private Versions() {}

  /**
   * The versions that were their record's newest on the day they became known, each with the day
   * since which the record has said the same without a break. A version that came too late to be
   * the newest was never believed: it goes, and breaks nothing. What became known later than a
   * version does not move its day.
   *
   * @param rows all versions of a source's records
   * @param says what of a version may have been said before
   * @param name column for the day
   */
  static Dataset<Row> since(Dataset<Row> rows, Column says, String name) {
    WindowSpec upToNow = Window.partitionBy("record_key").orderBy("known_at");
    // As Staged.versions finds the newest.
    Column declared =
        struct(col("declared_on"), col("known_at"), col("delivery_id"), col("row_number"));
    Column turned = not(col("_says").eqNullSafe(lag("_says", 1).over(upToNow)));
    return rows.withColumn("_newest", declared.equalTo(max(declared).over(upToNow)))
        .where(col("_newest"))
        .withColumn("_says", struct(says))
        .withColumn("_turned_on", when(turned, col("known_at")))
        .withColumn(name, max("_turned_on").over(upToNow))
        .drop("_newest", "_says", "_turned_on");
  }
}
