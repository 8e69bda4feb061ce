package credit.jobs.list;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.exists;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.UseRules;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Entries of a list, from events by rules. */
final class Entries {
  static final String LISTED = "listed";
  static final String UPCOMING = "upcoming";

  /** Step by which an authority takes an entry off before its term (contracts of the sources). */
  private static final String REMOVED = "removed";

  private static final int ID_LENGTH = 32;
  private static final StructType RULES =
      StructType.fromDDL(
          "number INT, rule STRING, version DATE, scope STRING, cause STRING, basis STRING,"
              + " pending BOOLEAN, works BOOLEAN");

  private Entries() {}

  /**
   * One entry for each event and rule that holds for it, so that several causes stay apart. It is
   * half-open {@code [effective_from, effective_until)} and ends on the day on which its record was
   * repaired, withdrawn or annulled. One whose act is suspended until a day that is known holds
   * from that day on. An event without an act makes no entry.
   *
   * @param events events that are known
   * @param firms the firms' names, by id_scheme and code
   */
  static Dataset<Row> of(Dataset<Row> events, Dataset<Row> firms, ListRules rules) {
    Dataset<Row> known =
        acts(events)
            .where(col("event_date").leq(lit(rules.asOf())))
            .withColumn("as_of", lit(rules.asOf()));
    Dataset<Row> hits =
        known
            .withColumn("hit", explode(array_compact(array(hits(rules)))))
            .withColumn("number", col("hit.number"))
            .join(broadcast(ruleTable(events.sparkSession(), rules)), "number");
    Dataset<Row> named =
        hits.join(firms.select("id_scheme", "code", "name"), names(), "left_outer");
    return interval(named, rules).select(columns(rules));
  }

  /**
   * Events that are acts, name their number and the authority behind them, and that no exemption
   * takes out. What an authority announces is no act yet.
   */
  static Dataset<Row> acts(Dataset<Row> events) {
    return events
        .where(not(col("exempt")))
        .where(not(col("status").equalTo(UseRules.ANNOUNCED)))
        .where(col("act_no").isNotNull().and(col("authority").isNotNull()));
  }

  static scala.collection.immutable.Seq<String> names() {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of("id_scheme", "code")).toList();
  }

  private static Column[] hits(ListRules rules) {
    List<Column> hits = new ArrayList<>();
    for (ListRules.Entry entry : rules.rules()) {
      Column hit =
          struct(
              lit(hits.size()).as("number"),
              entry.from().as("from"),
              entry.until().as("until"),
              entry.item().as("item"));
      hits.add(when(entry.condition(), hit));
    }
    return hits.toArray(Column[]::new);
  }

  private static Dataset<Row> ruleTable(SparkSession spark, ListRules rules) {
    List<Row> rows = new ArrayList<>();
    for (ListRules.Entry entry : rules.rules()) {
      rows.add(
          RowFactory.create(
              rows.size(),
              entry.rule().id(),
              entry.rule().effectiveFrom(),
              rules.scope() == null ? null : entry.rule().effect(rules.scope()),
              entry.rule().effect("cause"),
              entry.rule().basis(),
              !entry.rule().confirmed(),
              entry.works()));
    }
    return spark.createDataFrame(rows, RULES);
  }

  private static Dataset<Row> interval(Dataset<Row> hits, ListRules rules) {
    Column lifted = col("status").isin(rules.use().barredFor("list").toArray());
    return hits.withColumn(
            "lifted_on",
            when(lifted, coalesce(col("status_date"), col("status_known_at"), col("known_at"))))
        .withColumn("resumes", resumes(rules))
        .withColumn(
            "from",
            when(col("resumes"), greatest(col("hit.from"), col("status_until")))
                .otherwise(col("hit.from")))
        .withColumn(
            "until",
            when(col("resumes"), col("hit.until"))
                .otherwise(least(col("hit.until"), col("lifted_on"))))
        // What held on no day is no entry.
        .where(col("until").isNull().or(col("until").gt(col("from"))));
  }

  /** Whether what lifts the entry now is over on a day within its term. */
  private static Column resumes(ListRules rules) {
    Column again = col("status_until");
    return coalesce(
        col("lifted_on")
            .leq(lit(rules.asOf()))
            .and(again.gt(lit(rules.asOf())))
            .and(col("hit.until").isNull().or(col("hit.until").gt(again))),
        lit(false));
  }

  private static Column[] columns(ListRules rules) {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                entryId(rules).as("entry_id"),
                col("as_of"),
                col("id_scheme"),
                col("code"),
                coalesce(col("name"), col("code")).as("name"),
                col("from").as("effective_from"),
                col("until").as("effective_until"),
                col("cause"),
                col("basis"),
                col("act_no"),
                col("authority").as("act_authority"),
                col("event_date").as("act_date"),
                sort_array(array_distinct(expr("sources.record_id"))).as("source_records"),
                col("rule"),
                col("pending"),
                state(rules).as("state"),
                nextOn(rules).as("next_on"),
                nextState(rules).as("next_state"),
                col("steps")));
    if (rules.scope() != null) {
      columns.add(col("scope").as(rules.scope()));
      columns.add(col("hit.item").as("item"));
    }
    return columns.toArray(Column[]::new);
  }

  /** Stable: the same act under the same rule is the same entry in every run. */
  private static Column entryId(ListRules rules) {
    Column identity =
        concat_ws(
            "|",
            lit(rules.list()),
            col("rule"),
            col("version"),
            col("event_id"),
            coalesce(col("scope"), lit("")),
            coalesce(col("hit.item"), lit("")));
    return substring(sha2(identity.cast("binary"), 256), 1, ID_LENGTH);
  }

  private static Column state(ListRules rules) {
    Column asOf = lit(rules.asOf());
    return when(not(col("works")), lit("shadow"))
        .when(col("resumes"), col("status"))
        .when(col("until").leq(asOf), end())
        .when(col("from").gt(asOf), lit(UPCOMING))
        .otherwise(lit(LISTED));
  }

  /** Why it ends: what became of its act, a decision to take it off, or its term. */
  private static Column end() {
    Column removed =
        exists(
            col("steps"),
            s ->
                s.getField("step")
                    .equalTo(lit(REMOVED))
                    .and(s.getField("day").equalTo(col("until"))));
    return when(col("lifted_on").equalTo(col("until")), col("status"))
        .when(removed, lit(REMOVED))
        .otherwise(lit("ended"));
  }

  /** The next day on which the state changes, by what is known; null: until an event. */
  private static Column nextOn(ListRules rules) {
    Column asOf = lit(rules.asOf());
    return when(col("works").and(col("from").gt(asOf)), col("from"))
        .when(col("works").and(col("until").gt(asOf)), col("until"));
  }

  private static Column nextState(ListRules rules) {
    Column asOf = lit(rules.asOf());
    return when(col("works").and(col("from").gt(asOf)), lit(LISTED))
        .when(col("works").and(col("until").gt(asOf)), end());
  }
}
