package credit.jobs.cli;

import credit.jobs.warehouse.Ledger;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A day as somebody asks for it.
 *
 * @param asOf the day
 * @param knownAt what was known by then counts; where all that is known counts, the newest date
 * @param allowPending whether rules work that no officer has confirmed
 * @param bundle hash of the rules and contracts of then
 */
record AskedDay(LocalDate asOf, LocalDate knownAt, boolean allowPending, String bundle) {
  /** Scores are not replayed: the champion of today may have learnt from later days. */
  static final List<String> STAGES = List.of("link", "firm", "tier", "list");

  /**
   * Whether the last results of a warehouse answer it: all are of the day, each was made after the
   * one that it goes on from, and no files came in since the first. Which version of the program
   * made them does not count: they are what was in force.
   */
  boolean standsIn(Ledger ledger) {
    List<Ledger.Entry> results = STAGES.stream().flatMap(s -> ledger.last(s).stream()).toList();
    return results.size() == STAGES.size()
        && results.stream().allMatch(this::isOf)
        && IntStream.range(1, results.size())
            .allMatch(i -> results.get(i).sequence() > results.get(i - 1).sequence())
        && !ledger.hasNewFilesSince(STAGES.get(0));
  }

  /**
   * The run whose rules were in force at a knowledge date: the last one that made results; where
   * none had yet, the last one of whatever kind; else the earliest of all. A fresh timestamp or an
   * ingest puts no rules in force, whatever lay on the disk then.
   */
  static Ledger.Entry rulesThen(Ledger ledger, LocalDate knownAt) {
    return ledger
        .ofStages(STAGES)
        .lastInItsTime(knownAt)
        .or(() -> ledger.lastInItsTime(knownAt))
        .orElseGet(() -> ledger.entries().get(0));
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
   * The folder's name under which its results are kept: what makes another day of it is in it.
   *
   * @param deliveries how many accepted deliveries count as known: one may come late
   * @param rules hash of rules and contracts as they are used: the rules of then over the tables of
   *     this program
   * @param program version of the program that computes it
   */
  String folder(long deliveries, String rules, String program) {
    return "%s-known-%s-deliveries-%d-rules-%s-program-%s%s"
        .formatted(
            asOf,
            knownAt,
            deliveries,
            rules.substring(0, 12),
            program,
            allowPending ? "-pending" : "");
  }
}
