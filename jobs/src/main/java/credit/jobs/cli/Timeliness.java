package credit.jobs.cli;

import credit.schemas.SourceContract;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * How a source keeps to the interval of its contract, as of a day.
 *
 * @param source its id
 * @param intervalDays agreed days between two deliveries
 * @param last date of the last delivery that was taken in; null: none
 * @param overdueDays days since the next one was due; 0 where it is not due yet or none ever came
 * @param gaps stretches between two deliveries in which others should have come
 */
record Timeliness(
    String source, int intervalDays, LocalDate last, long overdueDays, List<Gap> gaps) {

  /** Two deliveries too far apart, and how many are missing between them. */
  record Gap(LocalDate after, LocalDate before, long missed) {}

  /**
   * Judges a source's deliveries.
   *
   * @param taken dates of the deliveries that were taken in; a refused one fills no gap
   * @param asOf deliveries dated later are left out
   */
  static Timeliness of(SourceContract source, Collection<LocalDate> taken, LocalDate asOf) {
    int interval = source.delivery().intervalDays();
    TreeSet<LocalDate> days = new TreeSet<>(taken);
    days.removeIf(day -> day.isAfter(asOf));
    List<Gap> gaps = new ArrayList<>();
    LocalDate before = null;
    for (LocalDate day : days) {
      long missed = before == null ? 0 : missed(ChronoUnit.DAYS.between(before, day), interval);
      if (missed > 0) {
        gaps.add(new Gap(before, day, missed));
      }
      before = day;
    }
    long overdue = before == null ? 0 : ChronoUnit.DAYS.between(before.plusDays(interval), asOf);
    return new Timeliness(source.id(), interval, before, Math.max(0, overdue), List.copyOf(gaps));
  }

  /** A delivery that is late by less than half an interval was late, not missing. */
  private static long missed(long days, int interval) {
    return Math.max(0, Math.round((double) days / interval) - 1);
  }

  /** Deliveries that never came, between others. */
  long missed() {
    return gaps.stream().mapToLong(Gap::missed).sum();
  }

  /** In few words: never, on time or how late. */
  String state() {
    if (last == null) {
      return "never delivered";
    }
    return overdueDays == 0 ? "on time" : "overdue by %,d days".formatted(overdueDays);
  }
}
