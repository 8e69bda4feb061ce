package credit.benchmarks.ingest;

import credit.jobs.ingest.IngestJob;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Sessions;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * One side of the comparison in a process of its own: warms up on a small file, then takes the
 * large one. Its last line tells {@code seconds, peak resident MiB, rows}.
 */
final class Side {
  private Side() {}

  public static void main(String[] args) throws Exception {
    Path warmUp = Path.of(args[1]);
    Path file = Path.of(args[2]);
    Path work = Path.of(args[3]);
    Outcome outcome =
        switch (args[0]) {
          case "duckdb" -> duckdb(warmUp, file, work);
          case "ingest" -> ingest(warmUp, file, work);
          default -> throw new IllegalArgumentException(args[0]);
        };
    System.out.printf("%.2f %d %d%n", outcome.seconds(), peakMebibytes(), outcome.rows());
  }

  private record Outcome(double seconds, long rows) {}

  private static Outcome duckdb(Path warmUp, Path file, Path work)
      throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      copy(statement, warmUp, work.resolve("warm-up.parquet"));
      long start = System.nanoTime();
      long rows = copy(statement, file, work.resolve("copy.parquet"));
      return new Outcome(secondsSince(start), rows);
    }
  }

  private static long copy(Statement statement, Path from, Path to) throws SQLException {
    String reader =
        from.toString().endsWith(".parquet")
            ? "read_parquet('%s')"
            : "read_csv('%s', header = true)";
    return statement.executeLargeUpdate(
        ("COPY (SELECT * FROM " + reader + ") TO '%s' (FORMAT parquet)").formatted(from, to));
  }

  private static Outcome ingest(Path warmUp, Path file, Path work) throws IOException {
    try (SparkSession spark = Sessions.open(null)) {
      spark.sparkContext().setLogLevel("ERROR");
      ingestOne(spark, warmUp, work.resolve("warm-up"));
      long start = System.nanoTime();
      Map<String, Long> figures = ingestOne(spark, file, work.resolve("ingest"));
      double seconds = secondsSince(start);
      System.err.println("  " + figures);
      return new Outcome(seconds, figures.get("rows"));
    }
  }

  /** The stage as {@code ./credit ingest} runs it, with all checks, versions and its commit. */
  private static Map<String, Long> ingestOne(SparkSession spark, Path file, Path work)
      throws IOException {
    Path delivered = work.resolve("deliveries/inspections/2026-06-30").resolve(file.getFileName());
    Files.createDirectories(delivered.getParent());
    Files.createLink(delivered, file);
    Clock clock = Clock.systemUTC();
    Run.Settings settings =
        new Run.Settings(work.resolve("deliveries"), work.resolve("keys"), true, "en");
    Pipeline pipeline =
        new Pipeline(
            spark,
            Warehouse.at(work.resolve("warehouse")).writable(),
            Schemas.bundled(),
            settings,
            clock,
            Progress.silent());
    return pipeline.run("benchmark", List.of(new IngestJob()), null, null).get("ingest");
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** The most memory that this process ever held, as Linux counts it. */
  private static long peakMebibytes() throws IOException {
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      return status
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          / 1024;
    }
  }
}
