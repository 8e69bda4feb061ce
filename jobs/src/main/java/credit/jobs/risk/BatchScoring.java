package credit.jobs.risk;

import credit.models.Explanation;
import credit.models.IndicatorRow;
import credit.models.Scorer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Scores a partition's rows in batches with the one model of the JVM. */
final class BatchScoring implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** Strongest contributions that are kept as reasons. */
  private static final int REASONS = 6;

  private final Broadcast<Scorer> scorer;
  private final int batch;

  BatchScoring(Broadcast<Scorer> scorer, int batch) {
    this.scorer = scorer;
    this.batch = batch;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Iterator<>() {
      private Iterator<Row> scored = List.<Row>of().iterator();

      @Override
      public boolean hasNext() {
        return scored.hasNext() || rows.hasNext();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        if (!scored.hasNext()) {
          scored = score(rows).iterator();
        }
        return scored.next();
      }
    };
  }

  private List<Row> score(Iterator<Row> rows) {
    Scorer model = scorer.value();
    List<Row> firms = new ArrayList<>(batch);
    List<IndicatorRow> values = new ArrayList<>(batch);
    while (rows.hasNext() && firms.size() < batch) {
      Row firm = rows.next();
      firms.add(firm);
      values.add(values(model.indicators(), firm.getJavaMap(3)));
    }
    double[] scores = model.score(values);
    List<Row> scored = new ArrayList<>(firms.size());
    for (int i = 0; i < scores.length; i++) {
      Row firm = firms.get(i);
      scored.add(
          RowFactory.create(
              firm.get(0),
              firm.get(1),
              firm.get(2),
              model.modelId(),
              rounded(scores[i], 1e9),
              reasons(model.explain(values.get(i)))));
    }
    return scored;
  }

  /** An indicator that the map lacks is missing; one that the model does not know is left aside. */
  private static IndicatorRow values(List<String> indicators, Map<String, Double> known) {
    double[] values = new double[indicators.size()];
    boolean[] missing = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      Double value = known.get(indicators.get(i));
      missing[i] = value == null;
      values[i] = missing[i] ? 0 : value;
    }
    return IndicatorRow.of(values, missing);
  }

  private static Row[] reasons(Explanation explanation) {
    return explanation.contributions().stream()
        .limit(REASONS)
        .filter(c -> rounded(c.logOdds(), 1e6) != 0)
        .map(c -> RowFactory.create(c.indicator(), c.value(), rounded(c.logOdds(), 1e6)))
        .toArray(Row[]::new);
  }

  /** Doubles are rounded where a table begins. */
  private static double rounded(double value, double scale) {
    return Math.rint(value * scale) / scale;
  }
}
