package credit.jobs.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Results on stdout: aligned columns for people, JSON lines for programs. */
final class Output {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Output() {}

  static void line(String text) {
    OUT.println(text);
  }

  /** Prints at most so many rows; the caller's frame decides the order. */
  static void rows(Dataset<Row> rows, int limit, boolean json) {
    if (json) {
      rows.limit(limit).toJSON().collectAsList().forEach(OUT::println);
      return;
    }
    List<Row> found = rows.limit(limit + 1).collectAsList();
    List<List<String>> cells = new ArrayList<>();
    found.stream().limit(limit).forEach(r -> cells.add(texts(r)));
    table(List.of(rows.columns()), cells);
    if (found.isEmpty()) {
      System.err.println("no rows");
    }
    if (found.size() > limit) {
      OUT.printf("… more rows than %,d; add a LIMIT or --limit N%n", limit);
    }
  }

  private static List<String> texts(Row row) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      texts.add(row.isNullAt(i) ? "" : String.valueOf(row.get(i)).replaceAll("\\R", " "));
    }
    return texts;
  }

  /** Aligned columns; East Asian characters count twice. */
  static void table(List<String> header, List<List<String>> rows) {
    int[] widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              width(header.get(i)),
              rows.stream().mapToInt(r -> width(r.get(column))).max().orElse(0));
    }
    OUT.println(padded(header, widths));
    OUT.println(padded(header.stream().map(h -> "-".repeat(width(h))).toList(), widths));
    rows.forEach(r -> OUT.println(padded(r, widths)));
  }

  private static String padded(List<String> cells, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      padded.add(cells.get(i) + " ".repeat(widths[i] - width(cells.get(i))));
    }
    return padded.stream().collect(Collectors.joining("  ")).stripTrailing();
  }

  private static int width(String text) {
    return text.codePoints().map(c -> Character.isIdeographic(c) || isWide(c) ? 2 : 1).sum();
  }

  private static boolean isWide(int c) {
    return (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFF60);
  }
}
