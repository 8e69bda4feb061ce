package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Tables;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code maintain}: large files from small ones, and away with what nothing names any more. */
@Command(
    name = "maintain",
    mixinStandardHelpOptions = true,
    description = {
      "Compacts the tables, removes files that no recent version needs and what a dead ingest left"
          + " in landing, and past days that 'firm --as-of' has kept.",
      "Rows stay the same. The tables of the last --keep-runs runs stay readable, whatever"
          + " --retain-hours says.",
      "With --drop it does nothing else than forget computed tables, such as those that an earlier"
          + " version of the program made: the next run makes them anew, for its day."
    },
    footer = {"", "Example: ./credit maintain --retain-hours 336"})
final class MaintainCommand implements Callable<Integer> {
  private static final int WEEK = 168;

  /** From so many files on, reading one large one is worth the rewriting. */
  private static final int MANY_FILES = 16;

  @Mixin private CommonOptions options;

  @Option(
      names = "--retain-hours",
      paramLabel = "H",
      description = "keep replaced files for so long (at least and by default ${DEFAULT-VALUE})")
  private int retainHours = WEEK;

  @Option(
      names = "--keep-runs",
      paramLabel = "N",
      description = "keep the tables of the last N runs readable (default: ${DEFAULT-VALUE})")
  private int keepRuns = 3;

  @Option(
      names = "--drop",
      split = ",",
      paramLabel = "TABLE",
      description = "computed tables to forget, in place of all else")
  private List<String> dropped = List.of();

  @Override
  public Integer call() {
    if (retainHours < WEEK || keepRuns < 1) {
      throw Failure.usage(
          "--retain-hours %d or --keep-runs %d is too low: readers may still need those files; keep"
              + " at least %d hours and 1 run",
          retainHours, keepRuns, WEEK);
    }
    options.warehouse().existing();
    try (Workspace workspace = Workspace.toWrite(options, "maintain")) {
      if (!dropped.isEmpty()) {
        drop(workspace);
        return 0;
      }
      Path tables = workspace.warehouse().root().resolve("tables");
      long before = DataFiles.of(tables).bytes();
      compact(workspace);
      int hours = Math.max(retainHours, hoursOfRuns(workspace));
      vacuum(workspace, hours);
      long landing = clear(workspace.warehouse().landing());
      long days = clear(workspace.warehouse().replays());
      long after = DataFiles.of(tables).bytes();
      Output.line("replaced files kept: %,d hours".formatted(hours));
      Output.line("tables: %,d MB before, %,d MB after".formatted(before >> 20, after >> 20));
      Output.line("landing: %,d files removed".formatted(landing));
      Output.line("past days kept: %,d files removed".formatted(days));
    }
    return 0;
  }

  /** What went on from a dropped table may not go on, so the ledger's row keeps no run readable. */
  private void drop(Workspace workspace) {
    workspace
        .pipeline()
        .maintain(
            tables -> {
              dropped.forEach(tables::drop);
              return Map.of("dropped", (long) dropped.size());
            });
    Output.line("dropped: " + String.join(", ", dropped) + "; './credit run' makes them anew");
  }

  private void compact(Workspace workspace) {
    Map<String, Long> counts =
        workspace.pipeline().maintain(tables -> compacted(tables, workspace));
    Output.line("compacted: %,d tables".formatted(counts.get("compacted")));
  }

  private Map<String, Long> compacted(Tables tables, Workspace workspace) {
    long compacted = 0;
    long done = 0;
    List<String> names = described(tables, workspace);
    for (String name : names) {
      if (DataFiles.of(workspace.warehouse().table(name)).count() < MANY_FILES) {
        tables.settle(name);
      } else {
        tables.compact(name);
        compacted++;
      }
      workspace.progress().step("tables", ++done, names.size());
    }
    return new TreeMap<>(Map.of("compacted", compacted, Ledger.KEPT_RUNS, (long) keepRuns));
  }

  /** A table that no contract describes any more is left as it is. */
  private static List<String> described(Tables tables, Workspace workspace) {
    Set<String> known = SqlCommand.names(workspace.schemas());
    return tables.names().stream().filter(known::contains).toList();
  }

  /** Hours since the earliest row of the runs that must stay readable, and one to spare. */
  private int hoursOfRuns(Workspace workspace) {
    Dataset<Row> runs = delta(workspace, "runs").toDF();
    List<Row> newest =
        runs.groupBy("run_id")
            .agg(max("sequence").as("last"), min("finished_at").as("first"))
            .orderBy(col("last").desc())
            .limit(keepRuns)
            .collectAsList();
    Instant first =
        newest.stream()
            .map(row -> row.<Instant>getAs("first"))
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return (int) Duration.between(first, options.clock().instant()).toHours() + 2;
  }

  /**
   * Every table's newest version is the committed one by now, so nothing that is read can go. A
   * file that was replaced so long ago was written before that.
   */
  private void vacuum(Workspace workspace, int hours) {
    Instant limit = options.clock().instant().minus(Duration.ofHours(hours));
    List<String> names = new ArrayList<>(described(workspace.tables(), workspace));
    names.add("runs");
    long done = 0;
    for (String name : names) {
      if (DataFiles.of(workspace.warehouse().table(name)).anyBefore(limit)) {
        delta(workspace, name).vacuum(hours);
      }
      workspace.progress().step("tables looked over", ++done, names.size());
    }
  }

  private static DeltaTable delta(Workspace workspace, String name) {
    return DeltaTable.forPath(workspace.spark(), workspace.warehouse().tableLocation(name));
  }

  private static long clear(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      long removed = 0;
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        removed += Files.isRegularFile(path) ? 1 : 0;
        Files.delete(path);
      }
      return removed;
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be cleared (%s); correct its rights", folder, e.getMessage());
    }
  }
}
