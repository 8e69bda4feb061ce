package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring;

import credit.jobs.risk.ModelEvaluation;
import credit.jobs.warehouse.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how good linking and the model are. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Measures the accuracy of linking and of the model.",
    footer = {"", "Example: ./credit evaluate link --truth truth/records.csv"})
final class EvaluateCommand implements Runnable {
  private static final List<String> TRUTH = List.of("source", "file", "row", "code");

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "model",
      mixinStandardHelpOptions = true,
      description =
          "A model as it would have been learnt by --as-of, on what came after: AUC, lift.")
  int model(
      @Mixin CommonOptions options,
      @Option(
              names = "--until",
              paramLabel = "DATE",
              description = "last day of the window that begins after --as-of (default: the run's)")
          String until) {
    try (Workspace workspace = Workspace.toRead(options)) {
      ModelEvaluation evaluation =
          ModelEvaluation.of(
              workspace.pipeline().reading(null, options.knownAtDate()),
              options.asOfDate(),
              CommonOptions.date("--until", until));
      evaluation.lines().forEach(Output::line);
      return 0;
    }
  }

  @Command(
      name = "link",
      mixinStandardHelpOptions = true,
      description = "Precision and recall by source and tier, against a truth file.")
  int link(
      @Mixin CommonOptions options,
      @Option(
              names = "--truth",
              required = true,
              paramLabel = "FILE",
              description =
                  "CSV with the columns source, file, row, code (empty: no firm of the register)")
          Path truth) {
    refuseOther(truth);
    try (Workspace workspace = Workspace.toRead(options)) {
      Dataset<Row> expected = truth(workspace.spark(), workspace.table("deliveries"), truth);
      Dataset<Row> decided = decided(workspace.table("links"), workspace.table("link_review"));
      Output.rows(
          LinkAccuracy.of(expected.join(decided, "record_id")),
          Integer.MAX_VALUE - 1,
          options.json);
      return 0;
    }
  }

  /**
   * The records that linking decided on: the newest version of each. Rows of the truth that were
   * superseded, refused or delivered twice are nobody's to link.
   */
  static Dataset<Row> decided(Dataset<Row> links, Dataset<Row> review) {
    Column none = lit(null).cast("STRING");
    return links
        .select(col("record_id"), col("tier"), col("code"))
        .union(review.select(col("record_id"), none, none));
  }

  /** Rows of files become record ids through the ledger: source, delivery, row. */
  static Dataset<Row> truth(SparkSession spark, Dataset<Row> ledger, Path file) {
    Dataset<Row> deliveries =
        ledger
            .where(col("status").equalTo("accepted"))
            .select(col("path"), substring(col("delivery_id"), 1, 12).as("short_id"));
    return spark
        .read()
        .option("header", true)
        .csv(file.toUri().toString())
        .withColumn("path", concat_ws("/", col("source"), col("file")))
        .join(deliveries, "path")
        .select(
            col("source"),
            concat_ws("/", col("source"), col("short_id"), col("row")).as("record_id"),
            col("code").as("true_code"));
  }

  private static void refuseOther(Path file) {
    if (!Files.isRegularFile(file)) {
      throw Failure.usage("--truth %s is no file; name a CSV file such as truth/records.csv", file);
    }
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String header = lines.readLine();
      if (header == null || !List.of(header.split(",", -1)).containsAll(TRUTH)) {
        throw Failure.usage(
            "--truth %s does not begin with the columns %s; name the file of all records' firms,"
                + " such as truth/records.csv",
            file, TRUTH);
      }
    } catch (IOException e) {
      throw Failure.usage("--truth %s cannot be read as UTF-8 text (%s)", file, e.getMessage());
    }
  }
}
