package credit.jobs.firm;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Increment;
import credit.jobs.warehouse.PublicationSettings;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Staged;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Firm: one timeline of events and one file per firm. After a first run only firms that are {@link
 * Touched} are built anew; the result is that of building all.
 */
public final class FirmJob implements Stage {
  private static final String EVENTS = "events";
  private static final String FIRM_FILE = "firm_file";
  private static final String UNMET_CHANGES = "unmet_changes";
  private static final String LINKS = "links";
  private static final String RECORD = "record_id";
  private static final String[] FIRM = {"id_scheme", "code"};
  private static final String NO_CHANGES =
      "record_id STRING, act_number STRING, change_authority STRING,"
          + " change_type STRING, new_status STRING, changed_on DATE, changed_until DATE, change_known_at DATE,"
          + " named_no STRING, named_authority STRING";
  private static final String NO_STEPS =
      "record_id STRING, act_number STRING, change_authority STRING, change_type STRING,"
          + " step STRUCT<day: DATE, step: STRING, known_at: DATE, record_id: STRING>";

  @Override
  public String name() {
    return "firm";
  }

  @Override
  public void check(SparkSession spark, Schemas schemas) {
    UseRules.check(schemas);
    Grades.check(schemas);
  }

  @Override
  public Map<String, Long> run(Run run) {
    Optional<Increment> increment =
        Increment.of(run, this, EVENTS, FIRM_FILE, UNMET_CHANGES, LINKS)
            .filter(i -> rulesHold(run, i));
    if (increment.isEmpty()) {
      return everything(run);
    }
    // A checkpoint, not a cache: writing to a table has Spark renew what is cached of it.
    Dataset<Row> touched = new Touched(run, this, increment.get()).firms().localCheckpoint();
    long firms = touched.count();
    long all = run.read(this, FIRM_FILE).count();
    if (Increment.tooMany(firms, all)) {
      Increment.anew(run, "%,d firms are touched, of %,d".formatted(firms, all));
      return everything(run);
    }
    run.progress().note("firms touched: %,d of %,d".formatted(firms, all));
    if (firms > 0) {
      replace(run, touched);
    }
    return counts(run);
  }

  private Map<String, Long> everything(Run run) {
    SourceContract register = run.schemas().register();
    Dataset<Row> firms =
        RegisterRows.of(
                register,
                Staged.current(run.read(this, register.stagedTable()), run.knownAt()),
                run.asOf())
            .cache();
    try {
      build(
          run,
          new Told(linked(run), firms, links(run), s -> run.read(this, s.stagedTable())),
          tables -> run.writeAll(this, tables));
      return counts(run);
    } finally {
      firms.unpersist();
    }
  }

  /** Events and files of some firms only: nothing of a firm depends on another firm's rows. */
  private void replace(Run run, Dataset<Row> touched) {
    Dataset<Row> firms = registered(run, touched).cache();
    Dataset<Row> links = of(touched, links(run)).cache();
    List<SourceContract> sources = telling(linked(run), links);
    Map<String, Dataset<Row>> records = records(run, sources, links);
    try {
      build(
          run,
          new Told(sources, firms, broadcast(links), s -> records.get(s.id())),
          tables -> run.replaceAll(this, touched, tables));
    } finally {
      records.values().forEach(Dataset::unpersist);
      links.unpersist();
      firms.unpersist();
    }
  }

  /**
   * What is told of firms.
   *
   * @param sources the sources that may tell of the firms
   * @param firms the register's rows of the firms
   * @param links the firms' links
   * @param rows all versions of a source's records, or of those of the firms
   */
  private record Told(
      List<SourceContract> sources,
      Dataset<Row> firms,
      Dataset<Row> links,
      Function<SourceContract, Dataset<Row>> rows) {}

  private static void build(Run run, Told told, Consumer<Map<String, Dataset<Row>>> writer) {
    Dataset<Row> changes =
        changes(run, told.sources(), told.rows()).join(told.links(), RECORD).cache();
    Dataset<Row> events = events(run, told, changes).cache();
    try {
      writer.accept(
          Map.of(
              EVENTS,
              events,
              FIRM_FILE,
              files(run, told.firms(), events),
              UNMET_CHANGES,
              UnmetChanges.of(events, changes, run.asOf())));
    } finally {
      events.unpersist();
      changes.unpersist();
    }
  }

  /**
   * The sources of some firms' records: what the others do not tell need not be planned. All, where
   * none of these tells of events.
   */
  static List<SourceContract> telling(List<SourceContract> sources, Dataset<Row> links) {
    Set<String> ids =
        links.select("source").distinct().collectAsList().stream()
            .map(r -> r.getString(0))
            .collect(Collectors.toSet());
    List<SourceContract> telling = sources.stream().filter(s -> ids.contains(s.id())).toList();
    return telling.stream().allMatch(s -> s.events().isEmpty()) ? sources : telling;
  }

  /**
   * The sources' rows of some firms, by source, in few pieces; kept where they are read more than
   * once. By key and not by id: a step may have been told first by an earlier version.
   */
  private Map<String, Dataset<Row>> records(
      Run run, List<SourceContract> sources, Dataset<Row> links) {
    Dataset<Row> keys = broadcast(links.select("record_key").distinct());
    return sources.stream()
        .collect(
            Collectors.toMap(
                SourceContract::id,
                s -> {
                  Dataset<Row> rows =
                      run.read(this, s.stagedTable())
                          .join(keys, new String[] {"record_key"}, "left_semi")
                          .coalesce(run.spark().sparkContext().defaultParallelism());
                  return isReadAgain(s) ? rows.cache() : rows;
                }));
  }

  /** Whether a source tells of more than one kind of act, or of steps or changes as well. */
  private static boolean isReadAgain(SourceContract source) {
    return source.events().size() > 1
        || source.statusChange() != null
        || source.events().stream().anyMatch(e -> !e.steps().isEmpty());
  }

  /** The register's current rows of some firms; a record may have changed its code. */
  private Dataset<Row> registered(Run run, Dataset<Row> touched) {
    SourceContract register = run.schemas().register();
    Dataset<Row> versions =
        Staged.recordsWith(
            run.read(this, register.stagedTable()), col("code").isin(touched.select("code")));
    return of(
        touched, RegisterRows.of(register, Staged.current(versions, run.knownAt()), run.asOf()));
  }

  private static Dataset<Row> of(Dataset<Row> firms, Dataset<Row> rows) {
    return rows.join(broadcast(firms), FIRM, "left_semi");
  }

  private static Dataset<Row> files(Run run, Dataset<Row> firms, Dataset<Row> events) {
    UseRules use = UseRules.of(run.schemas(), run.asOf(), run.settings().allowPending());
    return new FirmFiles(run.asOf(), use).build(firms, events);
  }

  /** Whether the rules say of an event today what they said on the day of the last result. */
  private static boolean rulesHold(Run run, Increment increment) {
    if (!increment.rulesHold(run, "severity", "exemptions")) {
      return false;
    }
    for (String id : List.of("severity", "exemptions")) {
      RuleFile file = run.schemas().rule(id);
      for (Rule rule : inForce(run, file)) {
        if (RuleConditions.speaksOfTheDay(run.spark(), run.schemas(), file, rule)) {
          Increment.anew(run, "rule %s speaks of as_of".formatted(rule.id()));
          return false;
        }
      }
    }
    return true;
  }

  /** Events from the sources' rows. */
  private static Dataset<Row> events(Run run, Told told, Dataset<Row> changes) {
    Dataset<Row> copies =
        told.sources().stream()
            .filter(s -> !s.events().isEmpty())
            .flatMap(s -> Acts.copies(s, told.rows().apply(s)))
            .reduce(Dataset::union)
            .orElseThrow(
                () -> Failure.usage("no source has events; give one an 'events:' section"));
    Dataset<Row> merged =
        Events.withSteps(
            Events.merge(
                copies.join(told.links(), RECORD),
                PublicationSettings.of(run.schemas()).sourceUntil()),
            steps(run, told).join(told.links(), RECORD));
    Dataset<Row> dated =
        Events.withStatus(merged, changes, run.asOf()).withColumn("as_of", lit(run.asOf()));
    return Events.marked(graded(run, dated), told.firms(), run.asOf());
  }

  private static Dataset<Row> steps(Run run, Told told) {
    return told.sources().stream()
        .flatMap(s -> Steps.of(s, told.rows().apply(s)))
        .reduce(Dataset::union)
        .orElseGet(() -> run.spark().createDataFrame(List.of(), StructType.fromDDL(NO_STEPS)));
  }

  static List<SourceContract> linked(Run run) {
    return run.schemas().sources().values().stream().filter(SourceContract::links).toList();
  }

  /** The changes of status that the sources' rows mean, see {@link Acts#statusChanges}. */
  static Dataset<Row> changes(
      Run run, List<SourceContract> sources, Function<SourceContract, Dataset<Row>> rows) {
    return sources.stream()
        .filter(SourceContract::changesStatus)
        .map(s -> Acts.statusChanges(s, rows.apply(s)))
        .reduce(Dataset::union)
        .orElseGet(() -> run.spark().createDataFrame(List.of(), StructType.fromDDL(NO_CHANGES)));
  }

  /** Links are of the newest versions known: joining them leaves out all earlier ones. */
  private Dataset<Row> links(Run run) {
    return run.read(this, LINKS)
        .select(RECORD, "source", "record_key", "id_scheme", "code", "first_known_at");
  }

  private static Dataset<Row> graded(Run run, Dataset<Row> events) {
    RuleFile severity = run.schemas().rule("severity");
    RuleFile exemptions = run.schemas().rule("exemptions");
    return Events.graded(
        events,
        inForce(run, severity),
        inForce(run, exemptions),
        Grades.otherwise(severity),
        rule -> condition(run, severity, rule),
        rule -> condition(run, exemptions, rule));
  }

  private static List<Rule> inForce(Run run, RuleFile file) {
    return file.inForce(run.asOf(), run.settings().allowPending());
  }

  private static Column condition(Run run, RuleFile file, Rule rule) {
    return RuleConditions.condition(
        run.spark(), file, rule, RuleConditions.columns(run.schemas(), file));
  }

  private Map<String, Long> counts(Run run) {
    Row files =
        run.read(this, FIRM_FILE).agg(count(lit(1)), count_if(col("records").gt(0))).first();
    Row events =
        run.read(this, EVENTS)
            .agg(
                count(lit(1)),
                // One part of each source is enough to count them.
                coalesce(sum(size(col("sources.row_number"))), lit(0L)),
                count_if(not(col("status").isin("active", UseRules.ANNOUNCED))))
            .first();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("firms", files.getLong(0));
    counts.put("firms_with_events", files.getLong(1));
    counts.put("events", events.getLong(0));
    counts.put("records", events.getLong(1));
    counts.put("events_changed", events.getLong(2));
    counts.put("changes_unmet", run.read(this, UNMET_CHANGES).count());
    return counts;
  }
}
