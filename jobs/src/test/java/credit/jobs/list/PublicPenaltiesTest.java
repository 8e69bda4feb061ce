package credit.jobs.list;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static credit.jobs.warehouse.Rows.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class PublicPenaltiesTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final LocalDate NEW_REGIME = LocalDate.of(2026, 4, 1);

  /** A small fine under the regime of 2026. */
  private static final Map<String, Object> MINOR =
      row(
          "event_id", "E-1",
          "id_scheme", "uscc",
          "code", "91440400192548256N",
          "event_type", "penalty",
          "event_date", LocalDate.of(2026, 4, 10),
          "known_at", LocalDate.of(2026, 4, 30),
          "act_no", "珠市监罚〔2026〕1号",
          "authority", "珠海市市场监督管理局",
          "categories", List.of("fine"),
          "amount", new BigDecimal("2000.00"),
          "status", "active",
          "sources", List.of(row("record_id", "penalties/aa/1")));

  private static final Map<String, PublicationRules> RULES = new HashMap<>();

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession shared) {
    spark = shared;
  }

  private List<Row> on(LocalDate day, boolean allowPending, Map<?, ?>... events) {
    PublicationRules rules =
        RULES.computeIfAbsent(
            day + "" + allowPending, key -> PublicationRules.of(spark, SCHEMAS, day, allowPending));
    return PublicPenalties.of(table(spark, "events", events), firms(), rules)
        .orderBy("event_id")
        .collectAsList();
  }

  private org.apache.spark.sql.Dataset<Row> firms() {
    return table(
        spark,
        "firm_file",
        row("id_scheme", "uscc", "code", "91440400192548256N", "name", "珠海样例贸易有限公司"));
  }

  private Row only(LocalDate day, Map<?, ?> event) {
    List<Row> rows = on(day, true, event);
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  private String state(LocalDate day, Map<?, ?> event) {
    return only(day, event).getAs("state");
  }

  @Test
  void aMinorPenaltyLeavesThePublicFaceAfterItsMonths() {
    Row row = only(LocalDate.of(2026, 7, 9), MINOR);
    assertThat(row.<String>getAs("state")).isEqualTo("shown");
    assertThat(row.<String>getAs("band")).isEqualTo("minor");
    assertThat(row.<String>getAs("name")).isEqualTo("珠海样例贸易有限公司");
    assertThat(row.<LocalDate>getAs("shown_from")).isEqualTo("2026-04-10");
    assertThat(row.<LocalDate>getAs("shown_until")).isEqualTo("2026-07-10");
    assertThat(row.<String>getAs("basis")).contains("第36号");
    assertThat(row.getList(row.fieldIndex("source_records"))).isEqualTo(List.of("penalties/aa/1"));

    assertThat(state(LocalDate.of(2026, 7, 10), MINOR)).isEqualTo("ended");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-31", "2026-04-01"})
  void aWarningAloneIsNeverShown(LocalDate document) {
    Map<String, Object> warning =
        with(
            MINOR,
            "event_date",
            document,
            "categories",
            List.of("warning"),
            "amount",
            new BigDecimal("0.00"));
    Row row = only(document, warning);
    assertThat(row.<String>getAs("state")).isEqualTo("withheld");
    assertThat(row.<LocalDate>getAs("shown_until")).isEqualTo(document);
    assertThat(state(document, with(warning, "amount", null))).isEqualTo("withheld");
    assertThat(state(document, with(warning, "categories", List.of("warning", "fine"))))
        .isEqualTo("shown");
  }

  @Test
  void theRegimeIsThatOfTheDocumentsDate() {
    LocalDate today = LocalDate.of(2026, 6, 30);
    Map<String, Object> confiscation =
        with(MINOR, "categories", List.of("confiscate_goods"), "amount", new BigDecimal("9000"));
    Row old = only(today, with(confiscation, "event_date", NEW_REGIME.minusDays(1)));
    assertThat(old.<String>getAs("band")).isEqualTo("ordinary");
    assertThat(old.<String>getAs("basis")).contains("第45号");
    assertThat(old.<LocalDate>getAs("shown_until")).isEqualTo("2029-03-31");

    Row recent = only(today, with(confiscation, "event_date", NEW_REGIME));
    assertThat(recent.<String>getAs("band")).isEqualTo("general");
    assertThat(recent.<LocalDate>getAs("shown_until")).isEqualTo("2027-04-01");

    assertThat(on(today, true, with(MINOR, "event_date", LocalDate.of(2021, 8, 31))))
        .as("a document older than both regimes")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "fine,              4999.99, minor,   3",
    "criticism,         ,        minor,   3",
    "fine,              ,        minor,   3",
    "fine,              5000.00, general, 12",
    "confiscate_income, 10.00,   general, 12",
    "fine,              100000,  serious, 36",
    "revoke_permit,     ,        serious, 36"
  })
  void theBandFollowsFromKindAndAmount(
      String category, BigDecimal amount, String band, int months) {
    for (String severity : List.of("heavy", "minor")) {
      Row row =
          only(
              NEW_REGIME,
              with(
                  MINOR,
                  "event_date",
                  NEW_REGIME,
                  "categories",
                  List.of(category),
                  "amount",
                  amount,
                  "severity",
                  severity));
      assertThat(row.<String>getAs("band")).as("severity %s", severity).isEqualTo(band);
      assertThat(row.<LocalDate>getAs("shown_until")).isEqualTo(NEW_REGIME.plusMonths(months));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"repaired", "annulled", "withdrawn", "suspended"})
  void whatWasRepairedOrFellIsNotShownFromThatDayOn(String status) {
    LocalDate day = LocalDate.of(2026, 5, 20);
    Map<String, Object> event = with(MINOR, "status", status, "status_date", day);
    assertThat(state(day.minusDays(1), event)).isEqualTo("shown");
    assertThat(state(day, event)).isEqualTo(status);
    assertThat(only(day, event).<LocalDate>getAs("shown_until")).isEqualTo(day);
  }

  @Test
  void anObjectionAloneTakesNothingDown() {
    LocalDate day = LocalDate.of(2026, 5, 20);
    assertThat(state(day, with(MINOR, "status", "under_objection", "status_date", day)))
        .isEqualTo("shown");
  }

  @Test
  void theSourcesOwnEndCountsWhereItComesFirst() {
    LocalDate day = LocalDate.of(2026, 5, 10);
    Map<String, Object> sooner = with(MINOR, "details", Map.of("public_until", "2026-05-11"));
    assertThat(state(day, sooner)).isEqualTo("shown");
    assertThat(state(day.plusDays(1), sooner)).isEqualTo("ended");
    assertThat(
            only(day, with(MINOR, "details", Map.of("public_until", "2029-04-10")))
                .<LocalDate>getAs("shown_until"))
        .isEqualTo("2026-07-10");
  }

  @Test
  void asSoonAsASourceTellsTheProcedureASummaryDecisionIsNotShown() {
    for (LocalDate document : List.of(NEW_REGIME.minusDays(1), NEW_REGIME)) {
      Map<String, Object> event = with(MINOR, "event_date", document);
      assertThat(state(NEW_REGIME, with(event, "details", Map.of("procedure", "summary"))))
          .isEqualTo("withheld");
      assertThat(state(NEW_REGIME, with(event, "details", Map.of("procedure", "ordinary"))))
          .isEqualTo("shown");
    }
  }

  @Test
  void onlyPenaltiesThatCountAndNameTheirActHaveARow() {
    assertThat(
            on(
                LocalDate.of(2026, 5, 20),
                true,
                with(MINOR, "exempt", true),
                with(MINOR, "act_no", null),
                with(MINOR, "authority", null),
                with(MINOR, "event_date", LocalDate.of(2026, 5, 21)),
                with(MINOR, "event_type", "serious_violation"),
                with(MINOR, "event_type", "complaint")))
        .isEmpty();
  }

  @Test
  void aPendingRuleShowsNothingUntilItIsConfirmedOrAllowed() {
    assertThat(on(LocalDate.of(2026, 5, 20), false, MINOR, with(MINOR, "event_id", "E-2")))
        .extracting(r -> r.getAs("state"), r -> r.getAs("pending"), r -> r.getAs("rule"))
        .containsExactly(tuple("shadow", true, "PUB-13"), tuple("shadow", true, "PUB-13"));
  }
}
