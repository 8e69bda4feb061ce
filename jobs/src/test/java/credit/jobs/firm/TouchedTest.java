package credit.jobs.firm;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each day on which a file turns, seen from the day itself, the day before and the day after. */
@ExtendWith(SparkExtension.class)
class TouchedTest {
  private static final LocalDate YESTERDAY = LocalDate.of(2026, 6, 29);
  private static final LocalDate TODAY = LocalDate.of(2026, 6, 30);

  private final SparkSession spark;

  TouchedTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Of the days, those on which an event's column touches the firm between two results. */
  private List<LocalDate> touching(
      String column, LocalDate before, LocalDate now, LocalDate... days) {
    Map<?, ?>[] events =
        Stream.of(days)
            .map(
                day ->
                    row("event_date", LocalDate.of(2001, 1, 1), "details", Map.of(), column, day))
            .toArray(Map<?, ?>[]::new);
    return table(spark, "events", events)
        .where(Touched.by(before, now))
        .select(column)
        .distinct()
        .collectAsList()
        .stream()
        .map(r -> r.getLocalDate(0))
        .sorted()
        .toList();
  }

  private List<LocalDate> touchingToday(String column, LocalDate day) {
    return touching(column, YESTERDAY, TODAY, day.minusDays(1), day, day.plusDays(1));
  }

  @Test
  void anEventTouchesItsFirmOnTheDayOnWhichItHappens() {
    assertThat(touchingToday("event_date", TODAY)).containsExactly(TODAY);
  }

  @Test
  void anEventTouchesItsFirmOnTheDayOnWhichAWindowLeavesIt() {
    for (int months : FirmFiles.WINDOWS) {
      LocalDate left = TODAY.minusMonths(months);
      assertThat(touchingToday("event_date", left)).as("%d months", months).containsExactly(left);
    }
  }

  @Test
  void allDaysThatAWindowLeavesAtTheEndOfAMonthTouch() {
    LocalDate lastOfFebruary = LocalDate.of(2026, 2, 28);
    assertThat(
            touching(
                "event_date",
                lastOfFebruary,
                lastOfFebruary.plusDays(1),
                LocalDate.of(2025, 11, 28),
                LocalDate.of(2025, 11, 29),
                LocalDate.of(2025, 11, 30),
                LocalDate.of(2025, 12, 1),
                LocalDate.of(2025, 12, 2)))
        .containsExactly(
            LocalDate.of(2025, 11, 29), LocalDate.of(2025, 11, 30), LocalDate.of(2025, 12, 1));
    assertThat(
            touching(
                "event_date",
                LocalDate.of(2026, 5, 30),
                LocalDate.of(2026, 5, 31),
                LocalDate.of(2026, 2, 28)))
        .as("three months before both days it is the same day")
        .isEmpty();
  }

  @Test
  void aListingTouchesItsFirmOnTheDayOnWhichItBegins() {
    assertThat(touchingToday("effective_from", TODAY)).containsExactly(TODAY);
  }

  @Test
  void anEndTouchesOnItsDayAndADutyTheDayAfter() {
    assertThat(touchingToday("effective_until", TODAY)).containsExactly(YESTERDAY, TODAY);
  }

  @Test
  void aLicenceTouchesItsFirmOnTheDayOnWhichItStartsToExpire() {
    LocalDate end = TODAY.plusDays(FirmFiles.EXPIRING_DAYS);
    assertThat(touchingToday("effective_until", end)).containsExactly(end);
  }

  @Test
  void aChangeOfStatusTouchesTheFirmOnTheDayFromWhichItHolds() {
    assertThat(touchingToday("status_date", TODAY)).containsExactly(TODAY);
  }

  @Test
  void aFirmIsTouchedOnTheDayOnWhichItClosesOrANameOfItHoldsNoMore() {
    List<Map<String, Object>> files = new ArrayList<>();
    for (LocalDate day : List.of(YESTERDAY, TODAY, TODAY.plusDays(1))) {
      files.add(row("code", "closes " + day, "closed_on", day, "names", List.of()));
      files.add(
          row(
              "code",
              "renamed " + day,
              "names",
              List.of(row("name", "then", "valid_until", day), row("name", "now"))));
    }
    assertThat(
            table(spark, "firm_file", files.toArray(Map<?, ?>[]::new))
                .where(RegisterRows.turns(day -> day.gt(YESTERDAY).and(day.leq(TODAY))))
                .collectAsList())
        .extracting(r -> r.<String>getAs("code"))
        .containsExactlyInAnyOrder("closes " + TODAY, "renamed " + TODAY);
  }

  @Test
  void aChangeOfAnActTouchesTheFirmOnTheDayOnWhichItBeginsAndOnTheDayOnWhichItEnds() {
    List<LocalDate> touching =
        spark
            .sql(
                "SELECT day, IF(begins, day, DATE'2026-01-01') AS changed_on, IF(begins, NULL, day)"
                    + " AS changed_until FROM VALUES (DATE'2026-06-29'), (DATE'2026-06-30'),"
                    + " (DATE'2026-07-01') AS d(day), VALUES (true), (false) AS b(begins)")
            .where(Touched.changes(YESTERDAY, TODAY))
            .collectAsList()
            .stream()
            .map(r -> r.getLocalDate(0))
            .toList();
    assertThat(touching).containsExactly(TODAY, TODAY);
  }

  @Test
  void nothingTouchesWhereNoDayHasPassed() {
    for (String column :
        List.of("event_date", "effective_from", "effective_until", "status_date")) {
      assertThat(touching(column, TODAY, TODAY, YESTERDAY, TODAY, TODAY.plusDays(1))).isEmpty();
    }
  }
}
