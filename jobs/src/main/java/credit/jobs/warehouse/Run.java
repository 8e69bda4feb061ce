package credit.jobs.warehouse;

import credit.schemas.Schemas;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a stage gets.
 *
 * @param runId the run's name; stages that are submitted apart share it
 * @param spark session
 * @param warehouse where everything lies
 * @param tables the tables, at the versions of the last commit
 * @param ledger runs up to now
 * @param schemas contracts, codes and rules in force
 * @param settings what the user asked for
 * @param asOf the day results are for; null during ingest where the user named none
 * @param knownAt knowledge date: nothing that became known later is used; null as above
 * @param clock the only wall clock
 * @param progress where progress is told
 */
public record Run(
    String runId,
    SparkSession spark,
    Warehouse warehouse,
    Tables tables,
    Ledger ledger,
    Schemas schemas,
    Settings settings,
    LocalDate asOf,
    LocalDate knownAt,
    Clock clock,
    Progress progress) {

  /**
   * What the user asked for.
   *
   * @param deliveries folder with the departments' files
   * @param keys folder with the signing keys
   * @param allowPending whether pending rules are put to work
   * @param language {@code zh} or {@code en}, for reports
   * @param full whether stages compute everything anew, whatever they could take over
   * @param rewind whether stages may go back to an earlier day than their last one
   */
  public record Settings(
      Path deliveries,
      Path keys,
      boolean allowPending,
      String language,
      boolean full,
      boolean rewind) {
    /** Settings of a run that computes only what changed, where it may. */
    public Settings(Path deliveries, Path keys, boolean allowPending, String language) {
      this(deliveries, keys, allowPending, language, false);
    }

    /** Settings of a run for whatever day. */
    public Settings(
        Path deliveries, Path keys, boolean allowPending, String language, boolean full) {
      this(deliveries, keys, allowPending, language, full, true);
    }
  }

  /** A table as a stage may read it. */
  public Dataset<Row> read(Stage stage, String table) {
    return tables.read(stage.name(), table);
  }

  /** Writes a stage's table. */
  public void write(Stage stage, String table, Dataset<Row> rows) {
    tables.write(stage.name(), table, rows, asOf);
  }

  /** Puts rows in place of those with the same keys, in several of a stage's tables. */
  public void replaceAll(Stage stage, Dataset<Row> keys, Map<String, Dataset<Row>> rows) {
    tables.replaceAll(stage.name(), keys, rows);
  }

  /** Writes several of a stage's tables side by side. */
  public void writeAll(Stage stage, Map<String, Dataset<Row>> rows) {
    tables.writeAll(stage.name(), rows, asOf);
  }
}
