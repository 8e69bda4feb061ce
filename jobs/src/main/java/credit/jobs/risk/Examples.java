package credit.jobs.risk;

import credit.jobs.indicators.IndicatorRules;
import credit.jobs.indicators.Indicators;
import credit.models.Example;
import credit.models.IndicatorRow;
import credit.models.TrainingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Indicator values and outcomes brought together on the driver, where the model learns. */
final class Examples {
  private static final int VALUES = 5;

  private Examples() {}

  /**
   * Collects what has an outcome.
   *
   * @param values as {@link Indicators#values} gives them
   * @param outcomes as {@link TrainingWindows#outcomes} gives them
   */
  static TrainingSet collect(Dataset<Row> values, Dataset<Row> outcomes, IndicatorRules rules) {
    Column[] columns =
        Stream.concat(
                Stream.of("id_scheme", "code", "as_of", "positive", "outcome_day"),
                Indicators.valueNames(rules).stream())
            .map(name -> functions.col(name))
            .toArray(Column[]::new);
    List<Example> examples = new ArrayList<>();
    Dataset<Row> joined = values.join(outcomes, Indicators.KEY.toArray(String[]::new));
    for (Row row : joined.select(columns).collectAsList()) {
      examples.add(example(row));
    }
    return new TrainingSet(rules.ids(), examples);
  }

  private static Example example(Row row) {
    double[] values = new double[row.size() - VALUES];
    boolean[] missing = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      missing[i] = row.isNullAt(VALUES + i);
      values[i] = missing[i] ? 0 : row.getDouble(VALUES + i);
    }
    return new Example(
        row.getString(0) + ":" + row.getString(1),
        row.getAs(2),
        IndicatorRow.of(values, missing),
        row.getBoolean(3),
        row.getAs(4));
  }

  /** The same examples with the values in another model's order; what it lacks is left out. */
  static TrainingSet forModel(TrainingSet set, List<String> indicators) {
    int[] from = indicators.stream().mapToInt(set.indicators()::indexOf).toArray();
    return new TrainingSet(
        indicators,
        set.examples().stream()
            .map(
                e ->
                    new Example(
                        e.firm(), e.asOf(), pick(e.row(), from), e.positive(), e.outcomeDay()))
            .toList());
  }

  private static IndicatorRow pick(IndicatorRow row, int[] from) {
    Double[] values = new Double[from.length];
    for (int i = 0; i < from.length; i++) {
      values[i] = from[i] < 0 ? null : row.value(from[i]).orElse(null);
    }
    return IndicatorRow.of(values);
  }
}
