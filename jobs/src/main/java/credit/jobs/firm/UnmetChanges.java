package credit.jobs.firm;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Changes of status that meet no act of their firm. A repair that was approved for an act that we
 * know by another name would else be lost, and nobody would know.
 */
final class UnmetChanges {
  private UnmetChanges() {}

  /**
   * Changes that are not over and that no act answers, with the acts that share but their number.
   * An announcement is no act.
   *
   * @param events all events of the changes' firms
   * @param changes see {@link Acts#statusChanges}, with their firms
   */
  static Dataset<Row> of(Dataset<Row> events, Dataset<Row> changes, LocalDate asOf) {
    Dataset<Row> holding = Events.holding(changes, asOf);
    Dataset<Row> beside =
        Events.named(events.where(not(col("announcement"))), holding)
            .groupBy("record_id")
            .agg(
                max(Events.namesItsAuthority().and(Events.namesItsType())).as("met"),
                max(Events.namesItsAuthority()).as("met_authority"),
                sort_array(collect_set(struct("event_type", "authority"))).as("acts"));
    return holding
        .join(beside, new String[] {"record_id"}, "left")
        .where(not(coalesce(col("met"), lit(false))))
        .select(
            col("record_id"),
            col("id_scheme"),
            col("code"),
            col("named_no").as("act_no"),
            col("named_authority").as("authority"),
            col("change_type").as("event_type"),
            col("new_status").as("status"),
            col("changed_on"),
            col("changed_until"),
            col("change_known_at").as("known_at"),
            when(col("acts").isNull(), "number")
                .when(not(col("met_authority")), "authority")
                .otherwise("kind")
                .as("reason"),
            coalesce(col("acts"), array().cast(beside.schema().apply("acts").dataType()))
                .as("acts"));
  }
}
