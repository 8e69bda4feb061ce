package credit.approval.format;

import java.time.LocalDate;
import java.util.List;

/**
 * How far a source that feeds the lists has been delivered.
 *
 * @param source the source contract's id
 * @param authority who delivers it
 * @param territory for which territory
 * @param required whether no answer may be clear without it
 * @param completeThrough last day through which it is complete; null: nothing was delivered yet
 * @param intervalDays agreed days between deliveries, by which it may lag
 */
public record Coverage(
    String source,
    String authority,
    String territory,
    boolean required,
    LocalDate completeThrough,
    int intervalDays)
    implements ListRow {
  public Coverage {
    Rows.requireText("coverage", "source", source);
    if (intervalDays < 0 || intervalDays > 366) {
      throw new IllegalArgumentException(
          source + ": interval_days is " + intervalDays + "; it must be 0 to 366");
    }
  }

  /** Whether the source is complete through the day, less its agreed interval. */
  public boolean reaches(LocalDate day) {
    LocalDate last = reachesThrough();
    return last != null && !day.isAfter(last);
  }

  /** The last day for which it is complete, by its agreed interval; null: there is none. */
  public LocalDate reachesThrough() {
    return completeThrough == null ? null : completeThrough.plusDays(intervalDays);
  }

  @Override
  public ListFile file() {
    return ListFile.COVERAGE;
  }

  @Override
  public List<String> fields() {
    return List.of(
        source,
        Rows.orEmpty(authority),
        Rows.orEmpty(territory),
        Boolean.toString(required),
        Rows.date(completeThrough),
        Integer.toString(intervalDays));
  }

  static Coverage of(List<String> f) {
    return new Coverage(
        f.get(0),
        f.get(1),
        f.get(2),
        Rows.bool(f.get(3)),
        Rows.date(f.get(4)),
        Rows.days(f.get(5)));
  }
}
