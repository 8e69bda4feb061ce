package credit.models;

/** Mean, spread, skewness and range of some values, folded in their order. */
record Moments(double mean, double deviation, double skewness, double low, double high) {
  static Moments of(double[] values) {
    double sum = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      sum += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (low == high) {
      // A constant's rounded mean would otherwise leave a spurious spread.
      return new Moments(low, 0, 0, low, high);
    }
    double mean = sum / values.length;
    double second = 0;
    double third = 0;
    for (double value : values) {
      double distance = value - mean;
      second += distance * distance;
      third += distance * distance * distance;
    }
    double variance = second / values.length;
    double deviation = Math.sqrt(variance);
    return new Moments(mean, deviation, third / values.length / (variance * deviation), low, high);
  }
}
