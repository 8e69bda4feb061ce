package credit.jobs.firm;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.with;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Rows;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Staged;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Repairs and remedies that name an act which their firm does not have; a firm is a case. */
@ExtendWith(SparkExtension.class)
class UnmetChangesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final LocalDate APPROVED = LocalDate.of(2026, 5, 4);
  private static final String ACT = "珠市监罚字〔2025〕12号";
  private static final String OFFICE = "珠海市市场监督管理局";

  private static Map<String, Row> unmet;
  private static Map<String, List<String>> statuses;

  private static Map<String, Object> record(String source, String firm, int number) {
    return row(
        "code",
        firm,
        "record_key",
        firm + number,
        "record_id",
        source + "/" + firm + "/" + number,
        "known_at",
        APPROVED);
  }

  private static Map<String, Object> penalty(String firm) {
    return with(
        record("penalties", firm, 1),
        "decision_no",
        ACT,
        "authority",
        OFFICE,
        "decided_on",
        APPROVED.minusYears(1));
  }

  /** A false promise, found by the document {@code F-1}. */
  private static Map<String, Object> promise(String firm, int number) {
    return with(
        record("promises", firm, number),
        "promise_no",
        "P-" + number,
        "promised_on",
        APPROVED.minusYears(2),
        "checked_on",
        APPROVED.minusYears(1),
        "outcome",
        "false",
        "finding_no",
        "F-1",
        "authority",
        OFFICE);
  }

  private static Map<String, Object> notice(String firm) {
    return with(
        record("listing_notices", firm, 1),
        "notice_no",
        ACT,
        "authority",
        OFFICE,
        "notified_on",
        APPROVED.minusDays(9));
  }

  private static Map<String, Object> repair(String firm, Object... more) {
    return with(
        with(
            record("repairs", firm, 1),
            "target_act_no",
            ACT,
            "target_authority",
            OFFICE,
            "target_kind",
            "penalty",
            "outcome",
            "approved",
            "decided_on",
            APPROVED),
        more);
  }

  private static Map<String, Object> repairOfPromise(String firm, String number) {
    return repair(firm, "target_act_no", number, "target_kind", "promise");
  }

  private static Map<String, Object> suspension(String firm, LocalDate until) {
    return with(
        record("remedies", firm, 1),
        "target_act_no",
        "珠市监罚字〔2020〕99号",
        "target_authority",
        OFFICE,
        "target_kind",
        "penalty",
        "outcome",
        "pending",
        "suspended_on",
        APPROVED,
        "resumed_on",
        until);
  }

  @BeforeAll
  static void build(SparkSession spark) {
    Told told = new Told(spark);
    Dataset<Row> merged =
        Events.merge(
            Stream.of(
                    told.acts(
                        "penalties",
                        penalty("MET"),
                        penalty("OTHER NUMBER"),
                        penalty("OTHER AUTHORITY"),
                        penalty("NO AUTHORITY"),
                        penalty("OTHER KIND"),
                        penalty("REFUSED")),
                    told.acts(
                        "promises",
                        promise("BY FINDING", 1),
                        promise("BY PROMISE", 1),
                        promise("ONE OF TWO", 1),
                        promise("ONE OF TWO", 2)),
                    told.acts("listing_notices", notice("NOTICE ONLY")))
                .reduce(Dataset::union)
                .orElseThrow(),
            null);
    Dataset<Row> changes =
        told.changes(
                "repairs",
                repair("MET"),
                repair("OTHER NUMBER", "target_act_no", "珠市监罚字〔2025〕21号"),
                repair("OTHER AUTHORITY", "target_authority", "珠海市应急管理局"),
                repair("NO AUTHORITY", "target_authority", null),
                repair("OTHER KIND", "target_kind", "serious_violation"),
                repair("REFUSED", "target_act_no", "none", "outcome", "refused"),
                repair("NO ACT AT ALL"),
                repair("NOTICE ONLY", "target_kind", "listing_notice"),
                repairOfPromise("BY FINDING", "f-1"),
                repairOfPromise("BY PROMISE", "p-1"),
                repairOfPromise("ONE OF TWO", "P-1"))
            .union(
                told.changes(
                    "remedies",
                    suspension("STILL SUSPENDED", DAY.plusDays(1)),
                    suspension("SUSPENSION OVER", DAY)));
    Dataset<Row> events =
        Events.withStatus(Events.withSteps(merged, noSteps(changes)), changes, DAY);
    statuses =
        events.collectAsList().stream()
            .collect(
                Collectors.groupingBy(
                    r -> r.getAs("code"),
                    Collectors.mapping(r -> r.getAs("status"), Collectors.toList())));
    unmet =
        UnmetChanges.of(events, changes, DAY).collectAsList().stream()
            .collect(Collectors.toMap(r -> r.getAs("code"), r -> r));
  }

  private static Dataset<Row> noSteps(Dataset<Row> changes) {
    return changes
        .limit(0)
        .selectExpr(
            "*",
            "CAST(NULL AS STRUCT<day: DATE, step: STRING, known_at: DATE, record_id: STRING>) AS step");
  }

  /** What sources tell, with the firm that each record names. */
  private record Told(SparkSession spark) {
    private Dataset<Row> staged(String source, Map<?, ?>... rows) {
      return Rows.table(spark, "staged_" + source, rows);
    }

    private static SourceContract contract(String source) {
      return Schemas.bundled().sources().get(source);
    }

    private static Dataset<Row> linked(Dataset<Row> told, Dataset<Row> staged) {
      return told.join(
          Staged.versions(staged, DAY)
              .select(
                  col("record_id"),
                  lit("uscc").as("id_scheme"),
                  col("code"),
                  col("first_known_at")),
          "record_id");
    }

    Dataset<Row> acts(String source, Map<?, ?>... rows) {
      Dataset<Row> staged = staged(source, rows);
      return linked(
          Acts.copies(contract(source), staged).reduce(Dataset::union).orElseThrow(), staged);
    }

    Dataset<Row> changes(String source, Map<?, ?>... rows) {
      Dataset<Row> staged = staged(source, rows);
      return linked(Acts.statusChanges(contract(source), staged), staged);
    }
  }

  private static void assertUnmet(String firm, String reason, String... types) {
    assertThat(unmet).containsKey(firm);
    Row change = unmet.get(firm);
    assertThat(change.<String>getAs("reason")).as(firm).isEqualTo(reason);
    assertThat(change.<Row>getList(change.fieldIndex("acts")))
        .as(firm)
        .extracting(act -> act.<String>getAs("event_type"))
        .containsExactly(types);
    assertThat(statuses.getOrDefault(firm, List.of())).as(firm).doesNotContain("repaired");
  }

  private static void assertMet(String... firms) {
    assertThat(unmet).doesNotContainKeys(firms);
    Arrays.stream(firms)
        .forEach(firm -> assertThat(statuses.get(firm)).as(firm).containsExactly("repaired"));
  }

  @Test
  void aRepairThatMeetsItsActIsNoneThatWaits() {
    assertMet("MET", "NO AUTHORITY");
  }

  @Test
  void anApprovedRepairOfNoActOfTheFirmIsKeptWithWhatOfItFitsNone() {
    assertUnmet("NO ACT AT ALL", "number");
    assertUnmet("OTHER NUMBER", "number");
    assertUnmet("OTHER AUTHORITY", "authority", "penalty");
    assertUnmet("OTHER KIND", "kind", "penalty");
  }

  @Test
  void aChangeIsToldWithTheNumberAsItWasDelivered() {
    Row change = unmet.get("OTHER AUTHORITY");
    assertThat(change.<String>getAs("act_no")).isEqualTo(ACT);
    assertThat(change.<String>getAs("authority")).isEqualTo("珠海市应急管理局");
    assertThat(change.<LocalDate>getAs("changed_on")).isEqualTo(APPROVED);
    assertThat(change.<String>getAs("record_id")).isEqualTo("repairs/OTHER AUTHORITY/1");
  }

  @Test
  void aNoticeIsNoActThatARepairCouldMeet() {
    assertUnmet("NOTICE ONLY", "number");
  }

  @Test
  void whatWasRefusedOrIsOverWaitsForNobody() {
    assertThat(unmet).containsKey("STILL SUSPENDED");
    assertThat(unmet).doesNotContainKeys("REFUSED", "SUSPENSION OVER");
  }

  @Test
  void aFalsePromiseIsRepairedByItsOwnNumberOrByThatOfTheFinding() {
    assertMet("BY FINDING", "BY PROMISE");
  }

  @Test
  void theRepairOfOnePromiseDoesNotRepairAFindingOnSeveral() {
    assertUnmet("ONE OF TWO", "number");
  }
}
