package credit.models;

import java.util.Arrays;

/**
 * Area under the ROC curve as the Mann–Whitney statistic: the share of pairs of a positive and a
 * negative in which the positive scores higher, a tie counting half. Exact: pairs are counted in
 * whole numbers.
 */
final class Auc {
  private Auc() {}

  /** NaN if there is no positive or no negative. */
  static double of(double[] scores, boolean[] positive) {
    double[] positives = sorted(scores, positive, true);
    double[] negatives = sorted(scores, positive, false);
    long doubledWins = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : positives) {
      while (below < negatives.length && negatives[below] < score) {
        below++;
      }
      notAbove = Math.max(notAbove, below);
      while (notAbove < negatives.length && negatives[notAbove] <= score) {
        notAbove++;
      }
      doubledWins += below + notAbove;
    }
    return doubledWins / 2.0 / ((double) positives.length * negatives.length);
  }

  private static double[] sorted(double[] scores, boolean[] positive, boolean wanted) {
    double[] kept = new double[scores.length];
    int count = 0;
    for (int i = 0; i < scores.length; i++) {
      if (positive[i] == wanted) {
        // Adding 0 turns -0.0, which sorts below 0.0, into it.
        kept[count++] = scores[i] + 0.0;
      }
    }
    double[] result = Arrays.copyOf(kept, count);
    Arrays.sort(result);
    return result;
  }
}
