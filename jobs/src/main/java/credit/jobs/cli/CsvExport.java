package credit.jobs.cli;

import credit.jobs.page.Cells;
import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows as a CSV file for spreadsheets; see {@link Cells}. */
final class CsvExport {
  /** Said in the help of every command that exports. */
  static final String HELP =
      "write the rows to a new CSV file (RFC 4180, UTF-8); texts that begin with = + - @ or a tab"
          + " get a leading apostrophe, so that no spreadsheet runs them as a formula";

  private CsvExport() {}

  /** Takes lines one by one. */
  interface Lines {
    void accept(List<?> cells) throws IOException;
  }

  /** What there is to write. */
  interface Source {
    void writeTo(Lines out) throws IOException;
  }

  /**
   * Writes all rows to a file that does not exist yet.
   *
   * @return number of rows
   */
  static long write(Dataset<Row> rows, Path file) {
    return write(
        file,
        List.of(rows.columns()),
        out -> {
          for (Iterator<Row> all = rows.toLocalIterator(); all.hasNext(); ) {
            out.accept(values(all.next()));
          }
        });
  }

  /** The same for rows that are no Spark rows. */
  static long write(Path file, List<String> header, Source rows) {
    if (Files.exists(file)) {
      throw Failure.usage("%s exists and is not overwritten; name another file", file);
    }
    Path draft = file.resolveSibling(file.getFileName() + ".part");
    long[] count = {0};
    try {
      if (file.toAbsolutePath().getParent() != null) {
        Files.createDirectories(file.toAbsolutePath().getParent());
      }
      try {
        try (Writer out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
          out.write(Cells.BYTE_ORDER_MARK);
          out.write(Cells.line(header));
          rows.writeTo(
              cells -> {
                out.write(Cells.line(cells));
                count[0]++;
              });
        }
        Files.move(draft, file);
        return count[0];
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be written (%s); name another file", file, e.getMessage());
    }
  }

  private static List<Object> values(Row row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(row.isNullAt(i) ? "" : row.get(i));
    }
    return values;
  }
}
