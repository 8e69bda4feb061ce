package credit.jobs.warehouse;

import credit.schemas.Schemas;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
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

/**
 * Runs stages one after the other and commits each: its row in {@code runs} names the version of
 * every table. A stage without its row never happened.
 */
public final class Pipeline {
  private static final String INGEST = "ingest";
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  /** So many staged rows, with all that is derived from them, one task sorts and keeps. */
  private static final long ROWS_A_TASK = 1_000_000;

  private final SparkSession spark;
  private final Warehouse warehouse;
  private final Schemas schemas;
  private final Run.Settings settings;
  private final Clock clock;
  private final Progress progress;
  private final TableVersions files;
  private Ledger ledger;

  public Pipeline(
      SparkSession spark,
      Warehouse warehouse,
      Schemas schemas,
      Run.Settings settings,
      Clock clock,
      Progress progress) {
    this.spark = spark;
    this.warehouse = warehouse;
    this.schemas = schemas;
    this.settings = settings;
    this.clock = clock;
    this.progress = progress;
    this.files = new TableVersions(spark);
    this.ledger = readLedger(spark, warehouse);
  }

  /** What was committed up to now. */
  public Ledger ledger() {
    return ledger;
  }

  /** The tables as they were last committed. */
  public Tables tables() {
    return new Tables(
        spark,
        warehouse,
        schemas,
        ledger.last().map(Ledger.Entry::tableVersions).orElse(Map.of()),
        files);
  }

  /**
   * Runs stages in order.
   *
   * @param runId the run's name; stages of it that are committed already are not run again
   * @param stages stages in the order of the flow
   * @param asOf the day results are for; null: the newest knowledge date, at the latest today
   * @param knownAt knowledge date; null: everything ingested
   * @return each stage's figures, in order
   * @throws Failure (exit code 2) before a stage that would go on from results of another day, or
   *     go back to a day before its last one where the settings do not allow that
   */
  public Map<String, Map<String, Long>> run(
      String runId, List<Stage> stages, LocalDate asOf, LocalDate knownAt) {
    Map<String, Map<String, Long>> figures = new LinkedHashMap<>();
    tables().requireContracts(stages.stream().map(Stage::name).toList());
    Bundles.archive(warehouse, schemas);
    boolean fresh = true;
    int number = 0;
    for (Stage stage : stages) {
      progress.begin(++number, stages.size(), stage.name());
      Tables tables = tables();
      boolean ingests = stage.name().equals(INGEST);
      Dates dates = ingests ? new Dates(asOf, knownAt, 0) : resolved(tables, asOf, knownAt);
      Optional<Ledger.Entry> done =
          ingests || !fresh || settings.full() ? Optional.empty() : done(runId, stage, dates);
      if (done.isPresent()) {
        figures.put(stage.name(), done.get().counts());
        progress.end("done before, as this run's ledger says");
        continue;
      }
      if (!ingests) {
        requireForward(stage, dates);
        requireResultsOf(dates, stage, stages.get(stages.size() - 1), knownAt);
      }
      Map<String, Long> counts = computed(stage, context(runId, tables, dates), dates.rows());
      fresh = ingests && counts.getOrDefault(Ledger.NEW_FILES, 0L) == 0;
      commit(runId, stage, ingests ? resolved(tables, asOf, knownAt) : dates, tables, counts);
      figures.put(stage.name(), counts);
      progress.end(summary(counts));
    }
    return figures;
  }

  /**
   * An earlier day takes back what was said of the days since: in tables that hold one day, all.
   */
  private void requireForward(Stage stage, Dates dates) {
    if (settings.rewind() || !Upstream.makesResults(schemas, stage.name())) {
      return;
    }
    ledger
        .last(stage.name())
        .filter(e -> dates.asOf().isBefore(e.asOf()) || dates.knownAt().isBefore(e.knownAt()))
        .ifPresent(
            e -> {
              throw Failure.usage(
                  "'%s' was last run as of %s, known by %s; as of %s, known by %s, it would take back"
                      + " what was said since; './credit replay --as-of %s --into DIR' computes a past"
                      + " day elsewhere, --as-of %s goes on, --rewind goes back here all the same",
                  stage.name(),
                  e.asOf(),
                  e.knownAt(),
                  dates.asOf(),
                  dates.knownAt(),
                  dates.asOf(),
                  e.asOf());
            });
  }

  private void requireResultsOf(Dates dates, Stage stage, Stage last, LocalDate knownAt) {
    if (!stage.goesOnFromResults()) {
      return;
    }
    new Upstream(schemas, ledger, dates.asOf(), dates.knownAt())
        .firstStale(stage.name())
        .ifPresent(
            stale -> {
              throw Failure.usage(
                  "'%s' as of %s, known by %s, has nothing to go on from: %s; run './credit run --from"
                      + " %s --to %s --as-of %s%s%s%s'",
                  stage.name(),
                  dates.asOf(),
                  dates.knownAt(),
                  stale.why(),
                  stale.result().stage(),
                  last.name(),
                  dates.asOf(),
                  knownAt == null ? "" : " --known-at " + knownAt,
                  settings.allowPending() ? " --allow-pending" : "",
                  dates.asOf().isBefore(stale.result().asOf()) ? " --rewind" : "");
            });
  }

  /** Runs a stage with as many pieces of a shuffle as its rows need, and no fewer than were set. */
  private Map<String, Long> computed(Stage stage, Run run, long rows) {
    String set = spark.conf().get(PARTITIONS);
    spark.conf().set(PARTITIONS, Math.max(Long.parseLong(set), rows / ROWS_A_TASK));
    try {
      return stage.run(run);
    } finally {
      spark.conf().set(PARTITIONS, set);
    }
  }

  /**
   * What a reader gets: the tables of the last commit, without a run of its own.
   *
   * @param asOf as-of day; null: that of the last commit
   * @param knownAt knowledge date; null: everything ingested
   */
  public Run reading(LocalDate asOf, LocalDate knownAt) {
    Tables tables = tables();
    return context("reading", tables, resolved(tables, asOf, knownAt));
  }

  private Dates resolved(Tables tables, LocalDate asOf, LocalDate knownAt) {
    return Dates.resolve(tables, asOf, knownAt, Today.at(clock));
  }

  private Run context(String runId, Tables tables, Dates dates) {
    return new Run(
        runId,
        spark,
        warehouse,
        tables,
        ledger,
        schemas,
        settings,
        dates.asOf(),
        dates.knownAt(),
        clock,
        progress);
  }

  /**
   * The row of a stage that this run has finished already, for the same days and rules, with no
   * other run in between, and from what stands now: what it wrote still stands.
   */
  private Optional<Ledger.Entry> done(String runId, Stage stage, Dates dates) {
    List<Ledger.Entry> entries = ledger.entries();
    int first = entries.size();
    while (first > 0 && entries.get(first - 1).runId().equals(runId)) {
      first--;
    }
    return entries.subList(first, entries.size()).stream()
        .filter(e -> e.stage().equals(stage.name()))
        .filter(e -> e.asOf().equals(dates.asOf()) && e.knownAt().equals(dates.knownAt()))
        .filter(e -> e.bundle().equals(schemas.sha256()))
        .filter(e -> e.allowPending() == settings.allowPending())
        .filter(e -> Program.VERSION.equals(e.program()))
        .reduce((a, b) -> b)
        .filter(
            e -> new Upstream(schemas, ledger, dates.asOf(), dates.knownAt()).judged(e).isEmpty());
  }

  /**
   * Commits work that changed how tables are laid out and none of their rows, as a further row of
   * the last run: with its dates, its rules and its tables at their new versions.
   *
   * @param work gets the tables and gives figures for the ledger
   * @throws Failure (exit code 2) if nothing was committed yet
   */
  public Map<String, Long> maintain(Function<Tables, Map<String, Long>> work) {
    Ledger.Entry last =
        ledger
            .last()
            .orElseThrow(
                () -> Failure.usage("there is nothing to maintain yet: run './credit run'"));
    Tables tables = tables();
    Map<String, Long> counts = work.apply(tables);
    append(
        new Ledger.Entry(
            last.runId(),
            last.sequence() + 1,
            Ledger.MAINTAIN,
            last.asOf(),
            last.knownAt(),
            tables.versions(),
            last.bundle(),
            last.allowPending(),
            new TreeMap<>(counts),
            Program.VERSION));
    return counts;
  }

  private static String summary(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> "%s %,d".formatted(e.getKey().replace('_', ' '), e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private void commit(
      String runId, Stage stage, Dates dates, Tables tables, Map<String, Long> counts) {
    long sequence = ledger.last().map(Ledger.Entry::sequence).orElse(0L) + 1;
    append(
        new Ledger.Entry(
            runId,
            sequence,
            stage.name(),
            dates.asOf(),
            dates.knownAt(),
            tables.versions(),
            schemas.sha256(),
            settings.allowPending(),
            new TreeMap<>(counts),
            Program.VERSION));
  }

  private void append(Ledger.Entry entry) {
    Row row =
        RowFactory.create(
            entry.runId(),
            entry.sequence(),
            entry.stage(),
            entry.asOf(),
            entry.knownAt(),
            entry.tableVersions(),
            entry.bundle(),
            entry.allowPending(),
            entry.counts(),
            clock.instant(),
            entry.program());
    Dataset<Row> rows =
        spark.createDataFrame(List.of(row), Tables.schemaOf(schemas.tables().get("runs")));
    rows.coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .option("mergeSchema", "true")
        .save(warehouse.tableLocation("runs"));
    List<Ledger.Entry> entries = new ArrayList<>(ledger.entries());
    entries.add(entry);
    ledger = new Ledger(entries);
  }

  private static Ledger readLedger(SparkSession spark, Warehouse warehouse) {
    if (!warehouse.exists()) {
      return new Ledger(List.of());
    }
    return Ledger.of(
        spark.read().format("delta").load(warehouse.tableLocation("runs")).collectAsList());
  }

  /**
   * The two dates of a run: by default the newest knowledge date is both. What came in late is
   * known on a day that may not have come; results are never of such a day.
   *
   * @param rows staged by the deliveries up to now
   */
  private record Dates(LocalDate asOf, LocalDate knownAt, long rows) {
    static Dates resolve(Tables tables, LocalDate asOf, LocalDate knownAt, LocalDate today) {
      Row bounds =
          tables
              .read("warehouse", "deliveries")
              .where("status <> 'refused'")
              .agg(functions.min("known_at"), functions.max("known_at"), functions.sum("staged"))
              .first();
      LocalDate first = bounds.getAs(0);
      LocalDate newest = bounds.getAs(1);
      if (newest == null) {
        throw Failure.badInput(
            "no delivery was accepted, so there is no day to compute for; see './credit status' and"
                + " './credit quarantine'");
      }
      LocalDate known =
          knownAt == null ? newest : earlier(knownAt, newest.isAfter(today) ? newest : today);
      LocalDate day = asOf != null ? asOf : earlier(known, today);
      requireKnown("--known-at", known, first);
      requireKnown("--as-of", day, first);
      return new Dates(day, known, bounds.getLong(2));
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
      return a.isBefore(b) ? a : b;
    }

    private static void requireKnown(String option, LocalDate day, LocalDate first) {
      if (day.isBefore(first)) {
        throw Failure.usage(
            "nothing was known on %s: the first delivery is of %s; name a later %s",
            day, first, option);
      }
    }
  }
}
