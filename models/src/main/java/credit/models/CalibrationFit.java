package credit.models;

/** Fits a {@link Calibration} to examples that the given weights were not fitted on. */
final class CalibrationFit {
  private CalibrationFit() {}

  static Calibration of(Scorer uncalibrated, TrainingSet slice) {
    double[] logOdds = new double[slice.size()];
    boolean[] positive = new boolean[slice.size()];
    for (int i = 0; i < slice.size(); i++) {
      Example example = slice.examples().get(i);
      logOdds[i] = uncalibrated.rawLogOdds(example.row());
      positive[i] = example.positive();
    }
    PlattFit fit = PlattFit.of(logOdds, positive);
    boolean rising = Double.isFinite(fit.slope()) && fit.slope() > 0;
    PlattFit used = rising ? fit : PlattFit.level(logOdds, positive);
    return new Calibration(
        rising ? Calibration.Method.PLATT : Calibration.Method.LEVEL,
        used.slope(),
        used.intercept(),
        slice.examples().get(0).asOf(),
        slice.examples().get(slice.size() - 1).asOf(),
        slice.size(),
        slice.positives());
  }
}
