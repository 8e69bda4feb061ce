package credit.jobs.tier;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.RuleSettings;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What follows from a firm's tier and field: frequency, visits, incentives, full coverage. */
final class Measures {
  private Measures() {}

  /**
   * Measures of firms, by the rules in force on the day.
   *
   * @param files firm files
   * @param tiers their tiers
   * @param columns the rule file's columns
   */
  static Dataset<Row> of(
      Dataset<Row> files,
      Dataset<Row> tiers,
      RuleFile file,
      StructType columns,
      LocalDate asOf,
      boolean allowPending) {
    List<Column> measures = new ArrayList<>();
    for (Rule rule : file.inForce(asOf, allowPending)) {
      Column condition =
          RuleConditions.condition(files.sparkSession(), file, rule, columns).and(ofTier(rule));
      measures.add(when(condition, measure(file, rule)));
    }
    Dataset<Row> firms =
        files
            .withColumn("as_of", lit(asOf))
            .join(
                tiers.select(
                    col("id_scheme").as("tier_scheme"), col("code").as("tier_code"), col("tier")),
                col("id_scheme")
                    .equalTo(col("tier_scheme"))
                    .and(col("code").equalTo(col("tier_code"))));
    measures.add(lit(null).cast(MEASURE));
    return firms
        .select(
            col("id_scheme"),
            col("code"),
            explode(array_compact(array(measures.toArray(Column[]::new)))).as("m"))
        .select("id_scheme", "code", "m.*");
  }

  /**
   * Whether all rules, whatever their days, say what they can: a measure of a tier that does not
   * exist would be nobody's, and one whose tiers are no list everybody's.
   *
   * @param tiers names of the tiers, and of the one of those who have none
   */
  static void check(RuleFile file, List<String> tiers) {
    for (Rule rule : file.rules()) {
      RuleSettings effect =
          RuleSettings.effectOf(file, rule)
              .allow("kind", "tiers", "no", "content", "target", "level", "frequency");
      effect.text("kind");
      if (rule.effect().containsKey("tiers")) {
        List<String> named = effect.texts("tiers");
        if (named.isEmpty() || !tiers.containsAll(named)) {
          throw effect.refuse("tiers", named + " are not some of " + tiers);
        }
      }
    }
  }

  private static final String MEASURE =
      "STRUCT<measure: STRING, kind: STRING, title: STRING, setting: STRING, basis: STRING,"
          + " rule: STRING>";

  private static Column ofTier(Rule rule) {
    return rule.effect().get("tiers") instanceof List<?> tiers
        ? col("tier").isin(tiers.toArray())
        : lit(true);
  }

  private static Column measure(RuleFile file, Rule rule) {
    return struct(
        lit(rule.id()).as("measure"),
        lit(RuleConditions.required(file, rule, "kind")).as("kind"),
        lit(rule.titleZh()).as("title"),
        lit(rule.effect("frequency")).cast("string").as("setting"),
        lit(rule.basis()).as("basis"),
        lit(rule.id()).as("rule"));
  }
}
