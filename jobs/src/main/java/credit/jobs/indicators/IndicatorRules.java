package credit.jobs.indicators;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.RuleSettings;
import credit.jobs.warehouse.Tables;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * {@code rules/indicators.yaml}: the indicators, the target that they are to foresee, and who is
 * looked at. Pending indicators work too: they steer inspection only, neither create nor lift a
 * restriction or a tier, and the model's gate judges what they are worth.
 *
 * @param file the rule file
 * @param indicators in file order
 * @param barred statuses that end a record's use in the model (rules/use.yaml)
 * @param events columns over which conditions on events speak
 * @param firms columns over which values of the firm speak
 */
public record IndicatorRules(
    RuleFile file,
    List<Indicator> indicators,
    Set<String> barred,
    StructType events,
    StructType firms) {

  /** Columns of a firm that hold for any day, so that a past day can be asked for. */
  private static final Set<String> LASTING =
      Set.of(
          "id_scheme",
          "code",
          "name",
          "names",
          "entity_type",
          "district",
          "area",
          "industry",
          "established",
          "register_status",
          "closed_on",
          "address",
          "parent_code",
          "representative_key",
          "first_known_at");

  /**
   * Reads the rule file.
   *
   * @throws Failure (exit code 2) if it is not of the expected form
   */
  public static IndicatorRules of(Schemas schemas, LocalDate asOf, boolean allowPending) {
    RuleFile file = schemas.rule("indicators");
    List<Rule> inEffect = file.rules().stream().filter(r -> r.effectiveOn(asOf)).toList();
    if (inEffect.isEmpty()) {
      throw Failure.usage(
          "%s: no indicator is in effect on %s; correct the dates or name another --as-of",
          file.file(), asOf);
    }
    return of(schemas, file, inEffect, UseRules.of(schemas, asOf, allowPending).barredFor("model"));
  }

  /** The rules of all days, to be analysed. */
  static IndicatorRules ofAllDays(Schemas schemas) {
    RuleFile file = schemas.rule("indicators");
    return of(schemas, file, file.rules(), Set.of());
  }

  private static IndicatorRules of(
      Schemas schemas, RuleFile file, List<Rule> rules, Set<String> barred) {
    return new IndicatorRules(
        file,
        rules.stream().map(rule -> Indicator.of(file, rule)).toList(),
        barred,
        RuleConditions.columns(schemas, file),
        FirmDays.columns(lasting(Tables.schemaOf(Tables.contract(schemas, "firm_file")))));
  }

  private static StructType lasting(StructType all) {
    StructType kept = new StructType();
    for (var field : all.fields()) {
      kept = LASTING.contains(field.name()) ? kept.add(field) : kept;
    }
    return kept;
  }

  /** Ids in file order: the order of a model's values. */
  public List<String> ids() {
    return indicators.stream().map(Indicator::id).toList();
  }

  /** The definitions behind the ids. */
  public List<Rule> rules() {
    return indicators.stream().map(Indicator::rule).toList();
  }

  /** What is to be foreseen and how it is learnt. */
  public RuleSettings settings() {
    return RuleSettings.of(file);
  }

  /** Whether a firm is looked at on a day. */
  Column active(SparkSession spark) {
    return condition(spark, "active_when", settings().text("active_when"), firms);
  }

  /** Whether an event shows the outcome, for better or worse. */
  public Column observed(SparkSession spark) {
    return target(spark, "observed_when");
  }

  /** Whether the outcome that an event shows is the one to foresee. */
  public Column positive(SparkSession spark) {
    return target(spark, "positive_when");
  }

  private Column target(SparkSession spark, String key) {
    return condition(spark, "target." + key, settings().section("target").text(key), events);
  }

  /** An expression of the settings, checked as if it were a rule's condition. */
  private Column condition(SparkSession spark, String key, String sql, StructType columns) {
    return RuleConditions.condition(
        spark, file, asRule("settings." + key, sql, Map.of(), 1), columns);
  }

  /** A condition beside {@code when} in a rule's effect. */
  Column condition(SparkSession spark, Rule rule, String key, StructType columns) {
    return RuleConditions.condition(
        spark,
        file,
        asRule(rule.id() + "." + key, rule.effect(key), rule.effect(), rule.line()),
        columns);
  }

  private static Rule asRule(String id, String sql, Map<String, Object> effect, int line) {
    return new Rule(
        id, id, id, sql, effect, "", List.of(), LocalDate.EPOCH, null, false, null, null, line);
  }
}
