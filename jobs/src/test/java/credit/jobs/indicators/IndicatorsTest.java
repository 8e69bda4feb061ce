package credit.jobs.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class IndicatorsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 31);
  private static final IndicatorRules RULES = IndicatorRules.of(Town.SCHEMAS, DAY, true);

  private static Map<String, Map<String, Double>> values(
      SparkSession spark, Town town, LocalDate... days) {
    Map<String, Map<String, Double>> values = new TreeMap<>();
    for (Row row :
        Indicators.asOf(town.events(spark), town.firms(spark), List.of(days), RULES)
            .collectAsList()) {
      values.put(row.getString(1) + "@" + row.get(2), new TreeMap<>(row.getJavaMap(3)));
    }
    return values;
  }

  private static Map<String, Double> of(SparkSession spark, Town town) {
    return values(spark, town, DAY).get("A@" + DAY);
  }

  @Test
  void aComplaintKnownLaterIsNotSeenEarlier(SparkSession spark) {
    Town town =
        new Town().firm("A").event("A", "complaint", "2026-01-20", "known_at", "2026-02-28");
    assertThat(values(spark, town, DAY, LocalDate.of(2026, 2, 27), LocalDate.of(2026, 2, 28)))
        .satisfies(
            v -> {
              assertThat(v.get("A@2026-01-31")).containsEntry("complaints_90", 0.0);
              assertThat(v.get("A@2026-02-27")).containsEntry("complaints_90", 0.0);
              assertThat(v.get("A@2026-02-28")).containsEntry("complaints_90", 1.0);
            });
  }

  private static Town past() {
    return new Town()
        .firm("A")
        .firm("B", "parent_code", "A", "representative_key", "r")
        .event("A", "inspection", "2025-11-03", "outcome", "breach")
        .event("A", "inspection", "2024-11-03", "outcome", "pass")
        .event("A", "complaint", "2025-12-24", "outcome", "verified", "domain", "食品安全")
        .event("A", "penalty", "2025-12-01", "amount", new BigDecimal("2000.50"))
        .event("B", "inspection", "2025-10-03", "outcome", "pass");
  }

  @Test
  void theFutureNeverReachesAFeature(SparkSession spark) {
    Town future =
        past()
            .event("A", "inspection", "2026-02-01", "outcome", "breach", "known_at", "2026-01-31")
            .event("A", "complaint", "2025-12-25", "outcome", "verified", "known_at", "2026-02-01")
            .event("A", "penalty", "2026-03-01", "amount", new BigDecimal("9"))
            .event("A", "evaluation", "2026-02-01", "outcome", "poor", "categories", public_())
            .event("B", "inspection", "2026-02-01", "outcome", "breach");
    assertThat(values(spark, future, DAY)).isEqualTo(values(spark, past(), DAY));
  }

  private static String[] public_() {
    return new String[] {"public"};
  }

  @Test
  void aRepairedRecordCountsUntilItsRepairIsKnown(SparkSession spark) {
    Town town =
        new Town()
            .firm("A")
            .event(
                "A",
                "penalty",
                "2025-06-01",
                "status",
                "repaired",
                "status_date",
                "2026-01-10",
                "status_known_at",
                "2026-02-28");
    assertThat(values(spark, town, DAY, LocalDate.of(2026, 2, 28)))
        .satisfies(
            v -> {
              assertThat(v.get("A@2026-01-31")).containsEntry("penalties_365", 1.0);
              assertThat(v.get("A@2026-02-28")).containsEntry("penalties_365", 0.0);
            });
  }

  @Test
  void aComplaintIsVerifiedOnlyOnceItIsClosed(SparkSession spark) {
    Town town =
        new Town()
            .firm("A")
            .event(
                "A",
                "complaint",
                "2026-01-20",
                "outcome",
                "verified",
                "details",
                Map.of("closed_on", "2026-02-10"));
    assertThat(of(spark, town))
        .containsEntry("complaints_90", 1.0)
        .containsEntry("complaints_verified_365", 0.0);
  }

  @Test
  void aFirmIsLookedAtFromEstablishmentUntilItIsClosed(SparkSession spark) {
    Town town =
        new Town()
            .firm("A", "established", "2026-02-10")
            .firm("B", "register_status", "deregistered", "closed_on", "2026-02-20")
            .firm("C", "register_status", "revoked");
    assertThat(values(spark, town, DAY, LocalDate.of(2026, 2, 28)))
        .containsOnlyKeys("A@2026-02-28", "B@2026-01-31");
  }

  @Test
  void windowsSumsSharesAndRisesAreCountedBackFromTheDay(SparkSession spark) {
    Map<String, Double> values = of(spark, past().event("A", "complaint", "2025-09-10"));
    assertThat(values)
        .containsEntry("complaints_90", 1.0)
        .containsEntry("complaints_rise_90", 0.0)
        .containsEntry("complaints_365", 2.0)
        .containsEntry("complaint_fields_365", 1.0)
        .containsEntry("breaches_365", 1.0)
        .containsEntry("breach_share_1095", 0.5)
        .containsEntry("days_since_inspection", 89.0)
        .containsEntry("penalty_amount_1095", 2000.5)
        .containsEntry("branches", 1.0)
        .containsEntry("individual_business", 0.0);
    assertThat(values.get("age_years")).isCloseTo(11.08, within(0.01));
  }

  @Test
  void whatIsUnknownIsAbsentAndNotZero(SparkSession spark) {
    assertThat(of(spark, new Town().firm("A")))
        .containsEntry("breaches_365", 0.0)
        .doesNotContainKeys(
            "days_since_breach", "breach_share_1095", "public_evaluation", "peer_breach_share_365");
  }

  @Test
  void peersAreTheOtherFirmsOfTheSameIndustryAndDistrict(SparkSession spark) {
    Town town = new Town().firm("A").firm("X", "district", "440403");
    for (int i = 0; i < 10; i++) {
      town.firm("P" + i)
          .event("P" + i, "inspection", "2025-11-03", "outcome", i < 3 ? "breach" : "pass");
    }
    town.event("A", "inspection", "2025-11-03", "outcome", "breach")
        .event("X", "inspection", "2025-11-03", "outcome", "breach");
    assertThat(of(spark, town)).containsEntry("peer_breach_share_365", 0.3);
  }

  @Test
  void anIndicatorThatMeansNothingIsRefusedWithItsLine() {
    RuleFile file = Town.SCHEMAS.rule("indicators");
    Rule rule = file.rules().get(0);
    Rule wrong =
        new Rule(
            rule.id(),
            rule.titleZh(),
            rule.titleEn(),
            rule.when(),
            Map.of("aggregate", "count", "of", "true"),
            rule.basis(),
            rule.basisStatus(),
            rule.effectiveFrom(),
            null,
            false,
            null,
            null,
            rule.line());
    assertThatThrownBy(() -> Indicator.of(file, wrong))
        .hasMessageContaining("indicators.yaml:" + rule.line())
        .hasMessageContaining("'of' means nothing to count");
  }
}
