package credit.jobs.warehouse;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;

/** The day that it is, in the calendar of Shanghai, whatever the clock's own zone. */
public final class Today {
  /** The zone by which days are told: a day begins at its midnight. */
  public static final ZoneId CALENDAR = ZoneId.of("Asia/Shanghai");

  private Today() {}

  /** The day of a clock's present instant. */
  public static LocalDate at(Clock clock) {
    return LocalDate.ofInstant(clock.instant(), CALENDAR);
  }
}
