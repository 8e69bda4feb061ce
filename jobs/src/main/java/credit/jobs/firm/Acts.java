package credit.jobs.firm;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import credit.schemas.SourceContract;
import credit.schemas.SourceContract.EventMapping;
import credit.schemas.SourceContract.StatusChange;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a source's rows say, as copies of acts and as changes of other acts' status. */
final class Acts {
  /** Brackets and full-width digits that departments mix in one document number. */
  private static final String VARIANTS = "（）〔〕［］【】〈〉﹝﹞｛｝{}[]－０１２３４５６７８９";

  private static final String PLAIN = "()()()()()()()()()-0123456789";

  /** A plain {@code \s} would leave the ideographic blank. */
  private static final String BLANKS = "[\\s\\u00A0\\u3000]+";

  private Acts() {}

  /** A document number in one spelling, so that copies of one act meet. */
  static Column normalNumber(Column number) {
    return upper(withoutBlanks(translate(number, VARIANTS, PLAIN)));
  }

  static Column withoutBlanks(Column text) {
    return regexp_replace(text, BLANKS, "");
  }

  /**
   * The acts that one source's rows mean, one row a copy; joining the links gives each its firm.
   *
   * @param rows all versions of the source's records
   */
  static Stream<Dataset<Row>> copies(SourceContract source, Dataset<Row> rows) {
    List<EventMapping> events = source.events();
    return IntStream.range(0, events.size()).mapToObj(i -> copy(source, i, events.get(i), rows));
  }

  private static Dataset<Row> copy(
      SourceContract source, int index, EventMapping event, Dataset<Row> rows) {
    Dataset<Row> meant = event.when() == null ? rows : rows.where(expr(event.when()));
    Column number = normalNumber(value(event.actNo(), "STRING"));
    Column recordKey =
        concat_ws("|", lit("record"), lit(source.id()), lit(index), col("record_key"));
    return meant.select(
        col("record_id"),
        lit(event.type()).as("event_type"),
        when(number.isNull(), recordKey)
            .otherwise(concat_ws("|", lit("act"), authority(event.authority()), number))
            .as("act_key"),
        value(event.date(), "DATE").as("event_date"),
        value(event.from() == null ? event.date() : event.from(), "DATE").as("effective_from"),
        value(event.until(), "DATE").as("effective_until"),
        value(event.actNo(), "STRING").as("act_no"),
        value(event.authority(), "STRING").as("authority"),
        coalesce(value(event.categories(), "ARRAY<STRING>"), array().cast("ARRAY<STRING>"))
            .as("categories"),
        value(event.amount(), "DECIMAL(18,2)").as("amount"),
        value(event.outcome(), "STRING").as("outcome"),
        value(event.domain(), "STRING").as("domain"),
        value(event.item(), "STRING").as("item"),
        details(event.details()).as("details"),
        col("ended"),
        lit(event.endedMeans()).as("ended_means"),
        col("known_at").as("version_known_at"),
        struct(
                lit(source.id()).as("source"),
                col("record_id"),
                col("delivery_id"),
                col("row_number"),
                col("row_hash"))
            .as("copy"));
  }

  private static Column authority(String expression) {
    return coalesce(withoutBlanks(value(expression, "STRING")), lit(""));
  }

  private static Column details(List<String> columns) {
    Column[] pairs =
        columns.stream()
            .flatMap(c -> Stream.of(lit(c), col(c).cast("STRING")))
            .toArray(Column[]::new);
    return org.apache.spark.sql.functions.map(pairs).cast("MAP<STRING,STRING>");
  }

  /**
   * The changes of status that one source's rows mean.
   *
   * @return {@code record_id, act_number, change_authority, change_type, new_status, changed_on,
   *     change_known_at}
   */
  static Dataset<Row> statusChanges(SourceContract source, Dataset<Row> rows) {
    StatusChange change = source.statusChange();
    return rows.where(col("ended").equalTo(false))
        .select(
            col("record_id"),
            normalNumber(value(change.actNo(), "STRING")).as("act_number"),
            withoutBlanks(value(change.authority(), "STRING")).as("change_authority"),
            value(change.eventType(), "STRING").as("change_type"),
            value(change.status(), "STRING").as("new_status"),
            value(change.date(), "DATE").as("changed_on"),
            col("known_at").as("change_known_at"))
        .where(col("new_status").isNotNull().and(col("changed_on").isNotNull()));
  }

  private static Column value(String expression, String type) {
    return (expression == null ? lit(null) : expr(expression)).cast(type);
  }
}
