package credit.benchmarks.increment;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Staged rows of a large invented town, made by arithmetic: ten years of records, spread evenly
 * over days and firms. One stage in the place of {@code ingest}: it brings the rows of one delivery
 * day.
 *
 * @param firms firms of the register
 * @param records records of the ten years
 * @param knownAt day of the delivery
 * @param news records that this delivery brings; 0: all of the ten years, and the register
 */
record LargeTown(long firms, long records, LocalDate knownAt, long news) implements Stage {
  private static final int DAYS = 3650;

  /** A source's share of the records, and what its columns say. */
  private record Source(int percent, Map<String, String> columns) {}

  /** {@code n} numbers the source's records, {@code firm} the firms; {@code day} is the event's. */
  private static final Map<String, Source> SOURCES = sources();

  private static Map<String, Source> sources() {
    Map<String, Source> sources = new LinkedHashMap<>();
    sources.put(
        "inspections",
        new Source(
            30,
            Map.of(
                "inspection_no", "concat('J', n)",
                "firm_name", "name",
                "inspected_on", "day",
                "plan_type", "'random'",
                "results", "array(CASE WHEN n % 7 = 0 THEN 'breach' ELSE 'none' END)",
                "department", "'市场监督管理局'",
                "domain", "'food'",
                "district", "district")));
    sources.put(
        "complaints",
        new Source(
            25,
            Map.of(
                "complaint_no", "concat('T', n)",
                "kind", "'complaint'",
                "registered_on", "day",
                "target_name", "name",
                "content_class", "'goods'",
                "outcome", "CASE WHEN n % 5 = 0 THEN 'verified' ELSE 'unverified' END",
                "district", "district")));
    sources.put(
        "annual_reports",
        new Source(
            20,
            Map.of(
                "report_no", "concat('N', n)",
                "report_year", "year(day) - 1",
                "firm_name", "name",
                "published_on", "day",
                "report_status", "CASE WHEN n % 11 = 0 THEN 'late' ELSE 'on_time' END")));
    sources.put(
        "licences",
        new Source(
            15,
            Map.of(
                "party_name", "name",
                "decision_no", "concat('许', n, '号')",
                "authority", "'市场监督管理局'",
                "decided_on", "day",
                "valid_from", "day",
                "valid_until", "date_add(day, 1825)",
                "licence_kind", "'general'")));
    sources.put(
        "penalties",
        new Source(
            7,
            Map.of(
                "party_name", "name",
                "decision_no", "concat('罚', n, '号')",
                "authority", "'市场监督管理局'",
                "decided_on", "day",
                "categories", "array('fine')",
                "fine", "CAST(n % 200000 AS DECIMAL(18,2))",
                "violation", "'经营过期食品'",
                "basis", "'食品安全法'")));
    sources.put(
        "follow_up_duties",
        new Source(
            2,
            Map.of(
                "duty_no", "concat('Y', n)",
                "case_no", "concat('A', n)",
                "item", "'I-01'",
                "firm_name", "name",
                "kind", "'promise_check'",
                "created_on", "day",
                "due_on", "date_add(day, 60)",
                "outcome", "CASE WHEN n % 9 = 0 THEN 'open' ELSE 'done' END")));
    sources.put(
        "repairs",
        new Source(
            1,
            Map.of(
                "repair_no", "concat('X', n)",
                "firm_name", "name",
                "target_kind", "'penalty'",
                "target_act_no", "concat('罚', n * 7, '号')",
                "applied_on", "day",
                "decided_on", "day",
                "outcome", "'approved'")));
    return sources;
  }

  private static final Map<String, String> REGISTER =
      Map.of(
          "name", "name",
          "entity_type", "CASE WHEN firm % 3 = 0 THEN 'individual' ELSE 'enterprise' END",
          "district", "district",
          "industry", "'F52'",
          "established", "date_sub(DATE'2020-01-01', CAST(firm % 4000 AS INT))",
          "register_status", "'active'");

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public Map<String, Long> run(Run run) {
    int number = 0;
    Map<String, Long> staged = new HashMap<>();
    if (news == 0) {
      Dataset<Row> all = run.spark().range(firms).withColumn("firm", col("id"));
      stage(run, "firm_register", named(all).withColumn("n", col("firm")), REGISTER);
      staged.put("firm_register", firms);
    }
    for (Map.Entry<String, Source> source : SOURCES.entrySet()) {
      long share = source.getValue().percent();
      long before = records * share / 100;
      long first = news == 0 ? 0 : before;
      long end = news == 0 ? before : before + Math.max(1, news * share / 100);
      Dataset<Row> numbers = run.spark().range(first, end).withColumn("n", col("id"));
      stage(run, source.getKey(), dated(numbers, ++number), source.getValue().columns());
      staged.put(source.getKey(), end - first);
    }
    ledger(run, staged);
    return Map.of("new_files", (long) staged.size());
  }

  /** Primes scatter a source's records over firms and days, each source in its own way. */
  private Dataset<Row> dated(Dataset<Row> numbers, int source) {
    Column day =
        news > 0
            ? lit(knownAt)
            : expr(
                "date_sub(DATE'%s', CAST((n * 7919L + %d) %% %d AS INT))"
                    .formatted(knownAt, source * 101, DAYS));
    Column firm = col("n").multiply(104_729L + source * 2L).plus(source * 31L).mod(lit(firms));
    return named(numbers.withColumn("day", day).withColumn("firm", firm));
  }

  private static Dataset<Row> named(Dataset<Row> rows) {
    return rows.withColumn(
            "code", expr("concat('91440400', upper(lpad(conv(firm, 10, 36), 9, '0')), 'X')"))
        .withColumn("name", expr("concat('珠海', conv(firm, 10, 36), '贸易有限公司')"))
        .withColumn(
            "district",
            expr("element_at(array('440402', '440403', '440404'), CAST(firm % 3 + 1 AS INT))"));
  }

  private void stage(Run run, String source, Dataset<Row> rows, Map<String, String> said) {
    Map<String, String> columns = new HashMap<>(said);
    columns.put("code", "code");
    columns.put("record_key", "CAST(n AS STRING)");
    columns.put("record_id", "concat('%s/%s/', n)".formatted(source, knownAt));
    columns.put("delivery_id", "'" + delivery(source) + "'");
    columns.put("row_number", "n");
    columns.put("row_hash", "md5(CAST(n AS STRING))");
    columns.put("repaired_cells", "array()");
    columns.put("known_at", "DATE'" + knownAt + "'");
    columns.put("declared_on", "DATE'" + knownAt + "'");
    columns.put("ended", "false");
    String table = "staged_" + source;
    List<Column> all =
        List.of(Tables.schemaOf(run.tables().contract(table)).fields()).stream()
            .map(f -> column(f, columns))
            .toList();
    run.write(this, table, rows.select(all.toArray(Column[]::new)));
  }

  private static Column column(StructField field, Map<String, String> said) {
    String sql = said.getOrDefault(field.name(), "null");
    return expr(sql).cast(field.dataType()).as(field.name());
  }

  private String delivery(String source) {
    return source + "-" + knownAt;
  }

  private void ledger(Run run, Map<String, Long> staged) {
    StructField[] fields = Tables.schemaOf(run.tables().contract("deliveries")).fields();
    Dataset<Row> ledger =
        run.spark()
            .createDataFrame(
                staged.entrySet().stream()
                    .map(s -> RowFactory.create(s.getKey(), s.getValue()))
                    .toList(),
                StructType.fromDDL("source STRING, staged BIGINT"))
            .select(Arrays.stream(fields).map(f -> column(f, entry(run))).toArray(Column[]::new));
    run.write(this, "deliveries", ledger);
  }

  private Map<String, String> entry(Run run) {
    Map<String, String> entry = new HashMap<>();
    for (String count :
        List.of("rows_in", "superseded", "repaired", "duplicate", "quarantined", "dropped")) {
      entry.put(count, "0");
    }
    entry.put("source", "source");
    entry.put("staged", "staged");
    entry.put("delivery_id", "concat(source, '-%s')".formatted(knownAt));
    entry.put("path", "concat(source, '-%s')".formatted(knownAt));
    entry.put("declared_on", "DATE'" + knownAt + "'");
    entry.put("known_at", "DATE'" + knownAt + "'");
    entry.put("ingested_at", "TIMESTAMP'" + knownAt + " 00:00:00'");
    entry.put("run_id", "'" + run.runId() + "'");
    entry.put("status", "'accepted'");
    return entry;
  }
}
