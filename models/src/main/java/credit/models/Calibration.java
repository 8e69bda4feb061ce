package credit.models;

import java.io.Serializable;
import java.time.LocalDate;

/**
 * From the model's log-odds to a probability that keeps what it says: p = 1 / (1 + exp(−(slope · z
 * + intercept))), fitted on the latest days, which the fitted weights had not seen. The slope is
 * positive, so calibration never changes the order of firms nor ties two of them.
 *
 * @param method how it was fitted
 * @param slope positive
 * @param intercept added in log-odds
 * @param from first day of the slice, {@code null} without a slice
 * @param through last day of the slice
 * @param rows examples in the slice
 * @param positives of them
 */
public record Calibration(
    Method method,
    double slope,
    double intercept,
    LocalDate from,
    LocalDate through,
    long rows,
    long positives)
    implements Serializable {

  /** How the two numbers came about. */
  public enum Method {
    /** Platt's logistic fit of both numbers. */
    PLATT,
    /** Slope kept at 1, level fitted: the slice showed no rising relation to fit a slope to. */
    LEVEL,
    /** None: too few examples in the slice, or no earlier day to train on. */
    NONE
  }

  static Calibration none() {
    return new Calibration(Method.NONE, 1, 0, null, null, 0, 0);
  }

  double logOdds(double modelLogOdds) {
    return slope * modelLogOdds + intercept;
  }

  double probability(double modelLogOdds) {
    return sigmoid(logOdds(modelLogOdds));
  }

  /** The logistic function; StrictMath, so that every machine gives the same bits. */
  static double sigmoid(double z) {
    if (z >= 0) {
      return 1 / (1 + StrictMath.exp(-z));
    }
    double e = StrictMath.exp(z);
    return e / (1 + e);
  }
}
