package credit.jobs.risk;

import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Firms with a hidden risk that drives complaints and what inspectors find, over three years, as
 * the stages before would have left them: one stage that writes events, firms and one delivery.
 *
 * @param firms number of firms
 */
record LatentCity(int firms) implements Stage {
  static final LocalDate UNTIL = LocalDate.of(2026, 6, 30);
  private static final int DAYS = 1095;
  private static final double VISITS_A_DAY = 1.0 / 200;
  private static final double COMPLAINTS_A_DAY = 1.0 / 400;

  /** The ledger's first row needs a delivery. */
  static Stage delivery() {
    return new Stage() {
      @Override
      public String name() {
        return "ingest";
      }

      @Override
      public Map<String, Long> run(Run run) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("known_at", UNTIL);
        row.put("status", "accepted");
        run.tables().write("ingest", "deliveries", frame(run, "deliveries", List.of(row)), UNTIL);
        return Map.of();
      }
    };
  }

  @Override
  public String name() {
    return "firm";
  }

  @Override
  public Map<String, Long> run(Run run) {
    List<Map<String, Object>> files = new ArrayList<>();
    List<Map<String, Object>> events = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < firms; i++) {
      String code = "F%06d".formatted(i);
      files.add(file(code, i));
      tell(code, random, events);
    }
    run.write(this, "firm_file", frame(run, "firm_file", files));
    run.write(this, "events", frame(run, "events", events));
    return Map.of("events", (long) events.size());
  }

  private static Map<String, Object> file(String code, int i) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("id_scheme", "uscc");
    file.put("code", code);
    file.put("name", "firm " + code);
    file.put("entity_type", i % 3 == 0 ? "individual" : "enterprise");
    file.put("district", "44040" + (2 + i % 3));
    file.put("industry", i % 2 == 0 ? "H62" : "F52");
    file.put("established", LocalDate.of(2015, 1, 1).plusDays(i % 2000));
    file.put("register_status", "active");
    file.put("first_known_at", UNTIL.minusDays(DAYS));
    return file;
  }

  private static void tell(String code, Random random, List<Map<String, Object>> events) {
    double risk = random.nextGaussian();
    for (int day = 0; day < DAYS; day++) {
      LocalDate date = UNTIL.minusDays(DAYS - 1 - day);
      if (random.nextDouble() < COMPLAINTS_A_DAY * Math.exp(0.9 * risk)) {
        events.add(event(code, "complaint", date, "verified", events.size()));
      }
      if (random.nextDouble() < VISITS_A_DAY) {
        boolean breach = random.nextDouble() < 1 / (1 + Math.exp(2.0 - 1.3 * risk));
        events.add(event(code, "inspection", date, breach ? "breach" : "pass", events.size()));
      }
    }
  }

  private static Map<String, Object> event(
      String code, String type, LocalDate date, String outcome, int number) {
    LocalDate delivered = date.withDayOfMonth(date.lengthOfMonth());
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event_id", "e" + number);
    event.put("id_scheme", "uscc");
    event.put("code", code);
    event.put("event_type", type);
    event.put("event_date", date);
    event.put("known_at", delivered);
    event.put("outcome", outcome);
    event.put("domain", "food");
    event.put("severity", "none");
    event.put("status", "active");
    return event;
  }

  private static org.apache.spark.sql.Dataset<Row> frame(
      Run run, String table, List<Map<String, Object>> rows) {
    StructType schema = Tables.schemaOf(Tables.contract(run.schemas(), table));
    return run.spark().createDataFrame(rows.stream().map(row -> row(schema, row)).toList(), schema);
  }

  private static Row row(StructType schema, Map<String, Object> values) {
    List<Object> cells = new ArrayList<>();
    for (StructField field : schema.fields()) {
      Object value = values.get(field.name());
      cells.add(value == null && !field.nullable() ? empty(field) : value);
    }
    return RowFactory.create(cells.toArray());
  }

  private static Object empty(StructField field) {
    return switch (field.dataType().typeName()) {
      case "string" -> "";
      case "long" -> 0L;
      case "integer" -> 0;
      case "boolean" -> false;
      case "array" -> new Object[0];
      case "map" -> Map.of();
      case "date" -> UNTIL;
      case "timestamp" -> Instant.EPOCH;
      case "double" -> 0.0;
      default -> java.math.BigDecimal.ZERO;
    };
  }
}
