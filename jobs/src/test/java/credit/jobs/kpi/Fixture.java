package credit.jobs.kpi;

import credit.jobs.warehouse.Tables;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Inline rows of the sources, and the values that the bundled definitions give for them. */
final class Fixture {
  static final Schemas SCHEMAS = Schemas.bundled();
  static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  static final Periods PERIODS = new Periods(AS_OF);
  static final Definitions DEFINITIONS = Definitions.of(SCHEMAS.rule("kpi"), AS_OF);

  private final SparkSession spark;
  private final List<Map<String, Object>> cases = new ArrayList<>();
  private final List<Map<String, Object>> items = new ArrayList<>();
  private final List<Map<String, Object>> reviews = new ArrayList<>();
  private final Map<String, List<Map<String, Object>>> others = new HashMap<>();

  Fixture(SparkSession spark) {
    this.spark = spark;
    item("A", 10, 8, 20);
    item("B", 10, 8, 20);
  }

  Fixture item(String code, long fields, long materials, long days) {
    items.removeIf(i -> i.get("item").equals(code));
    items.add(
        row(
            "item", code,
            "item_name", "事项" + code,
            "batch", 1L,
            "complexity", "simple",
            "baseline_fields", fields,
            "baseline_materials", materials,
            "baseline_days", days));
    return this;
  }

  /** A finished case of item A in Xiangzhou in June, done in one go. */
  Fixture finished(Object... different) {
    return add(
        cases,
        row(
            "case_no", "C" + cases.size(),
            "item", "A",
            "district", "440402",
            "track", "one_licence",
            "channel", "online",
            "first_submitted", LocalDate.of(2026, 6, 1),
            "last_result", LocalDate.of(2026, 6, 3),
            "fields", 5L,
            "materials", 4L,
            "statutory_days", 20L,
            "promised_days", 5L,
            "actual_days", 2L,
            "returns", 0L,
            "supplements", 0L,
            "submissions", 1L,
            "visits", 0L,
            "case_status", "finished"),
        different);
  }

  /** A review of case C0 on the third of June. */
  Fixture review(Object... different) {
    return add(
        reviews,
        row(
            "review_no",
            "R" + reviews.size(),
            "case_no",
            "C0",
            "channel",
            "counter",
            "reviewed_on",
            LocalDate.of(2026, 6, 3),
            "rating",
            5L),
        different);
  }

  /** A row of another table. */
  Fixture other(String table, Object... values) {
    others.computeIfAbsent(table, k -> new ArrayList<>()).add(row(values));
    return this;
  }

  Map<String, Dataset<Row>> inputs() {
    Inputs inputs = new Inputs(AS_OF, Periods.workingDays(spark, SCHEMAS.holidays(), AS_OF));
    Dataset<Row> reviewRows = frame("staged_reviews", reviews);
    Dataset<Row> all =
        inputs.cases(
            frame("staged_approval_cases", cases), frame("staged_items", items), reviewRows);
    Map<String, Dataset<Row>> named = new TreeMap<>();
    named.put("submitted_cases", inputs.submitted(all));
    named.put("finished_cases", inputs.finished(all));
    named.put("open_cases", inputs.open(all));
    named.put("bundles", inputs.bundles(all));
    named.put("reviews", inputs.reviews(reviewRows, all));
    named.put("promises", inputs.promises(frame("staged_promises")));
    named.put("duties", inputs.duties(frame("staged_follow_up_duties")));
    named.put("inspections", inputs.inspections(frame("staged_inspections")));
    named.put("tiers", inputs.tiers(frame("tiers"), frame("firm_file")));
    named.put("plan", inputs.plan(frame("inspection_plan")));
    named.put("blacklist", inputs.listed(frame("blacklist")));
    named.put("restrictions", inputs.listed(frame("restrictions")));
    return named;
  }

  /** Values of some of the bundled definitions; of all where none is named. */
  List<KpiValue> values(String... ids) {
    List<Definition> wanted =
        DEFINITIONS.all().stream()
            .filter(d -> ids.length == 0 || List.of(ids).contains(d.id()))
            .toList();
    return Values.of(wanted, Aggregates.of(inputs(), wanted), PERIODS);
  }

  /** The city's value of June. */
  KpiValue june(String id) {
    return Values.find(values(id), id, "2026-06", Definition.CITY, Definition.CITY);
  }

  private Dataset<Row> frame(String table) {
    return frame(table, others.getOrDefault(table, List.of()));
  }

  private Dataset<Row> frame(String table, List<Map<String, Object>> rows) {
    StructType schema = new StructType();
    for (var field : Tables.schemaOf(Tables.contract(SCHEMAS, table)).fields()) {
      schema = schema.add(field.name(), field.dataType(), true);
    }
    List<String> names = List.of(schema.fieldNames());
    rows.forEach(r -> require(names.containsAll(r.keySet()), table + ": " + r.keySet()));
    return spark.createDataFrame(
        rows.stream().map(r -> RowFactory.create(names.stream().map(r::get).toArray())).toList(),
        schema);
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException("no such columns in " + what);
    }
  }

  private Fixture add(
      List<Map<String, Object>> rows, Map<String, Object> usual, Object... different) {
    usual.putAll(row(different));
    rows.add(usual);
    return this;
  }

  private static Map<String, Object> row(Object... values) {
    Map<String, Object> row = new HashMap<>();
    for (int i = 0; i < values.length; i += 2) {
      row.put((String) values[i], values[i + 1]);
    }
    return row;
  }
}
