package credit.sample;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows by source and delivery, in the order in which a file will hold them. */
final class Deliveries {
  private final Schedule schedule;
  private final Map<String, List<List<Row>>> bySource = new TreeMap<>();
  private final Map<String, Integer> versions = new HashMap<>();

  Deliveries(Schedule schedule) {
    this.schedule = schedule;
  }

  /**
   * Puts a row into the first delivery on or after the day on which it is ready.
   *
   * @return the delivery's number, or {@link Schedule#NEVER} if the story ends before
   */
  int add(Row row, LocalDate ready) {
    int delivery = schedule.deliveryFor(ready);
    if (delivery != Schedule.NEVER) {
      addTo(row, delivery);
    }
    return delivery;
  }

  /** Puts a row into a given delivery. */
  void addTo(Row row, int delivery) {
    rows(row.source(), delivery).add(row);
    versions.merge(record(row), 1, Integer::sum);
  }

  /** Whether the record is delivered only once. */
  boolean once(Row row) {
    return versions.get(record(row)) == 1;
  }

  private static String record(Row row) {
    return row.source() + ' ' + row.order();
  }

  /** Puts a later version of a record into a later delivery than the version before. */
  int addVersion(Row row, LocalDate ready, int before) {
    if (before == Schedule.NEVER) {
      return before;
    }
    int delivery = schedule.deliveryFor(ready);
    delivery = delivery == before ? delivery + 1 : delivery;
    if (delivery == Schedule.NEVER || delivery >= schedule.deliveries().size()) {
      return Schedule.NEVER;
    }
    addTo(row, delivery);
    return delivery;
  }

  /** Rows of one file, sorted. */
  List<Row> sorted(String source, int delivery) {
    List<Row> rows = new ArrayList<>(rows(source, delivery));
    rows.sort(Comparator.comparing(Row::order));
    return rows;
  }

  private List<Row> rows(String source, int delivery) {
    List<List<Row>> deliveries =
        bySource.computeIfAbsent(
            source,
            s -> {
              List<List<Row>> empty = new ArrayList<>();
              schedule.deliveries().forEach(d -> empty.add(new ArrayList<>()));
              return empty;
            });
    return deliveries.get(delivery);
  }
}
