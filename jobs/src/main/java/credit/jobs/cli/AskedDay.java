package credit.jobs.cli;

import credit.jobs.warehouse.Ledger;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A day as somebody asks for it.
 *
 * @param asOf the day
 * @param knownAt what was known by then counts; where all that is known counts, the newest date
 * @param allowPending whether rules work that no officer has confirmed
 * @param bundle hash of the rules and contracts
 */
record AskedDay(LocalDate asOf, LocalDate knownAt, boolean allowPending, String bundle) {
  /** Scores are not replayed: the champion of today may have learnt from later days. */
  static final List<String> STAGES = List.of("link", "firm", "tier", "list");

  /**
   * Whether the last results of a warehouse answer it: all are of the day, and nothing came since.
   */
  boolean standsIn(Ledger ledger) {
    return STAGES.stream()
        .allMatch(
            stage ->
                ledger.last(stage).filter(this::isOf).isPresent()
                    && !ledger.hasNewFilesSince(stage));
  }

  /**
   * Whether rules that await review were at work in what was in force at a knowledge date; empty
   * where nothing was computed yet. An ingest needs no leave for them, so its row does not tell.
   */
  static Optional<Boolean> pendingThen(Ledger ledger, LocalDate knownAt) {
    return ledger.ofStages(STAGES).lastInItsTime(knownAt).map(Ledger.Entry::allowPending);
  }

  private boolean isOf(Ledger.Entry result) {
    return result.asOf().equals(asOf)
        && result.knownAt().equals(knownAt)
        && result.allowPending() == allowPending
        && result.bundle().equals(bundle);
  }

  /**
   * The folder's name under which its results are kept.
   *
   * @param deliveries how many accepted deliveries count as known: one that comes late makes
   *     another day of it
   */
  String folder(long deliveries) {
    return "%s-known-%s-deliveries-%d-rules-%s%s"
        .formatted(
            asOf, knownAt, deliveries, bundle.substring(0, 12), allowPending ? "-pending" : "");
  }
}
