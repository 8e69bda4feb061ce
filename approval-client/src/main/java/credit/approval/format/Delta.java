package credit.approval.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The difference between two list versions as {@code file, op, row}: which row leaves or enters
 * which file. The first version's delta adds every row to nothing.
 */
public final class Delta {
  private static final String ADD = "add";
  private static final String REMOVE = "remove";

  private Delta() {}

  /** The canonical delta that turns {@code before} into {@code after}; both hold content files. */
  static byte[] between(Map<ListFile, byte[]> before, Map<ListFile, byte[]> after) {
    List<List<String>> changes = new ArrayList<>();
    for (ListFile file : ListFile.values()) {
      if (file.isContent()) {
        Set<String> old = lines(file, before.get(file));
        Set<String> now = lines(file, after.get(file));
        old.stream()
            .filter(r -> !now.contains(r))
            .forEach(r -> changes.add(change(file, REMOVE, r)));
        now.stream().filter(r -> !old.contains(r)).forEach(r -> changes.add(change(file, ADD, r)));
      }
    }
    return PublishedFiles.encodeFields(ListFile.DELTA, changes);
  }

  /**
   * The content files after the change.
   *
   * @throws ListException with {@code chain_broken} if a row that leaves is not there, or one that
   *     enters is there already
   */
  static Map<ListFile, byte[]> apply(Map<ListFile, byte[]> before, byte[] delta) {
    Map<ListFile, Set<String>> rows = new EnumMap<>(ListFile.class);
    for (ListFile file : ListFile.values()) {
      if (file.isContent()) {
        rows.put(file, lines(file, before.get(file)));
      }
    }
    List<List<String>> additions = new ArrayList<>();
    CsvCursor cursor = new CsvCursor(ListFile.DELTA, delta);
    while (cursor.next()) {
      List<String> change = cursor.fields();
      Set<String> target = rows.get(ListFile.of(change.get(0)));
      boolean fits =
          switch (change.get(1)) {
            case ADD -> target != null && additions.add(change);
            case REMOVE -> target != null && target.remove(change.get(2) + "\n");
            default -> false;
          };
      if (!fits) {
        throw broken(change);
      }
    }
    for (List<String> change : additions) {
      if (!rows.get(ListFile.of(change.get(0))).add(change.get(2) + "\n")) {
        throw broken(change);
      }
    }
    return encode(rows);
  }

  private static Map<ListFile, byte[]> encode(Map<ListFile, Set<String>> rows) {
    Map<ListFile, byte[]> files = new EnumMap<>(ListFile.class);
    rows.forEach(
        (file, lines) -> {
          List<List<String>> fields = new ArrayList<>();
          for (String line : lines) {
            fields.add(PublishedFiles.single(file, line.getBytes(StandardCharsets.UTF_8)));
          }
          files.put(file, PublishedFiles.encodeFields(file, fields));
        });
    return files;
  }

  private static List<String> change(ListFile file, String op, String line) {
    return List.of(file.fileName(), op, line.substring(0, line.length() - 1));
  }

  private static Set<String> lines(ListFile file, byte[] csv) {
    Set<String> lines = new LinkedHashSet<>();
    CsvCursor cursor = new CsvCursor(file, csv);
    while (cursor.next()) {
      lines.add(PublishedFiles.line(file, cursor.fields()));
    }
    return lines;
  }

  private static ListException broken(List<String> change) {
    return new ListException(
        "chain_broken",
        "delta.csv: the change "
            + change
            + " does not fit the version before it; load the full files of this version");
  }
}
