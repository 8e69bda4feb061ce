package credit.models;

/**
 * What may be tuned in training.
 *
 * @param seed passed to the solver; the default solver draws nothing from it
 * @param cost LibLinear's C: the weight of the summed loss against ½‖w‖², so a smaller cost means
 *     stronger regularisation
 * @param maxIterations of the solver
 * @param epsilon the solver's stopping tolerance
 * @param calibrationShare the latest whole days that together hold at least this share of the
 *     examples calibrate the model; 0 means no calibration
 * @param minCalibrationPositives with fewer positives (or negatives) in the slice the model stays
 *     uncalibrated, and says so
 */
public record TrainingOptions(
    long seed,
    double cost,
    int maxIterations,
    double epsilon,
    double calibrationShare,
    int minCalibrationPositives) {
  public TrainingOptions {
    require(cost > 0 && Double.isFinite(cost), "cost", cost, "a positive number");
    require(maxIterations > 0, "maxIterations", maxIterations, "positive");
    require(epsilon > 0 && epsilon < 1, "epsilon", epsilon, "between 0 and 1");
    require(
        calibrationShare >= 0 && calibrationShare < 1,
        "calibrationShare",
        calibrationShare,
        "in [0, 1)");
    require(
        minCalibrationPositives >= 1, "minCalibrationPositives", minCalibrationPositives, "≥ 1");
  }

  /** The options of a usual run. */
  public static TrainingOptions defaults(long seed) {
    return new TrainingOptions(seed, 1.0, 1_000, 0.001, 0.2, 20);
  }

  public TrainingOptions withCost(double newCost) {
    return new TrainingOptions(
        seed, newCost, maxIterations, epsilon, calibrationShare, minCalibrationPositives);
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new ModelException("training option %s is %s: it must be %s", name, value, expected);
    }
  }
}
