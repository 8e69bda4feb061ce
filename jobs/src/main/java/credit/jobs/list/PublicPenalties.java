package credit.jobs.list;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What the public may see of penalties, from events by rules. */
final class PublicPenalties {
  static final String SHOWN = "shown";
  private static final StructType RULES =
      StructType.fromDDL(
          "number INT, rule STRING, band STRING, months INT, basis STRING, pending BOOLEAN,"
              + " works BOOLEAN");

  private PublicPenalties() {}

  /**
   * One row for each penalty for which a rule of its date holds: the first one at work decides, and
   * where none is, the first in shadow says what it would do. An exempt penalty, or one without an
   * act, has no row.
   *
   * @param events events that are known
   * @param firms the firms' names, by id_scheme and code
   */
  static Dataset<Row> of(Dataset<Row> events, Dataset<Row> firms, PublicationRules rules) {
    Dataset<Row> decided =
        Entries.acts(events)
            .where(col("event_date").leq(lit(rules.asOf())))
            .withColumn("as_of", lit(rules.asOf()))
            .withColumn("number", coalesce(holding(rules, true), holding(rules, false)))
            .join(broadcast(ruleTable(events.sparkSession(), rules)), "number");
    return decided
        .join(firms.select("id_scheme", "code", "name"), Entries.names(), "left_outer")
        .withColumn("lifted_on", liftedOn(rules))
        .withColumn("until", until(rules))
        .select(columns(rules));
  }

  /** Number of the first rule that holds, of those at work or of those in shadow. */
  private static Column holding(PublicationRules rules, boolean working) {
    Column first = lit(null).cast("INT");
    for (int i = rules.rules().size() - 1; i >= 0; i--) {
      PublicationRules.Entry entry = rules.rules().get(i);
      first = entry.works() == working ? when(entry.holds(), lit(i)).otherwise(first) : first;
    }
    return first;
  }

  private static Dataset<Row> ruleTable(SparkSession spark, PublicationRules rules) {
    List<Row> rows = new ArrayList<>();
    for (PublicationRules.Entry entry : rules.rules()) {
      rows.add(
          RowFactory.create(
              rows.size(),
              entry.rule().id(),
              entry.rule().effect("band"),
              entry.months(),
              entry.rule().basis(),
              !entry.rule().confirmed(),
              entry.works()));
    }
    return spark.createDataFrame(rows, RULES);
  }

  private static Column liftedOn(PublicationRules rules) {
    Column lifted = col("status").isin(rules.use().barredFor("public").toArray());
    return when(lifted, coalesce(col("status_date"), col("status_known_at"), col("known_at")));
  }

  /** The earliest of the band's end, the source's own and the day on which the use ended. */
  private static Column until(PublicationRules rules) {
    Column ofSource =
        rules.sourceUntil() == null
            ? lit(null)
            : element_at(col("details"), rules.sourceUntil()).try_cast("DATE");
    return least(
        add_months(col("event_date"), col("months")), ofSource.cast("DATE"), col("lifted_on"));
  }

  private static Column[] columns(PublicationRules rules) {
    return new Column[] {
      col("event_id"),
      col("as_of"),
      col("id_scheme"),
      col("code"),
      coalesce(col("name"), col("code")).as("name"),
      col("act_no"),
      col("authority"),
      col("event_date").as("act_date"),
      sort_array(array_distinct(col("categories"))).as("categories"),
      col("amount"),
      col("band"),
      col("basis"),
      col("event_date").as("shown_from"),
      col("until").as("shown_until"),
      sort_array(array_distinct(expr("sources.record_id"))).as("source_records"),
      col("rule"),
      col("pending"),
      state(rules).as("state")
    };
  }

  private static Column state(PublicationRules rules) {
    Column over = col("until").leq(lit(rules.asOf()));
    return when(not(col("works")), lit("shadow"))
        .when(col("months").equalTo(0), lit("withheld"))
        .when(over.and(col("lifted_on").equalTo(col("until"))), col("status"))
        .when(over, lit("ended"))
        .otherwise(lit(SHOWN));
  }
}
