package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;

import credit.jobs.warehouse.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code quarantine}: rows that a contract refused, for the department to put right, and the way
 * back for what it put right.
 */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = {
      "Rows that a source's contract refused, with file, row, column and reason.",
      "--sheet writes one delivery's rows under the department's own headers, to be corrected;"
          + " --correct takes that sheet back, or the whole corrected file, as a delivery that closes"
          + " the rows once './credit run' has taken it in. Neither shows a personal column."
    },
    footer = {
      "",
      "Example: ./credit quarantine --delivery 7f3a --sheet to-correct.csv",
      "         ./credit quarantine --delivery 7f3a --correct to-correct.csv && ./credit run"
    })
final class QuarantineCommand implements Callable<Integer> {
  private static final String ALL = "all";
  private static final List<String> STATES = List.of(Quarantined.OPEN, Quarantined.CLOSED, ALL);

  @Mixin private CommonOptions options;
  @Mixin private WorkQueue queue;

  @Option(names = "--source", paramLabel = "S", description = "rows of this source only")
  private String source;

  @Option(
      names = "--delivery",
      paramLabel = "ID",
      description = "rows of the delivery whose id begins so")
  private String delivery;

  @Option(
      names = "--reason",
      paramLabel = "R",
      description = "rows refused for this reason, such as code_check_digit")
  private String reason;

  @Option(
      names = "--state",
      paramLabel = "open|closed|all",
      description =
          "rows that wait, that a later delivery corrected, or both (default: open; a summary counts"
              + " both)")
  private String state;

  @Option(
      names = "--sheet",
      paramLabel = "FILE.csv",
      description = "write the rows of --delivery that wait, as they were delivered, to a new file")
  private Path sheet;

  @Option(
      names = "--correct",
      paramLabel = "FILE",
      description =
          "take back a corrected sheet, or the whole corrected file, of --delivery: as a delivery"
              + " of its own with a control file")
  private Path correct;

  @Override
  public Integer call() {
    if (state != null && !STATES.contains(state)) {
      throw Failure.usage("--state '%s' is not known; use one of %s", state, STATES);
    }
    if ((sheet != null || correct != null) && delivery == null) {
      throw Failure.usage("--sheet and --correct need the --delivery ID whose rows are meant");
    }
    try (Workspace workspace = Workspace.toRead(options)) {
      if (correct != null) {
        takeBack(workspace);
      } else if (sheet != null) {
        writeSheet(workspace);
      } else {
        show(workspace);
      }
    }
    return 0;
  }

  private void takeBack(Workspace workspace) {
    Path delivered =
        new Correction(QuarantinedDelivery.of(workspace, delivery), correct)
            .deliver(options.settings().deliveries());
    Output.line(delivered.toString());
    System.err.println("'./credit run' takes the correction in");
  }

  private void writeSheet(Workspace workspace) {
    QuarantinedDelivery of = QuarantinedDelivery.of(workspace, delivery);
    if (of.open().isEmpty()) {
      throw Failure.usage(
          "no row of delivery %s waits for a correction; a file that could not be read at all comes"
              + " back whole, with --correct",
          of.shortId());
    }
    System.err.printf("%,d rows in %s%n", CorrectionSheet.write(of, sheet), sheet);
  }

  private void show(Workspace workspace) {
    Dataset<Row> all = rows(workspace.table("quarantine"), workspace.table("deliveries"));
    String wanted = state == null ? Quarantined.OPEN : state;
    Dataset<Row> some = wanted.equals(ALL) ? all : all.where(col("state").equalTo(wanted));
    queue.show(
        some, state == null ? all : some, options.json, "state", "source", "reason", "column");
  }

  private Dataset<Row> rows(Dataset<Row> quarantine, Dataset<Row> deliveries) {
    Dataset<Row> rows = quarantine;
    if (source != null) {
      rows = rows.where(col("source").equalTo(source));
    }
    if (delivery != null) {
      rows = rows.where(col("delivery_id").startsWith(delivery));
    }
    if (reason != null) {
      rows = rows.where(col("reason").equalTo(reason));
    }
    return Quarantined.states(rows, deliveries)
        .select(
            "source",
            "file",
            "row_number",
            "reason",
            "column",
            "value",
            "detail",
            "delivery_id",
            "state",
            "closed_by",
            "closed_at")
        .orderBy("source", "file", "row_number", "reason", "column");
  }
}
