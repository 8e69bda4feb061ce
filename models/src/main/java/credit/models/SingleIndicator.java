package credit.models;

import java.util.ArrayList;
import java.util.List;

/**
 * Ranking by one indicator alone: what a model must beat to be worth its trouble. Chosen on the
 * training examples, so that its test figures are as honest as the model's.
 *
 * @param indicator its id
 * @param rising whether larger means riskier
 * @param trainingAuc its AUC on the training examples, in that direction
 */
public record SingleIndicator(String indicator, boolean rising, double trainingAuc) {
  static SingleIndicator best(TrainingSet set, FeatureSpace space) {
    SingleIndicator best = null;
    for (int i = 0; i < set.indicators().size(); i++) {
      double auc = auc(set, space, i);
      SingleIndicator candidate =
          new SingleIndicator(set.indicators().get(i), auc >= 0.5, Math.max(auc, 1 - auc));
      if (best == null || candidate.trainingAuc() > best.trainingAuc()) {
        best = candidate;
      }
    }
    return best;
  }

  private static double auc(TrainingSet set, FeatureSpace space, int indicator) {
    double[] scores = new double[set.size()];
    boolean[] positive = new boolean[set.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = value(set.examples().get(i).row(), space, indicator);
      positive[i] = set.examples().get(i).positive();
    }
    return Auc.of(scores, positive);
  }

  private static double value(IndicatorRow row, FeatureSpace space, int indicator) {
    return row.isMissing(indicator)
        ? 0
        : space.columns().get(indicator).standardise(row.number(indicator));
  }

  /** The set's outcomes scored by this indicator; missing takes the training mean. */
  List<Outcome> outcomes(TrainingSet set, FeatureSpace space) {
    int index = space.indicators().indexOf(indicator);
    List<Outcome> outcomes = new ArrayList<>(set.size());
    for (Example example : set.examples()) {
      double value = value(example.row(), space, index);
      outcomes.add(
          new Outcome(
              example.firm(), example.outcomeDay(), rising ? value : -value, example.positive()));
    }
    return outcomes;
  }
}
