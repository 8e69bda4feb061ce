package credit.approval.format;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The difference between two list versions as {@code file, op, row}: which row leaves or enters
 * which file. The first version's delta adds every row to nothing.
 */
public final class Delta {
  private static final String ADD = "add";
  private static final String REMOVE = "remove";

  private Delta() {}

  /** The canonical delta that turns {@code before} into {@code after}; both hold content files. */
  static byte[] between(Map<ListFile, FileBytes> before, Map<ListFile, FileBytes> after) {
    List<List<String>> changes = new ArrayList<>();
    for (ListFile file : ListFile.values()) {
      if (file.isContent()) {
        addChanges(changes, file, before.get(file), after.get(file));
      }
    }
    return PublishedFiles.encodeFields(ListFile.DELTA, changes);
  }

  /** Both are in the file's order, so one pass tells, and only what changes is held. */
  private static void addChanges(
      List<List<String>> changes, ListFile file, FileBytes before, FileBytes after) {
    CsvCursor old = new CsvCursor(file, before);
    CsvCursor now = new CsvCursor(file, after);
    boolean isOld = old.next();
    boolean isNow = now.next();
    while (isOld || isNow) {
      int order = !isOld ? 1 : !isNow ? -1 : old.compareTo(now);
      boolean isSame = order == 0 && old.row().equals(now.row());
      if (order <= 0 && !isSame) {
        changes.add(change(file, REMOVE, old));
      }
      if (order >= 0 && !isSame) {
        changes.add(change(file, ADD, now));
      }
      isOld = order <= 0 ? old.next() : isOld;
      isNow = order >= 0 ? now.next() : isNow;
    }
  }

  /**
   * The content files after the change, in one pass over each file that changes.
   *
   * @throws ListException with {@code chain_broken} if a row that leaves is not there, or one that
   *     enters is there already
   */
  static Map<ListFile, FileBytes> apply(Map<ListFile, FileBytes> before, FileBytes delta) {
    Map<ListFile, List<List<String>>> entering = new EnumMap<>(ListFile.class);
    Map<ListFile, List<List<String>>> leaving = new EnumMap<>(ListFile.class);
    CsvCursor cursor = new CsvCursor(ListFile.DELTA, delta);
    while (cursor.next()) {
      List<String> change = cursor.fields();
      ListFile file = ListFile.of(change.get(0));
      var rows =
          switch (change.get(1)) {
            case ADD -> entering;
            case REMOVE -> leaving;
            default -> throw broken(change.toString());
          };
      if (!file.isContent()) {
        throw broken(change.toString());
      }
      byte[] line = (change.get(2) + "\n").getBytes(StandardCharsets.UTF_8);
      rows.computeIfAbsent(file, f -> new ArrayList<>()).add(PublishedFiles.single(file, line));
    }
    Map<ListFile, FileBytes> after = new EnumMap<>(before);
    after.replaceAll(
        (file, bytes) -> {
          var in = entering.getOrDefault(file, List.of());
          var out = leaving.getOrDefault(file, List.of());
          return in.isEmpty() && out.isEmpty() ? bytes : merge(file, bytes, in, out);
        });
    return after;
  }

  /** All three are in the file's order, so one pass finds what leaves and where enters what. */
  private static FileBytes merge(
      ListFile file, FileBytes before, List<List<String>> entering, List<List<String>> leaving) {
    FileBytes in = FileBytes.of(encode(file, entering));
    CsvCursor kept = new CsvCursor(file, before);
    CsvCursor added = new CsvCursor(file, in);
    CsvCursor removed = new CsvCursor(file, FileBytes.of(encode(file, leaving)));
    FileBytes.Builder merged = new FileBytes.Builder(before.length() + in.length());
    merged.append(ByteBuffer.wrap(PublishedFiles.header(file)));
    boolean isOneToAdd = added.next();
    boolean isOneToRemove = removed.next();
    while (kept.next()) {
      if (isOneToRemove && removed.row().equals(kept.row())) {
        isOneToRemove = removed.next();
        continue;
      }
      for (; isOneToAdd && added.compareTo(kept) < 0; isOneToAdd = added.next()) {
        merged.append(added.row());
      }
      if (isOneToAdd && added.compareTo(kept) == 0) {
        throw broken("to add " + added.fields());
      }
      merged.append(kept.row());
    }
    for (; isOneToAdd; isOneToAdd = added.next()) {
      merged.append(added.row());
    }
    if (isOneToRemove) {
      throw broken("to remove " + removed.fields());
    }
    return merged.build();
  }

  private static byte[] encode(ListFile file, List<List<String>> rows) {
    try {
      return PublishedFiles.encodeFields(file, rows);
    } catch (IllegalArgumentException e) {
      throw broken(e.getMessage());
    }
  }

  private static List<String> change(ListFile file, String op, CsvCursor row) {
    ByteBuffer line = row.row();
    line.limit(line.limit() - 1);
    return List.of(file.fileName(), op, StandardCharsets.UTF_8.decode(line).toString());
  }

  private static ListException broken(String change) {
    return new ListException(
        "chain_broken",
        "delta.csv: the change "
            + change
            + " does not fit the version before it; load the full files of this version");
  }
}
