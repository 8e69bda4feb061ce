package credit.jobs.indicators;

import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.RuleConditions;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/** What an indicator needs of a firm's events: one or two sums, all taken in one pass. */
final class EventParts {
  private EventParts() {}

  /** Name of an indicator's main part. */
  static String all(int indicator) {
    return "n" + indicator;
  }

  /** Name of the part that a ratio or a change sets against the main one. */
  static String some(int indicator) {
    return "k" + indicator;
  }

  static List<Column> of(SparkSession spark, IndicatorRules rules, Indicator indicator, int i) {
    Column age = datediff(col("as_of"), col("event_date"));
    Column picked = RuleConditions.condition(spark, rules.file(), indicator.rule(), rules.events());
    Column inWindow =
        indicator.windowDays() == null
            ? picked
            : picked.and(age.lt(lit(indicator.windowDays().intValue())));
    return switch (indicator.aggregate()) {
      case FIRM -> List.of();
      case COUNT -> List.of(number(inWindow).as(all(i)));
      case EXISTS -> List.of(max(when(inWindow, 1).otherwise(0)).as(all(i)));
      case DAYS_SINCE_LAST -> List.of(min(when(inWindow, age)).as(all(i)));
      case SUM -> List.of(sum(when(inWindow, amount(spark, rules, indicator))).as(all(i)));
      case DISTINCT ->
          List.of(
              array_size(collect_set(when(inWindow, text(spark, rules, indicator)))).as(all(i)));
      case LATEST -> List.of(newest(inWindow, value(spark, rules, indicator)).as(all(i)));
      case RATIO, PEER_RATIO -> {
        Column of = rules.condition(spark, indicator.rule(), "of", rules.events());
        yield List.of(
            number(inWindow).as(all(i)),
            number(inWindow.and(coalesce(of, lit(false)))).as(some(i)));
      }
      case CHANGE -> {
        int days = indicator.windowDays();
        Column before = picked.and(age.geq(lit(days))).and(age.lt(lit(2 * days)));
        yield List.of(number(inWindow).as(all(i)), number(before).as(some(i)));
      }
    };
  }

  private static Column number(Column condition) {
    return count(when(condition, lit(1)));
  }

  /** Exact whatever the order of summing. */
  private static Column amount(SparkSession spark, IndicatorRules rules, Indicator indicator) {
    return value(spark, rules, indicator).cast("decimal(28,4)");
  }

  private static Column value(SparkSession spark, IndicatorRules rules, Indicator indicator) {
    return RuleConditions.number(spark, rules.file(), indicator.rule(), "value", rules.events());
  }

  private static Column text(SparkSession spark, IndicatorRules rules, Indicator indicator) {
    return RuleConditions.text(spark, rules.file(), indicator.rule(), "value", rules.events());
  }

  private static Column newest(Column condition, Column value) {
    return max(
        when(
            condition.and(value.isNotNull()),
            struct(col("event_date"), col("event_id"), value.cast("double").as("value"))));
  }
}
