package credit.jobs.cli;

import credit.jobs.ingest.DeliveredRows;
import credit.jobs.page.Cells;
import credit.jobs.warehouse.Failure;
import credit.schemas.Column;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The quarantined rows of one delivery as a spreadsheet that an officer corrects: under the
 * department's own headers, with the row's number and what is wrong with it before them. Personal
 * columns are not shown; a correction takes them from the delivered file.
 */
final class CorrectionSheet {
  private static final String ROW = DeliveredRows.SHEET_ROW;
  private static final String PROBLEMS = "quarantine_problems";

  private CorrectionSheet() {}

  /**
   * Writes the sheet to a file that does not exist yet.
   *
   * @return number of rows
   */
  static long write(QuarantinedDelivery delivery, Path file) {
    List<Column> columns = delivery.source().columns();
    List<String> header = new ArrayList<>(List.of(ROW, PROBLEMS));
    columns.stream().filter(CorrectionSheet::isShown).forEach(c -> header.add(c.physicalName()));
    return CsvExport.write(
        file,
        header,
        out ->
            delivery.read(
                (number, cells, malformed) -> {
                  String problems = delivery.open().get(number);
                  if (problems != null) {
                    out.accept(line(number, problems, columns, malformed ? null : cells));
                  }
                }));
  }

  private static List<Object> line(
      long number, String problems, List<Column> columns, List<String> cells) {
    List<Object> line = new ArrayList<>(List.of(number, problems));
    for (int i = 0; i < columns.size(); i++) {
      if (isShown(columns.get(i))) {
        String cell = cells == null ? null : cells.get(i);
        line.add(cell == null || DeliveredRows.isPersonal(cell) ? "" : cell);
      }
    }
    return line;
  }

  private static boolean isShown(Column column) {
    return column.personal() == Column.Personal.NONE;
  }

  /**
   * What an officer made of the sheet.
   *
   * @return cells by header, by row number; empty if the file is no such sheet
   * @throws Failure (exit code 2) if it has no rows, or one that stands twice or does not wait
   */
  static SortedMap<Long, Map<String, String>> read(Path file, QuarantinedDelivery delivery) {
    if (!file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
      return Collections.emptySortedMap();
    }
    Optional<List<Map<String, String>>> sheet = DeliveredRows.csv(file, ROW);
    if (sheet.isPresent() && sheet.get().isEmpty()) {
      throw Failure.usage("%s has no rows; leave those in it that are corrected", file);
    }
    SortedMap<Long, Map<String, String>> rows = new TreeMap<>();
    for (Map<String, String> cells : sheet.orElse(List.of())) {
      long number = number(file, cells.get(ROW));
      if (!delivery.open().containsKey(number)) {
        throw Failure.usage(
            "%s: row %d does not wait in the quarantine of delivery %s; './credit quarantine"
                + " --delivery %s --list' shows those that do",
            file, number, delivery.shortId(), delivery.shortId());
      }
      Map<String, String> plain = new LinkedHashMap<>();
      cells.forEach((header, cell) -> plain.put(header, Cells.undefused(cell)));
      if (rows.put(number, plain) != null) {
        throw Failure.usage("%s: row %d stands twice; keep one of them", file, number);
      }
    }
    return rows;
  }

  private static long number(Path file, String text) {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw Failure.usage(
          "%s: '%s' in column %s is no row number; leave that column as it was exported",
          file, text, ROW);
    }
  }
}
