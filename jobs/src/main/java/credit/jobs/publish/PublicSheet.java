package credit.jobs.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import credit.jobs.page.Cells;
import credit.jobs.warehouse.Failure;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rows for the public, as texts. The last column is the day from which a row is not shown; it is
 * empty where an event ends it.
 *
 * @param name name of its files
 * @param columns names of the columns
 * @param rows rows, masked and in the order in which they are shown
 */
record PublicSheet(String name, List<String> columns, List<List<String>> rows) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The rows that are still shown on a day. */
  PublicSheet on(LocalDate day) {
    String text = day.toString();
    int last = columns.size() - 1;
    return with(
        rows.stream().filter(r -> r.get(last).isEmpty() || r.get(last).compareTo(text) > 0));
  }

  /** The rows that another sheet has too: nothing comes, what the other lacks goes. */
  PublicSheet stillIn(PublicSheet other) {
    Set<String> kept = new TreeSet<>();
    other.rows.forEach(row -> kept.add(json(row)));
    return with(rows.stream().filter(row -> kept.contains(json(row))));
  }

  /** How many rows name an act, in whatever brackets its number is written. */
  int naming(String actNo) {
    int column = columns.indexOf("act_no");
    String wanted = UrgentRemoval.normal(actNo);
    return (int)
        rows.stream().filter(r -> UrgentRemoval.normal(r.get(column)).equals(wanted)).count();
  }

  private PublicSheet with(java.util.stream.Stream<List<String>> some) {
    return new PublicSheet(name, columns, some.toList());
  }

  /** For people: a spreadsheet runs none of its texts. */
  byte[] csv() {
    StringBuilder out = new StringBuilder().append(Cells.BYTE_ORDER_MARK);
    out.append(Cells.line(columns));
    rows.forEach(row -> out.append(Cells.line(row)));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** For programs: one object a line, texts as they are. */
  byte[] jsonLines() {
    StringBuilder out = new StringBuilder();
    rows.forEach(row -> out.append(json(row)).append('\n'));
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String json(List<String> row) {
    Map<String, String> object = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      object.put(columns.get(i), row.get(i).isEmpty() ? null : row.get(i));
    }
    try {
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts is always JSON", e);
    }
  }

  /** The sheet that {@link #jsonLines} wrote. */
  static PublicSheet read(String name, List<String> columns, byte[] jsonLines) {
    return new PublicSheet(
        name,
        columns,
        new String(jsonLines, StandardCharsets.UTF_8).lines().map(l -> row(columns, l)).toList());
  }

  private static List<String> row(List<String> columns, String line) {
    try {
      Map<String, String> object = JSON.readValue(line, new TypeReference<>() {});
      return columns.stream()
          .map(column -> object.get(column) == null ? "" : object.get(column))
          .toList();
    } catch (JsonProcessingException e) {
      throw Failure.gate(
          "the public face was changed after its publication (%s); remove its folder and publish in"
              + " full",
          e.getOriginalMessage());
    }
  }
}
