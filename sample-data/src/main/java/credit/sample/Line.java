package credit.sample;

import credit.schemas.Column;
import credit.schemas.SourceContract;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** A row as it will stand in the file: cells in the contract's order, dates as spelled there. */
final class Line {
  private final SourceContract contract;
  private final Row row;
  private final String[] cells;
  private Fault fault;

  private Line(SourceContract contract, Row row, String[] cells) {
    this.contract = contract;
    this.row = row;
    this.cells = cells;
  }

  static Line of(SourceContract contract, Row row, Layout layout) {
    List<Column> columns = contract.columns();
    String[] cells = new String[columns.size()];
    for (int i = 0; i < cells.length; i++) {
      Column column = columns.get(i);
      String value = row.cell(column.name());
      cells[i] =
          column.type() == Column.Type.DATE && !value.isEmpty()
              ? LocalDate.parse(value).format(layout.dates())
              : value;
    }
    requireKnown(contract, row.cells());
    return new Line(contract, row, cells);
  }

  private static void requireKnown(SourceContract contract, Map<String, String> cells) {
    for (String name : cells.keySet()) {
      if (contract.columns().stream().noneMatch(c -> c.name().equals(name))) {
        throw new IllegalStateException(
            contract.file() + " has no column '" + name + "': add it, or drop it from the sample");
      }
    }
  }

  Row row() {
    return row;
  }

  Firm firm() {
    return row.firm();
  }

  SourceContract contract() {
    return contract;
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

  /** Place of a column, or -1. */
  int at(String column) {
    List<Column> columns = contract.columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  String get(String column) {
    int at = at(column);
    return at < 0 ? "" : cells[at];
  }

  void set(String column, String value) {
    cells[at(column)] = value;
  }

  /** Column that holds the firm's name, or an empty text. */
  String nameColumn() {
    for (String name :
        List.of("firm_name", "party_name", "target_name", "applicant_name", "name")) {
      if (at(name) >= 0) {
        return name;
      }
    }
    return "";
  }

  boolean isKey(String column) {
    int at = at(column);
    return at >= 0 && contract.columns().get(at).key();
  }
}
