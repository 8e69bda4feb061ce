package credit.jobs.cli;

import static org.apache.spark.sql.functions.min;

import credit.jobs.tier.TierChange;
import credit.jobs.tier.TierComparison;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Validity;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code tier}: the stage; {@code tier --from D}: which tiers changed between two days, and why.
 */
@Command(
    name = "tier",
    mixinStandardHelpOptions = true,
    description = {
      "Sets credit tiers and measures from acts, evaluations and rules; no score.",
      "With --from: tells instead which firms' tiers changed between two days, and why."
    },
    footer = {"", "Example: ./credit tier --from 2026-03-31 --to 2026-06-30 --export changes.csv"})
final class TierCommand implements Callable<Integer> {
  private static final String STAGE = "tier";
  private static final List<String> HEADER =
      List.of("code", "before", "after", "points before", "points after", "lost", "gained");

  @Spec private CommandSpec command;

  @Mixin private CommonOptions options;

  @Mixin private StageOptions stage;

  @Mixin private Fullness fullness;

  @Option(names = "--from", paramLabel = "DATE", description = "the earlier day to compare")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description = "the later day to compare (default: the newest that has tiers)")
  private String to;

  @Option(
      names = "--before",
      paramLabel = "DIR",
      description = "take the earlier day from another warehouse, such as a replayed one")
  private Path before;

  @Option(names = "--export", paramLabel = "FILE.csv", description = CsvExport.HELP)
  private Path export;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "firms to show at most (default: ${DEFAULT-VALUE})")
  private int limit = 20;

  @Override
  public Integer call() {
    boolean limited = command.commandLine().getParseResult().hasMatchedOption("--limit");
    if (from == null && to == null && before == null && export == null && !limited) {
      options.full = fullness.full;
      return StageCommand.run(options, STAGE, stage);
    }
    if (from == null) {
      throw Failure.usage("a comparison needs --from DATE: the earlier of the two days");
    }
    try (Workspace workspace = Workspace.toRead(options)) {
      compare(workspace);
    }
    return 0;
  }

  private void compare(Workspace workspace) {
    Pipeline here = workspace.pipeline();
    Pipeline there = before == null ? here : workspace.pipelineOf(before);
    LocalDate earlier = CommonOptions.date("--from", from);
    LocalDate later = to == null ? newest(here) : CommonOptions.date("--to", to);
    Dataset<Row> changed =
        TierComparison.between(on(there, earlier, "--from"), on(here, later, "--to")).cache();
    System.err.printf(
        "%,d firms have another tier on %s than on %s%n", changed.count(), later, earlier);
    Dataset<Row> ordered = changed.orderBy("before", "after", "code");
    if (export != null) {
      long count = CsvExport.write(export, HEADER, out -> each(ordered, out));
      System.err.printf("%,d rows in %s%n", count, export);
      return;
    }
    Output.rows(TierComparison.moves(changed), limit, options.json);
    Tabular.print(
        HEADER,
        ordered.limit(limit).collectAsList().stream().map(TierCommand::cells).toList(),
        options.json);
  }

  private static LocalDate newest(Pipeline pipeline) {
    return pipeline
        .ledger()
        .last(STAGE)
        .map(Ledger.Entry::asOf)
        .orElseThrow(
            () -> Failure.usage("the table 'tiers' is empty as yet: './credit tier' writes it"));
  }

  /** Tiers that held on a day, between the first and the last for which firms were rated. */
  private static Dataset<Row> on(Pipeline pipeline, LocalDate day, String option) {
    LocalDate last = newest(pipeline);
    Dataset<Row> tiers = pipeline.tables().read("cli", "tiers");
    Dataset<Row> rows = tiers.where(Validity.on(day));
    if (day.isAfter(last) || rows.isEmpty()) {
      throw Failure.usage(
          "%s %s: there are tiers from %s to %s only; name a day of these, or './credit replay' the"
              + " day and name its folder with --before",
          option, day, tiers.agg(min("valid_from")).first().get(0), last);
    }
    return rows;
  }

  private static void each(Dataset<Row> rows, CsvExport.Lines out) throws java.io.IOException {
    for (Iterator<Row> all = rows.toLocalIterator(); all.hasNext(); ) {
      out.accept(cells(all.next()));
    }
  }

  private static List<String> cells(Row row) {
    TierChange change = TierComparison.change(row);
    Row was = row.getAs("was");
    return List.of(
        row.getAs("code"),
        Objects.toString(row.getAs("before"), ""),
        Objects.toString(row.getAs("after"), ""),
        was == null ? "" : String.valueOf(was.<Long>getAs("points")),
        change == null ? "" : String.valueOf(change.pointsAfter()),
        change == null ? "" : reasons(change.lost()),
        change == null ? "" : reasons(change.gained()));
  }

  private static String reasons(List<TierChange.Part> parts) {
    return parts.stream()
        .map(p -> p.rule() + " " + (p.bound() == null ? "%+d".formatted(p.points()) : p.bound()))
        .collect(Collectors.joining("; "));
  }
}
