package credit.benchmarks.counters;

import credit.jobs.warehouse.Sessions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The counters and amounts of firm files by window, computed by Spark as the pipeline sets it up
 * and by DuckDB, in one process: the same SQL over the same Parquet, in turns, so that both are
 * warm and meet the same noise. Both must come to the same figures. The median over the rounds is
 * told.
 *
 * <p>Arguments: folder for the Parquet files, the SQL's file, rounds, then sizes as {@code
 * FIRMS:EVENTS}.
 */
public final class CountersBesideDuckDb {
  private static final int WARM_UP_ROUNDS = 3;

  private final SparkSession spark;
  private final Statement duckdb;
  private final Path folder;
  private final String counters;

  private CountersBesideDuckDb(SparkSession spark, Statement duckdb, Path folder, String counters) {
    this.spark = spark;
    this.duckdb = duckdb;
    this.folder = folder;
    this.counters = counters;
  }

  public static void main(String[] args) throws IOException, SQLException {
    SparkSession spark = Sessions.open(null);
    spark.sparkContext().setLogLevel("ERROR");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement duckdb = connection.createStatement()) {
      CountersBesideDuckDb sides =
          new CountersBesideDuckDb(
              spark, duckdb, Path.of(args[0]).toAbsolutePath(), Files.readString(Path.of(args[1])));
      System.out.println(
          "| firms | events | Spark s (of processor) | DuckDB s (of processor) | Spark / DuckDB |");
      System.out.println("|---|---|---|---|---|");
      for (String size : List.of(args).subList(3, args.length)) {
        String[] parts = size.split(":", 2);
        sides.compare(
            Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(args[2]));
      }
    } finally {
      spark.stop();
    }
  }

  private void compare(long firms, long events, int rounds) throws IOException, SQLException {
    Path file = events(firms, events);
    spark.read().parquet(file.toString()).createOrReplaceTempView("events");
    duckdb.execute(
        "CREATE OR REPLACE VIEW events AS SELECT * FROM read_parquet('%s/*.parquet')"
            .formatted(file));
    String sql = total();
    List<Cost> ours = new ArrayList<>();
    List<Cost> theirs = new ArrayList<>();
    for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
      Cost start = Cost.upToNow();
      List<BigDecimal> bySpark = bySpark(sql);
      Cost between = Cost.upToNow();
      List<BigDecimal> byDuckDb = byDuckDb(sql);
      Cost end = Cost.upToNow();
      if (!bySpark.equals(byDuckDb)) {
        throw new IllegalStateException("they differ: " + bySpark + " and " + byDuckDb);
      }
      if (round >= WARM_UP_ROUNDS) {
        ours.add(between.less(start));
        theirs.add(end.less(between));
      }
    }
    Cost spark = Cost.median(ours);
    Cost duckDb = Cost.median(theirs);
    System.out.printf(
        "| %,d | %,d | %.2f (%.2f) | %.2f (%.2f) | **%.2f** (%.2f) |%n",
        firms,
        events,
        spark.elapsed(),
        spark.processor(),
        duckDb.elapsed(),
        duckDb.processor(),
        spark.elapsed() / duckDb.elapsed(),
        spark.processor() / duckDb.processor());
  }

  /** Seconds by the clock and of all processors: the second stand on a busy machine too. */
  private record Cost(double elapsed, double processor) {
    static Cost upToNow() {
      var system =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Cost(System.nanoTime() / 1e9, system.getProcessCpuTime() / 1e9);
    }

    Cost less(Cost before) {
      return new Cost(elapsed - before.elapsed, processor - before.processor);
    }

    static Cost median(List<Cost> costs) {
      return new Cost(
          median(costs.stream().mapToDouble(Cost::elapsed)),
          median(costs.stream().mapToDouble(Cost::processor)));
    }

    private static double median(DoubleStream seconds) {
      double[] sorted = seconds.sorted().toArray();
      return sorted[sorted.length / 2];
    }
  }

  /** Sums over all firms: every counter of every firm must be computed, and little is returned. */
  private String total() {
    String[] names = spark.sql(counters).columns();
    return Arrays.stream(names)
        .skip(2)
        .map(name -> "sum(" + name + ")")
        .collect(
            Collectors.joining(", ", "SELECT count(*), ", " FROM (" + counters + ") AS files"));
  }

  private List<BigDecimal> bySpark(String sql) {
    Row row = spark.sql(sql).first();
    return IntStream.range(0, row.size()).mapToObj(i -> number(row.get(i))).toList();
  }

  private List<BigDecimal> byDuckDb(String sql) throws SQLException {
    try (ResultSet rows = duckdb.executeQuery(sql)) {
      rows.next();
      List<BigDecimal> numbers = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        numbers.add(number(rows.getObject(i)));
      }
      return numbers;
    }
  }

  private static BigDecimal number(Object value) {
    return new BigDecimal(value.toString()).stripTrailingZeros();
  }

  /** Invented events of ten years with the columns that count, scattered over firms and days. */
  private Path events(long firms, long events) {
    Path file = folder.resolve("events-%d-%d".formatted(firms, events));
    if (!Files.exists(file.resolve("_SUCCESS"))) {
      System.err.println("making " + file);
      spark
          .range(events)
          .selectExpr(
              "'uscc' AS id_scheme",
              "concat('91440400', upper(lpad(conv(id * 104729 % "
                  + firms
                  + ", 10, 36), 9, '0')),"
                  + " 'X') AS code",
              "element_at(array('inspection', 'inspection', 'inspection', 'complaint', 'complaint',"
                  + " 'annual_report', 'annual_report', 'licence', 'penalty', 'duty'),"
                  + " CAST(hash(id) & 7 AS INT) + CAST(id % 3 AS INT) + 1) AS event_type",
              "date_sub(DATE'2026-07-09', CAST(id * 7919 % 3650 AS INT)) AS event_date",
              "element_at(array('none', 'minor', 'general', 'heavy'), CAST(id % 4 AS INT) + 1) AS"
                  + " severity",
              "id % 13 = 0 AS exempt",
              "element_at(array('breach', 'none', 'verified', 'unverified', 'open'), CAST(id % 5 AS"
                  + " INT) + 1) AS outcome",
              "CASE WHEN id % 17 = 0 THEN 'repaired' ELSE 'active' END AS status",
              "CASE WHEN id % 17 = 0 THEN date_sub(DATE'2026-07-30', CAST(id % 900 AS INT)) END AS"
                  + " status_date",
              "CASE WHEN id % 3 = 0 THEN CAST(id % 200000 AS DECIMAL(18,2)) END AS amount")
          .write()
          .mode("overwrite")
          .parquet(file.toString());
    }
    return file;
  }
}
