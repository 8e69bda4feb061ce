package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Option;

/** How rows that wait for somebody are shown: summarised, listed or exported. */
final class WorkQueue {
  @Option(names = "--summary", description = "count the rows by kind (default)")
  private boolean summary;

  @Option(names = "--list", description = "list the rows")
  private boolean list;

  @Option(names = "--export", paramLabel = "FILE.csv", description = CsvExport.HELP)
  private Path export;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "rows to show at most (default: ${DEFAULT-VALUE})")
  private int limit = 100;

  /**
   * Shows the rows as was asked.
   *
   * @param rows what waits, in order
   * @param kinds columns by which a summary counts
   */
  void show(Dataset<Row> rows, boolean json, String... kinds) {
    show(rows, rows, json, kinds);
  }

  /** The same, where a summary counts more rows than wait. */
  void show(Dataset<Row> rows, Dataset<Row> all, boolean json, String... kinds) {
    if (limit < 1) {
      throw Failure.usage("--limit %d shows nothing; write a number from 1", limit);
    }
    if (export != null) {
      long count = CsvExport.write(rows, export);
      System.err.printf("%,d rows in %s%n", count, export);
    }
    if (list) {
      Output.rows(rows, limit, json);
    }
    if (summary || (!list && export == null)) {
      Output.rows(counted(all, kinds), limit, json);
    }
  }

  /** Numbers of rows by kind, most first. */
  static Dataset<Row> counted(Dataset<Row> rows, String... kinds) {
    Column[] by = Arrays.stream(kinds).map(functions::col).toArray(Column[]::new);
    Column[] order = new Column[kinds.length + 1];
    order[0] = functions.col("rows").desc();
    System.arraycopy(by, 0, order, 1, by.length);
    return rows.groupBy(by).agg(functions.count(functions.lit(1)).as("rows")).orderBy(order);
  }
}
