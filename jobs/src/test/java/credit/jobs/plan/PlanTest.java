package credit.jobs.plan;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static credit.jobs.warehouse.Rows.with;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class PlanTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final PlanRules RULES = PlanRules.of(Schemas.bundled()).orElseThrow();
  private static final Draw DRAW = Draw.of(RULES.drawText(), DAY);
  private static final int FIRMS = 60;

  private static String code(int number) {
    return "F%03d".formatted(number);
  }

  private static Map<String, Object> firm(int number) {
    Map<String, Object> firm =
        row("id_scheme", "none", "code", code(number), "register_status", "active");
    return switch (number) {
      case 0 ->
          with(
              firm,
              "duties",
              List.of(
                  row(
                      "kind",
                      "promise_check",
                      "due",
                      DAY.plusDays(3),
                      "state",
                      "open",
                      "record_id",
                      "follow_up_duties/1/1"),
                  row(
                      "kind",
                      "supplement",
                      "due",
                      DAY.plusYears(1),
                      "state",
                      "open",
                      "record_id",
                      "follow_up_duties/1/2")));
      case 3 -> with(firm, "last_inspected", DAY.minusMonths(2));
      case 4 -> with(firm, "register_status", "deregistered");
      default -> firm;
    };
  }

  private static Map<?, ?>[] forEach(
      String day, String column, java.util.function.IntFunction<Object> value) {
    return IntStream.range(0, FIRMS)
        .mapToObj(i -> row("id_scheme", "none", "code", code(i), day, DAY, column, value.apply(i)))
        .toArray(Map<?, ?>[]::new);
  }

  /** Firm 0 owes a check, 1 has a lead, 2 and 3 are in a covered field, 5 to 9 are of class D. */
  private static Dataset<Row> candidates(SparkSession spark) {
    Map<?, ?>[] files =
        IntStream.range(0, FIRMS).mapToObj(PlanTest::firm).toArray(Map<?, ?>[]::new);
    Map<String, Object> coverage = row("id_scheme", "none", "kind", "coverage", "measure", "M-31");
    return Candidates.of(
        new Candidates.Inputs(
            table(spark, "firm_file", files),
            table(spark, "tiers", forEach("valid_from", "tier", i -> i < 10 ? "C" : "B")),
            table(
                spark,
                "measures",
                with(coverage, "code", code(2)),
                with(coverage, "code", code(3))),
            table(
                spark,
                "risk_classes",
                forEach("as_of", "risk_class", i -> i >= 5 && i < 10 ? "D" : "A")),
            table(spark, "scores", forEach("as_of", "score", i -> i / 100.0)),
            table(
                spark,
                "warnings",
                row(
                    "warning_id",
                    "1",
                    "id_scheme",
                    "none",
                    "code",
                    code(1),
                    "level",
                    "high",
                    "message",
                    "top share"),
                row(
                    "warning_id",
                    "2",
                    "id_scheme",
                    "none",
                    "code",
                    code(9),
                    "level",
                    "low",
                    "message",
                    "rose"))),
        RULES,
        DRAW,
        DAY);
  }

  private static List<Row> plan(SparkSession spark, long capacity) {
    Dataset<Row> candidates = candidates(spark);
    Map<Cause, Long> counts = new EnumMap<>(Cause.class);
    candidates
        .where("cause IS NOT NULL")
        .groupBy("cause")
        .count()
        .collectAsList()
        .forEach(
            r ->
                counts.put(
                    Cause.valueOf(r.getString(0).toUpperCase(java.util.Locale.ROOT)),
                    r.getLong(1)));
    Map<Cause, Long> limits = Capacity.limits(counts, capacity, RULES.shares());
    return InspectionPlan.of(candidates, limits, RULES, DRAW, DAY)
        .orderBy("priority")
        .collectAsList();
  }

  @Test
  void dueChecksAndLeadsComeFirstAndEveryVisitHasItsCause(SparkSession spark) {
    List<Row> plan = plan(spark, 12);
    assertThat(plan).hasSize(12);
    assertThat(plan).extracting(r -> r.<String>getAs("code")).doesNotHaveDuplicates();
    assertThat(plan)
        .extracting(r -> r.<String>getAs("cause"))
        .startsWith("due_promise", "lead", "full_coverage", "risk_class")
        .endsWith("exploration");
    Row first = plan.get(0);
    assertThat(first.<String>getAs("code")).isEqualTo(code(0));
    assertThat(first.<LocalDate>getAs("due")).isEqualTo(DAY.plusDays(3));
    assertThat(first.<String>getList(first.fieldIndex("reasons")))
        .containsExactly("promise_check due 2026-07-03 (follow_up_duties/1/1)");
    assertThat(plan.get(2).<String>getAs("code")).isEqualTo(code(2));
    assertThat(plan.get(3).<String>getAs("code")).isEqualTo(code(9));
    assertThat(plan).extracting(r -> r.<String>getAs("code")).doesNotContain(code(4));
    assertThat(plan).allSatisfy(r -> assertThat(r.getList(r.fieldIndex("reasons"))).isNotEmpty());
  }

  @Test
  void aDrawCanBeRecomputedByAnyone(SparkSession spark) {
    List<String> drawn =
        candidates(spark)
            .where("cause = 'random' AND tier = 'B'")
            .select("code")
            .collectAsList()
            .stream()
            .map(r -> r.getString(0))
            .toList();
    int quota = (int) Math.ceil(RULES.periodRate("B", "A") * (FIRMS - 10));
    List<String> population = new ArrayList<>();
    for (int i = 10; i < FIRMS; i++) {
      population.add(code(i));
    }
    population.sort(Comparator.comparing(DRAW::position));
    assertThat(drawn)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(population.subList(0, quota));
  }

  @Test
  void theSeedIsThePublishedHashOfTheDaysText() {
    assertThat(Draw.of("draw for {as_of}", DAY).text()).isEqualTo("draw for 2026-06-30");
    // printf 'draw for 2026-06-30' | sha256sum; printf '<seed>|F001' | sha256sum
    assertThat(Draw.of("draw for {as_of}", DAY).seed())
        .isEqualTo("b0920d60a9c5fc9dfa81752a85fc7804b12acdbd78624259dfd9b7314eef7d0f");
    assertThat(Draw.of("draw for {as_of}", DAY).position("F001"))
        .isEqualTo("28608e3560a606abecdabb872024d0db0e58b6cb2d2c0b3f38cce78a5b4cdbd4");
    assertThat(Draw.of("draw for {as_of}", DAY.plusDays(1)).seed())
        .isNotEqualTo(Draw.of("draw for {as_of}", DAY).seed());
    assertThat(DrawFile.json(DAY, DRAW, 7, "abc")).contains(DRAW.seed()).contains("\"firms\": 7");
  }

  @Test
  void dueDutiesAreNeverCutAndUnusedSharesFallToTheNext() {
    Map<Cause, Long> many = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      many.put(cause, 50L);
    }
    assertThat(Capacity.limits(many, 20, RULES.shares()))
        .containsEntry(Cause.DUE_PROMISE, 50L)
        .containsEntry(Cause.LEAD, 0L)
        .containsEntry(Cause.RANDOM, 0L);
    many.put(Cause.RISK_CLASS, 2L);
    Map<Cause, Long> limits = Capacity.limits(many, 140, RULES.shares());
    assertThat(limits.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(140);
    assertThat(limits).containsEntry(Cause.LEAD, 50L).containsEntry(Cause.RISK_CLASS, 2L);
    assertThat(limits.get(Cause.EXPLORATION)).isPositive();
  }
}
