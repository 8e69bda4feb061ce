package credit.jobs.indicators;

import credit.jobs.warehouse.Tables;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A few firms and events, written down by name; what a test leaves out has a harmless value. */
public final class Town {
  public static final Schemas SCHEMAS = Schemas.bundled();
  private static final LocalDate LONG_AGO = LocalDate.of(2015, 1, 1);

  private final List<Map<String, Object>> events = new ArrayList<>();
  private final List<Map<String, Object>> firms = new ArrayList<>();

  /** A firm; further columns by name. */
  public Town firm(String code, Object... columns) {
    Map<String, Object> row = new HashMap<>();
    row.put("id_scheme", "uscc");
    row.put("code", code);
    row.put("name", "firm " + code);
    row.put("names", new Row[0]);
    row.put("entity_type", "enterprise");
    row.put("district", "440402");
    row.put("industry", "H62");
    row.put("established", LONG_AGO);
    row.put("register_status", "active");
    row.put("first_known_at", LocalDate.of(2023, 1, 31));
    put(row, columns);
    firms.add(row);
    return this;
  }

  /** An event, known on the day on which it happened unless said otherwise. */
  public Town event(String code, String type, String date, Object... columns) {
    Map<String, Object> row = new HashMap<>();
    row.put("event_id", "e" + events.size());
    row.put("id_scheme", "uscc");
    row.put("code", code);
    row.put("event_type", type);
    row.put("event_date", LocalDate.parse(date));
    row.put("known_at", LocalDate.parse(date));
    row.put("categories", new String[0]);
    row.put("severity", "none");
    row.put("exempt", false);
    row.put("status", "active");
    row.put("marks", new String[0]);
    row.put("sources", new Row[0]);
    put(row, columns);
    events.add(row);
    return this;
  }

  private static void put(Map<String, Object> row, Object... columns) {
    for (int i = 0; i < columns.length; i += 2) {
      Object value = columns[i + 1];
      boolean date = value instanceof String text && text.matches("\\d{4}-\\d\\d-\\d\\d");
      row.put((String) columns[i], date ? LocalDate.parse((String) value) : value);
    }
  }

  public Dataset<Row> events(SparkSession spark) {
    return frame(spark, "events", events);
  }

  public Dataset<Row> firms(SparkSession spark) {
    return frame(spark, "firm_file", firms);
  }

  private static Dataset<Row> frame(
      SparkSession spark, String table, List<Map<String, Object>> rows) {
    StructType schema =
        StructType.fromDDL(Tables.contract(SCHEMAS, table).ddl().replace(" NOT NULL", ""));
    List<Row> typed =
        rows.stream()
            .map(row -> RowFactory.create(Stream.of(schema.fieldNames()).map(row::get).toArray()))
            .toList();
    return spark.createDataFrame(typed, schema);
  }
}
