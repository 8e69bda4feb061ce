package credit.jobs.firm;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.with;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Rows;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the contract of prior notices means, and that it means nothing to any rule. */
@ExtendWith(SparkExtension.class)
class ListingNoticesTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final SourceContract CONTRACT = SCHEMAS.sources().get("listing_notices");
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final LocalDate TOLD = LocalDate.of(2026, 5, 4);
  private static final LocalDate LAST = LocalDate.of(2026, 5, 14);
  private static final LocalDate DECIDED = LocalDate.of(2026, 6, 1);
  private static final LocalDate KNOWN = LocalDate.of(2026, 5, 31);
  private static final String OFFICE = "珠海市市场监督管理局";
  private static final Map<String, Object> NOTICE =
      row(
          "notice_no", "珠市监严告〔2026〕5号",
          "firm_name", "甲公司",
          "code", "FIRM",
          "notified_on", TOLD,
          "objection_until", LAST,
          "basis", "令第44号",
          "authority", OFFICE,
          "record_key", "5",
          "record_id", "listing_notices/a/1",
          "known_at", KNOWN,
          "ended", false);
  private static final Map<String, Object> LISTED =
      with(
          NOTICE,
          "outcome",
          "listed",
          "outcome_on",
          DECIDED,
          "decision_no",
          "珠市监严列〔2026〕7号",
          "record_id",
          "listing_notices/b/1",
          "known_at",
          DAY);
  private static final Map<String, Object> DECISION =
      row(
          "decision_no",
          "珠市监严列[2026] 7号",
          "code",
          "FIRM",
          "notified_on",
          TOLD,
          "listed_on",
          DECIDED,
          "basis",
          "令第44号",
          "authority",
          OFFICE,
          "record_key",
          "7",
          "record_id",
          "serious_violations/a/1",
          "known_at",
          DAY,
          "ended",
          false);

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession shared) {
    spark = shared;
  }

  private Dataset<Row> ofTheFirm(Dataset<Row> rows) {
    return rows.withColumn("id_scheme", lit("uscc")).withColumn("code", lit("FIRM"));
  }

  private Dataset<Row> merged(String source, Map<String, Object> newest) {
    return Events.merge(
        ofTheFirm(
                Acts.copies(
                        SCHEMAS.sources().get(source),
                        Rows.table(spark, "staged_" + source, newest))
                    .reduce(Dataset::union)
                    .orElseThrow())
            .withColumn("first_known_at", col("ended_known_at")),
        null);
  }

  private Row event(Map<String, Object> newest, Dataset<Row> changes) {
    return Events.withStatus(merged("listing_notices", newest), changes, DAY).first();
  }

  private Dataset<Row> change(String status) {
    return spark.sql(
        ("SELECT 'uscc' AS id_scheme, 'FIRM' AS code, '珠市监严告(2026)5号' AS act_number,"
                + " CAST(NULL AS STRING) AS change_authority, 'listing_notice' AS change_type,"
                + " '%s' AS new_status, DATE'2026-06-02' AS changed_on,"
                + " CAST(NULL AS DATE) AS changed_until,"
                + " DATE'2026-06-02' AS change_known_at")
            .formatted(status));
  }

  private List<String> steps(String of, Map<String, Object> newest, Dataset<Row> told) {
    Row event = Events.withSteps(merged(of, newest), ofTheFirm(told)).first();
    return event.<Row>getList(event.fieldIndex("steps")).stream()
        .map(s -> s.getAs("day") + " " + s.getAs("step") + ", known " + s.getAs("known_at"))
        .toList();
  }

  private Dataset<Row> told(String source, Map<?, ?>... versions) {
    return Steps.of(SCHEMAS.sources().get(source), Rows.table(spark, "staged_" + source, versions))
        .reduce(Dataset::union)
        .orElseThrow()
        .where(col("record_id").equalTo(versions[versions.length - 1].get("record_id")));
  }

  @Test
  void aNoticeIsAnnouncedAndItsWindowHoldsUpToTheLastDayGiven() {
    Row event = event(NOTICE, change("repaired").limit(0));
    assertThat(event.<String>getAs("event_type")).isEqualTo("listing_notice");
    assertThat(event.<String>getAs("status")).isEqualTo("announced");
    assertThat(event.<LocalDate>getAs("event_date")).isEqualTo(TOLD);
    assertThat(event.<LocalDate>getAs("effective_until")).isEqualTo(LAST.plusDays(1));
    Row unknown = event(with(NOTICE, "objection_until", null), change("repaired").limit(0));
    assertThat(unknown.<LocalDate>getAs("effective_until")).isNull();
  }

  @Test
  void nothingMakesAnActOfANotice() {
    for (String status : List.of("under_objection", "repaired", "annulled", "suspended")) {
      assertThat(event(NOTICE, change(status)).<String>getAs("status")).isEqualTo("announced");
    }
  }

  @Test
  void aNoticeThatIsTakenBackLaterIsAnnouncedUntilThen() {
    Dataset<Row> none = change("repaired").limit(0);
    Map<String, Object> back = with(NOTICE, "ended", true, "known_at", DAY);
    assertThat(event(back, none).<String>getAs("status")).isEqualTo("withdrawn");
    Row later = event(with(back, "known_at", DAY.plusDays(1)), none);
    assertThat(later.<String>getAs("status")).isEqualTo("announced");
    assertThat(later.<LocalDate>getAs("status_date")).isNull();
  }

  @Test
  void aNoticeTellsItsOutcomeSinceItWasSentAgainWithIt() {
    assertThat(steps("listing_notices", NOTICE, told("listing_notices", NOTICE))).isEmpty();
    assertThat(steps("listing_notices", LISTED, told("listing_notices", NOTICE, LISTED)))
        .containsExactly("2026-06-01 listed, known 2026-06-30");
    Map<String, Object> dropped = with(LISTED, "outcome", "not_listed", "decision_no", null);
    assertThat(steps("listing_notices", dropped, told("listing_notices", NOTICE, dropped)))
        .containsExactly("2026-06-01 not_listed, known 2026-06-30");
    Map<String, Object> back = with(dropped, "outcome", "withdrawn");
    assertThat(steps("listing_notices", back, told("listing_notices", NOTICE, back)))
        .containsExactly("2026-06-01 notice_withdrawn, known 2026-06-30");
  }

  @Test
  void aDecisionThatNamesItsNoticeIsAStepOfItWhateverTheBrackets() {
    Map<String, Object> naming = with(DECISION, "notice_no", "珠市监严告[2026]5号");
    assertThat(steps("listing_notices", NOTICE, told("serious_violations", naming)))
        .containsExactly("2026-06-01 listed, known 2026-06-30");
    assertThat(steps("listing_notices", NOTICE, told("serious_violations", DECISION))).isEmpty();
  }

  @Test
  void aNoticeThatNamesItsDecisionIsAStepOfItKnownSinceTheNoticeWas() {
    assertThat(steps("serious_violations", DECISION, told("listing_notices", NOTICE, LISTED)))
        .containsExactly("2026-05-04 notified, known 2026-05-31");
    assertThat(steps("serious_violations", DECISION, told("listing_notices", NOTICE))).isEmpty();
  }

  @Test
  void aRowIsRefusedThatEndsOrAnswersANoticeBeforeItWasGivenOrOnNoDay() {
    assertThat(refusedBy(NOTICE)).isEmpty();
    assertThat(refusedBy(LISTED)).isEmpty();
    assertThat(refusedBy(with(NOTICE, "objection_until", TOLD))).isEmpty();
    assertThat(refusedBy(with(NOTICE, "objection_until", TOLD.minusDays(1))))
        .containsExactly("window_not_before_notice");
    assertThat(refusedBy(with(LISTED, "outcome_on", TOLD.minusDays(1))))
        .containsExactly("outcome_not_before_notice");
    assertThat(refusedBy(with(LISTED, "outcome_on", null))).containsExactly("outcome_needs_a_day");
  }

  private List<String> refusedBy(Map<String, Object> row) {
    Dataset<Row> rows = Rows.table(spark, "staged_listing_notices", row);
    return CONTRACT.quality().stream()
        .filter(q -> rows.where(q.condition()).isEmpty())
        .map(SourceContract.Quality::name)
        .toList();
  }

  @Test
  void theWordsOfADepartmentAreTheThreeOutcomes() {
    assertThat(outcome("列入")).isEqualTo("listed");
    assertThat(outcome("不予列入")).isEqualTo("not_listed");
    assertThat(outcome("撤回告知")).isEqualTo("withdrawn");
    assertThat(SCHEMAS.codes().get("notice_outcome").canonical("listing_notices", "研究中")).isEmpty();
  }

  private static String outcome(String word) {
    return SCHEMAS.codes().get("notice_outcome").canonical("listing_notices", word).orElseThrow();
  }

  @Test
  void noticesFeedNoListAndAMissingOneMakesNoAnswerUnsure() {
    assertThat(CONTRACT.readers()).containsExactly("link", "firm");
    assertThat(CONTRACT.delivery().requiredForLists()).isFalse();
  }

  @Test
  void aNoticeMayBeUsedForNothing() {
    for (boolean allowPending : List.of(true, false)) {
      UseRules use = UseRules.of(SCHEMAS, DAY, allowPending);
      for (String purpose : List.of("public", "share", "tier", "model", "list")) {
        assertThat(use.barredFor(purpose)).as(purpose).contains("announced");
      }
    }
  }

  /** Beside the bar of its status: no rule picks a notice up in the first place. */
  @Test
  void noRuleOverEventsSpeaksOfANotice() {
    Dataset<Row> events =
        Rows.table(
                spark,
                "events",
                row("event_type", "listing_notice", "event_date", TOLD, "effective_from", TOLD),
                row("event_type", "listing_notice", "event_date", TOLD, "domain", "food"),
                row("event_type", "listing_notice", "event_date", TOLD, "effective_until", LAST))
            .withColumn("as_of", lit(DAY));
    List<String> speaking = new ArrayList<>();
    for (RuleFile file : SCHEMAS.rules().values()) {
      if ("events".equals(file.table())) {
        StructType columns = RuleConditions.columns(SCHEMAS, file);
        file.rules().stream()
            .filter(r -> !"firm".equals(r.effect("aggregate"))) // of no event
            .filter(r -> holds(events, file, r, columns))
            .map(Rule::id)
            .forEach(speaking::add);
      }
    }
    assertThat(speaking).isEmpty();
  }

  private boolean holds(Dataset<Row> events, RuleFile file, Rule rule, StructType columns) {
    return !events.where(RuleConditions.condition(spark, file, rule, columns)).isEmpty();
  }

  @Test
  void aNoticeMovesNothingInAFileButItsTimelineAndItsRecords() {
    Map<String, Object> penalty =
        row(
            "event_id", "E-1",
            "id_scheme", "uscc",
            "code", "FIRM",
            "event_type", "penalty",
            "event_date", TOLD,
            "severity", "heavy",
            "status", "active",
            "sources", List.of(row("record_id", "penalties/a/1")));
    Map<String, Object> notice =
        with(
            penalty,
            "event_id",
            "E-2",
            "event_type",
            "listing_notice",
            "status",
            "announced",
            "effective_from",
            TOLD,
            "effective_until",
            DAY.plusDays(9));
    FirmFiles files = new FirmFiles(DAY, UseRules.of(SCHEMAS, DAY, true));
    Dataset<Row> register = spark.sql("SELECT 'uscc' AS id_scheme, 'FIRM' AS code");
    Row without = files.build(register, Rows.table(spark, "events", penalty)).first();
    Row beside = files.build(register, Rows.table(spark, "events", penalty, notice)).first();
    for (String column : without.schema().fieldNames()) {
      if (!List.of("timeline", "records").contains(column)) {
        assertThat(beside.<Object>getAs(column)).as(column).isEqualTo(without.getAs(column));
      }
    }
    assertThat(beside.<Row>getList(beside.fieldIndex("timeline"))).hasSize(2);
  }
}
