package credit.jobs.firm;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;

import credit.schemas.SourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** What befell an act, step by step: notice, objection, repair, suspension, removal … */
final class Steps {
  private Steps() {}

  /**
   * The steps that one source's rows tell of, of their own acts or of those that they change. A
   * step is known since the first version of its record that told it with the same day.
   *
   * @param rows all versions of the source's records
   * @return {@code record_id, act_number, change_authority, change_type, step}; a step is {@code
   *     day, step, known_at, record_id}
   */
  static Stream<Dataset<Row>> of(SourceContract source, Dataset<Row> rows) {
    Stream<Dataset<Row>> own =
        source.events().stream()
            .filter(e -> !e.steps().isEmpty())
            .map(e -> steps(Acts.of(e, rows), Acts.target(e), e.steps()));
    Stream<Dataset<Row>> ofOthers =
        Stream.ofNullable(source.statusChange())
            .filter(c -> !c.steps().isEmpty())
            .map(c -> steps(Acts.standing(rows), Acts.target(c), c.steps()));
    return Stream.concat(own, ofOthers);
  }

  private static Dataset<Row> steps(
      Dataset<Row> rows, List<Column> target, Map<String, String> days) {
    Column[] each =
        days.entrySet().stream()
            .map(s -> struct(expr(s.getValue()).cast("DATE").as("day"), lit(s.getKey()).as("step")))
            .toArray(Column[]::new);
    Column step =
        struct(
                col("told.day"),
                col("told.step"),
                min("known_at").over(Window.partitionBy("record_key", "told")).as("known_at"),
                col("record_id"))
            .as("step");
    List<Column> columns = new ArrayList<>(List.of(col("record_id")));
    columns.addAll(target);
    columns.add(step);
    return rows.withColumn("told", explode(array(each)))
        .where(col("told.day").isNotNull())
        .select(columns.toArray(Column[]::new));
  }
}
