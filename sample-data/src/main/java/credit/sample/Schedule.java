package credit.sample;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The months of the story and the days on which departments deliver.
 *
 * @param from first day of the story
 * @param until last day of the story and of the last delivery
 * @param deliveries delivery days, ascending
 */
record Schedule(LocalDate from, LocalDate until, List<LocalDate> deliveries) {
  /** A record that is known only after the last delivery. */
  static final int NEVER = -1;

  static Schedule of(Options options) {
    List<LocalDate> days = new ArrayList<>();
    YearMonth last = YearMonth.from(options.until());
    for (YearMonth month = last;
        !month.atEndOfMonth().isBefore(options.from());
        month = month.minusMonths(options.monthsPerDelivery())) {
      days.add(0, month.equals(last) ? options.until() : month.atEndOfMonth());
    }
    return new Schedule(options.from(), options.until(), List.copyOf(days));
  }

  /** Months of the story, the first and the last one perhaps in part. */
  int months() {
    return (int) ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(until)) + 1;
  }

  LocalDate firstOf(int month) {
    LocalDate first = YearMonth.from(from).plusMonths(month).atDay(1);
    return first.isBefore(from) ? from : first;
  }

  LocalDate lastOf(int month) {
    LocalDate last = YearMonth.from(from).plusMonths(month).atEndOfMonth();
    return last.isAfter(until) ? until : last;
  }

  /** Month of a day; days before the story count as its first month. */
  int monthOf(LocalDate day) {
    return (int) Math.max(0, ChronoUnit.MONTHS.between(YearMonth.from(from), YearMonth.from(day)));
  }

  /** First delivery on or after the day on which a record is ready, or {@link #NEVER}. */
  int deliveryFor(LocalDate ready) {
    for (int i = 0; i < deliveries.size(); i++) {
      if (!deliveries.get(i).isBefore(ready)) {
        return i;
      }
    }
    return NEVER;
  }
}
