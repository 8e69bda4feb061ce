package credit.models;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether the scores mean what they say as probabilities.
 *
 * @param brier mean squared error
 * @param logLoss mean negative log-likelihood, probabilities held at 1e-15 from 0 and 1
 * @param meanScore mean probability
 * @param calibrationError expected calibration error over the table
 * @param chanceError what that error would be on average if the scores held exactly, since few rows
 *     scatter
 * @param table tenths of the rows in rising order of score; equal scores are never parted
 */
public record ProbabilityFigures(
    double brier,
    double logLoss,
    double meanScore,
    double calibrationError,
    double chanceError,
    List<Tenth> table) {
  private static final double EDGE = 1e-15;
  private static final int TENTHS = 10;

  public ProbabilityFigures {
    table = List.copyOf(table);
  }

  /**
   * One line of the calibration table.
   *
   * @param rows in it
   * @param meanScore what was said
   * @param rate what came out
   */
  public record Tenth(long rows, double meanScore, double rate) {
    double gap() {
      return Math.abs(meanScore - rate);
    }

    /** Mean absolute deviation of a binomial share, by its normal approximation. */
    double chanceGap() {
      return Math.sqrt(2 / Math.PI * meanScore * (1 - meanScore) / rows);
    }
  }

  static ProbabilityFigures of(Ranking ranking) {
    double brier = 0;
    double logLoss = 0;
    double sum = 0;
    for (Outcome outcome : ranking.sorted()) {
      double p = probability(outcome);
      double error = p - (outcome.positive() ? 1 : 0);
      brier += error * error;
      double held = Math.max(EDGE, Math.min(1 - EDGE, p));
      logLoss -= StrictMath.log(outcome.positive() ? held : 1 - held);
      sum += p;
    }
    int n = ranking.size();
    List<Tenth> table = table(ranking.sorted());
    double error = 0;
    double chance = 0;
    for (Tenth tenth : table) {
      error += tenth.gap() * tenth.rows() / n;
      chance += tenth.chanceGap() * tenth.rows() / n;
    }
    return new ProbabilityFigures(brier / n, logLoss / n, sum / n, error, chance, table);
  }

  private static double probability(Outcome outcome) {
    if (outcome.score() < 0 || outcome.score() > 1) {
      throw new ModelException(
          "the score of firm %s is %s, which is no probability: evaluate calibrated scores",
          outcome.firm(), outcome.score());
    }
    return outcome.score();
  }

  /** A run of equal scores belongs whole to the tenth in which its first row, from below, lies. */
  private static List<Tenth> table(List<Outcome> falling) {
    int n = falling.size();
    List<Tenth> table = new ArrayList<>();
    int open = 0;
    long rows = 0;
    long positives = 0;
    double scores = 0;
    for (int rank = 0; rank < n; rank++) {
      Outcome outcome = falling.get(n - 1 - rank);
      int tenth = (int) ((long) rank * TENTHS / n);
      boolean tied = rank > 0 && falling.get(n - rank).score() == outcome.score();
      if (tenth > open && !tied && rows > 0) {
        table.add(new Tenth(rows, scores / rows, (double) positives / rows));
        rows = 0;
        positives = 0;
        scores = 0;
      }
      if (!tied) {
        open = tenth;
      }
      rows++;
      positives += outcome.positive() ? 1 : 0;
      scores += outcome.score();
    }
    table.add(new Tenth(rows, scores / rows, (double) positives / rows));
    return table;
  }
}
