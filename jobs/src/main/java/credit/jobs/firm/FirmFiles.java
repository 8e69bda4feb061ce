package credit.jobs.firm;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.UseRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One file per firm: identity from the register, counters and states from its events. */
final class FirmFiles {
  private static final String[] FIRM = {"id_scheme", "code"};

  /** Months over which counters look back. */
  static final List<Integer> WINDOWS = List.of(3, 12, 36);

  /** Days before its end from which a licence is expiring. */
  static final int EXPIRING_DAYS = 30;

  private final Column asOf;
  private final UseRules use;

  FirmFiles(LocalDate asOf, UseRules use) {
    this(lit(asOf), use);
  }

  /** For files of several days: the day is a column of register and events. */
  FirmFiles(Column asOf, UseRules use) {
    this.asOf = asOf;
    this.use = use;
  }

  /**
   * The files of all firms of the register.
   *
   * @param register see {@link RegisterRows#of}
   * @param events graded events of all firms
   */
  Dataset<Row> build(Dataset<Row> register, Dataset<Row> events) {
    Dataset<Row> lives =
        events.where(Events.happenedBy(asOf)).groupBy(FIRM[0], FIRM[1]).agg(firstOf(), restOf());
    Dataset<Row> files = register.join(lives, FIRM, "left");
    Map<String, Column> none = new LinkedHashMap<>();
    aggregates().stream()
        .filter(Aggregate::zeroWhenNone)
        .map(Aggregate::name)
        .forEach(counter -> none.put(counter, coalesce(col(counter), lit(0))));
    for (String list : List.of("timeline", "licences", "duties")) {
      none.put(list, coalesce(col(list), array().cast(files.schema().apply(list).dataType())));
    }
    return files.withColumns(none);
  }

  /** Columns that come from events; the others are the register's. */
  String[] derived() {
    return aggregates().stream().map(Aggregate::name).toArray(String[]::new);
  }

  private record Aggregate(String name, Column value, boolean zeroWhenNone) {
    Column named() {
      return value.as(name);
    }
  }

  private Column firstOf() {
    return aggregates().get(0).named();
  }

  private Column[] restOf() {
    return aggregates().stream().skip(1).map(Aggregate::named).toArray(Column[]::new);
  }

  private List<Aggregate> aggregates() {
    Column counts = usable("tier").and(col("exempt").equalTo(false));
    Column penalty = type("penalty").and(counts);
    Column heavy = penalty.and(col("severity").equalTo("heavy"));
    Column inspection = type("inspection");
    Column complaint = type("complaint");
    List<Aggregate> all = new ArrayList<>();
    for (int months : WINDOWS) {
      Column recent = col("event_date").gt(add_months(lit(asOf), -months));
      all.add(tally("penalties_" + months + "m", penalty.and(recent)));
      all.add(tally("heavy_penalties_" + months + "m", heavy.and(recent)));
      all.add(tally("inspections_" + months + "m", inspection.and(recent)));
      all.add(
          tally(
              "failed_inspections_" + months + "m",
              inspection.and(recent).and(col("outcome").equalTo("breach"))));
      all.add(tally("complaints_" + months + "m", complaint.and(recent)));
      all.add(
          tally(
              "verified_complaints_" + months + "m",
              complaint.and(recent).and(col("outcome").equalTo("verified"))));
      all.add(
          new Aggregate(
              "fines_" + months + "m", sum(when(penalty.and(recent), col("amount"))), true));
    }
    all.add(open("open_serious_listings", "serious_violation"));
    all.add(open("open_debtor_records", "judgment_debtor"));
    all.add(open("open_abnormal_listings", "abnormal_listing"));
    all.add(open("open_other_domain_listings", "other_domain_listing"));
    all.add(open("honours", "honour"));
    all.add(
        tally(
            "unrepaired_false_promises",
            type("promise").and(col("outcome").equalTo("false")).and(usable("list"))));
    all.add(tally("overdue_duties", type("duty").and(dutyState().isin("overdue", "failed"))));
    all.add(latestEvaluation("public_evaluation", "public"));
    all.add(latestEvaluation("industry_evaluation", "industry"));
    all.add(latestEvaluation("taxpayer_credit", "taxpayer"));
    all.add(
        new Aggregate(
            "last_annual_report",
            max_by(when(type("annual_report"), col("outcome")), latest(type("annual_report"))),
            false));
    all.add(new Aggregate("last_inspected", max(when(inspection, col("event_date"))), false));
    all.add(new Aggregate("records", sum(size(col("sources"))), true));
    all.add(
        new Aggregate(
            "timeline",
            transform(sort_array(collect_list(timelineEntry()), false), FirmFiles::inOrder),
            false));
    all.add(new Aggregate("licences", sort_array(collect_list(licence())), false));
    all.add(new Aggregate("duties", sort_array(collect_list(duty())), false));
    return all;
  }

  private Column usable(String purpose) {
    return use.allows(purpose, col("status"), col("status_date"));
  }

  private static Column type(String type) {
    return col("event_type").equalTo(type);
  }

  private static Aggregate tally(String name, Column condition) {
    return new Aggregate(name, count(when(condition, lit(1))), true);
  }

  private Aggregate open(String name, String type) {
    Column inEffect =
        col("effective_from")
            .leq(lit(asOf))
            .and(col("effective_until").isNull().or(col("effective_until").gt(lit(asOf))));
    return tally(name, type(type).and(inEffect).and(usable("tier")));
  }

  private static Column latest(Column condition) {
    return when(condition, struct(col("event_date"), col("event_id")));
  }

  private Aggregate latestEvaluation(String name, String kind) {
    Column of = type("evaluation").and(array_contains(col("categories"), kind)).and(usable("tier"));
    return new Aggregate(name, max_by(when(of, col("outcome")), latest(of)), false);
  }

  private Column dutyState() {
    Column due = col("effective_until");
    return when(col("outcome").equalTo("open").and(due.lt(lit(asOf))), "overdue")
        .otherwise(col("outcome"));
  }

  private static final List<String> TIMELINE =
      List.of(
          "event_id",
          "event_type",
          "event_date",
          "known_at",
          "effective_from",
          "effective_until",
          "act_no",
          "authority",
          "categories",
          "amount",
          "outcome",
          "domain",
          "item",
          "severity",
          "exempt",
          "status",
          "status_date",
          "steps",
          "sources");

  /** The date leads, so that sorting the structs sorts the timeline. */
  private static Column timelineEntry() {
    List<Column> fields = new ArrayList<>(List.of(col("event_date").as("sorted_by")));
    TIMELINE.forEach(name -> fields.add(col(name)));
    return struct(fields.toArray(Column[]::new));
  }

  private static Column inOrder(Column entry) {
    return struct(TIMELINE.stream().map(f -> entry.getField(f).as(f)).toArray(Column[]::new));
  }

  private Column licence() {
    Column status = use.statusOn(col("status"), col("status_date"));
    Column until = col("effective_until");
    Column state =
        when(status.notEqual("active"), status)
            // The version that withdraws a licence says so in its outcome too, whatever the day.
            .when(
                col("outcome").notEqual("valid").and(col("outcome").notEqual(col("status"))),
                col("outcome"))
            .when(until.leq(lit(asOf)), "expired")
            .when(until.leq(date_add(asOf, EXPIRING_DAYS)), "expiring")
            .otherwise("valid");
    return when(
        type("licence"),
        struct(
            coalesce(element_at(col("details"), "licence_no"), col("act_no")).as("licence_no"),
            element_at(col("details"), "licence_name").as("name"),
            col("authority"),
            col("effective_from").as("valid_from"),
            until.as("valid_until"),
            state.as("state"),
            element_at(col("sources"), 1).getField("record_id").as("record_id")));
  }

  private Column duty() {
    return when(
            type("duty"),
            struct(
                element_at(col("categories"), 1).as("kind"),
                col("item"),
                col("effective_until").as("due"),
                dutyState().as("state"),
                element_at(col("sources"), 1).getField("record_id").as("record_id")))
        .when(
            type("promise"),
            struct(
                lit("promise").as("kind"),
                col("item"),
                element_at(col("details"), "check_due").try_cast("DATE").as("due"),
                when(use.bars("list", col("status"), col("status_date")), col("status"))
                    .otherwise(col("outcome"))
                    .as("state"),
                element_at(col("sources"), 1).getField("record_id").as("record_id")));
  }
}
