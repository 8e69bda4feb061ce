package credit.jobs.ingest;

import credit.schemas.Column;
import credit.schemas.SourceContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellAddress;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;

/** Rows of the one sheet of a workbook that has the contract's header. */
final class WorkbookRows {
  private final SourceContract source;
  private final SheetHeader title;
  private final boolean from1904;
  private final RowFormat.Sink sink;
  private final Set<String> unknown = new TreeSet<>();
  private long number;
  private boolean formulas;
  private boolean calculated;

  private WorkbookRows(
      SourceContract source, SheetHeader title, boolean from1904, RowFormat.Sink sink) {
    this.source = source;
    this.title = title;
    this.from1904 = from1904;
    this.sink = sink;
    this.unknown.addAll(title.header().unknown());
  }

  static RowFormat.Seen read(SourceContract source, Path file, RowFormat.Sink sink)
      throws IOException, BadFile {
    boolean styled = WorkbookFile.check(file).stream().anyMatch(p -> p.endsWith("styles.xml"));
    try (ReadableWorkbook workbook = open(file, styled)) {
      SheetHeader title = SheetHeader.find(source, workbook);
      String shared = MergedCells.below(file, title.sheet().getId(), title.lastRow());
      if (shared != null) {
        throw new BadFile(
            "the cells "
                + shared
                + " are merged, so that rows share one value; undo it and fill in every row");
      }
      return new WorkbookRows(source, title, workbook.isDate1904(), sink).read();
    }
  }

  private static ReadableWorkbook open(Path file, boolean styled) throws IOException, BadFile {
    try {
      return new ReadableWorkbook(file.toFile(), new ReadingOptions(styled, true));
    } catch (RuntimeException | OutOfMemoryError e) {
      throw unreadable(e);
    }
  }

  /** The reader throws whatever comes to it, or asks for a row of a billion cells. */
  static BadFile unreadable(Throwable e) {
    return new BadFile(
        "the workbook cannot be read (" + RowFormat.rootMessage(e) + "); save it anew as .xlsx");
  }

  private RowFormat.Seen read() throws IOException, BadFile {
    try (Stream<Row> rows = title.open()) {
      Iterator<Row> all = rows.iterator();
      for (Row row = next(all); row != null; row = next(all)) {
        if (row.getRowNum() > title.lastRow()) {
          seeFormulasAndStrays(row);
          if (!isEmpty(row)) {
            number++;
            row(row);
          }
        }
      }
    }
    if (formulas && !calculated) {
      throw new BadFile(
          "none of the workbook's formulas has a value; replace them by their values");
    }
    return new RowFormat.Seen(null, number, List.copyOf(unknown));
  }

  /** The next row, or null behind the last. */
  static Row next(Iterator<Row> rows) throws BadFile {
    try {
      return rows.hasNext() ? rows.next() : null;
    } catch (RuntimeException | OutOfMemoryError e) {
      throw unreadable(e);
    }
  }

  private static boolean isEmpty(Row row) {
    return row.stream().filter(Objects::nonNull).allMatch(WorkbookCell::isBlank);
  }

  private void row(Row row) throws IOException {
    List<Column> columns = source.columns();
    String[] cells = new String[columns.size()];
    List<String> problems = new ArrayList<>(0);
    for (int i = 0; i < cells.length; i++) {
      Cell cell = cell(row, title.header().cells().get(i));
      if (cell != null && columns.get(i).stored()) {
        try {
          cells[i] = WorkbookCell.text(cell, columns.get(i), from1904);
        } catch (WorkbookCell.Problem e) {
          problems.add(e.getMessage());
        }
      }
    }
    sink.row(number, cells, problems.isEmpty() ? null : String.join("; ", problems));
  }

  private static Cell cell(Row row, int at) {
    return at < 0 ? null : row.getOptionalCell(at).orElse(null);
  }

  private void seeFormulasAndStrays(Row row) {
    for (Cell cell : row) {
      if (cell == null) {
        continue;
      }
      boolean filled = cell.getValue() != null;
      if (cell.getType() == CellType.FORMULA) {
        formulas = true;
        calculated |= filled;
      }
      if (filled && !title.isNamed(cell.getColumnIndex())) {
        unknown.add("column " + letters(cell.getAddress()) + " without a header");
      }
    }
  }

  private static String letters(CellAddress address) {
    return address.toString().replaceAll("\\d", "");
  }
}
