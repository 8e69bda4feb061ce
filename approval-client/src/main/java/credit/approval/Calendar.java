package credit.approval;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Legal days are Shanghai's. */
final class Calendar {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  /** The day that was asked for last: nearly always the one that is asked for next. */
  private static volatile Day last = Day.of(Instant.EPOCH);

  private Calendar() {}

  static LocalDate day(Instant instant) {
    Day day = last;
    if (!day.has(instant.getEpochSecond())) {
      day = Day.of(instant);
      last = day;
    }
    return day.date;
  }

  private record Day(LocalDate date, long firstSecond, long nextDay) {
    static Day of(Instant instant) {
      LocalDate date = LocalDate.ofInstant(instant, SHANGHAI);
      return new Day(date, start(date), start(date.plusDays(1)));
    }

    private static long start(LocalDate date) {
      return date.atStartOfDay(SHANGHAI).toEpochSecond();
    }

    boolean has(long second) {
      return firstSecond <= second && second < nextDay;
    }
  }
}
