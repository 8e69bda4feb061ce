package credit.models;

import credit.models.Explanation.Contribution;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What scoring needs of a model, and no more: immutable, thread-safe and serialisable, so that it
 * can be broadcast. Give it batches (about 2,000 rows) rather than single rows.
 *
 * @param modelId the first 12 hex digits of the model's content hash
 * @param space the indicators and their transformation
 * @param weights per feature of the space, values first, then missing flags
 * @param bias log-odds at the training mean
 * @param calibration from log-odds to probability
 */
public record Scorer(
    String modelId, FeatureSpace space, List<Double> weights, double bias, Calibration calibration)
    implements Serializable {
  private static final Comparator<Contribution> STRONGEST_FIRST =
      Comparator.<Contribution>comparingDouble(c -> -Math.abs(c.logOdds()))
          .thenComparing(Contribution::indicator);

  public Scorer {
    weights = List.copyOf(weights);
    if (weights.size() != space.width()) {
      throw new ModelException(
          "%d weights for %d features: the model file is damaged; restore it or train again",
          weights.size(), space.width());
    }
  }

  /** Ids of the indicators a row must hold, in order. */
  public List<String> indicators() {
    return space.indicators();
  }

  /**
   * Refuses rows whose values are in another order than the model's: the scores would be wrong and
   * nothing would show it.
   *
   * @throws ModelException if {@code given} is not this model's list of indicators
   */
  public void requireIndicators(List<String> given) {
    space.requireIndicators(given);
  }

  /**
   * Calibrated probabilities, one per row.
   *
   * @throws ModelException if a row has another length or holds NaN or an infinite value
   */
  public double[] score(List<IndicatorRow> rows) {
    double[] weight = weightArray();
    double[] features = new double[weight.length];
    double[] scores = new double[rows.size()];
    int next = 0;
    for (IndicatorRow row : rows) {
      space.encodeInto(row, features);
      scores[next++] = calibration.probability(logOdds(weight, features));
    }
    return scores;
  }

  /** Calibrated probability of one row. */
  public double score(IndicatorRow row) {
    return score(List.of(row))[0];
  }

  /** Why the row has its score. */
  public Explanation explain(IndicatorRow row) {
    double[] features = space.encode(row);
    List<Contribution> contributions = new ArrayList<>();
    int flag = space.columns().size();
    for (int i = 0; i < space.columns().size(); i++) {
      double share = weights.get(i) * features[i];
      if (space.columns().get(i).missingSeen()) {
        share += weights.get(flag) * features[flag];
        flag++;
      }
      contributions.add(
          new Contribution(
              space.columns().get(i).indicator(),
              row.value(i).orElse(null),
              calibration.slope() * share));
    }
    contributions.sort(STRONGEST_FIRST);
    double raw = logOdds(weightArray(), features);
    return new Explanation(
        calibration.probability(raw),
        calibration.logOdds(raw),
        calibration.logOdds(bias),
        contributions);
  }

  /** Log-odds before calibration. */
  double rawLogOdds(IndicatorRow row) {
    return logOdds(weightArray(), space.encode(row));
  }

  private double[] weightArray() {
    return weights.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private double logOdds(double[] weight, double[] features) {
    double sum = bias;
    for (int i = 0; i < weight.length; i++) {
      sum += weight[i] * features[i];
    }
    return sum;
  }
}
