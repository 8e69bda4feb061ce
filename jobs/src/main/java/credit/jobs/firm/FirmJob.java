package credit.jobs.firm;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Staged;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.SourceContract;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Firm: one timeline of events and one file per firm. */
public final class FirmJob implements Stage {
  private static final String NO_CHANGES =
      "record_id STRING, act_number STRING, change_authority STRING,"
          + " change_type STRING, new_status STRING, changed_on DATE, change_known_at DATE";

  @Override
  public String name() {
    return "firm";
  }

  @Override
  public Map<String, Long> run(Run run) {
    SourceContract register = run.schemas().register();
    Dataset<Row> firms =
        RegisterRows.of(
                register, Staged.current(run.read(this, register.stagedTable()), run.knownAt()))
            .cache();
    Dataset<Row> events = events(run, firms).cache();
    try {
      UseRules use = UseRules.of(run.schemas(), run.asOf(), run.settings().allowPending());
      Dataset<Row> files = new FirmFiles(run.asOf(), use).build(firms, events);
      run.writeAll(this, Map.of("events", events, "firm_file", files));
      return counts(firms, events);
    } finally {
      events.unpersist();
      firms.unpersist();
    }
  }

  private Dataset<Row> events(Run run, Dataset<Row> firms) {
    List<SourceContract> sources =
        run.schemas().sources().values().stream().filter(SourceContract::links).toList();
    Dataset<Row> copies =
        sources.stream()
            .filter(s -> !s.events().isEmpty())
            .flatMap(s -> Acts.copies(s, run.read(this, s.stagedTable())))
            .reduce(Dataset::union)
            .orElseThrow(
                () -> Failure.usage("no source has events; give one an 'events:' section"));
    Dataset<Row> changes =
        sources.stream()
            .filter(s -> s.statusChange() != null)
            .map(s -> Acts.statusChanges(s, run.read(this, s.stagedTable())))
            .reduce(Dataset::union)
            .orElseGet(
                () -> run.spark().createDataFrame(List.of(), StructType.fromDDL(NO_CHANGES)));
    Dataset<Row> links = links(run);
    Dataset<Row> dated =
        Events.withStatus(
                Events.merge(copies.join(links, "record_id")),
                changes.join(links, "record_id"),
                run.asOf())
            .withColumn("as_of", lit(run.asOf()));
    return Events.marked(graded(run, dated), firms, run.asOf());
  }

  /** Links are of the newest versions known: joining them leaves out all earlier ones. */
  private Dataset<Row> links(Run run) {
    return run.read(this, "links").select("record_id", "id_scheme", "code", "first_known_at");
  }

  private static Dataset<Row> graded(Run run, Dataset<Row> events) {
    RuleFile severity = run.schemas().rule("severity");
    RuleFile exemptions = run.schemas().rule("exemptions");
    Object otherwise = severity.settings().getOrDefault("otherwise", "none");
    return Events.graded(
        events,
        inForce(run, severity),
        inForce(run, exemptions),
        otherwise.toString(),
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

  private static Map<String, Long> counts(Dataset<Row> firms, Dataset<Row> events) {
    Row seen =
        events
            .agg(
                count(lit(1)),
                sum(size(col("sources"))),
                countDistinct("id_scheme", "code"),
                sum(when(not(col("status").equalTo("active")), 1L).otherwise(0L)))
            .first();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("firms", firms.count());
    counts.put("firms_with_events", seen.getLong(2));
    counts.put("events", seen.getLong(0));
    counts.put("records", seen.isNullAt(1) ? 0 : seen.getLong(1));
    counts.put("events_changed", seen.isNullAt(3) ? 0 : seen.getLong(3));
    return counts;
  }
}
