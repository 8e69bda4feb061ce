package credit.jobs.ingest;

import credit.schemas.Column;
import credit.schemas.SourceContract;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which cell of a row holds which column: by the exact header, then by the contract's aliases.
 *
 * @param cells position of each contract column in the row, -1 where the file has none
 * @param unknown headers that no column claims
 */
record Header(List<Integer> cells, List<String> unknown) {
  private static final int MOST_SHOWN = 50;

  /**
   * Matches a header line.
   *
   * @throws BadFile if a required column is missing or a header stands twice
   */
  static Header match(SourceContract source, List<String> header) throws BadFile {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip();
      if (!name.isEmpty() && positions.putIfAbsent(name, i) != null) {
        throw new BadFile("the header '" + name + "' stands twice; name every column once");
      }
    }
    List<Column> columns = source.columns();
    List<Integer> cells = new ArrayList<>();
    for (Column column : columns) {
      int cell = position(column, positions);
      cells.add(cell);
      if (cell < 0 && (column.required() || column.key())) {
        throw new BadFile(
            "the required column '"
                + column.physicalName()
                + "' is missing; found "
                + shown(header)
                + "; restore it, or add its new name to the contract's aliases");
      }
    }
    return new Header(List.copyOf(cells), positions.keySet().stream().sorted().toList());
  }

  /** As much of a header as a ledger needs; what is no header may be of any length. */
  private static List<String> shown(List<String> header) {
    return header.stream()
        .limit(MOST_SHOWN)
        .map(h -> h.length() > MOST_SHOWN ? h.substring(0, MOST_SHOWN) + "…" : h)
        .toList();
  }

  private static int position(Column column, Map<String, Integer> positions) {
    Integer exact = positions.remove(column.physicalName());
    if (exact != null) {
      return exact;
    }
    for (String alias : column.aliases()) {
      Integer found = positions.remove(alias);
      if (found != null) {
        return found;
      }
    }
    return -1;
  }

  /** Whether a line names every column that must be there. */
  static boolean isComplete(SourceContract source, List<String> header) {
    return source.columns().stream()
        .filter(c -> c.required() || c.key())
        .allMatch(c -> names(header, c));
  }

  /** How many of the contract's headers a line names: the delimiter with the most is right. */
  static long matches(SourceContract source, List<String> header) {
    return source.columns().stream().filter(c -> names(header, c)).count();
  }

  private static boolean names(List<String> header, Column column) {
    return header.stream()
        .map(String::strip)
        .anyMatch(h -> h.equals(column.physicalName()) || column.aliases().contains(h));
  }
}
