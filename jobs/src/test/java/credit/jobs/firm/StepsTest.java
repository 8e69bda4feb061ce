package credit.jobs.firm;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.with;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Rows;
import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The life of one listing decision, told by its own source, an objection and a repair. */
@ExtendWith(SparkExtension.class)
class StepsTest {
  private static final String ACT = "珠市监严〔2025〕7号";
  private static final String OFFICE = "珠海市市场监督管理局";
  private static final Map<String, Object> DECISION =
      row(
          "code",
          "FIRM",
          "decision_no",
          ACT,
          "authority",
          OFFICE,
          "notified_on",
          day("2025-02-01"),
          "listed_on",
          day("2025-03-09"),
          "record_key",
          "7",
          "record_id",
          "serious_violations/a/1",
          "known_at",
          day("2025-03-31"),
          "ended",
          false);
  private static final Map<String, Object> OBJECTION =
      row(
          "code", "FIRM",
          "target_act_no", "珠市监严(2025) 7号",
          "target_authority", OFFICE,
          "target_kind", "serious_violation",
          "outcome", "pending",
          "applied_on", day("2025-04-10"),
          "record_key", "YY-1",
          "record_id", "objections/a/1",
          "known_at", day("2025-04-30"),
          "ended", false);
  private static final Map<String, Object> REFUSED =
      with(
          OBJECTION,
          "outcome",
          "refused",
          "decided_on",
          day("2025-05-20"),
          "record_id",
          "objections/b/1",
          "known_at",
          day("2025-06-30"));

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession shared) {
    spark = shared;
  }

  private static LocalDate day(String day) {
    return LocalDate.parse(day);
  }

  /** Steps of a source's rows, of which the last one is the newest version of its record. */
  private Dataset<Row> steps(String source, Map<?, ?>... versions) {
    Map<?, ?> newest = versions[versions.length - 1];
    return Steps.of(
            Schemas.bundled().sources().get(source),
            Rows.table(spark, "staged_" + source, versions))
        .reduce(Dataset::union)
        .orElseThrow()
        .where(col("record_id").equalTo(newest.get("record_id")))
        .withColumn("id_scheme", lit("uscc"))
        .withColumn("code", lit("FIRM"));
  }

  private List<String> life(Dataset<Row> steps) {
    Dataset<Row> decision =
        Acts.copies(
                Schemas.bundled().sources().get("serious_violations"),
                Rows.table(spark, "staged_serious_violations", DECISION))
            .reduce(Dataset::union)
            .orElseThrow()
            .withColumn("id_scheme", lit("uscc"))
            .withColumn("code", lit("FIRM"))
            .withColumn("first_known_at", col("ended_known_at"));
    Row event = Events.withSteps(Events.merge(decision, null), steps).collectAsList().get(0);
    return event.<Row>getList(event.fieldIndex("steps")).stream()
        .map(
            s ->
                "%s %s, known %s by %s"
                    .formatted(
                        s.getAs("day"), s.getAs("step"), s.getAs("known_at"), s.getAs("record_id")))
        .toList();
  }

  @Test
  void aDecisionTellsItsNoticeAndItsRemovalAndNoOtherDayThanItStates() {
    assertThat(life(steps("serious_violations", DECISION)))
        .containsExactly("2025-02-01 notified, known 2025-03-31 by serious_violations/a/1");
    Map<String, Object> removed = with(DECISION, "removed_on", day("2026-03-10"));
    assertThat(life(steps("serious_violations", removed)))
        .containsExactly(
            "2025-02-01 notified, known 2025-03-31 by serious_violations/a/1",
            "2026-03-10 removed, known 2025-03-31 by serious_violations/a/1");
  }

  @Test
  void anObjectionIsKnownSinceItWasFirstToldAndItsOutcomeSinceThatWas() {
    assertThat(life(steps("objections", OBJECTION, REFUSED)))
        .containsExactly(
            "2025-04-10 objected, known 2025-04-30 by objections/b/1",
            "2025-05-20 objection_refused, known 2025-06-30 by objections/b/1");
  }

  @Test
  void aStepWhoseDayWasCorrectedIsKnownSinceTheCorrection() {
    Map<String, Object> corrected =
        with(
            OBJECTION,
            "applied_on",
            day("2025-04-01"),
            "record_id",
            "objections/b/1",
            "known_at",
            day("2025-06-30"));
    assertThat(life(steps("objections", OBJECTION, corrected)))
        .containsExactly("2025-04-01 objected, known 2025-06-30 by objections/b/1");
  }

  @Test
  void anObjectionToAnotherActOrOneTakenBackIsNoStepOfThisOne() {
    Map<String, Object> other = with(OBJECTION, "target_act_no", "珠市监严〔2025〕8号");
    Map<String, Object> penalty = with(OBJECTION, "target_kind", "penalty");
    Map<String, Object> back = with(OBJECTION, "ended", true);
    for (Map<String, Object> objection : List.of(other, penalty, back)) {
      assertThat(life(steps("objections", objection))).isEmpty();
    }
  }
}
