package credit.sample;

import java.util.function.BiPredicate;

/**
 * A way in which a row is dirty.
 *
 * @param id name in the truth and in README
 * @param weight how often among the faults
 * @param rare whether only {@link Faults#ALL} plants it
 * @param expected what ingest does: quarantined, repaired, staged, duplicate
 * @param reason why it is quarantined; empty where it is not
 * @param link what linking does: code, name, review, or - where it does not matter
 * @param change changes the line; false if this line cannot have the fault
 */
record Fault(
    String id,
    int weight,
    boolean rare,
    Expected expected,
    String reason,
    String link,
    BiPredicate<Line, Draw> change) {

  /** What becomes of the row. */
  enum Expected {
    QUARANTINED,
    REPAIRED,
    STAGED,
    DUPLICATE
  }

  /** A fault that the row survives. */
  static Fault of(
      String id, int weight, Expected expected, String link, BiPredicate<Line, Draw> change) {
    return new Fault(id, weight, false, expected, "", link, change);
  }

  /** A fault for which the row is refused. */
  static Fault refused(String id, int weight, String reason, BiPredicate<Line, Draw> change) {
    return new Fault(id, weight, false, Expected.QUARANTINED, reason, "-", change);
  }

  /** The same fault, planted only where all are asked for. */
  Fault onlyIfAll() {
    return new Fault(id, weight, true, expected, reason, link, change);
  }
}
