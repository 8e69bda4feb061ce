package credit.jobs.risk;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleConditions;
import credit.schemas.Rule;
import credit.schemas.Schemas;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Early warnings by {@code rules/warnings.yaml}: a score among the highest, a score that rose, or a
 * condition over the indicators. A warning's id depends on rule, firm and day only.
 */
final class RiskWarnings {
  private static final String TOP_SHARE = "top_share";
  private static final String SCORE_RISE = "score_rise";
  private static final String[] KEY = {"id_scheme", "code"};
  private static final Column RAISING =
      expr("transform(filter(reasons, r -> r.contribution > 0), r -> r.indicator)");

  private final FeatureRules rules;
  private final Schemas schemas;
  private final String language;

  private RiskWarnings(FeatureRules rules, Schemas schemas, String language) {
    this.rules = rules;
    this.schemas = schemas;
    this.language = language;
  }

  /**
   * Warnings of a day.
   *
   * @param features the table {@code features} for the day
   * @param scores the table {@code scores} for the day; may be empty
   * @param previous the scores of the day before it that was computed last; may be empty
   * @param language of the messages
   * @return the columns of the table {@code warnings}
   */
  static Dataset<Row> of(
      Dataset<Row> features,
      Dataset<Row> scores,
      Dataset<Row> previous,
      Schemas schemas,
      LocalDate asOf,
      String language) {
    return new RiskWarnings(FeatureRules.of(schemas, "warnings", asOf), schemas, language)
        .rows(features, scores, previous);
  }

  /**
   * Whether all rules, whatever their days, say what they can.
   *
   * @param features no rows
   * @param scores no rows
   */
  static void check(Dataset<Row> features, Dataset<Row> scores, Schemas schemas) {
    new RiskWarnings(FeatureRules.ofAllDays(schemas, "warnings"), schemas, "en")
        .rows(features, scores, scores);
  }

  private Dataset<Row> rows(Dataset<Row> features, Dataset<Row> scores, Dataset<Row> previous) {
    Dataset<Row> joined =
        features
            .join(scores.drop("as_of"), KEY, "left")
            .join(
                previous.select(
                    col("id_scheme"), col("code"), col("percentile").as("previous_percentile")),
                KEY,
                "left");
    Column[] raised =
        rules.rules().stream().map(rule -> warning(joined, rule)).toArray(Column[]::new);
    if (raised.length == 0) {
      throw Failure.usage("%s holds no rule in effect; add one", rules.file().file());
    }
    return joined
        .select(
            col("id_scheme"),
            col("code"),
            col("as_of"),
            explode(filter(array(raised), w -> w.isNotNull())).as("w"))
        .select(
            warningId().as("warning_id"),
            col("id_scheme"),
            col("code"),
            col("as_of"),
            col("w.kind").as("kind"),
            col("w.level").as("level"),
            col("w.message").as("message"),
            col("w.reasons").as("reasons"));
  }

  private static Column warningId() {
    Column parts =
        concat_ws("|", col("w.rule"), col("id_scheme"), col("code"), col("as_of").cast("string"));
    return substring(sha2(parts.cast("binary"), 256), 1, 16);
  }

  private Column warning(Dataset<Row> rows, Rule rule) {
    String kind = rule.effect("kind") == null ? rule.id() : rule.effect("kind");
    String level = RuleConditions.required(rules.file(), rule, "level");
    if (!List.of("high", "medium", "low").contains(level)) {
      throw refuse(rule, "the level '" + level + "' is none of high, medium, low");
    }
    boolean ofScore = kind.equals(TOP_SHARE) || kind.equals(SCORE_RISE);
    Column reasons = ofScore ? coalesce(RAISING, array()) : FeatureRules.values(rule);
    return when(
        coalesce(scoreCondition(kind, rule), lit(false))
            .and(rules.holds(rows.sparkSession(), schemas, rule)),
        struct(
            lit(rule.id()).as("rule"),
            lit(kind).as("kind"),
            lit(level).as("level"),
            lit(rule.title(language)).as("message"),
            reasons.cast("array<string>").as("reasons")));
  }

  private Column scoreCondition(String kind, Rule rule) {
    Column percentile = col("percentile");
    return switch (kind) {
      case TOP_SHARE -> percentile.geq(lit(1 - number(rule, "share")));
      case SCORE_RISE ->
          percentile
              .minus(col("previous_percentile"))
              .geq(lit(number(rule, "rise")))
              .and(percentile.geq(lit(number(rule, "to"))));
      default -> lit(true);
    };
  }

  private double number(Rule rule, String key) {
    try {
      return new BigDecimal(RuleConditions.required(rules.file(), rule, key)).doubleValue();
    } catch (NumberFormatException e) {
      throw refuse(rule, "'" + key + "' is not a number");
    }
  }

  private Failure refuse(Rule rule, String problem) {
    return Failure.usage(
        "%s:%d: rule '%s': %s; correct the effect",
        rules.file().file(), rule.line(), rule.id(), problem);
  }
}
