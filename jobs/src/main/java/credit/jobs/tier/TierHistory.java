package credit.jobs.tier;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The table {@code tiers}: each rating from the day that brought it until the day that brought
 * another one. A day on which nothing changes writes nothing.
 */
final class TierHistory {
  private static final String[] FIRM = {"id_scheme", "code"};
  private static final String FROM = "valid_from";
  private static final String UNTIL = "valid_until";
  private static final List<String> KEY = List.of(FIRM[0], FIRM[1], FROM);

  private TierHistory() {}

  /**
   * The history of firms after they were rated for a day. What was said for that day before, and
   * for later ones, is taken back.
   *
   * @param history rows of {@code tiers} of these firms
   * @param ratings see {@link Tiers#rate}; a firm without one is rated no more
   */
  static Dataset<Row> after(Dataset<Row> history, Dataset<Row> ratings, LocalDate day) {
    Dataset<Row> earlier =
        history
            .where(col(FROM).lt(lit(day)))
            .withColumn(UNTIL, when(col(UNTIL).lt(lit(day)), col(UNTIL)));
    return earlier
        .where(col(UNTIL).isNotNull())
        .unionByName(continued(earlier.where(col(UNTIL).isNull()), ratings, day));
  }

  /** What held up to the day, and what holds from it on: one row where both say the same. */
  private static Dataset<Row> continued(
      Dataset<Row> standing, Dataset<Row> ratings, LocalDate day) {
    Column was = col("was");
    Column is = col("is");
    Column same =
        said(ratings)
            .map(c -> was.getField(c).eqNullSafe(is.getField(c)))
            .reduce(lit(true), Column::and);
    Column kept = row(was, said(ratings), when(not(same), lit(day)));
    Column added = row(is, said(ratings), lit(null));
    Column rows = array(when(was.isNotNull(), kept), when(is.isNotNull().and(not(same)), added));
    return side(standing, "was")
        .join(side(ratings, "is"), FIRM, "full_outer")
        .select(col(FIRM[0]), col(FIRM[1]), explode(array_compact(rows)).as("row"))
        .select(FIRM[0], FIRM[1], "row.*");
  }

  private static Dataset<Row> side(Dataset<Row> rows, String name) {
    return rows.select(col(FIRM[0]), col(FIRM[1]), struct(col("*")).as(name));
  }

  /** The columns that make a rating another one. */
  private static Stream<String> said(Dataset<Row> ratings) {
    return Arrays.stream(ratings.columns()).filter(c -> !KEY.contains(c));
  }

  private static Column row(Column of, Stream<String> said, Column until) {
    List<Column> fields = new ArrayList<>();
    fields.add(of.getField(FROM).as(FROM));
    fields.add(until.cast("date").as(UNTIL));
    said.forEach(c -> fields.add(of.getField(c).as(c)));
    return struct(fields.toArray(Column[]::new));
  }
}
