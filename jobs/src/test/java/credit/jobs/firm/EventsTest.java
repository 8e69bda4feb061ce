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
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Acts of the penalties sources with their repairs, objections and remedies; a firm is a case. */
@ExtendWith(SparkExtension.class)
class EventsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final LocalDate DECIDED = LocalDate.of(2025, 3, 9);
  private static final LocalDate KNOWN = LocalDate.of(2025, 3, 31);
  private static final LocalDate REPAIRED = LocalDate.of(2025, 9, 1);
  private static final LocalDate UPHELD = LocalDate.of(2025, 10, 1);
  private static final String ACT = "珠市监罚字〔2025〕12号";
  private static final String OFFICE = "珠海市市场监督管理局";

  private static final List<Map<String, Object>> PENALTIES = new ArrayList<>();
  private static final List<Map<String, Object>> OF_PROVINCE = new ArrayList<>();
  private static final List<Map<String, Object>> OF_2016 = new ArrayList<>();
  private static final List<Map<String, Object>> REPAIRS = new ArrayList<>();
  private static final List<Map<String, Object>> OBJECTIONS = new ArrayList<>();
  private static final List<Map<String, Object>> REMEDIES = new ArrayList<>();

  private static Map<String, List<Row>> events;

  /** A penalty on a firm; the record is named by the firm and a number. */
  private static Map<String, Object> penalty(String firm, int number, Object... more) {
    return with(
        row(
            "code", firm,
            "decision_no", ACT,
            "authority", OFFICE,
            "decided_on", DECIDED,
            "categories", List.of("fine"),
            "fine", new BigDecimal("5000.00"),
            "record_key", firm + number,
            "record_id", "penalties/" + firm + "/" + number,
            "known_at", KNOWN),
        more);
  }

  /** The same act in the layout of 2016: bracket and blanks differ, amounts are not in it. */
  private static Map<String, Object> penaltyOf2016(String firm, Object... more) {
    return with(
        row(
            "code",
            firm,
            "decision_no",
            "珠市监罚字[2025] 12号",
            "authority",
            OFFICE,
            "decided_on",
            DECIDED,
            "categories",
            List.of("fine"),
            "categories_2",
            List.of("confiscate_income"),
            "record_key",
            firm + "2016",
            "record_id",
            "penalties_2016/" + firm,
            "known_at",
            KNOWN.minusMonths(1)),
        more);
  }

  private static Map<String, Object> remedy(String firm, String outcome, Object... more) {
    return with(
        row(
            "code",
            firm,
            "target_act_no",
            ACT,
            "target_authority",
            OFFICE,
            "target_kind",
            "penalty",
            "outcome",
            outcome,
            "applied_on",
            UPHELD.minusDays(60),
            "record_key",
            firm,
            "record_id",
            "remedies/" + firm,
            "known_at",
            UPHELD.plusDays(30)),
        more);
  }

  private static Map<String, Object> repair(String firm, String outcome, Object... more) {
    return with(
        row(
            "code", firm,
            "target_act_no", ACT,
            "target_authority", OFFICE,
            "target_kind", "penalty",
            "outcome", outcome,
            "decided_on", REPAIRED,
            "record_key", firm,
            "record_id", "repairs/" + firm,
            "known_at", REPAIRED.plusDays(29)),
        more);
  }

  private static Map<String, Object> objection(String firm, String outcome, Object... more) {
    return with(
        row(
            "code",
            firm,
            "target_act_no",
            ACT,
            "target_authority",
            OFFICE,
            "target_kind",
            "penalty",
            "outcome",
            outcome,
            "applied_on",
            UPHELD.minusDays(20),
            "record_key",
            firm,
            "record_id",
            "objections/" + firm,
            "known_at",
            UPHELD.plusDays(30)),
        more);
  }

  static {
    PENALTIES.add(penalty("COPIES", 1));
    OF_PROVINCE.add(penalty("COPIES", 2, "known_at", KNOWN.plusMonths(1)));
    List.of("珠市监罚字[2025]12号", "珠市监罚字（2025）12号", "珠市监罚字【2025】 12 号", "珠市监罚字﹝２０２５﹞　12号")
        .forEach(
            number -> PENALTIES.add(penalty("BRACKETS", PENALTIES.size(), "decision_no", number)));
    PENALTIES.add(penalty("SPELT APART", 1, "authority", "珠海市市场监督管理局（香洲）"));
    PENALTIES.add(penalty("SPELT APART", 2, "authority", "珠海市市场监督管理局 (香洲)"));
    PENALTIES.add(penalty("SPELT APART", 3, "authority", "珠海市市场监督\u200B管理局〔香洲〕\uFEFF"));
    REPAIRS.add(repair("SPELT APART", "approved", "target_authority", "珠海市市场监督管理局【香洲】"));
    List.of("粤珠Ａ-12", "粤珠a－12", "粤珠A—１２\u2003", "粤珠A–12", "粤珠A‐12")
        .forEach(
            number -> PENALTIES.add(penalty("DASHES", PENALTIES.size(), "decision_no", number)));
    PENALTIES.add(penalty("NUMBERLESS", 1, "decision_no", "\u200B"));
    PENALTIES.add(penalty("NUMBERLESS", 2, "decision_no", " "));
    PENALTIES.add(penalty("PLACEHOLDERS", 1, "decision_no", "无"));
    PENALTIES.add(penalty("PLACEHOLDERS", 2, "decision_no", "无"));
    PENALTIES.add(penalty("PLACEHOLDERS", 3, "decision_no", "—"));
    REPAIRS.add(repair("PLACEHOLDERS", "approved", "target_act_no", "无"));
    PENALTIES.add(penalty("BOTH LAYOUTS", 1));
    OF_2016.add(penaltyOf2016("BOTH LAYOUTS"));
    OF_2016.add(penaltyOf2016("OLD LAYOUT ONLY"));
    OF_2016.add(penaltyOf2016("NO PENALTY IN 2016", "categories", List.of("no_penalty")));
    OF_2016.add(penaltyOf2016("DISPLAYED", "public_until", DAY.plusDays(90)));
    PENALTIES.add(penalty("DISPLAYED", 1, "public_until", DAY.plusDays(30)));
    PENALTIES.add(penalty("DISPLAYED", 2));
    PENALTIES.add(penalty("TWO ACTS", 1));
    PENALTIES.add(penalty("TWO ACTS", 2, "decision_no", "珠市监罚字〔2025〕13号"));
    PENALTIES.add(penalty("TWO ACTS", 3, "authority", "珠海市应急管理局"));
    PENALTIES.add(penalty("CONTRADICTION", 1));
    PENALTIES.add(penalty("CONTRADICTION", 2, "fine", new BigDecimal("50000.00")));

    PENALTIES.add(penalty("AMOUNT LEFT OUT", 1, "fine", null));
    PENALTIES.add(penalty("AMOUNT LEFT OUT", 2, "fine", new BigDecimal("50000"), "known_at", DAY));
    PENALTIES.add(penalty("TWO AMOUNTS", 1, "confiscation", new BigDecimal("700")));
    PENALTIES.add(penalty("CONFISCATED", 1, "fine", null, "confiscation", BigDecimal.TEN));
    for (String first : List.of("OLD FIRST", "NEW FIRST")) {
      LocalDate old = first.equals("OLD FIRST") ? KNOWN.minusDays(9) : KNOWN.plusDays(9);
      OF_2016.add(penaltyOf2016(first, "categories_2", null, "basis", "第一条", "known_at", old));
      PENALTIES.add(
          penalty(
              first,
              1,
              "categories",
              List.of("revoke_permit", "fine"),
              "valid_until",
              DAY,
              "licence_action",
              "吊销"));
    }
    PENALTIES.add(penalty("WORDED ALIKE", 1, "categories", List.of("fine", "warning")));
    PENALTIES.add(penalty("WORDED ALIKE", 2, "categories", List.of("warning", "fine", "fine")));
    PENALTIES.add(penalty("TWO ENDS", 1, "valid_until", DAY));
    PENALTIES.add(penalty("TWO ENDS", 2, "valid_until", DAY.plusDays(1)));
    PENALTIES.add(penalty("KIND WITHDRAWN", 1, "ended", true, "categories", List.of("close")));
    PENALTIES.add(penalty("KIND WITHDRAWN", 2));

    PENALTIES.add(penalty("REPAIRED", 1));
    REPAIRS.add(repair("REPAIRED", "approved", "target_act_no", "珠市监罚字(2025)12号"));
    PENALTIES.add(penalty("REPAIR REFUSED", 1));
    REPAIRS.add(repair("REPAIR REFUSED", "refused"));
    PENALTIES.add(penalty("REPAIR TAKEN BACK", 1));
    REPAIRS.add(repair("REPAIR TAKEN BACK", "approved", "ended", true));
    PENALTIES.add(penalty("REPAIR OF OTHER KIND", 1));
    REPAIRS.add(repair("REPAIR OF OTHER KIND", "approved", "target_kind", "serious_violation"));
    PENALTIES.add(penalty("REPAIR ELSEWHERE", 1));
    REPAIRS.add(repair("REPAIR ELSEWHERE", "approved", "target_authority", "珠海市应急管理局"));

    PENALTIES.add(penalty("OBJECTED", 1));
    OBJECTIONS.add(objection("OBJECTED", "pending"));
    PENALTIES.add(penalty("OBJECTION REJECTED", 1));
    OBJECTIONS.add(objection("OBJECTION REJECTED", "rejected", "decided_on", UPHELD));
    PENALTIES.add(penalty("ANNULLED", 1));
    REPAIRS.add(repair("ANNULLED", "approved"));
    OBJECTIONS.add(objection("ANNULLED", "upheld", "decided_on", UPHELD));
    PENALTIES.add(penalty("ANNULLED LATER", 1));
    REPAIRS.add(repair("ANNULLED LATER", "approved"));
    OBJECTIONS.add(objection("ANNULLED LATER", "upheld", "decided_on", DAY.plusDays(1)));

    PENALTIES.add(penalty("REMEDY FILED", 1));
    REMEDIES.add(remedy("REMEDY FILED", "pending"));
    PENALTIES.add(penalty("SUSPENDED", 1));
    REMEDIES.add(remedy("SUSPENDED", "pending", "suspended_on", UPHELD));
    OBJECTIONS.add(objection("SUSPENDED", "pending"));
    PENALTIES.add(penalty("RESUMED", 1));
    REMEDIES.add(
        remedy("RESUMED", "pending", "suspended_on", UPHELD, "resumed_on", UPHELD.plusDays(9)));
    Map.of("RESUMES TOMORROW", DAY.plusDays(1), "RESUMED TODAY", DAY, "NEVER HELD", UPHELD)
        .forEach(
            (firm, resumed) -> {
              PENALTIES.add(penalty(firm, 1));
              REMEDIES.add(remedy(firm, "pending", "suspended_on", UPHELD, "resumed_on", resumed));
            });
    PENALTIES.add(penalty("DECIDED TOMORROW", 1));
    REMEDIES.add(
        remedy(
            "DECIDED TOMORROW", "upheld", "suspended_on", UPHELD, "decided_on", DAY.plusDays(1)));
    PENALTIES.add(penalty("REMEDY LOST", 1));
    REMEDIES.add(
        remedy("REMEDY LOST", "upheld", "suspended_on", UPHELD, "decided_on", UPHELD.plusDays(9)));
    PENALTIES.add(penalty("REMEDY WON", 1));
    REMEDIES.add(
        remedy("REMEDY WON", "annulled", "suspended_on", UPHELD, "decided_on", UPHELD.plusDays(9)));

    PENALTIES.add(penalty("WITHDRAWN", 1, "ended", true, "known_at", LocalDate.of(2025, 6, 30)));
    PENALTIES.add(penalty("ONE COPY WITHDRAWN", 1, "ended", true, "fine", BigDecimal.ONE));
    PENALTIES.add(penalty("ONE COPY WITHDRAWN", 2));
    PENALTIES.add(penalty("WITHDRAWN LATER", 1, "ended", true, "known_at", DAY.plusDays(1)));
    REPAIRS.add(repair("WITHDRAWN LATER", "approved"));

    LocalDate withdrawn = LocalDate.of(2026, 2, 1);
    for (String firm : List.of("WITHDRAWN TWICE", "WITHDRAWN ANEW")) {
      PENALTIES.add(version(penalty(firm, 1, "ended", true), withdrawn, withdrawn));
      PENALTIES.add(
          version(
              penalty(firm, 1, "ended", firm.equals("WITHDRAWN TWICE")),
              withdrawn.plusMonths(1),
              withdrawn.plusMonths(1)));
      PENALTIES.add(
          version(
              penalty(firm, 1, "ended", true), withdrawn.plusMonths(3), withdrawn.plusMonths(3)));
    }
    // March's file came in June, when May's was known.
    PENALTIES.add(version(penalty("TOLD LATE", 1, "ended", true), withdrawn, withdrawn));
    PENALTIES.add(
        version(penalty("TOLD LATE", 1), withdrawn.plusMonths(1), withdrawn.plusMonths(4)));
    PENALTIES.add(
        version(
            penalty("TOLD LATE", 1, "ended", true),
            withdrawn.plusMonths(3),
            withdrawn.plusMonths(3)));
    PENALTIES.add(penalty("REPAIR SENT AGAIN", 1));
    REPAIRS.add(version(repair("REPAIR SENT AGAIN", "pending"), REPAIRED, REPAIRED));
    for (int month = 1; month <= 2; month++) {
      LocalDate told = REPAIRED.plusMonths(month);
      REPAIRS.add(version(repair("REPAIR SENT AGAIN", "approved"), told, told));
    }

    PENALTIES.add(penalty("EARLY", 1, "decided_on", LocalDate.of(2009, 12, 31)));
    PENALTIES.add(penalty("ON ITS FIRST DAY", 1, "decided_on", LocalDate.of(2010, 1, 1)));
    PENALTIES.add(penalty("LATE", 1, "decided_on", LocalDate.of(2025, 1, 1)));
    PENALTIES.add(penalty("TOMORROW", 1, "decided_on", DAY.plusDays(1)));
    PENALTIES.add(penalty("TODAY", 1, "decided_on", DAY));
  }

  /** A version of a record, in the file of one day and known since another. */
  private static Map<String, Object> version(
      Map<String, Object> record, LocalDate declared, LocalDate known) {
    return with(
        record,
        "declared_on",
        declared,
        "known_at",
        known,
        "record_id",
        record.get("record_id") + "/" + declared);
  }

  private static Dataset<Row> staged(
      SparkSession spark, String source, List<Map<String, Object>> rows) {
    return Rows.table(spark, "staged_" + source, rows.toArray(Map<?, ?>[]::new));
  }

  private static Dataset<Row> links(Dataset<Row> staged) {
    return Staged.versions(staged, DAY.plusYears(1))
        .select(col("record_id"), lit("uscc").as("id_scheme"), col("code"), col("first_known_at"));
  }

  private static Dataset<Row> copies(
      SparkSession spark, String source, List<Map<String, Object>> rows) {
    Dataset<Row> staged = staged(spark, source, rows);
    return Acts.copies(Schemas.bundled().sources().get(source), staged)
        .reduce(Dataset::union)
        .orElseThrow()
        .join(links(staged), "record_id");
  }

  private static Dataset<Row> changes(
      SparkSession spark, String source, List<Map<String, Object>> rows) {
    Dataset<Row> staged = staged(spark, source, rows);
    return Acts.statusChanges(Schemas.bundled().sources().get(source), staged)
        .join(links(staged), "record_id");
  }

  @BeforeAll
  static void build(SparkSession spark) {
    Dataset<Row> province =
        copies(spark, "penalties", OF_PROVINCE)
            .withColumn("copy", col("copy").withField("source", lit("penalties_of_province")));
    Dataset<Row> merged =
        Events.merge(
            copies(spark, "penalties", PENALTIES)
                .union(province)
                .union(copies(spark, "penalties_2016", OF_2016)),
            "public_until");
    Dataset<Row> dated =
        Events.withStatus(
            merged,
            changes(spark, "repairs", REPAIRS)
                .union(changes(spark, "objections", OBJECTIONS))
                .union(changes(spark, "remedies", REMEDIES)),
            DAY);
    Dataset<Row> firms =
        spark.sql(
            "SELECT 'uscc' AS id_scheme, code, DATE'2010-01-01' AS established, IF(code = 'LATE',"
                + " DATE'2024-12-31', NULL) AS closed_on FROM VALUES ('EARLY'), ('ON ITS FIRST"
                + " DAY'), ('LATE'), ('TOMORROW') AS f(code)");
    events =
        Events.marked(dated, firms, DAY).collectAsList().stream()
            .collect(Collectors.groupingBy(r -> r.<String>getAs("code")));
  }

  private static Row only(String firm) {
    assertThat(events.get(firm)).as(firm).hasSize(1);
    return events.get(firm).get(0);
  }

  private static List<String> sources(String firm, String field) {
    Row event = only(firm);
    return event.<Row>getList(event.fieldIndex("sources")).stream()
        .map(s -> s.<String>getAs(field))
        .toList();
  }

  private static List<String> marks(String firm) {
    Row event = only(firm);
    return event.getList(event.fieldIndex("marks"));
  }

  private static BigDecimal amount(String firm) {
    return only(firm).getAs("amount");
  }

  private static List<String> categories(String firm) {
    Row event = only(firm);
    return event.getList(event.fieldIndex("categories"));
  }

  private static void assertStatus(String firm, String status, LocalDate date) {
    assertThat(only(firm).<String>getAs("status")).as(firm).isEqualTo(status);
    assertThat(only(firm).<LocalDate>getAs("status_date")).as(firm).isEqualTo(date);
  }

  @Test
  void oneActFromTwoSourcesIsOneEventWithTwoSources() {
    assertThat(sources("COPIES", "source")).containsExactly("penalties", "penalties_of_province");
    assertThat(sources("COPIES", "record_id"))
        .containsExactly("penalties/COPIES/1", "penalties/COPIES/2");
    assertThat(only("COPIES").<LocalDate>getAs("known_at")).isEqualTo(KNOWN);
    assertThat(marks("COPIES")).isEmpty();
  }

  @Test
  void oneActInBothPenaltyLayoutsIsOneEventWithTheAmountThatOneOfThemStates() {
    assertThat(sources("BOTH LAYOUTS", "source")).containsExactly("penalties", "penalties_2016");
    Row event = only("BOTH LAYOUTS");
    assertThat(event.<String>getAs("event_type")).isEqualTo("penalty");
    assertThat(event.<LocalDate>getAs("known_at")).isEqualTo(KNOWN.minusMonths(1));
    assertThat(amount("BOTH LAYOUTS")).isEqualByComparingTo("5000");
    assertThat(categories("BOTH LAYOUTS")).containsExactly("confiscate_income", "fine");
    assertThat(marks("BOTH LAYOUTS")).containsExactly("contradiction");
  }

  @Test
  void aCopyWhoseCellsOfMoneyAreEmptyStatesNoAmountAndNotNought() {
    assertThat(amount("AMOUNT LEFT OUT")).isEqualByComparingTo("50000");
    assertThat(marks("AMOUNT LEFT OUT")).isEmpty();
    assertThat(amount("TWO AMOUNTS")).isEqualByComparingTo("5700");
    assertThat(amount("CONFISCATED")).isEqualByComparingTo("10");
  }

  @Test
  void anActIsOfTheKindsThatAnyOfItsCopiesTellsWhicheverCameFirst() {
    for (String firm : List.of("OLD FIRST", "NEW FIRST")) {
      Row event = only(firm);
      assertThat(categories(firm)).as(firm).containsExactly("fine", "revoke_permit");
      assertThat(event.<LocalDate>getAs("effective_until")).as(firm).isEqualTo(DAY);
      assertThat(event.getJavaMap(event.fieldIndex("details")))
          .as(firm)
          .containsEntry("basis", "第一条")
          .containsEntry("licence_action", "吊销");
      assertThat(marks(firm)).as(firm).containsExactly("contradiction");
    }
  }

  @Test
  void aKindThatOnlyAWithdrawnCopyTellsIsNoneOfTheAct() {
    assertThat(categories("KIND WITHDRAWN")).containsExactly("fine");
  }

  @Test
  void copiesThatSayTheSameInAnotherOrderDoNotDisagree() {
    assertThat(marks("WORDED ALIKE")).isEmpty();
    assertThat(marks("TWO ENDS")).containsExactly("contradiction");
  }

  @Test
  void theDisplayEndsOnTheFirstDayThatAnyCopyOfTheActNames() {
    Row event = only("DISPLAYED");
    assertThat(event.<LocalDate>getAs("known_at")).isEqualTo(KNOWN.minusMonths(1));
    assertThat(event.getJavaMap(event.fieldIndex("details")))
        .containsEntry("public_until", DAY.plusDays(30).toString())
        .containsKey("violation");
  }

  @Test
  void theOldLayoutAloneMakesAPenaltyOfUnknownAmountAndNoneWhereNoneWasImposed() {
    assertThat(amount("OLD LAYOUT ONLY")).isNull();
    assertThat(events).doesNotContainKey("NO PENALTY IN 2016");
  }

  @Test
  void aRemedyChangesAnActOnlyByASuspensionOrderOrByAnnullingIt() {
    assertStatus("REMEDY FILED", "active", null);
    assertStatus("SUSPENDED", "suspended", UPHELD);
    assertStatus("RESUMED", "active", null);
    assertStatus("REMEDY LOST", "active", null);
    assertStatus("REMEDY WON", "annulled", UPHELD.plusDays(9));
  }

  @Test
  void aSuspensionHoldsUntilTheDayOnWhichItIsLiftedOrTheRemedyDecided() {
    assertStatus("RESUMES TOMORROW", "suspended", UPHELD);
    assertStatus("DECIDED TOMORROW", "suspended", UPHELD);
    assertStatus("RESUMED TODAY", "active", null);
    assertStatus("NEVER HELD", "active", null);
  }

  @Test
  void bracketVariantsOfOneNumberMeet() {
    assertThat(sources("BRACKETS", "record_id")).hasSize(4);
  }

  @Test
  void lettersDigitsAndDashesOfAnyWidthAreOneNumber() {
    assertThat(sources("DASHES", "record_id")).hasSize(5);
  }

  @Test
  void anAuthorityInAnotherSpellingIsTheSameForCopiesAndForWhatChangesTheAct() {
    assertThat(sources("SPELT APART", "record_id")).hasSize(3);
    assertStatus("SPELT APART", "repaired", REPAIRED);
  }

  @Test
  void recordsWithoutANumberAreNotCopiesOfEachOther() {
    assertThat(events.get("NUMBERLESS")).hasSize(2);
    assertThat(events.get("PLACEHOLDERS"))
        .as("'无' names no act, so that nothing befalls all that have it")
        .hasSize(3)
        .allMatch(e -> e.getAs("status").equals("active"));
  }

  @Test
  void anotherNumberOrAuthorityIsAnotherAct() {
    assertThat(events.get("TWO ACTS")).hasSize(3);
  }

  @Test
  void copiesThatDisagreeAreMarked() {
    assertThat(marks("CONTRADICTION")).containsExactly("contradiction");
  }

  @Test
  void aRepairChangesTheStatusOnTheDayItWasDecided() {
    assertStatus("REPAIRED", "repaired", REPAIRED);
    assertThat(only("REPAIRED").<LocalDate>getAs("status_known_at"))
        .isEqualTo(REPAIRED.plusDays(29));
  }

  @Test
  void onlyAnApprovedRepairOfThisActRepairsIt() {
    assertStatus("REPAIR REFUSED", "active", null);
    assertStatus("REPAIR TAKEN BACK", "active", null);
    assertStatus("REPAIR OF OTHER KIND", "active", null);
    assertStatus("REPAIR ELSEWHERE", "active", null);
  }

  @Test
  void anObjectionIsShownAndARejectedOneIsNot() {
    assertStatus("OBJECTED", "under_objection", UPHELD.minusDays(20));
    assertStatus("OBJECTION REJECTED", "active", null);
  }

  @Test
  void annulledWinsOverRepaired() {
    assertStatus("ANNULLED", "annulled", UPHELD);
  }

  @Test
  void aChangeThatIsStillToComeHidesNoneThatHolds() {
    assertStatus("ANNULLED LATER", "repaired", REPAIRED);
    assertStatus("WITHDRAWN LATER", "repaired", REPAIRED);
  }

  @Test
  void aWithdrawnRecordEndsItsEvent() {
    assertStatus("WITHDRAWN", "withdrawn", LocalDate.of(2025, 6, 30));
  }

  @Test
  void aRecordIsWithdrawnSinceTheFirstVersionThatSaidSoWithoutABreak() {
    assertStatus("WITHDRAWN TWICE", "withdrawn", LocalDate.of(2026, 2, 1));
    assertStatus("WITHDRAWN ANEW", "withdrawn", LocalDate.of(2026, 5, 1));
  }

  @Test
  void aVersionThatCameTooLateToBeBelievedBreaksNoWithdrawal() {
    assertStatus("TOLD LATE", "withdrawn", LocalDate.of(2026, 2, 1));
  }

  @Test
  void aRepairThatIsSentAgainIsKnownSinceItWasFirstTold() {
    assertStatus("REPAIR SENT AGAIN", "repaired", REPAIRED);
    assertThat(only("REPAIR SENT AGAIN").<LocalDate>getAs("status_known_at"))
        .isEqualTo(REPAIRED.plusMonths(1));
  }

  @Test
  void anActStandsWhileOneCopyStandsAndThatCopySpeaks() {
    assertStatus("ONE COPY WITHDRAWN", "active", null);
    assertThat(amount("ONE COPY WITHDRAWN")).isEqualByComparingTo("5000");
    assertThat(marks("ONE COPY WITHDRAWN")).containsExactly("contradiction");
  }

  @Test
  void eventsOutsideTheFirmsLifeOrInTheFutureAreMarked() {
    assertThat(marks("EARLY")).containsExactly("before_established");
    assertThat(marks("ON ITS FIRST DAY")).isEmpty();
    assertThat(marks("LATE")).containsExactly("after_deregistration");
    assertThat(marks("TOMORROW")).containsExactly("in_the_future");
    assertThat(marks("TODAY")).isEmpty();
  }
}
