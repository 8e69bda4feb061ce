package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quarantine}: rows that a contract refused, for the department to put right. */
@Command(
    name = "quarantine",
    mixinStandardHelpOptions = true,
    description = {
      "Rows that a source's contract refused, with file, row, column and reason.",
      "A corrected row comes back with the department's next delivery."
    },
    footer = {
      "",
      "Example: ./credit quarantine --source penalties --export penalties-to-correct.csv"
    })
final class QuarantineCommand implements Callable<Integer> {
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

  @Override
  public Integer call() {
    try (Workspace workspace = Workspace.toRead(options)) {
      queue.show(
          rows(workspace.table("quarantine"), workspace.table("deliveries")),
          options.json,
          "source",
          "reason",
          "column");
    }
    return 0;
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
    Dataset<Row> files = deliveries.groupBy("delivery_id").agg(min("path").as("file"));
    return rows.join(files, "delivery_id")
        .select(
            "source", "file", "row_number", "reason", "column", "value", "detail", "delivery_id")
        .orderBy("source", "file", "row_number", "reason", "column");
  }
}
