package credit.jobs.warehouse;

import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/**
 * The {@code runs} table, kept on the driver: it is small, and its last row is the commit point of
 * the whole warehouse.
 *
 * @param entries rows, kept in order of their sequence in whatever order they are given
 */
public record Ledger(List<Entry> entries) {
  /** Figure of an upkeep: the tables of so many runs before it stayed readable. */
  public static final String KEPT_RUNS = "kept_runs";

  /** Figure of an ingest: files with a content that was not known before. */
  static final String NEW_FILES = "new_files";

  static final String MAINTAIN = "maintain";

  /**
   * One stage that a run finished.
   *
   * @param program version of the program; null in rows of before it was noted
   */
  public record Entry(
      String runId,
      long sequence,
      String stage,
      LocalDate asOf,
      LocalDate knownAt,
      Map<String, Long> tableVersions,
      String bundle,
      boolean allowPending,
      Map<String, Long> counts,
      String program) {}

  public Ledger {
    entries = entries.stream().sorted(Comparator.comparingLong(Entry::sequence)).toList();
  }

  /** The last row: what is in force. */
  public Optional<Entry> last() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.get(entries.size() - 1));
  }

  /** Whether this version of the program has finished a stage by such contracts and rules. */
  public boolean ranBy(String bundle) {
    return entries.stream()
        .anyMatch(e -> bundle.equals(e.bundle()) && Program.VERSION.equals(e.program()));
  }

  /** The rows of one run. */
  public List<Entry> of(String runId) {
    return entries.stream().filter(e -> e.runId().equals(runId)).toList();
  }

  /** The rows of some stages alone. */
  public Ledger ofStages(Collection<String> stages) {
    return new Ledger(entries.stream().filter(e -> stages.contains(e.stage())).toList());
  }

  /** The last row of a stage. */
  public Optional<Entry> last(String stage) {
    return entries.stream().filter(e -> e.stage().equals(stage)).reduce((a, b) -> b);
  }

  /**
   * The last row of a run that knew no more than what was known at a date. A past day that was run
   * again after later ones is passed over: it tells nothing of what was in force then.
   *
   * @param known knowledge date; null: any
   */
  public Optional<Entry> lastInItsTime(LocalDate known) {
    Entry last = null;
    LocalDate newest = LocalDate.MIN;
    for (Entry entry : entries) {
      if (!entry.knownAt().isBefore(newest)) {
        newest = entry.knownAt();
        last = known == null || !newest.isAfter(known) ? entry : last;
      }
    }
    return Optional.ofNullable(last);
  }

  /** Whether an ingest brought files after the last row of a stage. */
  public boolean hasNewFilesSince(String stage) {
    long since = last(stage).map(Entry::sequence).orElse(0L);
    return entries.stream()
        .filter(e -> e.stage().equals("ingest") && e.sequence() > since)
        .anyMatch(e -> e.counts().getOrDefault(NEW_FILES, 0L) > 0);
  }

  /** Whether the tables as an entry left them can still be read, whatever upkeep came after it. */
  boolean readable(Entry entry) {
    return entries.stream()
        .filter(e -> e.stage().equals(MAINTAIN) && e.sequence() > entry.sequence())
        .allMatch(
            e ->
                runsUpTo(e.sequence()).stream()
                    .limit(e.counts().getOrDefault(KEPT_RUNS, 0L))
                    .anyMatch(entry.runId()::equals));
  }

  /** Ids of runs, the one with the newest entry first. */
  private List<String> runsUpTo(long sequence) {
    Map<String, Long> last = new TreeMap<>();
    entries.stream()
        .filter(e -> e.sequence() <= sequence)
        .forEach(e -> last.put(e.runId(), e.sequence()));
    return last.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(Map.Entry::getKey)
        .toList();
  }

  static Ledger of(List<Row> rows) {
    return new Ledger(rows.stream().map(Ledger::entry).toList());
  }

  private static Entry entry(Row row) {
    return new Entry(
        row.getAs("run_id"),
        row.<Long>getAs("sequence"),
        row.getAs("stage"),
        row.getAs("as_of"),
        row.getAs("known_at"),
        numbers(row, "table_versions"),
        row.getAs("bundle"),
        row.<Boolean>getAs("allow_pending"),
        numbers(row, "counts"),
        List.of(row.schema().fieldNames()).contains("program") ? row.getAs("program") : null);
  }

  private static Map<String, Long> numbers(Row row, String column) {
    if (row.isNullAt(row.fieldIndex(column))) {
      return Map.of();
    }
    Map<String, Long> map = row.getJavaMap(row.fieldIndex(column));
    return map.entrySet().stream()
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new));
  }
}
