package credit.jobs.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;

import credit.jobs.ingest.Landing.Landed;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.PersonSalt;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import credit.jobs.warehouse.Today;
import credit.schemas.SourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Ingest: departments' files in, once, or with a reason why not. */
public final class IngestJob implements Stage {
  @Override
  public String name() {
    return "ingest";
  }

  /**
   * Refuses a folder of deliveries that is not there.
   *
   * @throws credit.jobs.warehouse.Failure (exit code 2)
   */
  public static void requireFolder(Path deliveries) {
    DeliveryFolder.require(deliveries);
  }

  @Override
  public Map<String, Long> run(Run run) {
    LocalDate today = Today.at(run.clock());
    Map<Boolean, List<DeliveredFile>> found =
        DeliveryFolder.find(
                run.settings().deliveries(), run.schemas().sources(), run.progress()::note)
            .stream()
            .collect(Collectors.partitioningBy(file -> file.declaredOn().isAfter(today)));
    List<DeliveredFile> files = found.get(false);
    List<DeliveredFile> ahead = found.get(true);
    // A run that died may have left an unpacked file here, with all its personal columns.
    clear(run.warehouse().landing());
    Arrivals arrivals = Arrivals.of(run, files, ledger(run), published(run));
    List<DeliveryRow> decided = new ArrayList<>();
    if (!arrivals.fresh().isEmpty()) {
      decided.addAll(stage(run, arrivals));
    }
    decided.addAll(arrivals.sentAgain(decided));
    writeLedger(run, decided);
    tell(run, decided);
    tellAhead(run, ahead, today);
    return counts(files.size(), decided, ahead.size());
  }

  private List<Row> ledger(Run run) {
    return run.read(this, "deliveries")
        .select("delivery_id", "path", "rows_in", "status", "run_id", "control_sha256")
        .collectAsList();
  }

  /**
   * The newest knowledge date of which lists are out. A fresh timestamp and an urgent removal speak
   * of a version that was out before, whatever came in since: the runs that made them do not count.
   */
  private Optional<LocalDate> published(Run run) {
    Row newest =
        run.read(this, "publications")
            .where(col("state").equalTo("published"))
            .agg(max("known_at"))
            .first();
    return Optional.ofNullable(newest.getAs(0));
  }

  private List<DeliveryRow> stage(Run run, Arrivals arrivals) {
    Path landing = run.warehouse().landing();
    Map<String, Landed> landed = land(run, arrivals, landing);
    Map<SourceContract, Dataset<Row>> typed = typed(run, arrivals, landed);
    if (typed.isEmpty()) {
      return judge(List.of(), arrivals, landed);
    }
    List<Dataset<Row>> frames = new ArrayList<>();
    try {
      Dataset<Row> verdicts = verdicts(run, typed, Set.of()).cache();
      frames.add(verdicts);
      List<DeliveryRow> ledger = judge(Verdicts.tally(verdicts).collectAsList(), arrivals, landed);
      Set<String> overLimit = overLimit(ledger);
      if (!overLimit.isEmpty()) {
        // Rows that stay out neither repeat nor supersede what another delivery brings.
        verdicts = verdicts(run, typed, overLimit).cache();
        frames.add(verdicts);
        ledger = judge(Verdicts.tally(verdicts).collectAsList(), arrivals, landed);
      }
      writeStaged(run, typed, verdicts, ledger);
      writeQuarantine(run, typed, ledger);
      return ledger;
    } finally {
      frames.forEach(f -> f.unpersist());
      clear(landing);
    }
  }

  private static Map<String, Landed> land(Run run, Arrivals arrivals, Path folder) {
    Map<String, Landed> landed = new HashMap<>();
    PersonalData personal = new PersonalData(PersonSalt.of(run.settings().keys()));
    try (Landing landing = new Landing(folder, run.schemas().codes(), personal)) {
      for (DeliveredFile file : arrivals.fresh()) {
        landed.put(file.sha256(), landing.land(file, arrivals.knownAt(file)));
        run.progress().step("files", landed.size(), arrivals.fresh().size());
      }
    }
    return landed;
  }

  /** The landed rows of every source that has any; a file that broke off has none. */
  private static Map<SourceContract, Dataset<Row>> typed(
      Run run, Arrivals arrivals, Map<String, Landed> landed) {
    Object[] brokenOff =
        arrivals.fresh().stream()
            .map(DeliveredFile::sha256)
            .filter(sha256 -> landed.get(sha256).refusal() != null)
            .toArray();
    Map<SourceContract, Dataset<Row>> typed = new LinkedHashMap<>();
    for (DeliveredFile file : arrivals.fresh()) {
      SourceContract source = file.source();
      Path folder = Landing.folder(run.warehouse().landing(), source);
      if (!typed.containsKey(source) && Files.isDirectory(folder)) {
        Dataset<Row> rows =
            run.spark()
                .read()
                .schema(LandingFile.schema(source))
                .parquet(folder.toUri().toString())
                .where(not(col(LandingFile.DELIVERY).isin(brokenOff)));
        typed.put(source, Staging.type(rows, source));
      }
    }
    return typed;
  }

  private Dataset<Row> verdicts(
      Run run, Map<SourceContract, Dataset<Row>> typed, Set<String> overLimit) {
    List<Dataset<Row>> fresh = new ArrayList<>();
    Dataset<Row> staged = null;
    for (SourceContract source : typed.keySet()) {
      Column[] version = Verdicts.version(source.id());
      fresh.add(
          typed
              .get(source)
              .withColumn(Verdicts.DROPPED, col(Staging.NATURAL_PERSON))
              .withColumn(Verdicts.QUARANTINED, Staging.refused())
              .withColumn(Verdicts.REPAIRED, size(col(Staging.REPAIRED_CELLS)).gt(0))
              .select(
                  with(
                      version,
                      col(Verdicts.DROPPED),
                      col(Verdicts.QUARANTINED),
                      col(Verdicts.REPAIRED))));
      Dataset<Row> before = run.read(this, source.stagedTable()).select(version);
      staged = staged == null ? before : staged.union(before);
    }
    return Verdicts.of(fresh.stream().reduce(Dataset::union).orElseThrow(), staged, overLimit);
  }

  private static Column[] with(Column[] columns, Column... more) {
    return Stream.concat(Stream.of(columns), Stream.of(more)).toArray(Column[]::new);
  }

  private static List<DeliveryRow> judge(
      List<Row> tally, Arrivals arrivals, Map<String, Landed> landed) {
    Map<String, Row> tallies = new HashMap<>();
    tally.forEach(r -> tallies.put(r.getAs("delivery_id"), r));
    return arrivals.fresh().stream()
        .map(
            f ->
                Judgement.of(
                    f, arrivals.knownAt(f), landed.get(f.sha256()), tallies.get(f.sha256())))
        .toList();
  }

  private static Set<String> overLimit(List<DeliveryRow> ledger) {
    Set<String> overLimit = new HashSet<>();
    ledger.stream()
        .filter(d -> d.isRefused() && d.rowsIn() > 0)
        .forEach(d -> overLimit.add(d.file().sha256()));
    return overLimit;
  }

  private void writeStaged(
      Run run,
      Map<SourceContract, Dataset<Row>> typed,
      Dataset<Row> verdicts,
      List<DeliveryRow> ledger) {
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    typed.forEach(
        (source, rows) -> {
          List<DeliveryRow> in =
              ledger.stream()
                  .filter(d -> d.file().source().equals(source) && d.staged() > 0)
                  .toList();
          if (!in.isEmpty()) {
            tables.put(source.stagedTable(), staged(source, rows, verdicts, in));
          }
        });
    run.writeAll(this, tables);
  }

  private static Dataset<Row> staged(
      SourceContract source, Dataset<Row> rows, Dataset<Row> verdicts, List<DeliveryRow> in) {
    Dataset<Row> good =
        rows.where(not(col(Staging.NATURAL_PERSON)).and(col(Staging.PROBLEMS).isNull()))
            .where(col("delivery_id").isin(in.stream().map(d -> d.file().sha256()).toArray()));
    if (in.stream().allMatch(d -> d.duplicate() == 0)) {
      return good;
    }
    Dataset<Row> duplicates =
        verdicts
            .where(col("source").equalTo(source.id()).and(col(Verdicts.DUPLICATE)))
            .select("delivery_id", "row_number");
    return good.join(duplicates, new String[] {"delivery_id", "row_number"}, "left_anti");
  }

  private void writeQuarantine(
      Run run, Map<SourceContract, Dataset<Row>> typed, List<DeliveryRow> ledger) {
    Set<SourceContract> dirty = new HashSet<>();
    ledger.stream().filter(d -> d.quarantined() > 0).forEach(d -> dirty.add(d.file().source()));
    typed.entrySet().stream()
        .filter(e -> dirty.contains(e.getKey()))
        .map(
            e ->
                Staging.problems(
                    e.getValue().where(Staging.refused()),
                    col("delivery_id"),
                    col("row_number"),
                    lit(e.getKey().id()).as("source"),
                    col("row_hash"),
                    col("known_at"),
                    lit(run.runId()).as("run_id")))
        .reduce(Dataset::union)
        .ifPresent(refused -> run.write(this, "quarantine", refused.coalesce(1)));
  }

  /** Written last: a delivery counts once its row stands here. */
  private void writeLedger(Run run, List<DeliveryRow> ledger) {
    ledger.stream()
        .filter(d -> !d.balances())
        .findFirst()
        .ifPresent(
            d -> {
              throw Failure.badInput(
                  "%s does not balance: %s; nothing was committed", d.file().relative(), d);
            });
    if (ledger.isEmpty()) {
      return;
    }
    List<Row> rows = ledger.stream().map(d -> d.row(run.runId(), run.clock().instant())).toList();
    run.write(
        this,
        "deliveries",
        run.spark()
            .createDataFrame(rows, Tables.schemaOf(run.schemas().tables().get("deliveries")))
            .coalesce(1));
  }

  private static void tell(Run run, List<DeliveryRow> ledger) {
    ledger.stream()
        .filter(DeliveryRow::isRefused)
        .forEach(d -> run.progress().note("REFUSED " + d.file().relative() + ": " + d.reason()));
  }

  /**
   * What is dated after today would be known on a day that has not come, and all that comes in
   * until then with it. It is left where it lies, and met again by the next run.
   */
  private static void tellAhead(Run run, List<DeliveredFile> ahead, LocalDate today) {
    ahead.forEach(
        file ->
            run.progress()
                .note(
                    "NOT READ %s: its folder is dated %s and today is %s; correct the folder's name,"
                            .formatted(file.relative(), file.declaredOn(), today)
                        + " or leave it until that day"));
  }

  private static Map<String, Long> counts(int files, List<DeliveryRow> ledger, int ahead) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("files", (long) files);
    counts.put("new_files", (long) ledger.size());
    counts.put("rows", total(ledger, DeliveryRow::rowsIn));
    counts.put("staged", total(ledger, DeliveryRow::staged));
    counts.put("repaired", total(ledger, DeliveryRow::repaired));
    counts.put("duplicate", total(ledger, DeliveryRow::duplicate));
    counts.put("quarantined", total(ledger, DeliveryRow::quarantined));
    counts.put("dropped", total(ledger, DeliveryRow::dropped));
    counts.put("refused_files", ahead + ledger.stream().filter(DeliveryRow::isRefused).count());
    return counts;
  }

  private static long total(List<DeliveryRow> ledger, ToLongFunction<DeliveryRow> figure) {
    return ledger.stream().mapToLong(figure).sum();
  }

  private static void clear(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw Failure.environment(e, "%s cannot be cleared (%s)", folder, e.getMessage());
    }
  }
}
