package credit.jobs.firm;

import static org.apache.spark.sql.functions.col;

import credit.jobs.warehouse.UseRules;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Firm files as they would be: each firm on a day of its own, with events that are supposed. */
public final class SupposedFiles {
  private SupposedFiles() {}

  /**
   * The files again, with counters and states as of each file's own day.
   *
   * @param files firm files, with {@code as_of}
   * @param events events of these firms, with the {@code as_of} of their file; a status counts
   *     whatever its date
   * @param use what a record may still be used for
   */
  public static Dataset<Row> of(Dataset<Row> files, Dataset<Row> events, UseRules use) {
    FirmFiles built = new FirmFiles(col("as_of"), use);
    return built.build(files.drop(built.derived()), events);
  }
}
