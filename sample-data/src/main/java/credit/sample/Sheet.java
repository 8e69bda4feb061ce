package credit.sample;

import credit.schemas.Column;
import credit.schemas.SourceContract;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A source's contract with the place of each column, and the layout of its files. */
final class Sheet {
  private final SourceContract contract;
  private final Layout layout;
  private final Map<String, Integer> places = new HashMap<>();

  Sheet(SourceContract contract) {
    this.contract = contract;
    this.layout = Layout.of(contract.id());
    for (Column column : contract.columns()) {
      places.put(column.name(), places.size());
    }
  }

  SourceContract contract() {
    return contract;
  }

  Layout layout() {
    return layout;
  }

  List<Column> columns() {
    return contract.columns();
  }

  Column column(String name) {
    return columns().get(at(name));
  }

  boolean has(String name) {
    return places.containsKey(name);
  }

  /** Place of a column. */
  int at(String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalStateException(
          contract.file() + " has no column '" + name + "': add it, or drop it from the sample");
    }
    return place;
  }
}
