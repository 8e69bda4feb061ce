package credit.jobs.link;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Increment;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Staged;
import credit.schemas.SourceContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Link: every record to its firm, or to review with the reason. After a first run only the records
 * are decided on again whose evidence has changed; the result is that of deciding on all.
 */
public final class LinkJob implements Stage {
  static final String JUDGEMENTS = "link_judgements";
  private static final String LINKS = "links";
  private static final String REVIEW = "link_review";
  private static final String JUDGEMENT =
      "source STRING, record_key STRING, decision STRING, code STRING, decided_on DATE";

  @Override
  public String name() {
    return "link";
  }

  @Override
  public Map<String, Long> run(Run run) {
    NameFunctions.register(run.spark());
    Optional<Increment> increment = Increment.of(run, this, LINKS, REVIEW);
    if (increment.isEmpty()) {
      return everything(run);
    }
    Dataset<Row> before = tablesTogether(run);
    // A checkpoint, not a cache: writing to a table has Spark renew what is cached of it.
    Dataset<Row> again = new Reopened(run, this, increment.get()).records(before).localCheckpoint();
    long reopened = again.count();
    if (reopened == 0) {
      run.progress().note("nothing to decide again");
      return counts(before);
    }
    long all = before.count();
    if (Increment.tooMany(reopened, all)) {
      Increment.anew(run, "%,d records to decide, of %,d".formatted(reopened, all));
      return everything(run);
    }
    run.progress().note("decides again on %,d records of %,d".formatted(reopened, all));
    Set<String> sources =
        again.select("source").distinct().collectAsList().stream()
            .map(r -> r.getString(0))
            .collect(Collectors.toSet());
    // Few, and asked several times: what firms they may mean, and what was known of them when.
    Dataset<Row> records =
        records(run, sources)
            .join(broadcast(again), new String[] {"source", "record_key"}, "left_semi")
            .localCheckpoint();
    return decide(
        run,
        records,
        mentioned(run, records),
        decided -> run.replaceAll(this, again, tables(decided)));
  }

  private Map<String, Long> everything(Run run) {
    return decide(
        run,
        records(run, run.schemas().sources().keySet()),
        run.read(this, run.schemas().register().stagedTable()),
        decided -> run.writeAll(this, tables(decided)));
  }

  /**
   * Decides on records and writes what was decided; figures are of the whole tables.
   *
   * @param all all versions of the records
   * @param register all versions of the register's rows that these may mean
   */
  private Map<String, Long> decide(
      Run run, Dataset<Row> all, Dataset<Row> register, Consumer<Dataset<Row>> writer) {
    Observation records = new Observation();
    Dataset<Row> decided =
        Linking.decide(
                Staged.versions(all, run.knownAt(), col("source"), col("record_key")),
                records,
                Register.names(Staged.current(register, run.knownAt())),
                judgements(run, all.where(col("known_at").leq(lit(run.knownAt())))))
            .cache();
    try {
      refuseImbalance(decided.count(), observed(records));
      writer.accept(decided);
    } finally {
      decided.unpersist();
    }
    return counts(tablesTogether(run));
  }

  /** Every version of every record of some sources. */
  private Dataset<Row> records(Run run, Set<String> sources) {
    return run.schemas().sources().values().stream()
        .filter(s -> s.links() && sources.contains(s.id()))
        .map(s -> Records.of(s, run.read(this, s.stagedTable())))
        .reduce(Dataset::union)
        .orElseThrow(() -> Failure.usage("no source names firms; give one a 'firm:' section"));
  }

  /** The register's rows of the firms of which some records give the code or the name. */
  private Dataset<Row> mentioned(Run run, Dataset<Row> records) {
    Dataset<Row> staged = run.read(this, run.schemas().register().stagedTable());
    Column coded = col("firm_code").isin(records.select("given_code").distinct());
    Column named =
        col("normal_name").isin(records.select(NameFunctions.normalise(col("name"))).distinct());
    Dataset<Row> firms = Register.names(staged).where(coded.or(named)).select("firm_code");
    return Staged.recordsWith(staged, col("code").isin(firms));
  }

  /** What both tables say of every record, in one shape. */
  private Dataset<Row> tablesTogether(Run run) {
    return run.read(this, LINKS)
        .select(shape(functions.concat(lit("linked_by_"), col("tier"))))
        .union(run.read(this, REVIEW).select(shape(col("outcome"))));
  }

  private static Column[] shape(Column outcome) {
    return new Column[] {
      col("source"), col("record_key"), col("code_given"), col("normal_name"), outcome.as("k")
    };
  }

  private Dataset<Row> current(Run run, SourceContract source) {
    return Staged.current(run.read(this, source.stagedTable()), run.knownAt());
  }

  private Dataset<Row> judgements(Run run, Dataset<Row> versions) {
    SourceContract source = run.schemas().sources().get(JUDGEMENTS);
    return source == null
        ? run.spark().createDataFrame(List.of(), StructType.fromDDL(JUDGEMENT))
        : Linking.judged(current(run, source), versions);
  }

  private static Map<String, Long> counts(Dataset<Row> together) {
    Map<String, Long> counts = new TreeMap<>();
    together
        .groupBy("k")
        .agg(count(lit(1)))
        .collectAsList()
        .forEach(r -> counts.put(r.getString(0).replace('-', '_'), r.getLong(1)));
    return counts;
  }

  private static long observed(Observation records) {
    try {
      return (Long) records.getAsJava().get(Linking.RECORDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while linking", e);
    }
  }

  /** Staged = linked + branch + review + unmatched + not a firm. */
  private static void refuseImbalance(long decided, long records) {
    if (decided != records) {
      throw Failure.badInput(
          "linking does not balance: %,d records went in and %,d came out; nothing was written",
          records, decided);
    }
  }

  private static Map<String, Dataset<Row>> tables(Dataset<Row> all) {
    Dataset<Row> decided = all.withColumn("code_given", col("given_code"));
    Dataset<Row> links =
        decided
            .where(col("outcome").equalTo(Linking.LINKED))
            .withColumn("rule_version", lit(Linking.VERSION));
    Dataset<Row> review = decided.where(functions.not(col("outcome").equalTo(Linking.LINKED)));
    return Map.of(LINKS, links, REVIEW, review);
  }
}
