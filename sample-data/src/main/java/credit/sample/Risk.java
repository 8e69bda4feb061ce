package credit.sample;

/**
 * A firm's latent risk, month by month: a persistent part and one that drifts slowly. About
 * standard normal over the city. Never delivered.
 */
final class Risk {
  private static final double PERSISTENT = 0.85;
  private static final double DRIFTING = 0.65;
  private static final double MEMORY = 0.93;

  /** Months by which complaints run ahead of what inspectors find. */
  static final int LEAD = 2;

  private final double[] byMonth;

  private Risk(double[] byMonth) {
    this.byMonth = byMonth;
  }

  static Risk draw(Draw draw, int months) {
    double[] path = new double[months + LEAD];
    double persistent = PERSISTENT * draw.normal();
    double drift = DRIFTING * draw.normal();
    double shock = DRIFTING * StrictMath.sqrt(1 - MEMORY * MEMORY);
    for (int month = 0; month < path.length; month++) {
      path[month] = persistent + drift;
      drift = MEMORY * drift + shock * draw.normal();
    }
    return new Risk(path);
  }

  double at(int month) {
    return byMonth[Math.min(month, byMonth.length - 1)];
  }

  /** What complainants already feel: the risk two months on. */
  double ahead(int month) {
    return at(month + LEAD);
  }

  double mean() {
    double sum = 0;
    for (double value : byMonth) {
      sum += value;
    }
    return sum / byMonth.length;
  }
}
