package credit.jobs.feature;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.stddev_samp;

import credit.jobs.indicators.IndicatorRules;
import credit.jobs.warehouse.Tables;
import credit.schemas.Rule;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * What each indicator says, and how its values lie across the city on a day.
 *
 * @param firms firms with values
 * @param entries one row per indicator, in the columns of the table {@code indicators}
 */
record Dictionary(long firms, List<Row> entries) {

  static Dictionary of(Dataset<Row> features, IndicatorRules rules, LocalDate asOf) {
    List<Column> figures = new ArrayList<>();
    for (String id : rules.ids()) {
      Column value = element_at(col("indicator_values"), id);
      figures.add(count(value));
      figures.add(round(avg(value), 6));
      figures.add(round(stddev_samp(value), 6));
    }
    Row row = features.agg(count(lit(1)), figures.toArray(Column[]::new)).first();
    long firms = row.getLong(0);
    List<Row> entries = new ArrayList<>();
    int at = 1;
    for (Rule rule : rules.rules()) {
      long known = row.getLong(at++);
      entries.add(
          RowFactory.create(
              rule.id(),
              asOf,
              rule.titleZh(),
              expression(rule),
              row.get(at++),
              row.get(at++),
              firms == 0 ? 1.0 : Math.round((1 - (double) known / firms) * 1e6) / 1e6,
              rules.file().version()));
    }
    return new Dictionary(firms, entries);
  }

  private static String expression(Rule rule) {
    return rule.when().equals("true")
        ? rule.effect().toString()
        : rule.effect() + " WHERE " + rule.when();
  }

  Dataset<Row> rows(SparkSession spark, Schemas schemas) {
    return spark
        .createDataFrame(entries, Tables.schemaOf(Tables.contract(schemas, "indicators")))
        .coalesce(1);
  }
}
