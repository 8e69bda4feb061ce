package credit.jobs.warehouse;

import credit.schemas.Schemas;
import credit.schemas.TableContract;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the results that a stage goes on from are of its own day and knowledge, and each made
 * from what stands now. The tables' contracts say whose results a stage reads; the ledger alone is
 * asked of which day they are. Rules may differ: an analyst changes those of one stage and runs it.
 *
 * @param schemas contracts of the tables
 * @param ledger runs up to now
 * @param asOf the stage's day
 * @param knownAt the stage's knowledge date
 */
record Upstream(Schemas schemas, Ledger ledger, LocalDate asOf, LocalDate knownAt) {

  /**
   * A result that does not serve.
   *
   * @param result the ledger's row of it
   * @param why what is wrong with it, with the stage as the subject
   */
  record Stale(Ledger.Entry result, String why) {}

  /** Whether a stage makes tables of a day, unlike one that only keeps account of what was done. */
  static boolean makesResults(Schemas schemas, String stage) {
    return schemas.tables().values().stream()
        .anyMatch(table -> isResult(table) && table.writer().equals(stage));
  }

  private static boolean isResult(TableContract table) {
    return table.mode() == TableContract.Mode.OVERWRITE
        || table.mode() == TableContract.Mode.BY_AS_OF;
  }

  /**
   * The first result on the way to a stage that does not serve. Of a stage that never ran nothing
   * is said: its table is missing, and whoever reads it tells that.
   */
  Optional<Stale> firstStale(String stage) {
    return firstStale(stage, new HashSet<>());
  }

  private Optional<Stale> firstStale(String stage, Set<String> asked) {
    for (Ledger.Entry result : resultsFor(stage)) {
      if (asked.add(result.stage())) {
        Optional<Stale> stale = firstStale(result.stage(), asked).or(() -> judged(result));
        if (stale.isPresent()) {
          return stale;
        }
      }
    }
    return Optional.empty();
  }

  /** Last rows of the stages whose results a stage may read, in the order in which they ran. */
  private List<Ledger.Entry> resultsFor(String stage) {
    return schemas.tables().values().stream()
        .filter(table -> isResult(table) && table.readableBy(stage))
        .map(TableContract::writer)
        .filter(writer -> !writer.equals(stage))
        .distinct()
        .flatMap(writer -> ledger.last(writer).stream())
        .sorted(Comparator.comparingLong(Ledger.Entry::sequence))
        .toList();
  }

  /** Why a result does not serve by itself; empty where it does. */
  Optional<Stale> judged(Ledger.Entry result) {
    if (!result.asOf().equals(asOf) || !result.knownAt().equals(knownAt)) {
      return stale(
          result,
          "'%s' was last run as of %s, known by %s"
              .formatted(result.stage(), result.asOf(), result.knownAt()));
    }
    if (ledger.hasNewFilesSince(result.stage())) {
      return stale(result, "files came in after '%s' was run".formatted(result.stage()));
    }
    return resultsFor(result.stage()).stream()
        .filter(from -> from.sequence() > result.sequence())
        .findFirst()
        .flatMap(
            from ->
                stale(
                    result,
                    "'%s' was run anew after '%s'".formatted(from.stage(), result.stage())));
  }

  private static Optional<Stale> stale(Ledger.Entry result, String why) {
    return Optional.of(new Stale(result, why));
  }
}
