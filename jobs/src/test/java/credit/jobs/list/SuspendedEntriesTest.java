package credit.jobs.list;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static credit.jobs.warehouse.Rows.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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

/** Entries whose act has no effect for a time. */
@ExtendWith(SparkExtension.class)
class SuspendedEntriesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final LocalDate SUSPENDED = LocalDate.of(2026, 5, 6);
  private static final LocalDate RESUMED = DAY.plusDays(2);
  private static final LocalDate TERM = LocalDate.of(2027, 5, 6);
  private static final String FIRM = "91440400MA00000005";
  private static final Map<String, Object> DECISION =
      row(
          "event_id", "E-1",
          "id_scheme", "uscc",
          "code", FIRM,
          "event_type", "serious_violation",
          "event_date", TERM.minusYears(3),
          "act_no", "珠市监严〔2024〕1号",
          "authority", "珠海市市场监督管理局",
          "status", "suspended",
          "status_date", SUSPENDED,
          "sources", List.of(row("record_id", "serious_violations/aa/1")));
  private static final Map<String, Object> HONOUR =
      with(
          DECISION,
          "event_type",
          "honour",
          "status",
          "active",
          "status_date",
          null,
          "categories",
          List.of("red_list"));

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession shared) {
    spark = shared;
  }

  private Dataset<Row> entries(String list, String scope, Map<?, ?>... events) {
    return Entries.of(
        table(spark, "events", events),
        table(spark, "firm_file", row("id_scheme", "uscc", "code", FIRM)),
        ListRules.of(spark, Schemas.bundled(), list, scope, DAY, true));
  }

  private void assertBlacklisted(
      Map<String, Object> event, LocalDate from, LocalDate until, LocalDate nextOn, String next) {
    assertThat(entries("blacklist", null, event).collectAsList())
        .extracting(
            r -> r.getAs("state"),
            r -> r.getAs("effective_from"),
            r -> r.getAs("effective_until"),
            r -> r.getAs("next_on"),
            r -> r.getAs("next_state"))
        .containsExactly(tuple("suspended", from, until, nextOn, next));
  }

  @Test
  void anEntryWhoseSuspensionEndsOnAKnownDayHoldsFromThatDayToItsTerm() {
    assertBlacklisted(with(DECISION, "status_until", RESUMED), RESUMED, TERM, RESUMED, "listed");
  }

  @Test
  void anEntryWhoseSuspensionIsOpenOrOutlastsItsTermDoesNotComeBack() {
    assertBlacklisted(DECISION, TERM.minusYears(3), SUSPENDED, null, null);
    assertBlacklisted(
        with(DECISION, "status_until", TERM), TERM.minusYears(3), SUSPENDED, null, null);
  }

  @Test
  void anIncentiveEndsOnTheDayOnWhichASuspendedRestrictionHoldsAgain() {
    Dataset<Row> barred = entries("restrictions", "mode", with(DECISION, "status_until", RESUMED));
    assertThat(
            Incentives.unlessListed(entries("incentives", "measure", HONOUR), barred, barred, DAY)
                .collectAsList())
        .extracting(r -> r.getAs("state"), r -> r.getAs("next_on"), r -> r.getAs("next_state"))
        .containsExactly(tuple("listed", RESUMED, "barred"));
    Dataset<Row> open = entries("restrictions", "mode", DECISION);
    assertThat(
            Incentives.unlessListed(entries("incentives", "measure", HONOUR), open, open, DAY)
                .collectAsList())
        .extracting(r -> r.getAs("state"), r -> r.<LocalDate>getAs("next_on"))
        .containsExactly(tuple("listed", null));
  }
}
