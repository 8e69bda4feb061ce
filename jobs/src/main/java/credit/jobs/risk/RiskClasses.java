package credit.jobs.risk;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.RuleSettings;
import credit.schemas.Rule;
import credit.schemas.Schemas;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Risk classes by {@code rules/risk_classes.yaml}: points by dimension from rules over the
 * indicators, the model's score as one dimension more, weighted, and cut into classes. Where there
 * is no score the other dimensions keep their proportions.
 */
final class RiskClasses {
  private static final double FULL = 100;

  private final FeatureRules rules;
  private final Schemas schemas;
  private final RuleSettings settings;
  private final Map<String, Double> weights;
  private final RuleSettings score;

  private RiskClasses(FeatureRules rules, Schemas schemas) {
    this.rules = rules;
    this.schemas = schemas;
    this.settings = RuleSettings.of(rules.file());
    this.weights = new TreeMap<>();
    RuleSettings dimensions = settings.section("weights");
    dimensions.values().keySet().forEach(name -> weights.put(name, dimensions.number(name)));
    this.score = settings.section("score");
    if (!weights.containsKey(score.text("dimension"))) {
      throw settings.refuse("score.dimension", "it is not among the weights " + weights.keySet());
    }
  }

  /**
   * Classes of all firms.
   *
   * @param features the table {@code features} for one day
   * @param scores the table {@code scores} for the same day; may be empty
   * @return the columns of the table {@code risk_classes}
   */
  static Dataset<Row> of(
      Dataset<Row> features, Dataset<Row> scores, Schemas schemas, LocalDate asOf) {
    return new RiskClasses(FeatureRules.of(schemas, "risk_classes", asOf), schemas)
        .rows(features, scores);
  }

  /**
   * Whether settings and rules, whatever their days, say what they can.
   *
   * @param features no rows
   * @param scores no rows
   */
  static void check(Dataset<Row> features, Dataset<Row> scores, Schemas schemas) {
    new RiskClasses(FeatureRules.ofAllDays(schemas, "risk_classes"), schemas)
        .rows(features, scores);
  }

  private Dataset<Row> rows(Dataset<Row> features, Dataset<Row> scores) {
    Map<Rule, Column> holds = new LinkedHashMap<>();
    for (Rule rule : rules.rules()) {
      holds.put(rule, rules.holds(features.sparkSession(), schemas, rule));
    }
    Dataset<Row> joined =
        features.join(
            scores.select("id_scheme", "code", "as_of", "percentile"),
            new String[] {"id_scheme", "code", "as_of"},
            "left");
    List<Column> columns = new ArrayList<>(keys());
    Map<String, Column> points = points(holds);
    points.forEach((dimension, sum) -> columns.add(sum.as("d_" + dimension)));
    columns.add(reasons(holds).as("reasons"));
    Dataset<Row> pointed =
        joined.select(columns.toArray(Column[]::new)).withColumn("points", weighted());
    List<Column> result = new ArrayList<>(keys());
    result.add(riskClass().as("risk_class"));
    result.add(col("points"));
    result.add(dimensions().as("dimensions"));
    result.add(col("reasons"));
    return pointed.select(result.toArray(Column[]::new));
  }

  private static List<Column> keys() {
    return List.of(col("id_scheme"), col("code"), col("as_of"));
  }

  /** Points of each dimension, between 0 and 100; null: nothing is known. */
  private Map<String, Column> points(Map<Rule, Column> holds) {
    Map<String, Column> sums = new TreeMap<>();
    weights.keySet().forEach(name -> sums.put(name, lit(0.0)));
    for (Rule rule : rules.rules()) {
      String dimension = RuleConditions.required(rules.file(), rule, "dimension");
      if (!sums.containsKey(dimension)) {
        throw refuse(rule, "the dimension '" + dimension + "' is not among " + sums.keySet());
      }
      Column given = when(holds.get(rule), points(rule)).otherwise(0.0);
      sums.computeIfPresent(dimension, (name, sum) -> sum.plus(given));
    }
    sums.replaceAll((name, sum) -> greatest(lit(0.0), least(lit(FULL), sum)));
    sums.put(score.text("dimension"), scorePoints());
    return sums;
  }

  private double points(Rule rule) {
    try {
      return new BigDecimal(RuleConditions.required(rules.file(), rule, "points")).doubleValue();
    } catch (NumberFormatException e) {
      throw refuse(rule, "'points' is not a number");
    }
  }

  private Failure refuse(Rule rule, String problem) {
    return Failure.usage(
        "%s:%d: rule '%s': %s; correct the effect",
        rules.file().file(), rule.line(), rule.id(), problem);
  }

  private Column scorePoints() {
    Column points = lit(0.0);
    List<RuleSettings> bands = score.sections("bands");
    for (int i = bands.size() - 1; i >= 0; i--) {
      points =
          when(
                  col("percentile").geq(lit(bands.get(i).number("from_percentile"))),
                  lit(bands.get(i).number("points")))
              .otherwise(points);
    }
    return when(col("percentile").isNotNull(), points);
  }

  private Column weighted() {
    Column sum = lit(0.0);
    Column weight = lit(0.0);
    for (Map.Entry<String, Double> dimension : weights.entrySet()) {
      Column points = col("d_" + dimension.getKey());
      sum = sum.plus(coalesce(points, lit(0.0)).multiply(dimension.getValue()));
      weight = weight.plus(when(points.isNotNull(), dimension.getValue()).otherwise(0.0));
    }
    return round(sum.divide(weight), 4);
  }

  private Column riskClass() {
    List<RuleSettings> classes = settings.sections("classes");
    Column riskClass = lit(classes.get(classes.size() - 1).text("class"));
    for (int i = classes.size() - 2; i >= 0; i--) {
      riskClass =
          when(
                  col("points").geq(lit(classes.get(i).number("from_points"))),
                  lit(classes.get(i).text("class")))
              .otherwise(riskClass);
    }
    return riskClass;
  }

  private Column dimensions() {
    Column[] names = weights.keySet().stream().map(name -> lit(name)).toArray(Column[]::new);
    Column[] points =
        weights.keySet().stream().map(name -> col("d_" + name)).toArray(Column[]::new);
    return map_filter(
        map_from_arrays(array(names), array(points)), (name, value) -> value.isNotNull());
  }

  /** Ids of the rules that spoke, in file order, and the score's dimension where it gave points. */
  private Column reasons(Map<Rule, Column> holds) {
    List<Column> spoke = new ArrayList<>();
    holds.forEach((rule, condition) -> spoke.add(when(condition, lit(rule.id()))));
    spoke.add(when(scorePoints().gt(0), lit(score.text("dimension"))));
    return filter(array(spoke.toArray(Column[]::new)), id -> id.isNotNull());
  }
}
