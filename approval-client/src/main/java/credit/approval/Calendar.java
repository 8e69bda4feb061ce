package credit.approval;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Legal days are Shanghai's. */
final class Calendar {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private Calendar() {}

  static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, SHANGHAI);
  }
}
