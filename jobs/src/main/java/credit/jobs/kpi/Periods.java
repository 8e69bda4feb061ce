package credit.jobs.kpi;

import credit.schemas.HolidayCalendar;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The periods of a report: the month of the as-of day and the twelve before it, and the last twelve
 * months as one.
 */
final class Periods {
  /** Months shown, the current one included. */
  static final int MONTHS = 13;

  private static final int CALENDAR_YEARS = 8;

  private final LocalDate asOf;

  Periods(LocalDate asOf) {
    this.asOf = asOf;
  }

  /** Month of the as-of day, such as {@code 2026-06}. */
  String current() {
    return YearMonth.from(asOf).toString();
  }

  /** The month before. */
  String previous() {
    return YearMonth.from(asOf).minusMonths(1).toString();
  }

  /** The last twelve months as one period, such as {@code 2025-07/2026-06}. */
  String year() {
    return YearMonth.from(asOf).minusMonths(11) + "/" + current();
  }

  /** Months, oldest first. */
  List<String> months() {
    YearMonth first = YearMonth.from(asOf).minusMonths(MONTHS - 1);
    return IntStream.range(0, MONTHS).mapToObj(i -> first.plusMonths(i).toString()).toList();
  }

  /** Rows that happened in a period ({@code day}), once for every period they fall into. */
  Dataset<Row> happenedIn(Dataset<Row> rows) {
    List<Span> spans = new ArrayList<>(monthSpans());
    spans.add(new Span(year(), YearMonth.from(asOf).minusMonths(11).atDay(1), asOf));
    return inPeriods(rows, spans, "day BETWEEN first_day AND last_day");
  }

  /** Rows that were open at the end of a month: begun ({@code begun}), not yet closed. */
  Dataset<Row> openAtEndOf(Dataset<Row> rows) {
    return inPeriods(
        rows, monthSpans(), "begun <= last_day AND (closed IS NULL OR closed > last_day)");
  }

  /** Rows of the as-of day itself. */
  Dataset<Row> now(Dataset<Row> rows) {
    return rows.withColumn("period", functions.lit(current()));
  }

  private record Span(String period, LocalDate first, LocalDate last) {
    String literal() {
      return "named_struct('period', '%s', 'first_day', DATE'%s', 'last_day', DATE'%s')"
          .formatted(period, first, last);
    }
  }

  /** The current month ends with the as-of day. */
  private List<Span> monthSpans() {
    return months().stream()
        .map(YearMonth::parse)
        .map(m -> new Span(m.toString(), m.atDay(1), min(m.atEndOfMonth(), asOf)))
        .toList();
  }

  private static LocalDate min(LocalDate a, LocalDate b) {
    return a.isBefore(b) ? a : b;
  }

  private static Dataset<Row> inPeriods(Dataset<Row> rows, List<Span> spans, String condition) {
    String array =
        spans.stream().map(Span::literal).collect(Collectors.joining(", ", "array(", ")"));
    return rows.withColumn("p", functions.expr("explode(" + array + ")"))
        .select("*", "p.*")
        .drop("p")
        .where(condition);
  }

  /**
   * Every day up to the as-of day with the number of working days since the calendar's start, so
   * that the working days from one day to another are the difference of their ordinals.
   */
  static Dataset<Row> workingDays(SparkSession spark, HolidayCalendar calendar, LocalDate asOf) {
    List<Row> rows = new ArrayList<>();
    long ordinal = 0;
    LocalDate first = asOf.minusYears(CALENDAR_YEARS);
    for (LocalDate day = first; !day.isAfter(asOf); day = day.plusDays(1)) {
      ordinal += calendar.isWorkingDay(day) ? 1 : 0;
      rows.add(RowFactory.create(day, ordinal));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("calendar_day", DataTypes.DateType)
            .add("ordinal", DataTypes.LongType));
  }
}
