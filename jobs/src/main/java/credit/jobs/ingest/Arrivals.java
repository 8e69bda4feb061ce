package credit.jobs.ingest;

import credit.jobs.warehouse.Run;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * What is new among the files that lie there. A content is known by its hash: under another date or
 * name it is a delivery of its own, but brings nothing new. What was refused for its control file
 * is read again once another one, or none, lies beside it.
 *
 * @param files all files that were found
 * @param fresh files with a content that was never decided on
 * @param resent files with a content that the ledger or an earlier file has
 * @param known what the ledger says, by hash
 * @param published knowledge date of the lists in force
 */
record Arrivals(
    List<DeliveredFile> files,
    List<DeliveredFile> fresh,
    List<DeliveredFile> resent,
    Map<String, Known> known,
    LocalDate published) {

  /** What the ledger says of a content: where it came from, how many rows it had, what became. */
  record Known(Set<String> paths, long rows, boolean refused) {}

  /**
   * Sorts the files by what was decided before.
   *
   * @param ledger rows of {@code deliveries}
   * @param published newest knowledge date of lists that were published
   */
  static Arrivals of(
      Run run, List<DeliveredFile> files, List<Row> ledger, Optional<LocalDate> published) {
    Map<String, Known> known = known(run, ledger);
    Set<DeliveredFile> waiting = waitingForAnotherControl(run, files, ledger);
    Set<String> first = new HashSet<>();
    List<DeliveredFile> fresh = new ArrayList<>();
    List<DeliveredFile> resent = new ArrayList<>();
    for (DeliveredFile file : files) {
      if (waiting.contains(file)) {
        continue;
      }
      Known before = known.get(file.sha256());
      if (before == null && first.add(file.sha256())) {
        fresh.add(file);
      } else if (before == null || !before.paths().contains(file.relative())) {
        resent.add(file);
      }
    }
    return new Arrivals(files, fresh, resent, known, published.orElse(LocalDate.MIN));
  }

  /** Files beside which the control file still lies for which they were refused. */
  private static Set<DeliveredFile> waitingForAnotherControl(
      Run run, List<DeliveredFile> files, List<Row> ledger) {
    Set<List<String>> refusals = new HashSet<>();
    ledger.stream()
        .filter(row -> !row.isNullAt(5) && refusedByTheseRules(run, row.getString(4)))
        .forEach(
            row -> refusals.add(List.of(row.getString(0), row.getString(1), row.getString(5))));
    Set<String> refused = refusals.stream().map(r -> r.get(0)).collect(Collectors.toSet());
    return files.stream()
        .filter(f -> refused.contains(f.sha256()))
        .filter(
            f ->
                refusals.contains(
                    List.of(f.sha256(), f.relative(), DeliveryFolder.controlSha256(f.path()))))
        .collect(Collectors.toSet());
  }

  private static Map<String, Known> known(Run run, List<Row> ledger) {
    Map<String, Known> known = new HashMap<>();
    for (Row row : ledger) {
      boolean refused = DeliveryRow.REFUSED.equals(row.getString(3));
      boolean ofContent = row.isNullAt(5) && refusedByTheseRules(run, row.getString(4));
      if (!refused || ofContent) {
        known
            .computeIfAbsent(
                row.getString(0), k -> new Known(new HashSet<>(), row.getLong(2), refused))
            .paths()
            .add(row.getString(1));
      }
    }
    return known;
  }

  /** What other contracts refused is tried again: they may have been put right since. */
  private static boolean refusedByTheseRules(Run run, String runId) {
    return run.ledger().of(runId).stream().anyMatch(e -> e.bundle().equals(run.schemas().sha256()));
  }

  /** A delivery dated on or before what was published already counts from the day after. */
  LocalDate knownAt(DeliveredFile file) {
    return file.declaredOn().isAfter(published) ? file.declaredOn() : published.plusDays(1);
  }

  /**
   * Ledger rows of contents that came again. What was refused once holds no more under another
   * date.
   *
   * @param decided ledger rows of this run's fresh files
   */
  List<DeliveryRow> sentAgain(List<DeliveryRow> decided) {
    Map<String, Long> rows = new HashMap<>();
    Set<String> refused = new HashSet<>();
    known.forEach(
        (sha256, before) -> {
          rows.put(sha256, before.rows());
          if (before.refused()) {
            refused.add(sha256);
          }
        });
    for (DeliveryRow delivery : decided) {
      rows.put(delivery.file().sha256(), delivery.rowsIn());
      if (delivery.isRefused()) {
        refused.add(delivery.file().sha256());
      }
    }
    return resent.stream()
        .map(f -> again(f, rows.get(f.sha256()), refused.contains(f.sha256())))
        .toList();
  }

  private DeliveryRow again(DeliveredFile file, long rows, boolean refused) {
    return refused
        ? DeliveryRow.refused(
            file,
            knownAt(file),
            "the same content was delivered and refused before; correct and deliver it again",
            null,
            rows)
        : DeliveryRow.resent(file, knownAt(file), rows);
  }
}
