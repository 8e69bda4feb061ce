package credit.jobs.firm;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import credit.schemas.SourceContract;
import credit.schemas.SourceContract.EventMapping;
import credit.schemas.SourceContract.StatusChange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a source's rows say, as copies of acts and as changes of other acts' status. */
final class Acts {
  /** Printable ASCII in full width; the blank's is a separator, and goes with those. */
  private static final String FULL_WIDTH = characters('！', '～');

  private static final String HALF_WIDTH = characters('!', '~');

  /** Brackets and dashes that departments mix; full-width ones are plain by then. */
  private static final String VARIANTS = "[]{}<>〔〕【】〈〉《》〖〗〘〙﹝﹞﹙﹚﹛﹜‐‑‒–—―−﹣﹘";

  private static final String PLAIN = "()".repeat(12) + "-".repeat(9);

  /** Blanks of all kinds, line ends, and characters that are not seen. */
  private static final String UNSEEN = "[\\p{Z}\\p{C}]+";

  /** What a document number has: a digit, if only a Chinese one, or a Latin letter. */
  private static final String NUMBERED = "[\\p{N}\\p{IsLatin}一二三四五六七八九十]";

  /** Day since which it is known what a version says of its record or of another act. */
  private static final String SINCE = "_known_since";

  private Acts() {}

  /**
   * An authority's name, or a document number, in one spelling, so that copies of one act meet, and
   * what changes it. Null where nothing is left.
   */
  static Column normal(Column text) {
    Column narrow = translate(text, FULL_WIDTH, HALF_WIDTH);
    Column plain = translate(narrow, VARIANTS, PLAIN);
    return nullif(upper(regexp_replace(plain, UNSEEN, "")), lit(""));
  }

  /**
   * A document number in one spelling; null for what is none: '无' or a dash, which would make one
   * act of all that have it.
   */
  static Column number(Column text) {
    Column plain = normal(text);
    return when(plain.rlike(NUMBERED), plain);
  }

  private static String characters(char first, char last) {
    return IntStream.rangeClosed(first, last)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /**
   * The acts that one source's rows mean, one row a copy; joining the links gives each its firm.
   *
   * @param rows all versions of the source's records
   */
  static Stream<Dataset<Row>> copies(SourceContract source, Dataset<Row> rows) {
    List<EventMapping> events = source.events();
    Dataset<Row> told =
        source.endedWhen() == null
            ? rows.withColumn(SINCE, col("known_at"))
            : Versions.since(rows, col("ended"), SINCE);
    return IntStream.range(0, events.size()).mapToObj(i -> copy(source, i, events.get(i), told));
  }

  /** The rows that mean this event. */
  static Dataset<Row> of(EventMapping event, Dataset<Row> rows) {
    return event.when() == null ? rows : rows.where(expr(event.when()));
  }

  /** The rows whose record has not been taken back. */
  static Dataset<Row> standing(Dataset<Row> rows) {
    return rows.where(not(col("ended")));
  }

  private static Dataset<Row> copy(
      SourceContract source, int index, EventMapping event, Dataset<Row> rows) {
    Column number = number(value(event.actNo(), "STRING"));
    Column recordKey =
        concat_ws("|", lit("record"), lit(source.id()), lit(index), col("record_key"));
    return of(event, rows)
        .select(
            col("record_id"),
            lit(event.type()).as("event_type"),
            lit(event.announcement()).as("announcement"),
            when(number.isNull(), recordKey)
                .otherwise(concat_ws("|", lit("act"), authority(event.authority()), number))
                .as("act_key"),
            value(event.date(), "DATE").as("event_date"),
            value(event.from() == null ? event.date() : event.from(), "DATE").as("effective_from"),
            value(event.until(), "DATE").as("effective_until"),
            value(event.actNo(), "STRING").as("act_no"),
            number(value(event.otherNo(), "STRING")).as("other_number"),
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
            col(SINCE).as("ended_known_at"),
            struct(
                    lit(source.id()).as("source"),
                    col("record_id"),
                    col("delivery_id"),
                    col("row_number"),
                    col("row_hash"))
                .as("copy"));
  }

  private static Column authority(String expression) {
    return coalesce(normal(value(expression, "STRING")), lit(""));
  }

  private static Column details(List<String> columns) {
    Column[] pairs =
        columns.stream()
            .flatMap(c -> Stream.of(lit(c), col(c).cast("STRING")))
            .toArray(Column[]::new);
    return org.apache.spark.sql.functions.map(pairs).cast("MAP<STRING,STRING>");
  }

  /**
   * The changes of status that one source's rows mean, each known since the first of the versions
   * of its record that told it without a break.
   *
   * @param rows all versions of the source's records
   * @return {@code record_id, act_number, change_authority, change_type, new_status, changed_on,
   *     changed_until, change_known_at}, and {@code named_no, named_authority} as delivered
   */
  static Dataset<Row> statusChanges(SourceContract source, Dataset<Row> rows) {
    StatusChange change = source.statusChange();
    List<Column> says = new ArrayList<>(target(change));
    says.add(value(change.status(), "STRING").as("new_status"));
    says.add(value(change.date(), "DATE").as("changed_on"));
    List<Column> columns = new ArrayList<>(List.of(col("record_id")));
    columns.addAll(says);
    columns.add(value(change.until(), "DATE").as("changed_until"));
    columns.add(col(SINCE).as("change_known_at"));
    columns.add(value(change.actNo(), "STRING").as("named_no"));
    columns.add(value(change.authority(), "STRING").as("named_authority"));
    says.add(col("ended"));
    return standing(Versions.since(rows, struct(says.toArray(Column[]::new)), SINCE))
        .select(columns.toArray(Column[]::new))
        .where(col("new_status").isNotNull().and(col("changed_on").isNotNull()))
        .where(col("changed_until").isNull().or(col("changed_until").gt(col("changed_on"))));
  }

  /** The act that a change names: {@code act_number, change_authority, change_type}. */
  static List<Column> target(StatusChange change) {
    return target(change.actNo(), change.authority(), value(change.eventType(), "STRING"));
  }

  /** The act that a row means itself, in the same columns. */
  static List<Column> target(EventMapping event) {
    return target(event.actNo(), event.authority(), lit(event.type()));
  }

  private static List<Column> target(String actNo, String authority, Column type) {
    return List.of(
        number(value(actNo, "STRING")).as("act_number"),
        normal(value(authority, "STRING")).as("change_authority"),
        type.as("change_type"));
  }

  private static Column value(String expression, String type) {
    return (expression == null ? lit(null) : expr(expression)).cast(type);
  }
}
