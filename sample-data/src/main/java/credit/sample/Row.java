package credit.sample;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** One row as a department would write it; cells by our column names, dates in ISO. */
final class Row {
  private final String source;
  private final Firm firm;
  private final String order;
  private final Map<String, String> cells;
  private Kind kind = Kind.PLAIN;

  /** What ingest must tell apart, though nothing is wrong with the row. */
  enum Kind {
    /** Any other row. */
    PLAIN,
    /** About a natural person: counted, not kept. */
    NATURAL_PERSON,
    /** A later version that puts a decision right. */
    CORRECTED,
    /** A later version that takes a record back. */
    WITHDRAWN
  }

  private Row(String source, Firm firm, String order, Map<String, String> cells) {
    this.source = source;
    this.firm = firm;
    this.order = order;
    this.cells = cells;
  }

  /**
   * A new row.
   *
   * @param firm the firm it is about, or null for a natural person or nobody on the register
   * @param order rows of a file stand in this order
   */
  static Row of(String source, Firm firm, String order) {
    return new Row(source, firm, order, new LinkedHashMap<>());
  }

  Row put(String column, String value) {
    cells.put(column, value);
    return this;
  }

  Row put(String column, LocalDate value) {
    return put(column, value == null ? "" : value.toString());
  }

  Row put(String column, long value) {
    return put(column, Long.toString(value));
  }

  Row put(String column, boolean value) {
    return put(column, value ? "是" : "否");
  }

  Row as(Kind what) {
    kind = what;
    return this;
  }

  Kind kind() {
    return kind;
  }

  /** The same row, to be delivered again with changes. */
  Row version() {
    return new Row(source, firm, order, new LinkedHashMap<>(cells));
  }

  String source() {
    return source;
  }

  Firm firm() {
    return firm;
  }

  String order() {
    return order;
  }

  String cell(String column) {
    return cells.getOrDefault(column, "");
  }

  Map<String, String> cells() {
    return cells;
  }
}
