package credit.jobs.kpi;

import credit.jobs.warehouse.Validity;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The named inputs over which indicators are defined. Each has a column {@code period} and the
 * columns that definitions and dimensions speak of; none looks past the as-of day.
 */
final class Inputs {
  static final Set<String> NAMES =
      Set.of(
          "submitted_cases",
          "finished_cases",
          "open_cases",
          "bundles",
          "reviews",
          "promises",
          "duties",
          "inspections",
          "tiers",
          "plan",
          "blacklist",
          "restrictions");

  private final LocalDate asOf;
  private final Periods periods;
  private final Dataset<Row> workingDays;

  Inputs(LocalDate asOf, Dataset<Row> workingDays) {
    this.asOf = asOf;
    this.periods = new Periods(asOf);
    this.workingDays = functions.broadcast(workingDays);
  }

  /** Inputs as of a day, by a jurisdiction's holidays. */
  static Inputs of(SparkSession spark, Schemas schemas, LocalDate asOf) {
    return new Inputs(asOf, Periods.workingDays(spark, schemas.holidays(), asOf));
  }

  /**
   * Cases with their item's frozen baselines. A case that was closed after the as-of day is still
   * open.
   *
   * @param cases current approval cases
   * @param items current item catalogue
   * @param reviews current reviews
   */
  Dataset<Row> cases(Dataset<Row> cases, Dataset<Row> items, Dataset<Row> reviews) {
    Dataset<Row> catalogue =
        items.selectExpr(
            "item",
            "cast(batch AS STRING) AS batch",
            "reform_kind",
            "complexity AS item_complexity",
            "baseline_fields",
            "baseline_materials",
            "baseline_days");
    Dataset<Row> reviewed =
        judged(reviews).where("counts").select("case_no").distinct().selectExpr("*", "true AS r");
    String closed = "last_result IS NOT NULL AND last_result <= DATE'" + asOf + "'";
    return cases
        .where("first_submitted <= DATE'" + asOf + "'")
        .join(
            functions.broadcast(catalogue),
            cases.col("item").equalTo(catalogue.col("item")),
            "left")
        .drop(catalogue.col("item"))
        .join(reviewed, cases.col("case_no").equalTo(reviewed.col("case_no")), "left")
        .drop(reviewed.col("case_no"))
        .withColumn("reviewed", functions.expr("coalesce(r, false)"))
        .withColumn("complexity", functions.expr("coalesce(complexity, item_complexity)"))
        .withColumn("is_closed", functions.expr(closed))
        .withColumn(
            "case_status", functions.expr("CASE WHEN is_closed THEN case_status ELSE 'open' END"))
        .withColumn("actual_days", functions.expr("CASE WHEN is_closed THEN actual_days END"))
        .withColumn("last_result", functions.expr("CASE WHEN is_closed THEN last_result END"))
        .drop("r", "item_complexity", "is_closed");
  }

  Dataset<Row> submitted(Dataset<Row> cases) {
    return periods.happenedIn(cases.withColumn("day", functions.col("first_submitted")));
  }

  Dataset<Row> finished(Dataset<Row> cases) {
    return periods.happenedIn(
        cases.where("case_status = 'finished'").withColumn("day", functions.col("last_result")));
  }

  /** Cases open at the end of each month, with their age on that day. */
  Dataset<Row> open(Dataset<Row> cases) {
    Dataset<Row> open =
        periods.openAtEndOf(
            cases
                .withColumn("begun", functions.col("first_submitted"))
                .withColumn("closed", functions.col("last_result")));
    return elapsed(
        ordinal(ordinal(open, "begun"), "last_day"), "begun", "last_day", "age_working_days");
  }

  /**
   * Items applied for together, from first submission to last result; a bundle with an open case is
   * not there yet.
   */
  Dataset<Row> bundles(Dataset<Row> cases) {
    Dataset<Row> bundles =
        cases
            .where("bundle_id IS NOT NULL")
            .groupBy("bundle_id", "track")
            .agg(
                functions.expr("array_join(array_sort(collect_set(item)), '+') AS item_set"),
                functions.expr("count(DISTINCT item) AS items"),
                functions.expr("min(first_submitted) AS first_submitted"),
                functions.expr("max(last_result) AS day"),
                functions.expr("count_if(case_status <> 'finished') AS unfinished"),
                functions.expr("min(district) AS district"),
                functions.expr("min(business_type) AS business_type"),
                functions.expr("sum(fields) AS fields"),
                functions.expr("sum(materials) AS materials"),
                functions.expr("sum(visits) AS visits"))
            .where("unfinished = 0 AND items > 1");
    Dataset<Row> dated = ordinal(ordinal(bundles, "first_submitted"), "day");
    return periods.happenedIn(elapsed(dated, "first_submitted", "day", "working_days"));
  }

  /**
   * Reviews of cases. {@code counts} marks a rating that was given, is valid and is the one that
   * stands: online the last of a case, on site the last ones up to the number of visits.
   */
  Dataset<Row> reviews(Dataset<Row> reviews, Dataset<Row> cases) {
    Dataset<Row> of =
        cases.selectExpr(
            "case_no AS of_case", "district", "item", "batch", "track", "visits", "channel AS c");
    Dataset<Row> judged = judged(reviews);
    Dataset<Row> joined =
        judged
            .join(of, judged.col("case_no").equalTo(of.col("of_case")), "left")
            .withColumn("channel", functions.expr("coalesce(channel, c)"))
            .withColumn("day", functions.col("reviewed_on"))
            .withColumn("called_back_on", functions.expr(notAfterAsOf("called_back_on")))
            .withColumn("rectified_on", functions.expr(notAfterAsOf("rectified_on")))
            .withColumn("as_of_day", functions.lit(asOf))
            .withColumn(
                "place",
                functions.expr(
                    "row_number() OVER (PARTITION BY case_no, counts ORDER BY reviewed_on DESC,"
                        + " review_no DESC)"))
            .withColumn(
                "counts",
                functions.expr(
                    "counts AND place <= CASE WHEN channel = 'online' THEN 1"
                        + " ELSE greatest(coalesce(visits, 1), 1) END"));
    Dataset<Row> dated = joined;
    for (String day : new String[] {"day", "called_back_on", "rectified_on", "as_of_day"}) {
      dated = ordinal(dated, day);
    }
    dated = elapsed(dated, "day", "called_back_on", "callback_working_days");
    dated = elapsed(dated, "day", "rectified_on", "rectify_working_days");
    return periods.happenedIn(elapsed(dated, "day", "as_of_day", "age_working_days"));
  }

  /** Promises whose check fell due, by the month in which it did. */
  Dataset<Row> promises(Dataset<Row> promises) {
    return periods.happenedIn(
        promises
            .withColumn("day", functions.col("check_due"))
            .withColumn(
                "checked",
                functions.expr(
                    "outcome <> 'open' AND coalesce(checked_on <= DATE'" + asOf + "', true)")));
  }

  /** Follow-up duties that fell due, by the month in which they did. */
  Dataset<Row> duties(Dataset<Row> duties) {
    return periods.happenedIn(
        duties
            .withColumn("day", functions.col("due_on"))
            .withColumn(
                "outcome",
                functions.expr(
                    "CASE WHEN done_on > DATE'" + asOf + "' THEN 'open' ELSE outcome END")));
  }

  Dataset<Row> inspections(Dataset<Row> inspections) {
    return periods.happenedIn(inspections.withColumn("day", functions.col("inspected_on")));
  }

  /** Tiers with the firm's district. */
  Dataset<Row> tiers(Dataset<Row> tiers, Dataset<Row> firms) {
    Dataset<Row> known = firms.select("id_scheme", "code", "district", "entity_type");
    return periods.now(
        tiers
            .where(Validity.on(asOf))
            .select("id_scheme", "code", "tier")
            .join(known, new String[] {"id_scheme", "code"}, "left"));
  }

  /** What is planned, without the risk side of the plan: it is internal. */
  Dataset<Row> plan(Dataset<Row> plan) {
    return periods.now(today(plan).select("id_scheme", "code", "district", "cause"));
  }

  /** Entries of a list in effect; {@code first_of_firm} marks one entry of each firm. */
  Dataset<Row> listed(Dataset<Row> list) {
    String day = "DATE'" + asOf + "'";
    return periods.now(
        today(list)
            .where("state = 'listed' AND effective_from <= " + day)
            .where("effective_until IS NULL OR effective_until > " + day)
            .withColumn(
                "first_of_firm",
                functions.expr(
                    "row_number() OVER (PARTITION BY id_scheme, code ORDER BY entry_id) = 1")));
  }

  private Dataset<Row> today(Dataset<Row> rows) {
    return rows.where(functions.col("as_of").equalTo(functions.lit(asOf)));
  }

  private Dataset<Row> judged(Dataset<Row> reviews) {
    return reviews
        .where("reviewed_on <= DATE'" + asOf + "'")
        .withColumn("valid", functions.expr("coalesce(validity = 'valid', true)"))
        .withColumn(
            "counts",
            functions.expr("valid AND rating IS NOT NULL AND NOT coalesce(by_default, false)"));
  }

  private String notAfterAsOf(String day) {
    return "CASE WHEN %s <= DATE'%s' THEN %s END".formatted(day, asOf, day);
  }

  private Dataset<Row> ordinal(Dataset<Row> rows, String day) {
    Dataset<Row> calendar =
        workingDays.selectExpr("calendar_day AS cd_" + day, "ordinal AS ordinal_" + day);
    return rows.join(
            functions.broadcast(calendar), rows.col(day).equalTo(calendar.col("cd_" + day)), "left")
        .drop("cd_" + day);
  }

  /** Working days from one day to another, both given by their ordinals. */
  private static Dataset<Row> elapsed(Dataset<Row> rows, String from, String to, String name) {
    return rows.withColumn(name, functions.expr("ordinal_%s - ordinal_%s".formatted(to, from)));
  }
}
