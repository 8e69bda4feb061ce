package credit.jobs.tier;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static credit.jobs.warehouse.Rows.with;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TiersTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  private static final Map<String, Object> PASSED =
      event("inspection", DAY.minusMonths(2), "outcome", "pass");
  private static final Map<String, Object> HEAVY =
      event("penalty", DAY.minusMonths(3), "severity", "heavy");
  private static final Map<String, Object> MINOR =
      event("penalty", DAY.minusMonths(3), "severity", "minor");
  private static final Map<String, Object> SERIOUS =
      event(
          "serious_violation",
          DAY.minusMonths(30),
          "severity",
          "heavy",
          "effective_from",
          DAY.minusMonths(30));

  private static final Map<Boolean, TierRules> RULES = new HashMap<>();

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession shared) {
    spark = shared;
  }

  private static Map<String, Object> event(String type, LocalDate date, Object... more) {
    Map<String, Object> event =
        row(
            "event_id",
            type + date,
            "event_type",
            type,
            "event_date",
            date,
            "severity",
            "none",
            "exempt",
            false,
            "status",
            "active",
            "sources",
            List.of(row("record_id", type + "/" + date)));
    return with(event, more);
  }

  private static Map<String, Object> firm(Map<?, ?>... timeline) {
    return row(
        "id_scheme", "uscc",
        "code", "91440400192548256N",
        "entity_type", "enterprise",
        "register_status", "active",
        "established", LocalDate.of(2010, 1, 1),
        "penalties_36m", (long) timeline.length,
        "register_record_id", "firm_register/1/1",
        "timeline", List.of(timeline));
  }

  private TierRules rules(boolean allowPending) {
    return RULES.computeIfAbsent(
        allowPending, pending -> TierRules.of(spark, SCHEMAS, DAY, pending));
  }

  private Row rate(Map<String, Object> firm) {
    return rate(firm, true);
  }

  private Row rate(Map<String, Object> firm, boolean allowPending) {
    Dataset<Row> files = table(spark, "firm_file", firm);
    return Tiers.rate(files, rules(allowPending)).first();
  }

  private static String tier(Row row) {
    return row.getAs("tier");
  }

  private static List<Row> reasons(Row row) {
    return row.getList(row.fieldIndex("reasons"));
  }

  @Test
  void tierReasonsSumToTheTiersPoints() {
    Row rated = rate(firm(PASSED, HEAVY, MINOR, with(HEAVY, "event_date", DAY.minusMonths(20))));
    long sum = reasons(rated).stream().mapToLong(r -> r.<Long>getAs("points")).sum();
    assertThat(sum).isEqualTo(rated.<Long>getAs("points")).isEqualTo(80 + 2 - 35 - 4 - 18);
    assertThat(tier(rated)).isEqualTo("D");
    assertThat(reasons(rated))
        .allSatisfy(
            r -> {
              assertThat(r.<String>getAs("basis")).isNotBlank();
              assertThat(r.getList(r.fieldIndex("records"))).isNotEmpty();
            });
  }

  @Test
  void manyEventsOfOneKindCountNoMoreThanTheCap() {
    Row rated =
        rate(
            firm(
                MINOR,
                with(MINOR, "event_date", DAY.minusDays(1)),
                with(MINOR, "event_date", DAY.minusDays(2)),
                with(MINOR, "event_date", DAY.minusDays(3)),
                with(MINOR, "event_date", DAY.minusDays(4))));
    assertThat(rated.<Long>getAs("points")).isEqualTo(80 - 12);
    assertThat(tier(rated)).isEqualTo("B");
  }

  @Test
  void aFirmWithoutRecordsIsNotCalledGood() {
    Row rated = rate(firm());
    assertThat(tier(rated)).isEqualTo("N");
    assertThat(rated.<String>getAs("cause")).isEqualTo("no_records");
    assertThat(rated.<Long>getAs("points")).isZero();
    assertThat(tier(rate(firm(event("licence", DAY.minusMonths(9)))))).isEqualTo("N");
  }

  @Test
  void aPriorNoticeIsNoRecordThatAFirmIsRatedBy() {
    Map<String, Object> notice =
        event("listing_notice", DAY.minusDays(9), "status", "announced", "severity", "heavy");
    assertThat(rate(firm(notice)).<String>getAs("cause")).isEqualTo("no_records");
    assertThat(rate(firm(PASSED, notice)).mkString())
        .isEqualTo(rate(with(firm(PASSED), "penalties_36m", 2L)).mkString());
  }

  @Test
  void aNewFirmIsNotRatedUnlessItAlreadyBrokeTheLaw() {
    Map<String, Object> young = with(firm(PASSED), "established", DAY.minusMonths(3));
    assertThat(rate(young).<String>getAs("cause")).isEqualTo("new_firm");
    assertThat(tier(rate(with(firm(HEAVY), "established", DAY.minusMonths(3))))).isNotEqualTo("N");
  }

  @Test
  void anIndividualBusinessIsRatedByItsOwnRules() {
    Map<String, Object> general = with(MINOR, "severity", "general");
    Row shop = rate(with(firm(general), "entity_type", "individual"));
    Row company = rate(firm(general));
    assertThat(shop.<Long>getAs("points")).isEqualTo(72);
    assertThat(company.<Long>getAs("points")).isEqualTo(65);
  }

  @Test
  void aSeriousViolationInForceHoldsAFirmInTheLowestTier() {
    Row listed = rate(firm(PASSED, SERIOUS));
    assertThat(tier(listed)).isEqualTo("D");
    assertThat(listed.<String>getAs("cause")).isEqualTo("ceiling D TE-81");
    Row over = rate(firm(PASSED, with(SERIOUS, "effective_until", DAY)));
    assertThat(tier(over)).isEqualTo("A");
    assertThat(over.<String>getAs("cause")).isNull();
  }

  @Test
  void minorOffencesAloneDoNotLeadToTheLowestTier() {
    Map<String, Object> breach =
        event("inspection", DAY.minusDays(9), "outcome", "breach", "severity", "minor");
    Map<String, Object> unreachable = with(breach, "outcome", "unreachable");
    Map<String, Object> missing =
        event("annual_report", DAY.minusDays(9), "outcome", "missing", "severity", "minor");
    Row rated =
        rate(firm(breach, breach, breach, breach, unreachable, unreachable, missing, MINOR));
    assertThat(rated.<Long>getAs("points")).isEqualTo(80 - 16 - 12 - 10 - 4);
    assertThat(tier(rated)).isEqualTo("C");
    assertThat(rated.<String>getAs("cause")).isEqualTo("floor C TF-21");
  }

  @Test
  void aRepairedOrAnnulledRecordCountsNoMoreFromItsDay() {
    Map<String, Object> repaired = with(HEAVY, "status", "repaired", "status_date", DAY);
    assertThat(rate(firm(PASSED, repaired)).<Long>getAs("points")).isEqualTo(82);
    Map<String, Object> tomorrow = with(repaired, "status_date", DAY.plusDays(1));
    assertThat(rate(firm(PASSED, tomorrow)).<Long>getAs("points")).isEqualTo(47);
    Map<String, Object> contested = with(HEAVY, "status", "under_objection", "status_date", DAY);
    assertThat(rate(firm(PASSED, contested)).<Long>getAs("points")).isEqualTo(47);
    assertThat(tier(rate(firm(with(HEAVY, "status", "annulled", "status_date", DAY)))))
        .isEqualTo("N");
  }

  @Test
  void anUnverifiedComplaintOrAnExemptOffenceCostsNothing() {
    Map<String, Object> complaint = event("complaint", DAY.minusDays(3), "outcome", "unverified");
    assertThat(rate(firm(PASSED, complaint, with(HEAVY, "exempt", true))).<Long>getAs("points"))
        .isEqualTo(82);
  }

  /** It sees all reasons of its tier, and the days on which they came and go. */
  @Test
  void aFirmCannotTellFromItsTierThatSomebodyTippedOff() {
    Map<String, Object> dispute =
        event(
            "complaint", DAY.minusDays(3), "outcome", "verified", "categories", List.of("dispute"));
    Map<String, Object> tipOff = with(dispute, "categories", List.of("tip_off"));
    assertThat(rate(firm(PASSED, dispute)).<Long>getAs("points")).isEqualTo(79);
    assertThat(rate(firm(PASSED, tipOff)).toString()).isEqualTo(rate(firm(PASSED)).toString());
  }

  @Test
  void pendingRulesRateNobodyAndSayWhatTheyWouldHaveSaid() {
    Row rated = rate(firm(PASSED, SERIOUS), false);
    assertThat(tier(rated)).isEqualTo("N");
    assertThat(rated.<String>getAs("cause")).isEqualTo("no_rule_in_force");
    assertThat(reasons(rated)).isEmpty();
    assertThat(rated.<String>getList(rated.fieldIndex("shadow")))
        .containsExactly("TE-14", "TE-81", "TF-01");
  }

  @Test
  void aFieldOfPublicSafetyIsCoveredWhateverTheTier() {
    Dataset<Row> files =
        table(
            spark,
            "firm_file",
            with(firm(PASSED), "industry", "H62"),
            with(firm(SERIOUS), "industry", "H62", "code", "2"),
            with(firm(PASSED), "industry", "F52", "code", "3"));
    Dataset<Row> tiers = Tiers.rate(files, rules(true));
    Dataset<Row> measures =
        Measures.of(
            files,
            tiers,
            SCHEMAS.rule("measures"),
            RuleConditions.columns(SCHEMAS, SCHEMAS.rule("measures")),
            DAY,
            true);
    List<String> covered =
        measures.where("kind = 'coverage'").select("code").collectAsList().stream()
            .map(r -> r.getString(0))
            .toList();
    assertThat(covered).containsExactlyInAnyOrder("91440400192548256N", "2");
    assertThat(measures.where("kind = 'incentive'").count()).isEqualTo(2);
  }
}
