package credit.jobs.kpi;

import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Staged;
import credit.jobs.warehouse.Tables;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Computes the indicators of the month and publishes the report for leaders. */
public final class KpiJob implements Stage {

  /** Name of the page in the period's folder. */
  public static final String PAGE = "report.html";

  private static final String CSV = "kpi.csv";

  @Override
  public String name() {
    return "kpi";
  }

  /** Folder with the report of the month of an as-of day. */
  public static Path folder(Warehouse warehouse, LocalDate asOf) {
    return warehouse.published().resolve("kpi").resolve(new Periods(asOf).current());
  }

  @Override
  public Map<String, Long> run(Run run) {
    RuleFile file = run.schemas().rules().get("kpi");
    if (file == null) {
      run.progress().note("rules/kpi.yaml is missing: no indicators here");
      return Map.of("values", 0L);
    }
    Definitions definitions = Definitions.of(file, run.asOf());
    Periods periods = new Periods(run.asOf());
    Map<String, Dataset<Row>> inputs =
        inputs(
            Inputs.of(run.spark(), run.schemas(), run.asOf()),
            source -> current(run, source),
            table -> run.read(this, table));
    List<KpiValue> values =
        Values.of(definitions.all(), Aggregates.of(inputs, definitions.all()), periods);
    run.write(this, "kpi_values", rows(run, values));
    ReportData data = data(run, definitions, values);
    Map<String, String> files = new LinkedHashMap<>();
    files.put(CSV, Report.csv(values));
    files.put(PAGE, Report.html(data, run.settings().language()));
    PublishedFolder.publish(folder(run.warehouse(), run.asOf()), files);
    return figures(definitions, values);
  }

  private static Map<String, Long> figures(Definitions definitions, List<KpiValue> values) {
    Map<String, Long> figures = new TreeMap<>();
    figures.put("indicators", (long) definitions.all().size());
    figures.put("values", (long) values.size());
    figures.put(
        "without_data",
        definitions.all().stream()
            .filter(d -> values.stream().noneMatch(v -> v.kpi().equals(d.id())))
            .count());
    return figures;
  }

  @Override
  public void check(SparkSession spark, Schemas schemas) {
    RuleFile file = schemas.rules().get("kpi");
    if (file == null) {
      return;
    }
    LocalDate anyDay = LocalDate.EPOCH;
    Function<String, Dataset<Row>> empty =
        table -> empty(spark, Tables.schemaOf(Tables.contract(schemas, table)));
    Map<String, Dataset<Row>> inputs =
        inputs(
            Inputs.of(spark, schemas, anyDay),
            source ->
                delivered(schemas, source)
                    .map(s -> Staged.current(empty.apply(s.stagedTable()), anyDay)),
            empty);
    inputs.replaceAll((name, rows) -> empty(spark, rows.schema()));
    Aggregates.check(inputs, Definitions.ofAllDays(file));
  }

  private static Dataset<Row> empty(SparkSession spark, StructType columns) {
    return spark.createDataFrame(List.of(), columns);
  }

  /** Inputs whose sources this jurisdiction delivers. */
  private static Map<String, Dataset<Row>> inputs(
      Inputs inputs,
      Function<String, Optional<Dataset<Row>>> source,
      Function<String, Dataset<Row>> table) {
    Map<String, Dataset<Row>> named = new TreeMap<>();
    Optional<Dataset<Row>> approvals = source.apply("approval_cases");
    Optional<Dataset<Row>> catalogue = source.apply("items");
    Optional<Dataset<Row>> reviews = source.apply("reviews");
    if (approvals.isPresent() && catalogue.isPresent() && reviews.isPresent()) {
      Dataset<Row> cases = inputs.cases(approvals.get(), catalogue.get(), reviews.get());
      named.put("submitted_cases", inputs.submitted(cases));
      named.put("finished_cases", inputs.finished(cases));
      named.put("open_cases", inputs.open(cases));
      named.put("bundles", inputs.bundles(cases));
      named.put("reviews", inputs.reviews(reviews.get(), cases));
    }
    source.apply("promises").ifPresent(p -> named.put("promises", inputs.promises(p)));
    source.apply("follow_up_duties").ifPresent(d -> named.put("duties", inputs.duties(d)));
    source.apply("inspections").ifPresent(i -> named.put("inspections", inputs.inspections(i)));
    named.put("tiers", inputs.tiers(table.apply("tiers"), table.apply("firm_file")));
    named.put("plan", inputs.plan(table.apply("inspection_plan")));
    named.put("blacklist", inputs.listed(table.apply("blacklist")));
    named.put("restrictions", inputs.listed(table.apply("restrictions")));
    return named;
  }

  /**
   * Current records of a source; empty where the jurisdiction has no such source for this stage.
   */
  private Optional<Dataset<Row>> current(Run run, String source) {
    return delivered(run.schemas(), source)
        .map(s -> Staged.current(run.read(this, s.stagedTable()), run.knownAt()));
  }

  private Optional<SourceContract> delivered(Schemas schemas, String source) {
    return Optional.ofNullable(schemas.sources().get(source))
        .filter(s -> s.readers().contains(name()));
  }

  private static Dataset<Row> rows(Run run, List<KpiValue> values) {
    List<Row> rows =
        values.stream()
            .map(
                v ->
                    RowFactory.create(
                        v.kpi(),
                        run.asOf(),
                        v.period(),
                        v.dimension(),
                        v.member(),
                        v.numerator(),
                        v.denominator(),
                        v.value(),
                        v.n(),
                        v.unit(),
                        v.version()))
            .toList();
    return run.spark()
        .createDataFrame(rows, Tables.schemaOf(run.tables().contract("kpi_values")))
        .coalesce(1);
  }

  private ReportData data(Run run, Definitions definitions, List<KpiValue> values) {
    return new ReportData(
        definitions,
        values,
        current(run, "items").map(KpiJob::names).orElse(Map.of()),
        run.schemas().codes(),
        coverage(run.schemas(), run.read(this, "deliveries"), run.knownAt()),
        listVersion(run.read(this, "publications"), run.asOf()),
        run.asOf(),
        run.knownAt(),
        run.settings().allowPending());
  }

  private static Map<String, String> names(Dataset<Row> items) {
    return items.select("item", "item_name").collectAsList().stream()
        .collect(
            Collectors.toMap(r -> r.getString(0), r -> r.getString(1), (a, b) -> a, TreeMap::new));
  }

  private static List<ReportData.Coverage> coverage(
      Schemas schemas, Dataset<Row> deliveries, LocalDate knownAt) {
    Map<String, Row> bySource =
        deliveries
            .where(functions.col("known_at").leq(functions.lit(knownAt)))
            .where("status <> 'refused'")
            .groupBy("source")
            .agg(
                functions.expr("max(declared_on) AS through"),
                functions.expr("sum(staged) AS staged"),
                functions.expr("sum(quarantined) AS quarantined"))
            .collectAsList()
            .stream()
            .collect(Collectors.toMap(r -> r.<String>getAs("source"), r -> r));
    return schemas.sources().values().stream()
        .map(
            s -> {
              Row row = bySource.get(s.id());
              return new ReportData.Coverage(
                  s.id(),
                  s.delivery().authority(),
                  row == null ? null : row.<LocalDate>getAs("through"),
                  row == null ? 0 : row.<Long>getAs("staged"),
                  row == null ? 0 : row.<Long>getAs("quarantined"));
            })
        .toList();
  }

  private static Long listVersion(Dataset<Row> publications, LocalDate asOf) {
    Row newest =
        publications
            .where("state = 'published'")
            .where(functions.col("as_of").leq(functions.lit(asOf)))
            .agg(functions.max("version"))
            .first();
    return newest.isNullAt(0) ? null : newest.getLong(0);
  }
}
