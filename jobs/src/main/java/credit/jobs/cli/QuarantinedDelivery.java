package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.sort_array;

import credit.jobs.ingest.DeliveredRows;
import credit.jobs.warehouse.Failure;
import credit.schemas.SourceContract;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * A delivery of which rows wait for a correction.
 *
 * @param id its hash
 * @param source its contract
 * @param file where it was delivered
 * @param declaredOn the date in its folder's name
 * @param refused whether it stayed out whole
 * @param open problems of the rows that wait, by row number
 */
record QuarantinedDelivery(
    String id,
    SourceContract source,
    Path file,
    LocalDate declaredOn,
    boolean refused,
    Map<Long, String> open) {

  /** The one delivery whose id begins so. */
  static QuarantinedDelivery of(Workspace workspace, String begin) {
    List<Row> found =
        workspace
            .table("deliveries")
            .where(col("delivery_id").startsWith(begin).and(col("status").notEqual("resent")))
            .orderBy(col("ingested_at").desc())
            .limit(100)
            .collectAsList();
    List<String> ids = found.stream().map(r -> r.<String>getAs("delivery_id")).distinct().toList();
    if (ids.size() != 1) {
      throw Failure.usage(
          "%s deliveries have an id that begins with '%s'; './credit quarantine --list' shows ids",
          ids.isEmpty() ? "no" : "several", begin);
    }
    Row row = found.get(0);
    SourceContract source = workspace.schemas().sources().get(row.<String>getAs("source"));
    if (source == null) {
      throw Failure.usage(
          "there is no contract for the source '%s' any more; name the --schemas that have it",
          row.<String>getAs("source"));
    }
    return new QuarantinedDelivery(
        ids.get(0),
        source,
        workspace.options().settings().deliveries().resolve(row.<String>getAs("path")),
        row.getAs("declared_on"),
        row.getAs("status").equals("refused"),
        open(workspace, ids.get(0)));
  }

  private static Map<Long, String> open(Workspace workspace, String id) {
    Map<Long, String> open = new TreeMap<>();
    if (!workspace.tables().exists("quarantine")) {
      return open;
    }
    Quarantined.states(
            workspace.table("quarantine").where(col("delivery_id").equalTo(id)),
            workspace.table("deliveries"))
        .where(col("state").equalTo(Quarantined.OPEN))
        .groupBy("row_number")
        .agg(
            concat_ws("; ", sort_array(collect_set(concat_ws(" ", col("column"), col("reason")))))
                .as("problems"))
        .collectAsList()
        .forEach(r -> open.put(r.<Long>getAs("row_number"), r.getAs("problems")));
    return open;
  }

  /** As messages name it. */
  String shortId() {
    return id.substring(0, 12);
  }

  /** Reads its rows from the file as it was delivered. */
  void read(DeliveredRows.Sink sink) {
    DeliveredRows.read(source, file, id, sink);
  }
}
