package credit.jobs.firm;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.left;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_concat;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.UseRules;
import credit.schemas.Rule;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Copies of acts to events: one act once, with its status, severity and marks. */
final class Events {
  private static final String[] ACT = {"id_scheme", "code", "event_type", "act_key"};
  private static final String[] FACTS = {"event_date", "act_no", "authority"};

  /** Facts that a layout may leave out. */
  private static final String[] STATED = {
    "effective_from", "effective_until", "amount", "outcome", "domain", "item"
  };

  private Events() {}

  /**
   * One event for each act, all copies kept as its sources. Copies that stand speak before those
   * that were withdrawn, and then the one known first; a fact that it leaves out is that of the
   * first copy that states it. Its categories are those of all copies that stand. Its display to
   * the public ends on the first day that any copy names. An act has ended where all its copies
   * have; copies that state different things are marked. Beside its own number an act goes by the
   * other one on which its copies agree: what changes one of several promises changes not all that
   * one document found.
   *
   * @param displayUntil the detail in which a copy says when its display ends; null: none does
   */
  static Dataset<Row> merge(Dataset<Row> copies, String displayUntil) {
    Dataset<Row> merged =
        copies
            .where(col("event_date").isNotNull())
            .withColumn("order", struct(col("ended"), col("first_known_at"), col("copy.record_id")))
            .groupBy(ACT[0], ACT[1], ACT[2], ACT[3])
            .agg(
                min(dateIn(displayUntil)).as("display_until"),
                Stream.of(facts(), united(), contradiction())
                    .flatMap(c -> c)
                    .toArray(Column[]::new));
    return merged
        .withColumn("categories", categories())
        .withColumn("details", details())
        .withColumn("details", withDisplayUntil(displayUntil))
        .withColumn("numbers", numbers())
        .withColumn(
            "event_id",
            left(
                sha2(
                    concat_ws(
                        "|", col("id_scheme"), col("code"), col("event_type"), col("act_key")),
                    256),
                lit(24)))
        .drop("display_until", "kinds", "told", "other_number");
  }

  /** What one copy says. */
  private static Stream<Column> facts() {
    return Stream.concat(
        Stream.of(FACTS).map(f -> min_by(col(f), col("order")).as(f)),
        Stream.of(STATED).map(f -> min_by(col(f), when(col(f).isNotNull(), col("order"))).as(f)));
  }

  /** What all copies say together. */
  private static Stream<Column> united() {
    return Stream.of(
        collect_set(struct(col("ended"), col("categories"))).as("kinds"),
        sort_array(collect_list(struct(col("order"), map_entries(col("details")).as("details"))))
            .as("told"),
        min("first_known_at").as("known_at"),
        when(min("other_number").equalTo(max("other_number")), min("other_number"))
            .as("other_number"),
        max("announcement").as("announcement"),
        min("ended").as("ended"),
        min("ended_means").as("ended_means"),
        max("ended_known_at").as("ended_known_at"),
        sort_array(collect_list(col("copy"))).as("sources"));
  }

  private static Stream<Column> contradiction() {
    Column kinds = array_sort(array_distinct(col("categories")));
    return Stream.of(
        Stream.of("event_date", "effective_from", "effective_until", "amount", "outcome", "ended")
            .map(f -> differs(col(f)))
            .reduce(differs(when(size(kinds).gt(0), kinds)), Column::or)
            .as("contradicts"));
  }

  /** Of the copies that stand, or of all where none does; in one order, whoever came first. */
  private static Column categories() {
    Column counting = filter(col("kinds"), k -> k.getField("ended").equalTo(col("ended")));
    return array_sort(array_distinct(flatten(transform(counting, k -> k.getField("categories")))));
  }

  /** Each detail as the first copy that states it has it. */
  private static Column details() {
    Column entries = flatten(transform(col("told"), t -> t.getField("details")));
    Column keys = array_distinct(transform(entries, e -> e.getField("key")));
    return map_from_arrays(
        keys,
        transform(
            keys,
            key ->
                get(
                        filter(
                            entries,
                            e ->
                                e.getField("key")
                                    .equalTo(key)
                                    .and(e.getField("value").isNotNull())),
                        lit(0))
                    .getField("value")));
  }

  private static Column numbers() {
    Column own = Acts.number(col("act_no"));
    return array_distinct(array_compact(array(own, col("other_number"))));
  }

  private static Column dateIn(String detail) {
    return detail == null
        ? lit(null).cast("DATE")
        : element_at(col("details"), detail).try_cast("DATE");
  }

  /** The details with the day that {@link #merge} found over all copies. */
  private static Column withDisplayUntil(String detail) {
    if (detail == null) {
      return col("details");
    }
    Column others = map_filter(col("details"), (key, value) -> key.notEqual(lit(detail)));
    Column day = map(lit(detail), col("display_until").cast("STRING"));
    return when(col("display_until").isNull(), col("details")).otherwise(map_concat(others, day));
  }

  /** Whether copies state different values; one that states none contradicts nobody. */
  private static Column differs(Column fact) {
    return coalesce(not(min(fact).equalTo(max(fact))), lit(false));
  }

  /**
   * The status of every event: what ended it, or what a repair, objection or remedy made of it. The
   * gravest change that holds on the day counts, from the first day on which it held; one that is
   * still to come is told only where none holds yet, and one that is over is not told. An
   * announcement is no act: nothing changes its status, it can only be taken back.
   *
   * @param changes see {@link Acts#statusChanges}
   */
  static Dataset<Row> withStatus(Dataset<Row> events, Dataset<Row> changes, LocalDate asOf) {
    Column rank =
        when(col("new_status").equalTo("annulled"), 5)
            .when(col("new_status").equalTo("withdrawn"), 4)
            .when(col("new_status").equalTo("repaired"), 3)
            .when(col("new_status").equalTo("suspended"), 2)
            .otherwise(1);
    Dataset<Row> changed =
        meant(events, holding(changes, asOf))
            .groupBy("event_id")
            .agg(
                min_by(
                        struct(col("new_status"), col("changed_on"), col("change_known_at")),
                        struct(
                            col("changed_on").gt(lit(asOf)),
                            rank.multiply(-1),
                            col("changed_on"),
                            col("change_known_at"),
                            col("new_status")))
                    .as("change"),
                collect_set(struct("new_status", "changed_on", "changed_until")).as("changes"))
            .withColumn("status_until", statusUntil(asOf));
    Column act = not(col("announcement"));
    Column ended =
        col("ended").and(col("ended_known_at").leq(lit(asOf)).or(act.and(col("change").isNull())));
    return events
        .join(changed, new String[] {"event_id"}, "left")
        .withColumn("change", when(act, col("change")))
        .withColumn(
            "status",
            when(ended, col("ended_means"))
                .when(act, coalesce(col("change.new_status"), lit("active")))
                .otherwise(UseRules.ANNOUNCED))
        .withColumn(
            "status_date", when(ended, col("ended_known_at")).otherwise(col("change.changed_on")))
        .withColumn(
            "status_until", when(not(ended).and(col("change").isNotNull()), col("status_until")))
        .withColumn(
            "status_known_at",
            when(ended, col("ended_known_at")).otherwise(col("change.change_known_at")))
        .drop("change", "changes", "ended", "ended_means", "ended_known_at");
  }

  /** Where several changes make the status of one, it ends with the last of them, if all end. */
  private static Column statusUntil(LocalDate asOf) {
    Column begun = greatest(lit(asOf), col("change.changed_on"));
    Column alike =
        filter(
            col("changes"),
            c ->
                c.getField("new_status")
                    .equalTo(col("change.new_status"))
                    .and(c.getField("changed_on").leq(begun)));
    Column ends = transform(alike, c -> c.getField("changed_until"));
    return when(size(filter(ends, Column::isNull)).equalTo(0), array_max(ends));
  }

  /** The changes that are not over by the day. */
  static Dataset<Row> holding(Dataset<Row> changes, LocalDate asOf) {
    return changes.where(not(coalesce(col("changed_until").leq(lit(asOf)), lit(false))));
  }

  /**
   * What befell every event, oldest step first.
   *
   * @param steps see {@link Steps#of}
   */
  static Dataset<Row> withSteps(Dataset<Row> events, Dataset<Row> steps) {
    Dataset<Row> befell =
        meant(events, steps)
            .groupBy("event_id")
            .agg(sort_array(collect_set(col("step"))).as("steps"));
    return events
        .join(befell, new String[] {"event_id"}, "left")
        .withColumn(
            "steps",
            coalesce(col("steps"), array().cast(befell.schema().apply("steps").dataType())));
  }

  /** Changes beside the events that they name by number and, where told, authority and type. */
  private static Dataset<Row> meant(Dataset<Row> events, Dataset<Row> changes) {
    return named(events, changes).where(namesItsAuthority().and(namesItsType()));
  }

  /** Changes beside the events that go by the number that they name, whatever else they say. */
  static Dataset<Row> named(Dataset<Row> events, Dataset<Row> changes) {
    return events
        .select(
            col("event_id"),
            col("id_scheme"),
            col("code"),
            col("event_type"),
            col("authority"),
            explode(col("numbers")).as("act_number"))
        .join(changes, new String[] {"id_scheme", "code", "act_number"});
  }

  static Column namesItsAuthority() {
    Column authority = Acts.normal(col("authority"));
    return col("change_authority")
        .isNull()
        .or(authority.isNull())
        .or(col("change_authority").equalTo(authority));
  }

  static Column namesItsType() {
    return col("change_type").isNull().or(col("change_type").equalTo(col("event_type")));
  }

  /** Severity by the first rule that holds, exemption by any. */
  static Dataset<Row> graded(
      Dataset<Row> events,
      List<Rule> severities,
      List<Rule> exemptions,
      String otherwise,
      Function<Rule, Column> severityCondition,
      Function<Rule, Column> exemptionCondition) {
    Column severity = lit(otherwise);
    for (int i = severities.size() - 1; i >= 0; i--) {
      Rule rule = severities.get(i);
      severity =
          when(severityCondition.apply(rule), lit(rule.effect("severity"))).otherwise(severity);
    }
    Column exempt =
        exemptions.stream()
            .map(exemptionCondition)
            .map(c -> coalesce(c, lit(false)))
            .reduce(Column::or)
            .orElse(lit(false));
    return events.withColumn("severity", severity).withColumn("exempt", exempt);
  }

  /**
   * Marks what readers must know: an event before the firm existed, after it closed, in the future.
   *
   * @param firms {@code id_scheme, code, established, closed_on}
   */
  static Dataset<Row> marked(Dataset<Row> events, Dataset<Row> firms, LocalDate asOf) {
    return events
        .join(
            firms.select("id_scheme", "code", "established", "closed_on"),
            new String[] {"id_scheme", "code"},
            "left")
        .withColumn(
            "marks",
            array_compact(
                    array(
                        when(col("event_date").lt(col("established")), "before_established"),
                        when(col("event_date").gt(col("closed_on")), "after_deregistration"),
                        when(col("event_date").gt(lit(asOf)), "in_the_future"),
                        when(col("contradicts"), "contradiction")))
                .cast("ARRAY<STRING>"))
        .drop("established", "closed_on", "contradicts", "act_key");
  }

  /** Events that a day's result may use: those that had happened. */
  static Column happenedBy(LocalDate asOf) {
    return happenedBy(lit(asOf));
  }

  static Column happenedBy(Column asOf) {
    return not(col("event_date").gt(asOf));
  }
}
