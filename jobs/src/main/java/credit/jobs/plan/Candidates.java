package credit.jobs.plan;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Active firms with all that speaks for inspecting them, and the first cause that holds. */
final class Candidates {
  /** What the plan is made from, of one day. */
  record Inputs(
      Dataset<Row> files,
      Dataset<Row> tiers,
      Dataset<Row> measures,
      Dataset<Row> riskClasses,
      Dataset<Row> scores,
      Dataset<Row> warnings) {}

  private Candidates() {}

  /** One row for each active firm; {@code cause} is null where nothing speaks for it. */
  static Dataset<Row> of(Inputs inputs, PlanRules rules, Draw draw, LocalDate asOf) {
    Dataset<Row> firms = joined(inputs, rules, draw, asOf);
    Column byDuty =
        when(expr("size(duties) > 0"), lit(Cause.DUE_PROMISE.key()))
            .when(expr("size(leads) > 0"), lit(Cause.LEAD.key()))
            .when(coverageDue(rules, asOf), lit(Cause.FULL_COVERAGE.key()));
    Dataset<Row> placed = ranked(firms.withColumn("first", byDuty), rules);
    Column chosenByScore = col("risk_class").isin(rules.byScore().toArray());
    Column cause =
        when(col("first").isNotNull(), col("first"))
            .when(chosenByScore.and(col("by_score").leq(col("quota"))), lit(Cause.RISK_CLASS.key()))
            .when(
                org.apache
                    .spark
                    .sql
                    .functions
                    .coalesce(org.apache.spark.sql.functions.not(chosenByScore), lit(true))
                    .and(col("by_draw").leq(col("quota"))),
                lit(Cause.RANDOM.key()))
            .when(
                col("risk_class").isin(rules.exploration().toArray()),
                lit(Cause.EXPLORATION.key()));
    return placed.withColumn("cause", cause);
  }

  private static Dataset<Row> joined(Inputs inputs, PlanRules rules, Draw draw, LocalDate asOf) {
    Dataset<Row> active =
        inputs
            .files()
            .where("register_status = 'active'")
            .select(
                col("id_scheme"),
                col("code"),
                col("name"),
                col("district"),
                col("last_inspected"),
                dueDuties(rules, asOf).as("duties"),
                draw.position(col("code")).as("position"),
                draw.named(Cause.EXPLORATION.key())
                    .position(col("code"))
                    .as("exploration_position"));
    Dataset<Row> coverage =
        inputs
            .measures()
            .where("kind = 'coverage'")
            .groupBy("id_scheme", "code")
            .agg(array_sort(collect_list("measure")).as("coverage"));
    Dataset<Row> leads =
        inputs
            .warnings()
            .where(col("level").isin(rules.leadLevels().toArray()))
            .groupBy("id_scheme", "code")
            .agg(array_sort(collect_list("message")).as("leads"));
    return with(
        with(
            with(
                with(
                    with(active, inputs.tiers().select("id_scheme", "code", "tier")),
                    inputs.riskClasses().select("id_scheme", "code", "risk_class")),
                inputs.scores().select("id_scheme", "code", "score")),
            coverage),
        leads);
  }

  private static Dataset<Row> with(Dataset<Row> firms, Dataset<Row> more) {
    return firms.join(
        more,
        scala.jdk.javaapi.CollectionConverters.asScala(List.of("id_scheme", "code")).toList(),
        "left_outer");
  }

  /** Duties owed by the end of the period, the earliest first. */
  private static Column dueDuties(PlanRules rules, LocalDate asOf) {
    Column due =
        org.apache.spark.sql.functions.filter(
            col("duties"),
            duty ->
                duty.getField("state")
                    .isin(rules.dutyStates().toArray())
                    .and(duty.getField("due").leq(lit(asOf.plusDays(rules.periodDays())))));
    return array_sort(
        org.apache.spark.sql.functions.transform(
            due,
            duty ->
                org.apache.spark.sql.functions.struct(
                    duty.getField("due").as("due"),
                    duty.getField("kind").as("kind"),
                    duty.getField("record_id").as("record_id"))));
  }

  private static Column coverageDue(PlanRules rules, LocalDate asOf) {
    return expr("size(coverage) > 0")
        .and(
            col("last_inspected")
                .isNull()
                .or(col("last_inspected").lt(lit(asOf.minusMonths(rules.coverageMonths())))));
  }

  /** Places within tier and risk class, among firms for which no earlier cause speaks. */
  private static Dataset<Row> ranked(Dataset<Row> firms, PlanRules rules) {
    WindowSpec stratum = Window.partitionBy("tier", "risk_class");
    WindowSpec undecided =
        Window.partitionBy(col("tier"), col("risk_class"), col("first").isNull());
    return firms
        .withColumn("rate", rate(rules))
        .withColumn("quota", ceil(col("rate").multiply(count(lit(1)).over(stratum))))
        .withColumn(
            "by_score",
            row_number()
                .over(
                    undecided.orderBy(
                        col("score").desc_nulls_last(), col("position"), col("id_scheme"))))
        .withColumn(
            "by_draw", row_number().over(undecided.orderBy(col("position"), col("id_scheme"))));
  }

  private static Column rate(PlanRules rules) {
    Column rate = lit(rules.periodRateOtherwise());
    for (Map.Entry<String, Map<String, Double>> tier : rules.annualRates().entrySet()) {
      for (String riskClass : tier.getValue().keySet()) {
        rate =
            when(
                    col("tier").equalTo(tier.getKey()).and(col("risk_class").equalTo(riskClass)),
                    lit(rules.periodRate(tier.getKey(), riskClass)))
                .otherwise(rate);
      }
    }
    return rate;
  }
}
