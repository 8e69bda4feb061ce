package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import credit.jobs.warehouse.UseRules;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which events of a firm its public file may tell. */
final class PublicEvents {
  private PublicEvents() {}

  /**
   * Ids of events whose kind and status allow it. A penalty is told as long as the public face
   * shows it.
   *
   * @param kinds kinds beside penalties, as the rules of publication name them
   * @param events the firm's events
   * @param penalties rows of {@code public_penalties} of the same day
   */
  static Set<String> ids(
      List<String> kinds, Dataset<Row> events, Dataset<Row> penalties, UseRules use) {
    Dataset<Row> allowed =
        events
            .where(use.allows("public", col("status"), col("status_date")))
            .select("event_id", "event_type");
    Column penalty = col("event_type").equalTo("penalty");
    Dataset<Row> others = allowed.where(not(penalty).and(col("event_type").isin(kinds.toArray())));
    Dataset<Row> shown =
        allowed
            .where(penalty)
            .join(
                penalties.where(col("state").equalTo("shown")).select("event_id"),
                new String[] {"event_id"},
                "left_semi");
    return others.select("event_id").union(shown.select("event_id")).collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }
}
