package credit.jobs.publish;

import credit.approval.format.CsvCursor;
import credit.approval.format.ListContent;
import credit.approval.format.ListFile;
import credit.jobs.publish.PublishSettings.ChangeLimits;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How much of a list changed against the version before, and whether that is within the limits. */
final class Changes {
  private static final List<ListFile> LISTS =
      List.of(ListFile.RESTRICTIONS, ListFile.BLACKLIST, ListFile.INCENTIVES);

  private Changes() {}

  /**
   * The change limits' refusals.
   *
   * @param before the version before; null: this is the first, which no limit can measure
   * @param entries all entries of the tables, with their states: what left by law does not count
   */
  static List<String> check(
      ListContent before,
      ListContent next,
      Collection<ListedEntry> entries,
      LocalDate asOf,
      ChangeLimits limits) {
    if (before == null) {
      return List.of();
    }
    Map<ListFile, Set<String>> gone =
        entries.stream()
            .filter(ListedEntry::isLawfullyGone)
            .collect(
                Collectors.groupingBy(
                    e -> ListFile.of(e.list().table() + ".csv"),
                    Collectors.mapping(ListedEntry::entryId, Collectors.toSet())));
    List<String> refusals = new ArrayList<>();
    for (ListFile file : LISTS) {
      refusals.addAll(check(file, before, next, gone.getOrDefault(file, Set.of()), asOf, limits));
    }
    return refusals;
  }

  private static List<String> check(
      ListFile file,
      ListContent before,
      ListContent next,
      Set<String> gone,
      LocalDate asOf,
      ChangeLimits limits) {
    Map<List<String>, Entry> old = rows(file, before);
    Map<List<String>, Entry> now = rows(file, next);
    Set<List<String>> addedKeys = new HashSet<>(now.keySet());
    addedKeys.removeAll(old.keySet());
    long removed =
        old.entrySet().stream()
            .filter(e -> !now.containsKey(e.getKey()))
            .filter(e -> !gone.contains(e.getValue().entryId()) && !e.getValue().isOver(asOf))
            .count();
    List<String> refusals = new ArrayList<>();
    refuse(refusals, file, "added", addedKeys.size(), old.size(), limits.addedShare(), limits);
    refuse(refusals, file, "removed", removed, old.size(), limits.removedShare(), limits);
    return refusals;
  }

  private static void refuse(
      List<String> refusals,
      ListFile file,
      String what,
      long changed,
      long before,
      BigDecimal share,
      ChangeLimits limits) {
    boolean within =
        BigDecimal.valueOf(changed).compareTo(share.multiply(BigDecimal.valueOf(before))) <= 0;
    if (changed > limits.alwaysAllowed() && !within) {
      refusals.add(
          "%s: %d rows %s against %d before, limit %s; look into it, then './credit publish --approved-by NAME'"
              .formatted(file.fileName(), changed, what, before, share.toPlainString()));
    }
  }

  private record Entry(String entryId, String until) {
    private boolean isOver(LocalDate asOf) {
      return !until.isEmpty() && !LocalDate.parse(until).isAfter(asOf);
    }
  }

  private static Map<List<String>, Entry> rows(ListFile file, ListContent content) {
    int[] key = file.keyColumns().stream().mapToInt(file.columns()::indexOf).toArray();
    int entryId = file.columns().indexOf("entry_id");
    int until = file.columns().indexOf("effective_until");
    Map<List<String>, Entry> rows = new HashMap<>();
    CsvCursor cursor = new CsvCursor(file, content.bytes(file));
    while (cursor.next()) {
      List<String> fields = cursor.fields();
      List<String> id = new ArrayList<>(key.length);
      for (int column : key) {
        id.add(fields.get(column));
      }
      rows.put(List.copyOf(id), new Entry(fields.get(entryId), fields.get(until)));
    }
    return rows;
  }
}
