package credit.jobs.ingest;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.PersonSalt;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import credit.schemas.SourceContract;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/** Ingest: departments' files in, once, or with a reason why not. */
public final class IngestJob implements Stage {
  /** A handful of bad rows never keeps a small delivery out. */
  private static final long TOLERATED_ROWS = 5;

  private static final String KNOWN = "known_at DATE, declared_on DATE, delivery_id STRING";

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public Map<String, Long> run(Run run) {
    List<DeliveredFile> files =
        DeliveryFolder.find(
            run.settings().deliveries(), run.schemas().sources(), run.progress()::note);
    Map<String, Known> known = known(run);
    LocalDate published = run.ledger().last("publish").map(e -> e.knownAt()).orElse(LocalDate.MIN);
    List<DeliveryRow> ledger = new ArrayList<>();
    List<DeliveredFile> fresh = new ArrayList<>();
    Map<String, DeliveredFile> first = new HashMap<>();
    List<DeliveredFile> resent = new ArrayList<>();
    for (DeliveredFile file : files) {
      Known before = known.get(file.sha256());
      if (before == null && first.putIfAbsent(file.sha256(), file) == null) {
        fresh.add(file);
      } else if (before == null || !before.paths().contains(file.relative())) {
        resent.add(file);
      }
    }
    if (!fresh.isEmpty()) {
      ledger.addAll(stage(run, fresh, published));
    }
    Map<String, Long> rows = new HashMap<>();
    known.forEach((sha256, k) -> rows.put(sha256, k.rows()));
    ledger.forEach(d -> rows.put(d.file().sha256(), d.rowsIn()));
    Set<String> refused = new HashSet<>();
    known.forEach(
        (sha256, k) -> {
          if (k.refused()) {
            refused.add(sha256);
          }
        });
    ledger.stream()
        .filter(d -> d.status().equals(DeliveryRow.REFUSED))
        .forEach(d -> refused.add(d.file().sha256()));
    resent.forEach(
        f ->
            ledger.add(
                again(
                    f, knownAt(f, published), rows.get(f.sha256()), refused.contains(f.sha256()))));
    writeLedger(run, ledger);
    tell(run, ledger);
    return counts(files.size(), ledger);
  }

  /** What was refused once holds no more under another date. */
  private static DeliveryRow again(
      DeliveredFile file, LocalDate knownAt, long rows, boolean refused) {
    return refused
        ? DeliveryRow.refused(
            file,
            knownAt,
            "the same content was delivered and refused before; correct and deliver it again",
            null,
            rows)
        : DeliveryRow.resent(file, knownAt, rows);
  }

  /** What the ledger says of a content: where it came from, how many rows it had, what became. */
  private record Known(Set<String> paths, long rows, boolean refused) {}

  private Map<String, Known> known(Run run) {
    Map<String, Known> known = new HashMap<>();
    run
        .read(this, "deliveries")
        .select("delivery_id", "path", "rows_in", "status", "run_id")
        .collectAsList()
        .stream()
        .filter(r -> !refusedByOtherRules(run, r))
        .forEach(
            r ->
                known
                    .computeIfAbsent(
                        r.getString(0),
                        k ->
                            new Known(
                                new HashSet<>(),
                                r.getLong(2),
                                DeliveryRow.REFUSED.equals(r.getString(3))))
                    .paths()
                    .add(r.getString(1)));
    return known;
  }

  /** What other contracts refused is tried again: they may have been put right since. */
  private static boolean refusedByOtherRules(Run run, Row delivery) {
    return DeliveryRow.REFUSED.equals(delivery.getString(3))
        && run.ledger().of(delivery.getString(4)).stream()
            .noneMatch(e -> e.bundle().equals(run.schemas().sha256()));
  }

  /** A delivery dated on or before what was published already counts from the day after. */
  private static LocalDate knownAt(DeliveredFile file, LocalDate published) {
    return file.declaredOn().isAfter(published) ? file.declaredOn() : published.plusDays(1);
  }

  private List<DeliveryRow> stage(Run run, List<DeliveredFile> files, LocalDate published) {
    Path landing = run.warehouse().landing();
    clear(landing);
    Map<String, Landed> landed = land(run, files, landing);
    List<Dataset<Row>> frames = new ArrayList<>();
    try {
      Map<SourceContract, Dataset<Row>> marked = mark(run, files, landed, published, Set.of());
      frames.addAll(marked.values());
      List<DeliveryRow> ledger = judge(marked, files, landed, published);
      Set<String> overLimit = new HashSet<>();
      ledger.stream()
          .filter(d -> d.status().equals(DeliveryRow.REFUSED) && d.rowsIn() > 0)
          .forEach(d -> overLimit.add(d.file().sha256()));
      if (!overLimit.isEmpty()) {
        // Rows that stay out neither repeat nor supersede what another delivery brings.
        marked = mark(run, files, landed, published, overLimit);
        frames.addAll(marked.values());
        ledger = judge(marked, files, landed, published);
      }
      writeStaged(run, marked, ledger);
      writeQuarantine(run, marked);
      return ledger;
    } finally {
      frames.forEach(f -> f.unpersist());
      clear(landing);
    }
  }

  /** What landing found out about a file: how it was read, or why it was not. */
  private record Landed(RowFormat.Seen seen, String refusal) {}

  private static Map<String, Landed> land(Run run, List<DeliveredFile> files, Path landing) {
    PersonalData personal = new PersonalData(PersonSalt.of(run.settings().keys()));
    Map<String, Landed> landed = new HashMap<>();
    int done = 0;
    SourceContract open = null;
    Landing writer = null;
    try {
      for (DeliveredFile file : files) {
        if (!file.source().equals(open)) {
          close(writer);
          open = file.source();
          writer = new Landing(open, run.schemas().codes(), personal, landed(landing, open));
        }
        landed.put(file.sha256(), land(file, writer));
        run.progress().step("files", ++done, files.size());
      }
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be written (%s); free the disk", landing, e.getMessage());
    } finally {
      close(writer);
    }
    return landed;
  }

  private static void close(Landing writer) {
    try {
      if (writer != null) {
        writer.close();
      }
    } catch (IOException e) {
      throw Failure.environment(
          e, "landing could not be written (%s); free the disk", e.getMessage());
    }
  }

  private static Landed land(DeliveredFile file, Landing writer) throws IOException {
    try {
      RowFormat.Seen seen =
          RowFormat.read(
              file, (number, cells, problem) -> land(file, writer, number, cells, problem));
      Control.check(file, seen.rows());
      return new Landed(seen, null);
    } catch (BadFile e) {
      return new Landed(null, e.getMessage());
    }
  }

  /** A full disk is no fault of the delivery: it must end the run, not refuse the file for good. */
  private static void land(
      DeliveredFile file, Landing writer, long number, String[] cells, String problem) {
    try {
      writer.write(file, number, cells, problem);
    } catch (IOException e) {
      throw Failure.environment(
          e, "landing could not be written (%s); free the disk", e.getMessage());
    }
  }

  private static Path landed(Path landing, SourceContract source) {
    return landing.resolve(source.id() + ".parquet");
  }

  private Map<SourceContract, Dataset<Row>> mark(
      Run run,
      List<DeliveredFile> files,
      Map<String, Landed> landed,
      LocalDate published,
      Set<String> overLimit) {
    Map<SourceContract, List<DeliveredFile>> bySource = new LinkedHashMap<>();
    files.forEach(f -> bySource.computeIfAbsent(f.source(), s -> new ArrayList<>()).add(f));
    Map<SourceContract, Dataset<Row>> marked = new LinkedHashMap<>();
    bySource.forEach(
        (source, of) ->
            marked.put(source, mark(run, source, of, landed, published, overLimit).cache()));
    return marked;
  }

  private Dataset<Row> mark(
      Run run,
      SourceContract source,
      List<DeliveredFile> files,
      Map<String, Landed> landed,
      LocalDate published,
      Set<String> overLimit) {
    List<Row> dates =
        files.stream()
            .filter(f -> landed.get(f.sha256()).refusal() == null)
            .map(f -> RowFactory.create(knownAt(f, published), f.declaredOn(), f.sha256()))
            .toList();
    Dataset<Row> known = run.spark().createDataFrame(dates, StructType.fromDDL(KNOWN));
    Dataset<Row> text =
        run.spark().read().parquet(landed(run.warehouse().landing(), source).toUri().toString());
    Dataset<Row> typed =
        Staging.type(text, source)
            .join(broadcast(known), "delivery_id")
            .withColumn(
                "record_id",
                concat_ws(
                    "/", lit(source.id()), substring(col("delivery_id"), 1, 12), col("row_number")))
            .withColumn(
                Versions.GOOD,
                not(col(Staging.NATURAL_PERSON))
                    .and(col(Staging.PROBLEMS).isNull())
                    .and(not(col("delivery_id").isin(overLimit.toArray()))));
    boolean stands = run.tables().exists(source.stagedTable());
    return Versions.mark(typed, stands ? run.read(this, source.stagedTable()) : null);
  }

  /** One action for all sources: what became of the rows of every delivery. */
  private static List<DeliveryRow> judge(
      Map<SourceContract, Dataset<Row>> marked,
      List<DeliveredFile> files,
      Map<String, Landed> landed,
      LocalDate published) {
    Map<String, Row> sums = new HashMap<>();
    marked.values().stream()
        .map(
            rows ->
                rows.select(
                    col("delivery_id"),
                    col(Staging.NATURAL_PERSON).as("dropped"),
                    refused().as("quarantined"),
                    col(Versions.DUPLICATE).as("duplicate"),
                    col(Versions.SUPERSEDED).and(not(col(Versions.DUPLICATE))).as("superseded")))
        .reduce(Dataset::union)
        .orElseThrow()
        .groupBy("delivery_id")
        .agg(
            count(lit(1)).as("rows"),
            tally("dropped"),
            tally("quarantined"),
            tally("duplicate"),
            tally("superseded"))
        .collectAsList()
        .forEach(r -> sums.put(r.getString(0), r));
    return files.stream()
        .map(f -> judge(f, landed.get(f.sha256()), sums.get(f.sha256()), knownAt(f, published)))
        .toList();
  }

  private static org.apache.spark.sql.Column refused() {
    return not(col(Staging.NATURAL_PERSON)).and(col(Staging.PROBLEMS).isNotNull());
  }

  private static org.apache.spark.sql.Column tally(String flag) {
    return sum(when(col(flag), 1L).otherwise(0L)).as(flag);
  }

  private static DeliveryRow judge(DeliveredFile file, Landed landed, Row sums, LocalDate knownAt) {
    if (landed.refusal() != null) {
      return DeliveryRow.refused(file, knownAt, landed.refusal(), null, 0);
    }
    RowFormat.Seen seen = landed.seen();
    ToLongFunction<String> figure = name -> sums == null ? 0 : sums.<Long>getAs(name);
    long rows = figure.applyAsLong("rows");
    if (rows != seen.rows()) {
      throw Failure.badInput(
          "%s: %,d rows were read and %,d accounted for; nothing was written",
          file.relative(), seen.rows(), rows);
    }
    long quarantined = figure.applyAsLong("quarantined");
    BigDecimal limit = file.source().delivery().maxQuarantineShare();
    if (quarantined > TOLERATED_ROWS
        && BigDecimal.valueOf(quarantined).compareTo(limit.multiply(BigDecimal.valueOf(rows)))
            > 0) {
      String reason =
          "%,d of %,d rows quarantined, limit %s; see ./credit quarantine --delivery %s"
              .formatted(quarantined, rows, percent(limit), file.shortId());
      return DeliveryRow.refused(file, knownAt, reason, seen.charset(), rows);
    }
    long dropped = figure.applyAsLong("dropped");
    long duplicate = figure.applyAsLong("duplicate");
    return new DeliveryRow(
        file,
        knownAt,
        DeliveryRow.ACCEPTED,
        seen.unknown().isEmpty() ? null : "unknown columns left out: " + seen.unknown(),
        seen.charset(),
        rows,
        rows - dropped - duplicate - quarantined,
        figure.applyAsLong("superseded"),
        duplicate,
        quarantined,
        dropped);
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }

  private void writeStaged(
      Run run, Map<SourceContract, Dataset<Row>> marked, List<DeliveryRow> ledger) {
    Map<String, Boolean> accepted = new TreeMap<>();
    ledger.forEach(
        d ->
            accepted.put(
                d.file().sha256(), d.status().equals(DeliveryRow.ACCEPTED) && d.staged() > 0));
    Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
    marked.forEach(
        (source, rows) -> {
          Object[] in =
              ledger.stream()
                  .filter(d -> d.file().source().equals(source))
                  .map(d -> d.file().sha256())
                  .filter(accepted::get)
                  .toArray();
          if (in.length > 0) {
            tables.put(
                source.stagedTable(),
                rows.where(col(Versions.GOOD).and(not(col(Versions.DUPLICATE))))
                    .where(col("delivery_id").isin(in)));
          }
        });
    run.writeAll(this, tables);
  }

  private void writeQuarantine(Run run, Map<SourceContract, Dataset<Row>> marked) {
    Dataset<Row> refused =
        marked.entrySet().stream()
            .map(
                e ->
                    Staging.problems(
                        e.getValue().where(refused()),
                        col("delivery_id"),
                        col("row_number"),
                        lit(e.getKey().id()).as("source"),
                        col("row_hash"),
                        col("known_at"),
                        lit(run.runId()).as("run_id")))
            .reduce(Dataset::union)
            .orElseThrow();
    run.write(this, "quarantine", refused.coalesce(1));
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
        .filter(d -> d.status().equals(DeliveryRow.REFUSED))
        .forEach(d -> run.progress().note("REFUSED " + d.file().relative() + ": " + d.reason()));
  }

  private static Map<String, Long> counts(int files, List<DeliveryRow> ledger) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("files", (long) files);
    counts.put("new_files", (long) ledger.size());
    counts.put("rows", total(ledger, DeliveryRow::rowsIn));
    counts.put("staged", total(ledger, DeliveryRow::staged));
    counts.put("duplicate", total(ledger, DeliveryRow::duplicate));
    counts.put("quarantined", total(ledger, DeliveryRow::quarantined));
    counts.put("dropped", total(ledger, DeliveryRow::dropped));
    counts.put(
        "refused_files",
        ledger.stream().filter(d -> d.status().equals(DeliveryRow.REFUSED)).count());
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
