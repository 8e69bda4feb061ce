package credit.jobs.publish;

import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The ledger in its table, whose appends count at once. */
final class TableLedger implements PublicationLedger {
  private static final String TABLE = "publications";

  private final Run run;
  private final Stage stage;
  private final List<Publication> rows;

  TableLedger(Run run, Stage stage) {
    this.run = run;
    this.stage = stage;
    this.rows = new ArrayList<>(read(run, stage));
  }

  @Override
  public List<Publication> rows() {
    return List.copyOf(rows);
  }

  @Override
  public void append(Publication p) {
    Row row =
        RowFactory.create(
            p.version(),
            p.sequence(),
            p.state().label(),
            p.asOf(),
            p.knownAt(),
            p.contentSha256(),
            p.manifestSha256(),
            p.reason(),
            p.runId(),
            p.recordedAt());
    run.write(
        stage,
        TABLE,
        run.spark()
            .createDataFrame(List.of(row), Tables.schemaOf(run.tables().contract(TABLE)))
            .coalesce(1));
    rows.add(p);
  }

  private static List<Publication> read(Run run, Stage stage) {
    return run.read(stage, TABLE).collectAsList().stream()
        .map(
            row ->
                new Publication(
                    row.<Long>getAs("version"),
                    row.<Long>getAs("sequence"),
                    Publication.State.of(row.getAs("state")),
                    row.getAs("as_of"),
                    row.getAs("known_at"),
                    row.getAs("content_sha256"),
                    row.getAs("manifest_sha256"),
                    row.getAs("reason"),
                    row.getAs("run_id"),
                    row.getAs("recorded_at")))
        .sorted(Comparator.comparingLong(Publication::sequence))
        .toList();
  }
}
