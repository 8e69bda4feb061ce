package credit.jobs.risk;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleConditions;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * Rules over a firm's indicator values. Pending ones work too: what follows from them steers
 * inspection only and neither creates nor lifts a restriction or a tier.
 *
 * @param file the rule file
 * @param rules those in effect
 */
record FeatureRules(RuleFile file, List<Rule> rules) {
  private static final Pattern INDICATOR =
      Pattern.compile("indicator_values\\s*\\[\\s*'([^']*)'\\s*\\]");

  /**
   * A rule file over the table {@code features}.
   *
   * @throws Failure (exit code 2) if a rule names an indicator that is not defined
   */
  static FeatureRules of(Schemas schemas, String id, LocalDate asOf) {
    FeatureRules all = ofAllDays(schemas, id);
    return new FeatureRules(
        all.file(), all.rules().stream().filter(r -> r.effectiveOn(asOf)).toList());
  }

  /** As {@link #of}, those of other days too. */
  static FeatureRules ofAllDays(Schemas schemas, String id) {
    RuleFile file = schemas.rule(id);
    Set<String> defined =
        schemas.rule("indicators").rules().stream()
            .map(Rule::id)
            .collect(Collectors.toCollection(TreeSet::new));
    for (Rule rule : file.rules()) {
      for (String indicator : indicators(rule)) {
        if (!defined.contains(indicator)) {
          throw Failure.usage(
              "%s:%d: rule '%s' names the indicator '%s', which rules/indicators.yaml does not"
                  + " define; define it or name one of %s",
              file.file(), rule.line(), rule.id(), indicator, String.join(", ", defined));
        }
      }
    }
    return new FeatureRules(file, file.rules());
  }

  /** Whether the rule holds; what is unknown does not hold. */
  Column holds(SparkSession spark, Schemas schemas, Rule rule) {
    return coalesce(
        RuleConditions.condition(spark, file, rule, RuleConditions.columns(schemas, file)),
        lit(false));
  }

  /** The indicators that a rule looks at, in order of id. */
  static Set<String> indicators(Rule rule) {
    Matcher matcher = INDICATOR.matcher(rule.when());
    Set<String> found = new TreeSet<>();
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** {@code indicator=value} of the known values of the indicators that a rule looks at. */
  static Column values(Rule rule) {
    Column[] named =
        indicators(rule).stream()
            .map(
                id -> concat(lit(id + "="), element_at(col("indicator_values"), id).cast("string")))
            .toArray(Column[]::new);
    return named.length == 0
        ? array().cast("array<string>")
        : filter(array(named), text -> text.isNotNull());
  }
}
