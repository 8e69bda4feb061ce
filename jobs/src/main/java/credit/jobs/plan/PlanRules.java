package credit.jobs.plan;

import credit.jobs.warehouse.RuleSettings;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the inspection plan.
 *
 * @param periodDays length of the period, days
 * @param capacity inspections of the period; null: by share
 * @param capacityShare inspections of the period as a share of active firms
 * @param shares shares of what duties and leads leave, by cause in order of causes
 * @param dueDays days within which a visit is due
 * @param dutyStates states in which a duty is still owed
 * @param leadLevels levels of warnings that are leads
 * @param coverageMonths age at which the last inspection of a full-coverage field is too old
 * @param riskClasses risk classes, worst first
 * @param byScore risk classes of which the highest scores are chosen; of the others it is drawn
 * @param exploration risk classes from which exploration draws
 * @param drawText the published string of the draw
 * @param annualRates share of firms inspected in a year, by tier and risk class
 * @param annualRateOtherwise the same where tier or class has no rate
 */
record PlanRules(
    long periodDays,
    Long capacity,
    double capacityShare,
    Map<Cause, Double> shares,
    Map<Cause, Long> dueDays,
    List<String> dutyStates,
    List<String> leadLevels,
    long coverageMonths,
    List<String> riskClasses,
    List<String> byScore,
    List<String> exploration,
    String drawText,
    Map<String, Map<String, Double>> annualRates,
    double annualRateOtherwise) {

  private static final double DAYS_IN_A_YEAR = 365;

  /** A jurisdiction's settings; empty where it plans no inspections. */
  static Optional<PlanRules> of(Schemas schemas) {
    RuleFile file = schemas.rules().get("plan");
    if (file == null) {
      return Optional.empty();
    }
    RuleSettings plan = RuleSettings.of(file);
    RuleSettings measures =
        schemas.rules().containsKey("measures")
            ? RuleSettings.of(schemas.rule("measures"))
            : new RuleSettings(file.file(), "settings", Map.of(), Map.of());
    return Optional.of(
        new PlanRules(
            plan.integer("period_days"),
            plan.has("capacity") ? plan.integer("capacity") : null,
            plan.number("capacity_share"),
            shares(plan),
            dueDays(plan.section("due_days")),
            plan.texts("duty_states"),
            plan.texts("lead_levels"),
            plan.integer("coverage_months"),
            plan.texts("risk_classes"),
            plan.texts("by_score"),
            plan.texts("exploration"),
            drawText(plan),
            measures.has("annual_rates") ? rates(measures.section("annual_rates")) : Map.of(),
            measures.has("annual_rate_otherwise")
                ? measures.share("annual_rate_otherwise").doubleValue()
                : 0));
  }

  /** Inspections of the period. */
  long capacityOf(long activeFirms) {
    return capacity != null ? capacity : (long) Math.ceil(capacityShare * activeFirms);
  }

  /** Share of firms of a tier and risk class that is inspected in the period. */
  double periodRate(String tier, String riskClass) {
    double annual =
        annualRates.getOrDefault(tier, Map.of()).getOrDefault(riskClass, annualRateOtherwise);
    return ofPeriod(annual);
  }

  /** The same for firms whose tier or class has no rate. */
  double periodRateOtherwise() {
    return ofPeriod(annualRateOtherwise);
  }

  private double ofPeriod(double annual) {
    return Math.min(1, annual * periodDays / DAYS_IN_A_YEAR);
  }

  private static Map<Cause, Double> shares(RuleSettings plan) {
    RuleSettings named = plan.section("shares");
    Map<Cause, Double> shares = new EnumMap<>(Cause.class);
    for (Cause cause :
        List.of(Cause.FULL_COVERAGE, Cause.RISK_CLASS, Cause.RANDOM, Cause.EXPLORATION)) {
      shares.put(cause, named.share(cause.key()).doubleValue());
    }
    double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum > 1 + 1e-9) {
      throw plan.refuse("shares", "they sum to " + sum + ", more than 1");
    }
    return shares;
  }

  private static Map<Cause, Long> dueDays(RuleSettings named) {
    Map<Cause, Long> days = new EnumMap<>(Cause.class);
    for (Cause cause : Cause.values()) {
      days.put(cause, named.integer(cause.key()));
    }
    return days;
  }

  /** Without the day in it every draw would be the same. */
  private static String drawText(RuleSettings plan) {
    String text = plan.text("draw_text");
    if (!text.contains("{as_of}")) {
      throw plan.refuse("draw_text", "it does not hold {as_of}");
    }
    return text;
  }

  private static Map<String, Map<String, Double>> rates(RuleSettings tiers) {
    Map<String, Map<String, Double>> rates = new LinkedHashMap<>();
    for (String tier : tiers.values().keySet()) {
      RuleSettings classes = tiers.section(tier);
      Map<String, Double> ofTier = new LinkedHashMap<>();
      classes.values().keySet().forEach(c -> ofTier.put(c, classes.share(c).doubleValue()));
      rates.put(tier, ofTier);
    }
    return rates;
  }
}
