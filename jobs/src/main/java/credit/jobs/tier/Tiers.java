package credit.jobs.tier;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.RuleConditions;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Tiers of firms from their files, with the reasons that sum up to the points. */
final class Tiers {
  /** What a rule says about a firm. */
  static final String HIT =
      "STRUCT<number: INT, rule: STRING, works: BOOLEAN, kind: STRING, points: BIGINT,"
          + " target: STRING, basis: STRING, records: ARRAY<STRING>>";

  private static final StructType RULES =
      StructType.fromDDL(
          "number INT, rule STRING, works BOOLEAN, kind STRING, points BIGINT, cap BIGINT,"
              + " target STRING, basis STRING");
  private static final String NO_BASE = "no_rule_in_force";

  private Tiers() {}

  /** One rating for each firm file: what {@code tiers} says of the firm from this day on. */
  static Dataset<Row> rate(Dataset<Row> files, TierRules rules) {
    return rateDated(files.withColumn("as_of", lit(rules.asOf())), rules);
  }

  /** The same for files that have a day of their own, {@code as_of}, on which the rules hold. */
  static Dataset<Row> rateDated(Dataset<Row> files, TierRules rules) {
    Dataset<Row> counting = counting(files, rules);
    Dataset<Row> firms =
        counting.select(
            col("id_scheme"), col("code"), col("as_of"), firmHits(rules).as("firm_hits"));
    Dataset<Row> all =
        firms
            .join(eventHits(counting, rules), names("id_scheme", "code"), "left_outer")
            .withColumn("hits", concat(coalesceHits("firm_hits"), coalesceHits("event_hits")));
    return tier(all, rules);
  }

  /** Files whose timeline holds only the events that count for a tier on the day. */
  static Dataset<Row> counting(Dataset<Row> files, TierRules rules) {
    Column timeline =
        filter(
            col("timeline"),
            event ->
                rules
                    .use()
                    .allows("tier", event.getField("status"), event.getField("status_date"))
                    .and(functions.not(event.getField("exempt")))
                    .and(event.getField("event_date").leq(col("as_of"))));
    return files.withColumn("timeline", timeline);
  }

  private static Column firmHits(TierRules rules) {
    List<Column> hits = new ArrayList<>();
    hits.add(lit(null).cast(HIT));
    for (TierRules.Entry entry : rules.byFirm()) {
      Column hit = TierRules.hit(entry, lit(entry.points()), array(col("register_record_id")));
      hits.add(when(entry.condition(), hit));
    }
    return array_compact(array(hits.toArray(Column[]::new)));
  }

  /** For each firm and rule: how often it holds, its points up to the cap, and the records. */
  private static Dataset<Row> eventHits(Dataset<Row> files, TierRules rules) {
    List<Column> numbers = new ArrayList<>();
    numbers.add(lit(null).cast("int"));
    rules.byEvent().forEach(e -> numbers.add(when(e.condition(), lit(e.number()))));
    Column capped =
        expr(
            "CASE WHEN cap > 0 THEN least(n * points, cap) WHEN cap < 0 THEN"
                + " greatest(n * points, cap) ELSE n * points END");
    return RuleConditions.elements(files, "timeline")
        .select(
            col("id_scheme"),
            col("code"),
            expr("sources.record_id").as("records"),
            explode(array_compact(array(numbers.toArray(Column[]::new)))).as("number"))
        .groupBy("id_scheme", "code", "number")
        .agg(
            count(lit(1)).as("n"),
            expr("array_sort(array_distinct(flatten(collect_list(records))))").as("records"))
        .join(broadcast(ruleTable(files, rules)), "number")
        .select(
            col("id_scheme"),
            col("code"),
            struct(
                    col("number"),
                    col("rule"),
                    col("works"),
                    col("kind"),
                    capped.as("points"),
                    col("target"),
                    col("basis"),
                    col("records"))
                .as("hit"))
        .groupBy("id_scheme", "code")
        .agg(collect_list("hit").as("event_hits"));
  }

  private static Dataset<Row> ruleTable(Dataset<Row> files, TierRules rules) {
    List<Row> rows = new ArrayList<>();
    for (TierRules.Entry e : rules.byEvent()) {
      rows.add(
          RowFactory.create(
              e.number(),
              e.rule().id(),
              e.works(),
              e.kind().name().toLowerCase(java.util.Locale.ROOT),
              e.points(),
              e.cap(),
              e.target(),
              e.rule().basis()));
    }
    return files.sparkSession().createDataFrame(rows, RULES);
  }

  private static Column coalesceHits(String column) {
    return coalesce(col(column).cast("ARRAY<" + HIT + ">"), array().cast("ARRAY<" + HIT + ">"));
  }

  private static scala.collection.immutable.Seq<String> names(String... names) {
    return scala.jdk.javaapi.CollectionConverters.asScala(List.of(names)).toList();
  }

  private static Dataset<Row> tier(Dataset<Row> firms, TierRules rules) {
    return firms
        .withColumn("hits", expr("array_sort(hits)"))
        .withColumn("works", expr("filter(hits, h -> h.works)"))
        .withColumn(
            "unrated",
            expr(
                "CASE WHEN exists(works, h -> h.kind = 'not_rated')"
                    + " THEN filter(works, h -> h.kind = 'not_rated')[0].target"
                    + " WHEN NOT exists(works, h -> h.kind = 'base') THEN '"
                    + NO_BASE
                    + "' END"))
        .withColumn(
            "counted",
            expr(
                "CASE WHEN unrated IS NULL THEN works"
                    + " ELSE filter(works, h -> h.kind = 'not_rated') END"))
        .withColumn("points", expr("aggregate(counted, 0L, (sum, h) -> sum + h.points)"))
        .withColumn("by_points", place(rules))
        .withColumn("floor", bound(rules, "floor", "array_min"))
        .withColumn("ceiling", bound(rules, "ceiling", "array_max"))
        .withColumn("place", expr("greatest(least(by_points, floor), ceiling)"))
        .select(
            col("id_scheme"),
            col("code"),
            col("as_of").as("valid_from"),
            when(col("unrated").isNotNull(), lit(rules.notRated()))
                .otherwise(functions.element_at(tierNames(rules), col("place").plus(1)))
                .as("tier"),
            col("points"),
            expr("CASE WHEN unrated IS NOT NULL THEN unrated"
                    + " WHEN place > least(by_points, floor) THEN 'ceiling'"
                    + " WHEN place < by_points THEN 'floor' END")
                .as("bounded"),
            expr("transform(counted, h -> struct(h.rule AS rule, h.points AS points, h.basis AS"
                    + " basis, CASE WHEN h.target IS NOT NULL THEN concat_ws(' ', h.kind,"
                    + " h.target) END AS bound, h.records AS records))")
                .as("reasons"),
            expr("transform(filter(hits, h -> NOT h.works), h -> h.rule)").as("shadow"),
            lit(rules.version()).as("rules_version"))
        .withColumn("cause", cause())
        .drop("bounded");
  }

  /** The bound that made the tier another one than the points, with its rule. */
  private static Column cause() {
    return expr(
        "CASE WHEN bounded IN ('ceiling', 'floor') THEN"
            + " element_at(transform(filter(reasons, r -> r.bound = concat_ws(' ', bounded, tier)),"
            + " r -> concat_ws(' ', r.bound, r.rule)), 1) ELSE bounded END");
  }

  private static Column place(TierRules rules) {
    Column place = lit(rules.tiers().size() - 1);
    for (int i = rules.tiers().size() - 2; i >= 0; i--) {
      place = when(col("points").geq(rules.tiers().get(i).from()), lit(i)).otherwise(place);
    }
    return place;
  }

  /** The place of the strictest bound of a kind; null where none holds. */
  private static Column bound(TierRules rules, String kind, String strictest) {
    StringBuilder places = new StringBuilder("CASE h.target");
    for (int i = 0; i < rules.tiers().size(); i++) {
      places
          .append(" WHEN '")
          .append(rules.tiers().get(i).name().replace("'", "''"))
          .append("' THEN ")
          .append(i);
    }
    return expr(
        strictest
            + "(transform(filter(counted, h -> h.kind = '"
            + kind
            + "'), h -> "
            + places
            + " END))");
  }

  private static Column tierNames(TierRules rules) {
    return array(rules.tiers().stream().map(t -> lit(t.name())).toArray(Column[]::new));
  }
}
