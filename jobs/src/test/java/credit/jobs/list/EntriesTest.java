package credit.jobs.list;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static credit.jobs.warehouse.Rows.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Rule;
import credit.schemas.Schemas;
import credit.schemas.SourceContract.EventMapping;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class EntriesTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final String FIRM = "91440400192548256N";

  private static final Map<String, Object> FALSE_PROMISE =
      row(
          "event_id", "E-1",
          "id_scheme", "uscc",
          "code", FIRM,
          "event_type", "promise",
          "outcome", "false",
          "event_date", LocalDate.of(2025, 3, 1),
          "act_no", "核查〔2025〕1号",
          "authority", "政务服务数据管理局",
          "status", "active",
          "sources", List.of(row("record_id", "promises/aa/2"), row("record_id", "promises/aa/1")));
  private static final Map<String, Object> SERIOUS_VIOLATION =
      with(
          FALSE_PROMISE,
          "event_id",
          "E-2",
          "event_type",
          "serious_violation",
          "outcome",
          null,
          "event_date",
          LocalDate.of(2024, 5, 6));

  private static final Map<String, Object> HONOUR =
      with(
          FALSE_PROMISE,
          "event_type",
          "honour",
          "event_date",
          LocalDate.of(2024, 1, 1),
          "categories",
          List.of("red_list"));

  private static final Map<String, ListRules> RULES = new HashMap<>();

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession shared) {
    spark = shared;
  }

  private List<Row> entries(String list, String scope, boolean allowPending, Map<?, ?>... events) {
    return frame(list, scope, allowPending, events).orderBy("rule", "entry_id").collectAsList();
  }

  private Dataset<Row> frame(String list, String scope, boolean allowPending, Map<?, ?>... events) {
    Dataset<Row> firms = table(spark, "firm_file", row("id_scheme", "uscc", "code", FIRM));
    return Entries.of(
        table(spark, "events", events),
        firms,
        RULES.computeIfAbsent(
            list + allowPending,
            key -> ListRules.of(spark, SCHEMAS, list, scope, DAY, allowPending)));
  }

  @Test
  void aFalsePromiseBarsFromAllThreeModesUntilAnEvent() {
    List<Row> entries = entries("restrictions", "mode", true, FALSE_PROMISE);
    assertThat(entries)
        .extracting(r -> r.getAs("mode"))
        .containsExactlyInAnyOrder("notify-and-commit", "deficiency-tolerant", "licence-first");
    assertThat(entries)
        .allSatisfy(
            r -> {
              assertThat(r.<LocalDate>getAs("effective_from")).isEqualTo("2025-03-01");
              assertThat(r.<LocalDate>getAs("effective_until")).isNull();
              assertThat(r.<String>getAs("state")).isEqualTo("listed");
              assertThat(r.<Boolean>getAs("pending")).isTrue();
              assertThat(r.getList(r.fieldIndex("source_records")))
                  .isEqualTo(List.of("promises/aa/1", "promises/aa/2"));
            });
  }

  /** An entry names its act; an event that never can would make a rule's promise empty. */
  @ParameterizedTest
  @ValueSource(strings = {"blacklist", "restrictions", "incentives"})
  void whateverARuleListsNamesItsActAndTheAuthorityBehindIt(String list) {
    for (Rule rule : SCHEMAS.rule(list).rules()) {
      List<EventMapping> named =
          SCHEMAS.sources().values().stream()
              .flatMap(s -> s.events().stream())
              .filter(e -> rule.when().contains("event_type = '" + e.type() + "'"))
              .toList();
      assertThat(named)
          .as(rule.id())
          .isNotEmpty()
          .allMatch(e -> e.actNo() != null && e.authority() != null);
    }
  }

  @ParameterizedTest
  @CsvSource({"public,excellent,deficiency_tolerant_first", "taxpayer,A,fewer_materials"})
  void aGoodEvaluationEarnsItsMeasureForAYear(String kind, String grade, String measure) {
    LocalDate day = LocalDate.of(2026, 3, 1);
    Map<String, Object> evaluation =
        with(
            HONOUR,
            "event_type",
            "evaluation",
            "event_date",
            day,
            "categories",
            List.of(kind),
            "outcome",
            grade);
    assertThat(entries("incentives", "measure", true, evaluation))
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.<String>getAs("measure")).isEqualTo(measure);
              assertThat(r.<LocalDate>getAs("effective_until")).isEqualTo(day.plusYears(1));
            });
  }

  @Test
  void eachModeHasItsOwnBasis() {
    List<Row> entries = entries("restrictions", "mode", true, SERIOUS_VIOLATION);
    assertThat(entries)
        .allSatisfy(
            r ->
                assertThat(r.<String>getAs("basis"))
                    .contains(r.getAs("mode").equals("notify-and-commit") ? "44号" : "第15项"));
  }

  @Test
  void repairedFalsePromiseEndsItsRestrictionOnTheRepairDay() {
    Map<String, Object> repaired =
        with(FALSE_PROMISE, "status", "repaired", "status_date", LocalDate.of(2026, 2, 3));
    assertThat(entries("restrictions", "mode", true, repaired))
        .hasSize(3)
        .allSatisfy(
            r -> {
              assertThat(r.<LocalDate>getAs("effective_until")).isEqualTo("2026-02-03");
              assertThat(r.<String>getAs("state")).isEqualTo("repaired");
              assertThat(r.<LocalDate>getAs("next_on")).isNull();
            });
  }

  @Test
  void whatIsOnlyAnnouncedListsNobodyEvenWhereARuleSaysSo() {
    Map<String, Object> announced = with(SERIOUS_VIOLATION, "status", "announced");
    Map<String, Object> notice = with(announced, "event_type", "listing_notice");
    for (boolean allowPending : List.of(true, false)) {
      assertThat(entries("restrictions", "mode", allowPending, announced, notice)).isEmpty();
      assertThat(entries("blacklist", null, allowPending, announced, notice)).isEmpty();
    }
  }

  @Test
  void aRepairOfTomorrowDoesNotLiftTodaysRestriction() {
    Map<String, Object> repaired =
        with(FALSE_PROMISE, "status", "repaired", "status_date", DAY.plusDays(1));
    assertThat(entries("restrictions", "mode", true, repaired))
        .allSatisfy(
            r -> {
              assertThat(r.<String>getAs("state")).isEqualTo("listed");
              assertThat(r.<LocalDate>getAs("next_on")).isEqualTo(DAY.plusDays(1));
              assertThat(r.<String>getAs("next_state")).isEqualTo("repaired");
            });
  }

  @Test
  void anAnnulledDecisionEndsItsEntryAsAnnulledAndAnObjectionDoesNot() {
    Map<String, Object> annulled =
        with(SERIOUS_VIOLATION, "status", "annulled", "status_date", LocalDate.of(2026, 1, 9));
    Map<String, Object> contested =
        with(SERIOUS_VIOLATION, "status", "under_objection", "status_date", DAY.minusDays(9));
    assertThat(entries("blacklist", null, true, annulled))
        .singleElement()
        .satisfies(r -> assertThat(r.<String>getAs("state")).isEqualTo("annulled"));
    assertThat(entries("blacklist", null, true, contested))
        .singleElement()
        .satisfies(r -> assertThat(r.<String>getAs("state")).isEqualTo("listed"));
  }

  @Test
  void aSeriousViolationEndsAfterThreeYearsOrOnItsRemoval() {
    Map<String, Object> removed =
        with(SERIOUS_VIOLATION, "event_id", "E-3", "effective_until", LocalDate.of(2025, 6, 1));
    assertThat(entries("blacklist", null, true, SERIOUS_VIOLATION, removed))
        .extracting(r -> r.getAs("effective_until"), r -> r.getAs("state"))
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple(LocalDate.of(2027, 5, 6), "listed"),
            org.assertj.core.api.Assertions.tuple(LocalDate.of(2025, 6, 1), "ended"));
  }

  @Test
  void anEntryTakenOffByDecisionIsRemovedAndOneWhoseTermIsOverIsEnded() {
    LocalDate day = LocalDate.of(2025, 6, 1);
    Map<String, Object> removed =
        with(
            SERIOUS_VIOLATION,
            "effective_until",
            day,
            "steps",
            List.of(row("step", "notified", "day", day), row("step", "removed", "day", day)));
    Map<String, Object> over =
        with(SERIOUS_VIOLATION, "event_id", "E-3", "event_date", LocalDate.of(2022, 5, 6));
    assertThat(entries("blacklist", null, true, removed, over))
        .extracting(r -> r.getAs("state"))
        .containsExactlyInAnyOrder("removed", "ended");
  }

  @Test
  void anEntryTellsTheNextDayOnWhichItsStateChanges() {
    Map<String, Object> later =
        with(SERIOUS_VIOLATION, "event_id", "E-3", "effective_from", DAY.plusDays(9));
    assertThat(entries("blacklist", null, true, SERIOUS_VIOLATION, later))
        .extracting(r -> r.getAs("state"), r -> r.getAs("next_on"), r -> r.getAs("next_state"))
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple("listed", LocalDate.of(2027, 5, 6), "ended"),
            org.assertj.core.api.Assertions.tuple("upcoming", DAY.plusDays(9), "listed"));
    assertThat(entries("restrictions", "mode", true, FALSE_PROMISE))
        .allSatisfy(r -> assertThat(r.<LocalDate>getAs("next_on")).isNull());
  }

  @Test
  void aShadowHasNoNextDay() {
    assertThat(entries("blacklist", null, false, SERIOUS_VIOLATION))
        .singleElement()
        .satisfies(r -> assertThat(r.<LocalDate>getAs("next_on")).isNull());
  }

  @Test
  void anIncentiveEndsNextWhereABarIsToCome() {
    Map<String, Object> bar = with(SERIOUS_VIOLATION, "effective_from", DAY.plusDays(9));
    Dataset<Row> earned = frame("incentives", "measure", true, HONOUR);
    Dataset<Row> barred = frame("restrictions", "mode", true, bar);
    assertThat(Incentives.unlessListed(earned, barred, barred, DAY).collectAsList())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.<String>getAs("state")).isEqualTo("listed");
              assertThat(r.<LocalDate>getAs("next_on")).isEqualTo(DAY.plusDays(9));
              assertThat(r.<String>getAs("next_state")).isEqualTo("barred");
            });
  }

  @Test
  void anAbnormalListingAloneRestrictsNobody() {
    Map<String, Object> abnormal = with(SERIOUS_VIOLATION, "event_type", "abnormal_listing");
    Map<String, Object> complaint = with(SERIOUS_VIOLATION, "event_type", "complaint");
    Map<String, Object> penalty = with(SERIOUS_VIOLATION, "event_type", "penalty");
    assertThat(entries("restrictions", "mode", true, abnormal, complaint, penalty)).isEmpty();
    assertThat(entries("blacklist", null, true, abnormal, complaint, penalty)).isEmpty();
  }

  @Test
  void aPendingRuleNeitherCreatesNorLiftsARestriction() {
    assertThat(entries("restrictions", "mode", false, FALSE_PROMISE, SERIOUS_VIOLATION))
        .hasSize(6)
        .allSatisfy(r -> assertThat(r.<String>getAs("state")).isEqualTo("shadow"));
    Dataset<Row> earned = frame("incentives", "measure", true, HONOUR);
    Dataset<Row> shadow = frame("restrictions", "mode", false, SERIOUS_VIOLATION);
    assertThat(
            Incentives.unlessListed(earned, shadow, shadow, DAY)
                .select("state")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList())
        .containsExactly("listed");
  }

  @Test
  void anIncentiveEndsWhereARestrictionBegins() {
    Dataset<Row> earned = frame("incentives", "measure", true, HONOUR);
    Dataset<Row> barred = frame("restrictions", "mode", true, FALSE_PROMISE);
    assertThat(Incentives.unlessListed(earned, barred, barred, DAY).collectAsList())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.<String>getAs("state")).isEqualTo("barred");
              assertThat(r.<LocalDate>getAs("effective_until")).isEqualTo("2025-03-01");
              assertThat(r.<LocalDate>getAs("next_on")).isNull();
            });
  }

  @Test
  void overlappingCausesStayApart() {
    Map<String, Object> taxes =
        with(
            SERIOUS_VIOLATION,
            "event_id",
            "E-4",
            "event_type",
            "other_domain_listing",
            "domain",
            "tax");
    List<Row> entries =
        entries("restrictions", "mode", true, FALSE_PROMISE, SERIOUS_VIOLATION, taxes);
    assertThat(entries).hasSize(9);
    assertThat(entries).extracting(r -> r.getAs("entry_id")).doesNotHaveDuplicates();
    assertThat(entries)
        .extracting(r -> r.<String>getAs("cause"))
        .containsOnly("false_promise", "serious_violation", "tax_listing");
  }

  @Test
  void aDomainWithoutARuleOfItsOwnStillRestricts() {
    Map<String, Object> other = with(SERIOUS_VIOLATION, "event_type", "other_domain_listing");
    assertThat(entries("restrictions", "mode", true, other))
        .hasSize(3)
        .allSatisfy(r -> assertThat(r.<String>getAs("cause")).isEqualTo("other_domain_listing"));
  }

  @Test
  void anEntryKeepsItsIdFromRunToRun() {
    List<String> first = ids(entries("restrictions", "mode", true, FALSE_PROMISE));
    List<String> second =
        ids(entries("restrictions", "mode", true, SERIOUS_VIOLATION, FALSE_PROMISE));
    assertThat(second).containsAll(first);
  }

  private static List<String> ids(List<Row> entries) {
    return entries.stream().map(r -> r.<String>getAs("entry_id")).toList();
  }

  @Test
  void whatWasDecidedAfterTheDayOrNamesNoActListsNobody() {
    assertThat(
            entries(
                "blacklist",
                null,
                true,
                with(SERIOUS_VIOLATION, "event_date", DAY.plusDays(1)),
                with(SERIOUS_VIOLATION, "act_no", null),
                with(SERIOUS_VIOLATION, "exempt", true)))
        .isEmpty();
  }

  @Test
  void aListThatWouldNotComeFromLegalActsIsRefusedWithTheLineOfItsTable() {
    assertThatThrownBy(() -> ListRules.requireEvents(SCHEMAS.rule("measures")))
        .hasMessageStartingWith("rules/measures.yaml:6: its table is 'firm_file'");
  }
}
