package credit.sample;

import java.util.function.BiPredicate;

/**
 * A way in which a row is dirty.
 *
 * @param id name in the truth and in README
 * @param weight how often among the faults
 * @param rare whether only {@link Faults#ALL} plants it
 * @param expected what ingest does: quarantined, repaired, staged, duplicate
 * @param link what linking does: code, name, review, branch, or - where it does not matter
 * @param change changes the line; false if this line cannot have the fault
 */
record Fault(
    String id,
    int weight,
    boolean rare,
    Expected expected,
    String link,
    BiPredicate<Line, Draw> change) {

  /** What becomes of the row. */
  enum Expected {
    QUARANTINED,
    REPAIRED,
    STAGED,
    DUPLICATE
  }
}
