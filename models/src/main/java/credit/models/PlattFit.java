package credit.models;

/**
 * Platt scaling with his smoothed targets (Platt 1999), by Newton's method with step halving (Lin,
 * Lin and Weng 2007, "A note on Platt's probabilistic outputs").
 */
record PlattFit(double slope, double intercept) {
  private static final int MAX_ITERATIONS = 100;
  private static final double GRADIENT_SMALL = 1e-9;
  private static final double RIDGE = 1e-12;

  /** Fits slope and intercept; the slope may come out negative where scores mislead. */
  static PlattFit of(double[] logOdds, boolean[] positive) {
    return fit(logOdds, positive, true);
  }

  /** Fits the intercept alone, at slope 1. */
  static PlattFit level(double[] logOdds, boolean[] positive) {
    return fit(logOdds, positive, false);
  }

  private static PlattFit fit(double[] z, boolean[] positive, boolean withSlope) {
    Problem problem = Problem.of(z, positive);
    double a = withSlope ? 0 : 1;
    double b = withSlope ? problem.priorLogOdds : 0;
    double loss = problem.loss(a, b);
    for (int i = 0; i < MAX_ITERATIONS; i++) {
      Derivatives d = problem.derivatives(a, b);
      double gradientA = withSlope ? d.ga : 0;
      if (Math.abs(gradientA) + Math.abs(d.gb) < GRADIENT_SMALL * z.length) {
        break;
      }
      double determinant = d.haa * d.hbb - d.hab * d.hab;
      double stepA = withSlope ? -(d.hbb * d.ga - d.hab * d.gb) / determinant : 0;
      double stepB = withSlope ? -(d.haa * d.gb - d.hab * d.ga) / determinant : -d.gb / d.hbb;
      double step = problem.descend(a, b, stepA, stepB, loss);
      if (step == 0) {
        break;
      }
      a += step * stepA;
      b += step * stepB;
      loss = problem.loss(a, b);
    }
    return new PlattFit(a, b);
  }

  private record Derivatives(double ga, double gb, double haa, double hab, double hbb) {}

  private static final class Problem {
    private final double[] z;
    private final double[] target;
    private final double priorLogOdds;

    private Problem(double[] z, double[] target, double priorLogOdds) {
      this.z = z;
      this.target = target;
      this.priorLogOdds = priorLogOdds;
    }

    static Problem of(double[] z, boolean[] positive) {
      int positives = 0;
      for (boolean p : positive) {
        positives += p ? 1 : 0;
      }
      int negatives = positive.length - positives;
      double high = (positives + 1.0) / (positives + 2.0);
      double low = 1.0 / (negatives + 2.0);
      double[] target = new double[z.length];
      for (int i = 0; i < z.length; i++) {
        target[i] = positive[i] ? high : low;
      }
      return new Problem(z, target, StrictMath.log((positives + 1.0) / (negatives + 1.0)));
    }

    double loss(double a, double b) {
      double sum = 0;
      for (int i = 0; i < z.length; i++) {
        double f = a * z[i] + b;
        // −t·log p − (1−t)·log(1−p), without overflow for large |f|.
        sum += Math.max(f, 0) - target[i] * f + StrictMath.log1p(StrictMath.exp(-Math.abs(f)));
      }
      return sum;
    }

    Derivatives derivatives(double a, double b) {
      double ga = 0;
      double gb = 0;
      double haa = RIDGE;
      double hab = 0;
      double hbb = RIDGE;
      for (int i = 0; i < z.length; i++) {
        double p = Calibration.sigmoid(a * z[i] + b);
        double error = p - target[i];
        double weight = p * (1 - p);
        ga += error * z[i];
        gb += error;
        haa += weight * z[i] * z[i];
        hab += weight * z[i];
        hbb += weight;
      }
      return new Derivatives(ga, gb, haa, hab, hbb);
    }

    /** The largest of 1, ½, ¼ … that lowers the loss; 0 if none does. */
    double descend(double a, double b, double stepA, double stepB, double loss) {
      for (double step = 1; step > 1e-10; step /= 2) {
        if (loss(a + step * stepA, b + step * stepB) < loss) {
          return step;
        }
      }
      return 0;
    }
  }
}
