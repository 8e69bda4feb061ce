package credit.jobs.cli;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static credit.jobs.warehouse.Rows.with;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class QuarantinedTest {
  private static final Map<String, Object> FIRST = delivery("a", "accepted", 1, null);

  private static Map<String, Object> refused(String delivery, long number, String reason) {
    return row("delivery_id", delivery, "row_number", number, "reason", reason);
  }

  private static Map<String, Object> delivery(
      String id, String status, int day, String corrects, Long... rows) {
    return row(
        "delivery_id",
        id,
        "path",
        id + ".csv",
        "status",
        status,
        "ingested_at",
        Instant.parse("2026-06-0%dT00:00:00Z".formatted(day)),
        "corrects",
        corrects,
        "corrected_rows",
        List.of(rows));
  }

  private static List<String> states(SparkSession spark, Map<?, ?>... deliveries) {
    return states(spark, table(spark, "deliveries", deliveries));
  }

  private static List<String> states(SparkSession spark, Dataset<Row> deliveries) {
    Dataset<Row> quarantine =
        table(
            spark,
            "quarantine",
            refused("a", 1, "date_unreadable"),
            refused("a", 1, "value_missing"),
            refused("a", 2, "date_unreadable"),
            refused("b", 1, "date_unreadable"));
    return states(quarantine, deliveries);
  }

  private static List<String> states(Dataset<Row> quarantine, Dataset<Row> deliveries) {
    return Quarantined.states(quarantine, deliveries)
        .selectExpr("concat_ws(' ', delivery_id, row_number, reason, state, closed_by)")
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .sorted()
        .toList();
  }

  @Test
  void aRowWaitsUntilADeliveryBringsItAnewAndAllItsProblemsCloseWithIt(SparkSession spark) {
    assertThat(states(spark, FIRST, delivery("b", "accepted", 2, "a", 1L)))
        .containsExactly(
            "a 1 date_unreadable closed b",
            "a 1 value_missing closed b",
            "a 2 date_unreadable open",
            "b 1 date_unreadable open");
  }

  @Test
  void theFirstCorrectionClosesARowAndALaterOneChangesNothing(SparkSession spark) {
    assertThat(
            states(
                spark,
                FIRST,
                delivery("c", "accepted", 3, "a", 1L, 2L),
                delivery("b", "accepted", 2, "a", 2L)))
        .contains("a 1 date_unreadable closed c", "a 2 date_unreadable closed b");
  }

  @Test
  void aCorrectionThatStaysOutOrComesAgainClosesNothing(SparkSession spark) {
    assertThat(
            states(
                spark,
                FIRST,
                delivery("b", "refused", 2, "a", 1L),
                delivery("b", "resent", 3, null)))
        .contains("a 1 date_unreadable open");
  }

  @Test
  void ofTwoDecisionsOnTheSameFileOnlyTheLastCounts(SparkSession spark) {
    Map<String, Object> accepted = with(delivery("a", "accepted", 2, null), "run_id", "later");
    Dataset<Row> quarantine =
        table(
            spark,
            "quarantine",
            refused("a", 1, "date_unreadable"),
            with(refused("a", 2, "code_unknown"), "run_id", "later"));
    assertThat(
            states(
                quarantine,
                table(spark, "deliveries", delivery("a", "refused", 1, null), accepted)))
        .containsExactly("a 1 date_unreadable closed a", "a 2 code_unknown open");
  }

  @Test
  void aSecondDecisionWithinOneRunLeavesItsOwnRowsWaiting(SparkSession spark) {
    assertThat(states(spark, FIRST, delivery("a", "accepted", 2, null)))
        .contains("a 2 date_unreadable open");
  }

  @Test
  void noSourceClosesTheRowsOfAnother(SparkSession spark) {
    Map<String, Object> foreign = with(delivery("b", "accepted", 2, "a", 2L), "source", "visits");
    assertThat(states(spark, FIRST, foreign)).contains("a 2 date_unreadable open");
  }

  @Test
  void aRefusedFileThatComesAgainUnderAnotherDateIsNoNewDecision(SparkSession spark) {
    Map<String, Object> first = delivery("a", "refused", 1, null);
    Map<String, Object> copy = with(first, "path", "copy.csv");
    Map<String, Object> later = with(delivery("a", "refused", 2, null), "path", "later.csv");
    assertThat(states(spark, first, copy, with(later, "run_id", "later")))
        .containsExactly(
            "a 1 date_unreadable open", "a 1 value_missing open", "a 2 date_unreadable open");
  }

  @Test
  void aWholeFileClosesAllRowsOfTheOneThatItReplaces(SparkSession spark) {
    Dataset<Row> deliveries =
        table(spark, "deliveries", FIRST, delivery("b", "accepted", 2, "a"))
            .selectExpr(
                "source",
                "delivery_id",
                "run_id",
                "path",
                "status",
                "ingested_at",
                "corrects",
                "CAST(NULL AS ARRAY<BIGINT>) AS corrected_rows");
    assertThat(states(spark, deliveries))
        .containsExactly(
            "a 1 date_unreadable closed b",
            "a 1 value_missing closed b",
            "a 2 date_unreadable closed b",
            "b 1 date_unreadable open");
  }
}
