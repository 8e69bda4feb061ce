package credit.jobs.link;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Staged;
import credit.schemas.SourceContract;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Link: every record to its firm, or to review with the reason. */
public final class LinkJob implements Stage {
  private static final String JUDGEMENTS = "link_judgements";
  private static final String JUDGEMENT =
      "record_id STRING, decision STRING, code STRING, decided_on DATE";

  @Override
  public String name() {
    return "link";
  }

  @Override
  public Map<String, Long> run(Run run) {
    NameFunctions.register(run.spark());
    Observation records = new Observation("records");
    Dataset<Row> decided =
        Linking.decide(
                records(run).observe(records, count(lit(1)).as("n")),
                Register.names(current(run, run.schemas().register())),
                judgements(run))
            .cache();
    try {
      Map<String, Long> counts = counts(decided);
      refuseImbalance(counts, observed(records));
      write(run, decided);
      return counts;
    } finally {
      decided.unpersist();
    }
  }

  /** One window over all sources together: the newest version of every record. */
  private Dataset<Row> records(Run run) {
    Dataset<Row> all =
        run.schemas().sources().values().stream()
            .filter(SourceContract::links)
            .map(s -> Records.of(s, run.read(this, s.stagedTable())))
            .reduce(Dataset::union)
            .orElseThrow(() -> Failure.usage("no source names firms; give one a 'firm:' section"));
    return Staged.versions(all, run.knownAt(), col("source"), col("record_key"));
  }

  private Dataset<Row> current(Run run, SourceContract source) {
    return Staged.current(run.read(this, source.stagedTable()), run.knownAt());
  }

  private Dataset<Row> judgements(Run run) {
    SourceContract source = run.schemas().sources().get(JUDGEMENTS);
    return source == null
        ? run.spark().createDataFrame(List.of(), StructType.fromDDL(JUDGEMENT))
        : current(run, source)
            .select(
                col("judged_record").as("record_id"),
                col("decision"),
                col("code"),
                col("decided_on"));
  }

  private static Map<String, Long> counts(Dataset<Row> decided) {
    Map<String, Long> counts = new TreeMap<>();
    decided
        .groupBy(coalesce(functions.concat(lit("linked_by_"), col("tier")), col("outcome")).as("k"))
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(r -> counts.put(r.getString(0).replace('-', '_'), r.getLong(1)));
    return counts;
  }

  private static long observed(Observation records) {
    try {
      return (Long) records.getAsJava().get("n");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while linking", e);
    }
  }

  /** Staged = linked + branch + review + unmatched + not a firm. */
  private static void refuseImbalance(Map<String, Long> counts, long records) {
    long decided = counts.values().stream().mapToLong(Long::longValue).sum();
    if (decided != records) {
      throw Failure.badInput(
          "linking does not balance: %,d records went in and %,d came out; nothing was written",
          records, decided);
    }
  }

  private void write(Run run, Dataset<Row> decided) {
    Dataset<Row> links =
        decided
            .where(col("outcome").equalTo(Linking.LINKED))
            .withColumn("runner_up", lit(null).cast("STRING"))
            .withColumn("margin", lit(null).cast("DOUBLE"))
            .withColumn("rule_version", lit(Linking.VERSION));
    Dataset<Row> review =
        decided
            .where(functions.not(col("outcome").equalTo(Linking.LINKED)))
            .withColumn("code_given", col("given_code"));
    run.writeAll(this, Map.of("links", links, "link_review", review));
  }
}
