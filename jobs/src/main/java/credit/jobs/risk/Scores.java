package credit.jobs.risk;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.rank;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;

import credit.models.Scorer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/** Scores of all firms with their order and reasons. */
final class Scores {
  /** Large enough that the overhead of a batch is not felt, small enough for any memory. */
  static final int BATCH = 2_000;

  static final StructType SCHEMA =
      StructType.fromDDL(
          "id_scheme STRING, code STRING, as_of DATE, model_id STRING, score DOUBLE, reasons"
              + " ARRAY<STRUCT<indicator: STRING, value: DOUBLE, contribution: DOUBLE>>");

  private Scores() {}

  /**
   * Scores every row.
   *
   * @param features the table {@code features} for one day
   * @param batch rows that are scored at once; the scores do not depend on it
   * @return the columns of the table of scores; equal ones are ordered by the firm's key
   */
  static Dataset<Row> of(Dataset<Row> features, Scorer scorer, int batch) {
    JavaSparkContext context =
        JavaSparkContext.fromSparkContext(features.sparkSession().sparkContext());
    return ranked(
        features
            .select("id_scheme", "code", "as_of", "indicator_values")
            .mapPartitions(
                new BatchScoring(context.broadcast(scorer), batch), Encoders.row(SCHEMA)));
  }

  private static Dataset<Row> ranked(Dataset<Row> scored) {
    var day = Window.partitionBy("as_of");
    var riskiestFirst = day.orderBy(col("score").desc(), col("id_scheme").asc(), col("code").asc());
    return scored
        .withColumn("rank", row_number().over(riskiestFirst))
        .withColumn(
            "percentile",
            round(
                rank().over(day.orderBy(col("score"))).minus(1).divide(count(lit(1)).over(day)),
                6));
  }
}
