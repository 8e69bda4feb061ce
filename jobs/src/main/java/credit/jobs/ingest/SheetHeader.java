package credit.jobs.ingest;

import credit.schemas.SourceContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;

/**
 * The header that a sheet has below its titles.
 *
 * @param sheet the sheet
 * @param lastRow number of the row in which the header ends
 * @param names the header's cells
 * @param header which of them holds which column
 */
record SheetHeader(Sheet sheet, int lastRow, List<String> names, Header header) {
  private static final int TITLES = 20;

  /** A line of a sheet that may be its header. */
  private record Line(int row, List<String> names) {
    /** The line below fills in what a merged heading spans. */
    Line over(Line below) {
      List<String> both = new ArrayList<>(below.names);
      for (int i = 0; i < names.size(); i++) {
        if (i >= both.size()) {
          both.add(names.get(i));
        } else if (both.get(i).isEmpty()) {
          both.set(i, names.get(i));
        }
      }
      return new Line(below.row, both);
    }

    boolean isEmpty() {
      return names.stream().allMatch(String::isEmpty);
    }
  }

  /**
   * The visible sheet whose header has all that the contract requires.
   *
   * @throws BadFile if there is none, or more than one
   */
  static SheetHeader find(SourceContract source, ReadableWorkbook workbook)
      throws IOException, BadFile {
    List<SheetHeader> found = new ArrayList<>();
    List<Line> closest = new ArrayList<>();
    List<Sheet> sheets =
        workbook.getSheets().filter(s -> s.getVisibility() == SheetVisibility.VISIBLE).toList();
    for (Sheet sheet : sheets) {
      Line line = bestLine(source, top(sheet));
      if (line != null) {
        closest.add(line);
        if (Header.isComplete(source, line.names())) {
          Header header = Header.match(source, line.names());
          found.add(new SheetHeader(sheet, line.row(), line.names(), header));
        }
      }
    }
    if (found.size() > 1) {
      List<String> names = found.stream().map(h -> h.sheet().getName()).toList();
      throw new BadFile(
          "the sheets " + names + " have the same header; deliver one of them, or one file each");
    }
    return found.isEmpty() ? refuse(source, sheets, closest) : found.get(0);
  }

  private static SheetHeader refuse(SourceContract source, List<Sheet> sheets, List<Line> closest)
      throws BadFile {
    Line best = null;
    for (Line line : closest) {
      boolean closer =
          best == null
              || Header.matches(source, line.names()) > Header.matches(source, best.names());
      best = closer ? line : best;
    }
    if (best == null) {
      throw new BadFile("the file is empty; deliver at least the header");
    }
    if (Header.matches(source, best.names()) > 0) {
      Header.match(source, best.names());
    }
    throw new BadFile(
        "no sheet of %s has the contract's header in its first %d rows; write it above the rows"
            .formatted(sheets.stream().map(Sheet::getName).toList(), TITLES));
  }

  private static List<Line> top(Sheet sheet) throws IOException, BadFile {
    List<Line> top = new ArrayList<>();
    try (Stream<Row> rows = open(sheet)) {
      Iterator<Row> all = rows.iterator();
      for (Row row = WorkbookRows.next(all);
          row != null && row.getRowNum() <= TITLES;
          row = WorkbookRows.next(all)) {
        top.add(new Line(row.getRowNum(), names(row)));
      }
    }
    return top;
  }

  private static List<String> names(Row row) {
    List<String> names = new ArrayList<>();
    for (Cell cell : row) {
      names.add(WorkbookCell.label(cell).replaceAll("[\\r\\n]", "").strip());
    }
    return names;
  }

  /** The first line that names the most columns; a line with the one below it if that is more. */
  private static Line bestLine(SourceContract source, List<Line> top) {
    List<Line> candidates = new ArrayList<>(top);
    for (int i = 0; i + 1 < top.size(); i++) {
      if (top.get(i + 1).row() == top.get(i).row() + 1) {
        candidates.add(top.get(i).over(top.get(i + 1)));
      }
    }
    Line best = null;
    long most = -1;
    for (Line candidate : candidates) {
      long matches = Header.matches(source, candidate.names());
      if (matches > most && !candidate.isEmpty()) {
        most = matches;
        best = candidate;
      }
    }
    return best;
  }

  private static Stream<Row> open(Sheet sheet) throws IOException, BadFile {
    try {
      return sheet.openStream();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException | OutOfMemoryError e) {
      throw WorkbookRows.unreadable(e);
    }
  }

  Stream<Row> open() throws IOException, BadFile {
    return open(sheet);
  }

  boolean isNamed(int at) {
    return at < names.size() && !names.get(at).isEmpty();
  }
}
