package credit.jobs.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.when;

import credit.schemas.CodeList;
import credit.schemas.SourceContract;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Text cells to typed values, and every reason why a row cannot be what its contract says. A value
 * is never guessed: what does not read as the contract says is null here and named in {@code
 * _problems}.
 */
final class Staging {
  static final String PROBLEMS = "_problems";
  static final String NATURAL_PERSON = "_natural_person";
  private static final String PROBLEM_TYPE =
      "STRUCT<reason: STRING, column: STRING, value: STRING, detail: STRING>";

  private Staging() {}

  /**
   * Types a source's landed rows.
   *
   * @param landed text columns with {@link Landing}'s provenance columns
   * @param codes code lists by name
   * @return the contract's stored columns, typed, with provenance, {@code _problems} and {@code
   *     _natural_person}
   */
  static Dataset<Row> type(
      Dataset<Row> landed, SourceContract source, Map<String, CodeList> codes) {
    List<Column> values = new ArrayList<>();
    List<Column> problems = new ArrayList<>();
    problems.add(
        when(
            col(Landing.PROBLEM).isNotNull(),
            problem("row_malformed", "", null, col(Landing.PROBLEM))));
    for (credit.schemas.Column column : source.storedColumns()) {
      Cell cell = new Cell(source, column, codes);
      values.add(cell.value().as(column.name()));
      problems.addAll(cell.problems());
    }
    List<Column> all = new ArrayList<>(values);
    all.add(col(Landing.DELIVERY).as("delivery_id"));
    all.add(col(Landing.ROW).as("row_number"));
    all.add(col(Landing.HASH).as("row_hash"));
    all.add(
        array_compact(array(problems.toArray(Column[]::new)))
            .cast("ARRAY<" + PROBLEM_TYPE + ">")
            .as(PROBLEMS));
    Dataset<Row> typed = landed.select(all.toArray(Column[]::new));
    return judgeRows(typed, source);
  }

  /** Conditions over whole rows; a row that cannot be read is not judged further. */
  private static Dataset<Row> judgeRows(Dataset<Row> typed, SourceContract source) {
    Column[] broken =
        source.quality().stream()
            .map(
                q ->
                    when(
                        not(coalesce(expr(q.condition()), lit(true))),
                        problem(q.name(), "", null, lit(q.condition()))))
            .toArray(Column[]::new);
    Column person =
        source.delivery().naturalPersonWhen() == null
            ? lit(false)
            : coalesce(expr(source.delivery().naturalPersonWhen()), lit(false));
    Dataset<Row> judged = typed;
    if (broken.length > 0) {
      Column none = array().cast("ARRAY<" + PROBLEM_TYPE + ">");
      judged =
          typed.withColumn(
              PROBLEMS,
              functions.concat(
                  col(PROBLEMS),
                  when(
                          size(col(PROBLEMS)).equalTo(0),
                          array_compact(array(broken)).cast("ARRAY<" + PROBLEM_TYPE + ">"))
                      .otherwise(none)));
    }
    return judged.withColumn(NATURAL_PERSON, person).withColumn("record_key", recordKey(source));
  }

  private static Column recordKey(SourceContract source) {
    return concat_ws(
        "\u001F",
        source.columns().stream()
            .filter(credit.schemas.Column::key)
            .map(c -> coalesce(col(c.name()).cast("STRING"), lit("")))
            .toArray(Column[]::new));
  }

  private static Column problem(String reason, String column, Column value, Column detail) {
    return struct(
        lit(reason).as("reason"),
        lit(column).as("column"),
        (value == null ? lit(null).cast("STRING") : functions.left(value, lit(200))).as("value"),
        detail.cast("STRING").as("detail"));
  }

  /** One column of a contract: its text, its value, and what can be wrong with it. */
  private static final class Cell {
    private static final String NO_END = "2099-12-31";

    private final credit.schemas.Column column;
    private final Column text;
    private final Map<String, String> codes;

    Cell(SourceContract source, credit.schemas.Column column, Map<String, CodeList> lists) {
      this.column = column;
      this.text = col(column.name());
      this.codes =
          column.codes() == null ? null : halfWidth(lists.get(column.codes()), source.id());
    }

    /** Cells are half-width by now; so must be what they are compared with. */
    private static Map<String, String> halfWidth(CodeList list, String source) {
      Map<String, String> mapping = new TreeMap<>();
      list.mapping(source)
          .forEach(
              (code, canonical) ->
                  mapping.put(Normalizer.normalize(code, Normalizer.Form.NFKC).strip(), canonical));
      return mapping;
    }

    Column value() {
      return switch (column.type()) {
        case DATE -> date();
        case TIMESTAMP -> expr("try_cast(`" + column.name() + "` AS TIMESTAMP)");
        case INTEGER -> number("DECIMAL(18,0)").cast("BIGINT");
        case NUMBER -> number(column.sparkType());
        case BOOLEAN -> truth();
        case ARRAY -> items();
        case STRING, OBJECT -> string();
      };
    }

    private Column string() {
      if (codes != null) {
        return code(text);
      }
      if (column.check() == null) {
        return text;
      }
      Column checked = callUDF(CheckDigit.NAME, lit(column.check()), text);
      return column.keepUnchecked() ? coalesce(checked, text) : checked;
    }

    private Column code(Column of) {
      return codes.isEmpty() ? lit(null).cast("STRING") : try_element_at(mapOf(codes), of);
    }

    private static Column mapOf(Map<String, String> entries) {
      return functions.map(
          entries.entrySet().stream()
              .flatMap(e -> Stream.of(lit(e.getKey()), lit(e.getValue())))
              .toArray(Column[]::new));
    }

    private Column items() {
      String separator = column.separator() == null ? "[;；,，、]" : column.separator();
      Column parts = filter(transform(split(text, separator), x -> trim(x)), x -> length(x).gt(0));
      return codes == null ? parts : transform(parts, this::code);
    }

    /** The five usual spellings; a time of day behind the date is cut off. */
    private Column date() {
      Column day = regexp_replace(trim(text), "[ T]\\d{1,2}:\\d{2}.*$", "");
      Column dashed =
          regexp_replace(
              regexp_replace(regexp_replace(day, "[年月/.]", "-"), "日$", ""),
              "^(\\d{4})(\\d{2})(\\d{2})$",
              "$1-$2-$3");
      Column plain = when(dashed.rlike("^\\d{4}-\\d{1,2}-\\d{1,2}$"), dashed);
      Column parsed = plain.try_cast("DATE");
      Column sane =
          when(
              parsed.between(lit("1900-01-01").cast("DATE"), lit("2999-12-31").cast("DATE")),
              parsed);
      return column.noEnd() ? functions.nullif(sane, lit(NO_END).cast("DATE")) : sane;
    }

    private Column number(String type) {
      Column digits = regexp_replace(text, "[,\\s元¥￥]", "");
      Column exact =
          when(digits.rlike("^[-+]?\\d{1,18}(\\.\\d{1,6})?$"), digits).try_cast("DECIMAL(30,6)");
      Column scaled = column.wanYuan() ? exact.multiply(lit(10000)) : exact;
      return scaled.try_cast(type);
    }

    private Column truth() {
      return when(text.isin("是", "1", "true", "TRUE", "Y", "y", "有"), lit(true))
          .when(text.isin("否", "0", "false", "FALSE", "N", "n", "无"), lit(false));
    }

    List<Column> problems() {
      List<Column> problems = new ArrayList<>();
      if (column.required()) {
        problems.add(refuse("value_missing", text.isNull(), "a value is required"));
      }
      problems.add(
          refuse(
              "text_too_long",
              length(text).gt(column.maxLength()),
              "at most " + column.maxLength() + " characters"));
      if (column.pattern() != null) {
        problems.add(
            refuse(
                "pattern_mismatch",
                not(text.rlike("^(?:" + column.pattern() + ")$")),
                "must match " + column.pattern()));
      }
      switch (column.type()) {
        case DATE -> problems.add(unreadable("date_unreadable", "a day such as 2026-06-30"));
        case INTEGER, NUMBER -> addNumberProblems(problems);
        case TIMESTAMP -> problems.add(unreadable("time_unreadable", "a time"));
        case BOOLEAN -> problems.add(unreadable("flag_unknown", "是/否"));
        case ARRAY -> {
          if (codes != null) {
            problems.add(
                refuse(
                    "code_unknown",
                    functions.exists(items(), Column::isNull),
                    "codes of list " + column.codes()));
          }
        }
        case STRING, OBJECT -> addStringProblems(problems);
      }
      return problems;
    }

    private void addStringProblems(List<Column> problems) {
      if (codes != null) {
        problems.add(unreadable("code_unknown", "a code of list " + column.codes()));
      } else if (column.check() != null && !column.keepUnchecked()) {
        problems.add(unreadable("code_check_digit", "a valid code of scheme " + column.check()));
      }
    }

    private void addNumberProblems(List<Column> problems) {
      problems.add(unreadable("number_unreadable", "a number"));
      if (column.minimum() != null) {
        problems.add(
            refuse(
                "number_too_small",
                value().lt(lit(column.minimum())),
                "at least " + column.minimum()));
      }
      if (column.maximum() != null) {
        problems.add(
            refuse(
                "number_too_large",
                value().gt(lit(column.maximum())),
                "at most " + column.maximum()));
      }
    }

    /** Text is there, but no value came of it; "no end" is a value. */
    private Column unreadable(String reason, String expected) {
      Column lost = text.isNotNull().and(value().isNull());
      Column noEnd = column.noEnd() ? text.rlike("^2099.?12.?31") : lit(false);
      return refuse(reason, lost.and(not(noEnd)), expected);
    }

    private Column refuse(String reason, Column broken, String expected) {
      boolean masked = column.personal() != credit.schemas.Column.Personal.NONE;
      return when(
          broken, problem(reason, column.name(), masked ? lit("***") : text, lit(expected)));
    }
  }
}
