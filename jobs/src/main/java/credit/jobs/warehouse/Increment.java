package credit.jobs.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import credit.schemas.Rule;
import credit.schemas.RuleFile;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a stage need not compute again: its last result, which stands, and what became known since.
 * It is offered only where a full run would come to the same rows.
 *
 * @param since the stage's last committed run
 * @param knownAt the knowledge date of the run that goes on from there
 * @param sources ids of the sources with rows that became known since
 * @param arrived deliveries that came in since, though they count as known before
 */
public record Increment(
    Ledger.Entry since, LocalDate knownAt, Set<String> sources, Set<String> arrived) {
  /** Above a fifth, finding rows costs more than it saves; below some thousands nothing costs. */
  private static final long MOST = 5;

  private static final long FEW = 10_000;

  /**
   * The increment of a stage; empty where everything must be computed, of which a note tells why.
   *
   * @param tables the tables that the stage would go on with
   */
  public static Optional<Increment> of(Run run, Stage stage, String... tables) {
    Optional<Ledger.Entry> last = run.ledger().last(stage.name());
    if (last.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> obstacle = obstacle(run, last.get(), List.of(tables));
    obstacle.ifPresent(why -> anew(run, why));
    return obstacle.isPresent() ? Optional.empty() : Optional.of(since(run, last.get()));
  }

  /** Whether so many of all are concerned that to compute all is no slower. */
  public static boolean tooMany(long concerned, long all) {
    return concerned * MOST > all && concerned > FEW;
  }

  /** Tells that everything is computed, and why. */
  public static void anew(Run run, String why) {
    run.progress().note("everything anew: " + why);
  }

  private static Optional<String> obstacle(Run run, Ledger.Entry last, List<String> tables) {
    if (run.settings().full()) {
      return Optional.of("--full");
    }
    if (!last.bundle().equals(run.schemas().sha256())) {
      return Optional.of("contracts, codes or rules have changed");
    }
    if (!Program.VERSION.equals(last.program())) {
      return Optional.of("another version of the program made the last result");
    }
    if (last.allowPending() != run.settings().allowPending()) {
      return Optional.of("--allow-pending has changed");
    }
    if (run.asOf().isBefore(last.asOf()) || run.knownAt().isBefore(last.knownAt())) {
      return Optional.of("the last run was for a later day");
    }
    if (!tables.stream()
        .allMatch(t -> last.tableVersions().containsKey(t) && run.tables().stands(t))) {
      return Optional.of("the last result is not here");
    }
    if (!run.ledger().readable(last)) {
      return Optional.of("'maintain' has removed what the last result was made from");
    }
    return Optional.empty();
  }

  private static Increment since(Run run, Ledger.Entry last) {
    Object[] runs =
        run.ledger().entries().stream()
            .filter(e -> e.sequence() > last.sequence() && e.stage().equals("ingest"))
            .map(Ledger.Entry::runId)
            .distinct()
            .toArray();
    Column later = col("known_at").gt(lit(last.knownAt()));
    List<Row> deliveries =
        run.tables()
            .read("warehouse", "deliveries")
            .where(col("status").equalTo("accepted"))
            .where(later.or(col("run_id").isin(runs)))
            .select(col("source"), col("delivery_id"), later.as("later"))
            .collectAsList();
    return new Increment(
        last,
        run.knownAt(),
        deliveries.stream().map(r -> r.getString(0)).collect(Collectors.toSet()),
        deliveries.stream()
            .filter(r -> !r.getBoolean(2))
            .map(r -> r.getString(1))
            .collect(Collectors.toSet()));
  }

  /**
   * Whether on both days the same rules of some files are in force, where there are such files, and
   * the same on the use of records; a note tells which are not.
   */
  public boolean rulesHold(Run run, String... files) {
    for (String id : files) {
      RuleFile file = run.schemas().rules().get(id);
      if (file != null && !effective(file, asOf()).equals(effective(file, run.asOf()))) {
        anew(run, "other rules of '%s' are in force".formatted(id));
        return false;
      }
    }
    if (!barred(run, asOf()).equals(barred(run, run.asOf()))) {
      anew(run, "other rules on the use of records are in force");
      return false;
    }
    return true;
  }

  private static List<Rule> effective(RuleFile file, LocalDate day) {
    return file.rules().stream().filter(r -> r.effectiveOn(day)).toList();
  }

  private static Map<String, Set<String>> barred(Run run, LocalDate day) {
    return UseRules.of(run.schemas(), day, run.settings().allowPending()).barred();
  }

  /** The day of the last result. */
  public LocalDate asOf() {
    return since.asOf();
  }

  /** Staged rows that are known by now and were not, or not yet here, at the last result. */
  public Column fresh() {
    Column later = col("known_at").gt(lit(since.knownAt()));
    Column came = arrived.isEmpty() ? lit(false) : col("delivery_id").isin(arrived.toArray());
    return col("known_at").leq(lit(knownAt)).and(later.or(came));
  }

  /** All versions known by now of the records of a source that have a fresh one. */
  public Dataset<Row> changedRecords(Dataset<Row> staged) {
    // Not Staged.recordsWith: a delivery may bring more keys than fit into one task's memory.
    return staged
        .where(col("known_at").leq(lit(knownAt)))
        .join(
            staged.where(fresh()).select("record_key").distinct(),
            new String[] {"record_key"},
            "left_semi");
  }
}
