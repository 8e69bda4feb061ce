package credit.sample;

import credit.schemas.Column;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** A row as it will stand in the file: cells in the contract's order, dates as spelled there. */
final class Line {
  private static final List<String> NAMES =
      List.of("firm_name", "party_name", "business_name", "target_name", "applicant_name", "name");

  private final Sheet sheet;
  private final Row row;
  private final String[] cells;
  private Fault fault;
  private String meantColumn = "";
  private String meantValue = "";

  private Line(Sheet sheet, Row row, String[] cells) {
    this.sheet = sheet;
    this.row = row;
    this.cells = cells;
  }

  static Line of(Sheet sheet, Row row) {
    String[] cells = new String[sheet.columns().size()];
    Arrays.fill(cells, "");
    row.cells()
        .forEach(
            (name, value) -> {
              int at = sheet.at(name);
              boolean date = sheet.columns().get(at).type() == Column.Type.DATE;
              cells[at] =
                  date && !value.isEmpty()
                      ? LocalDate.parse(value).format(sheet.layout().dates())
                      : value;
            });
    return new Line(sheet, row, cells);
  }

  Row row() {
    return row;
  }

  Firm firm() {
    return row.firm();
  }

  Sheet sheet() {
    return sheet;
  }

  String[] cells() {
    return cells;
  }

  /** The planted fault, or null. */
  Fault fault() {
    return fault;
  }

  void planted(Fault planted) {
    fault = planted;
  }

  /** Writes a cell in another spelling; the truth keeps what it means, as it must be staged. */
  void respell(String column, String text, String meant) {
    set(column, text);
    meantColumn = column;
    meantValue = meant;
  }

  /** Column whose spelling is the fault, or an empty text. */
  String meantColumn() {
    return meantColumn;
  }

  /** What must be staged in {@link #meantColumn}: canonical, empty for no value. */
  String meantValue() {
    return meantValue;
  }

  /** The cell, or an empty text where the source has no such column. */
  String get(String column) {
    return sheet.has(column) ? cells[sheet.at(column)] : "";
  }

  void set(String column, String value) {
    cells[sheet.at(column)] = value;
  }

  /** Column that holds the firm's name, or an empty text. */
  String nameColumn() {
    return NAMES.stream().filter(sheet::has).findFirst().orElse("");
  }

  /** Whether the cell holds its day in the file's spelling, so that a typed file holds a day. */
  boolean isDay(String column) {
    String day = row.cell(column);
    return sheet.column(column).type() == Column.Type.DATE
        && !day.isEmpty()
        && get(column).equals(LocalDate.parse(day).format(sheet.layout().dates()));
  }

  boolean isKey(String column) {
    return sheet.has(column) && sheet.column(column).key();
  }
}
