package credit.jobs.plan;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
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
import org.apache.spark.sql.functions;

/** The firms of a plan, within its capacity, in the order in which they are visited. */
final class InspectionPlan {
  private InspectionPlan() {}

  /**
   * The plan's rows.
   *
   * @param candidates see {@link Candidates}
   * @param limits firms by cause, none more than there are; see {@link Capacity}
   */
  static Dataset<Row> of(
      Dataset<Row> candidates,
      Map<Cause, Long> limits,
      PlanRules rules,
      Draw draw,
      LocalDate asOf) {
    Dataset<Row> plan = candidates.limit(0).withColumn("priority", lit(0L));
    long before = 0;
    for (Cause cause : Cause.values()) {
      Column[] order = order(cause, rules);
      long limit = limits.getOrDefault(cause, 0L);
      Column place = row_number().over(Window.partitionBy("cause").orderBy(order));
      plan =
          plan.unionByName(
              candidates
                  .where(col("cause").equalTo(cause.key()))
                  .orderBy(order)
                  .limit(Math.toIntExact(limit))
                  .withColumn("priority", place.plus(before)));
      before += limit;
    }
    return plan.select(
        col("id_scheme"),
        col("code"),
        lit(asOf).as("as_of"),
        col("name"),
        col("district"),
        col("priority"),
        col("cause"),
        reasons().as("reasons"),
        col("tier"),
        col("risk_class"),
        col("score"),
        due(rules, asOf).as("due"),
        drawn(draw).as("draw"));
  }

  private static Column[] order(Cause cause, PlanRules rules) {
    Column score = col("score").desc_nulls_last();
    List<Column> order =
        switch (cause) {
          case DUE_PROMISE -> List.of(expr("duties[0].due"), col("code"));
          case LEAD -> List.of(score, col("code"));
          case FULL_COVERAGE -> List.of(col("last_inspected").asc_nulls_first(), col("position"));
          case RISK_CLASS -> List.of(classPlace(rules), score, col("position"));
          case RANDOM -> List.of(col("position"), col("id_scheme"));
          case EXPLORATION -> List.of(col("exploration_position"), col("id_scheme"));
        };
    return order.toArray(Column[]::new);
  }

  private static Column classPlace(PlanRules rules) {
    Column place = lit(rules.riskClasses().size());
    for (int i = 0; i < rules.riskClasses().size(); i++) {
      place = when(col("risk_class").equalTo(rules.riskClasses().get(i)), lit(i)).otherwise(place);
    }
    return place;
  }

  private static Column reasons() {
    return when(
            is(Cause.DUE_PROMISE),
            expr("transform(duties, d -> concat(d.kind, ' due ', d.due, ' (', d.record_id, ')'))"))
        .when(is(Cause.LEAD), col("leads"))
        .when(
            is(Cause.FULL_COVERAGE),
            functions.concat(
                col("coverage"),
                array(
                    expr("concat('last inspected ', coalesce(string(last_inspected), 'never'))"))))
        .otherwise(
            array(
                expr(
                    "concat('tier ', coalesce(tier, '-'), ', risk class ',"
                        + " coalesce(risk_class, '-'), ', rate ', round(rate, 4),"
                        + " ' in the period')")));
  }

  private static Column due(PlanRules rules, LocalDate asOf) {
    Column due = lit(asOf);
    for (Map.Entry<Cause, Long> days : rules.dueDays().entrySet()) {
      due = when(is(days.getKey()), lit(asOf.plusDays(days.getValue()))).otherwise(due);
    }
    return when(
            is(Cause.DUE_PROMISE).and(expr("duties[0].due").gt(lit(asOf))), expr("duties[0].due"))
        .otherwise(due);
  }

  private static Column drawn(Draw draw) {
    return when(
            is(Cause.RANDOM), concat(lit("seed " + draw.seed() + " position "), col("position")))
        .when(
            is(Cause.EXPLORATION),
            concat(
                lit("seed " + draw.named(Cause.EXPLORATION.key()).seed() + " position "),
                col("exploration_position")));
  }

  private static Column is(Cause cause) {
    return col("cause").equalTo(cause.key());
  }
}
