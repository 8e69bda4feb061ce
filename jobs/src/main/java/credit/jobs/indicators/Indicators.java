package credit.jobs.indicators;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleConditions;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;

/**
 * Values of all indicators for all firms on any days, in one query. On a day only those events
 * exist that had happened and were known by then; a record that was repaired, withdrawn or annulled
 * goes on counting until that was known.
 */
public final class Indicators {
  /** The key of a row of values. */
  public static final List<String> KEY = List.of("id_scheme", "code", "as_of");

  private static final String VALUE = "v";
  private static final String FIRM = "f";
  private static final String PEERS = "p";

  private Indicators() {}

  /**
   * Values by indicator id; an absent key is unknown, not zero.
   *
   * @param events the table {@code events}
   * @param firms the table {@code firm_file}
   * @param days the as-of days
   * @return the columns of the table {@code features}
   */
  public static Dataset<Row> asOf(
      Dataset<Row> events, Dataset<Row> firms, Collection<LocalDate> days, IndicatorRules rules) {
    Column[] ids = rules.ids().stream().map(id -> lit(id)).toArray(Column[]::new);
    Column[] values = valueNames(rules).stream().map(name -> col(name)).toArray(Column[]::new);
    return values(events, firms, days, rules)
        .select(
            col("id_scheme"),
            col("code"),
            col("as_of"),
            map_filter(map_from_arrays(array(ids), array(values)), (id, v) -> v.isNotNull())
                .as("indicator_values"));
  }

  /**
   * The same values, one column each, null where unknown.
   *
   * @return the key and the columns of {@link #valueNames}
   */
  public static Dataset<Row> values(
      Dataset<Row> events, Dataset<Row> firms, Collection<LocalDate> days, IndicatorRules rules) {
    SparkSession spark = events.sparkSession();
    Dataset<Row> firmDays = firmDays(spark, firms, days, rules);
    List<Column> parts = new ArrayList<>();
    for (int i = 0; i < rules.indicators().size(); i++) {
      parts.addAll(EventParts.of(spark, rules, rules.indicators().get(i), i));
    }
    Dataset<Row> joined = firmDays;
    if (!parts.isEmpty()) {
      Dataset<Row> perFirm =
          known(events, days, rules)
              .groupBy(columns(KEY))
              .agg(parts.get(0), parts.subList(1, parts.size()).toArray(Column[]::new));
      joined = firmDays.join(perFirm, KEY.toArray(String[]::new), "left");
    }
    return withPeers(joined, rules)
        .select(Stream.concat(keys(), valueColumns(rules)).toArray(Column[]::new));
  }

  /**
   * Analyses what the indicators of all days compute from a row, and whom and what they are to
   * foresee.
   *
   * @throws Failure (exit code 2) at the first expression that is refused
   */
  public static void check(SparkSession spark, Schemas schemas) {
    if (!schemas.rules().containsKey("indicators")) {
      return;
    }
    IndicatorRules rules = IndicatorRules.ofAllDays(schemas);
    for (int i = 0; i < rules.indicators().size(); i++) {
      EventParts.of(spark, rules, rules.indicators().get(i), i);
      ofFirm(spark, rules, i);
    }
    rules.active(spark);
    if (rules.settings().has("target")) {
      rules.observed(spark);
      rules.positive(spark);
    }
  }

  /** Names of the columns of {@link #values}, in the order of the ids. */
  public static List<String> valueNames(IndicatorRules rules) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < rules.indicators().size(); i++) {
      names.add(VALUE + i);
    }
    return names;
  }

  /** Events, once for each day on which they were there to be seen. */
  private static Dataset<Row> known(
      Dataset<Row> events, Collection<LocalDate> days, IndicatorRules rules) {
    Column seenFrom = greatest(col("event_date"), col("known_at"));
    Column endedFrom =
        greatest(
            coalesce(col("status_date"), col("event_date")),
            coalesce(col("status_known_at"), col("known_at")));
    return events
        .withColumn("as_of", explode(filter(FirmDays.dates(days), day -> day.geq(seenFrom))))
        .where(not(col("status").isin(rules.barred().toArray()).and(endedFrom.leq(col("as_of")))));
  }

  private static Dataset<Row> firmDays(
      SparkSession spark, Dataset<Row> firms, Collection<LocalDate> days, IndicatorRules rules) {
    List<String> expressions =
        rules.indicators().stream()
            .filter(indicator -> indicator.aggregate() == Indicator.Aggregate.FIRM)
            .map(indicator -> indicator.rule().effect("value"))
            .toList();
    List<Column> columns = new ArrayList<>(keys().toList());
    for (int i = 0; i < rules.indicators().size(); i++) {
      ofFirm(spark, rules, i).ifPresent(columns::add);
    }
    return FirmDays.on(firms, days, rules.firms(), rules.active(spark), expressions)
        .select(columns.toArray(Column[]::new));
  }

  /** What an indicator asks of the firm itself; empty: it looks at events only. */
  private static Optional<Column> ofFirm(SparkSession spark, IndicatorRules rules, int i) {
    Indicator indicator = rules.indicators().get(i);
    return switch (indicator.aggregate()) {
      case FIRM ->
          Optional.of(
              RuleConditions.number(spark, rules.file(), indicator.rule(), "value", rules.firms())
                  .cast("double")
                  .as(FIRM + i));
      case PEER_RATIO ->
          Optional.of(
              RuleConditions.text(spark, rules.file(), indicator.rule(), "peers", rules.firms())
                  .as(PEERS + i));
      default -> Optional.empty();
    };
  }

  /** City-wide sums over the other firms of the same kind. */
  private static Dataset<Row> withPeers(Dataset<Row> rows, IndicatorRules rules) {
    Dataset<Row> result = rows;
    for (int i = 0; i < rules.indicators().size(); i++) {
      if (rules.indicators().get(i).aggregate() == Indicator.Aggregate.PEER_RATIO) {
        var peers = Window.partitionBy(col("as_of"), col(PEERS + i));
        for (String part : List.of(EventParts.all(i), EventParts.some(i))) {
          Column own = coalesce(col(part), lit(0L));
          result = result.withColumn(part, sum(own).over(peers).minus(own));
        }
      }
    }
    return result;
  }

  private static Stream<Column> valueColumns(IndicatorRules rules) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < rules.indicators().size(); i++) {
      columns.add(value(rules.indicators().get(i), i).as(VALUE + i));
    }
    return columns.stream();
  }

  private static Column value(Indicator indicator, int i) {
    Column value =
        switch (indicator.aggregate()) {
          case FIRM -> col(FIRM + i);
          case COUNT, EXISTS, SUM, DISTINCT -> coalesce(col(EventParts.all(i)), lit(0));
          case CHANGE ->
              coalesce(col(EventParts.all(i)), lit(0L))
                  .minus(coalesce(col(EventParts.some(i)), lit(0L)));
          case DAYS_SINCE_LAST -> col(EventParts.all(i));
          case LATEST -> col(EventParts.all(i)).getField("value");
          case RATIO -> ratio(indicator, i);
          case PEER_RATIO ->
              org.apache.spark.sql.functions.when(col(PEERS + i).isNotNull(), ratio(indicator, i));
        };
    // Doubles are rounded where they leave, so that no order of summing can be seen.
    return org.apache.spark.sql.functions.round(value.cast("double"), 6);
  }

  private static Column ratio(Indicator indicator, int i) {
    Column all = col(EventParts.all(i));
    return org.apache.spark.sql.functions.when(
        all.geq(lit(indicator.minCount())), col(EventParts.some(i)).cast("double").divide(all));
  }

  private static Stream<Column> keys() {
    return KEY.stream().map(name -> col(name));
  }

  private static Column[] columns(List<String> names) {
    return names.stream().map(name -> expr(name)).toArray(Column[]::new);
  }
}
