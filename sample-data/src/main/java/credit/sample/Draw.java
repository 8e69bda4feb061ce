package credit.sample;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A stream of draws for one subject. Streams are told apart by domain and index, so that adding a
 * draw to one leaves all others as they were. Only {@code nextLong} and {@link StrictMath} are
 * used: their results are specified, so bytes do not depend on the platform.
 */
final class Draw {
  private final SplittableRandom random;

  private Draw(long seed) {
    random = new SplittableRandom(seed);
  }

  static Draw of(long seed, String domain, long index) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < domain.length(); i++) {
      hash = (hash ^ domain.charAt(i)) * 0x100000001b3L;
    }
    return new Draw((seed * 0x9e3779b97f4a7c15L) ^ hash ^ (index * 0xbf58476d1ce4e5b9L));
  }

  /** Uniform in [0, 1). */
  double uniform() {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  /** Uniform in [0, n). */
  int below(int n) {
    return (int) ((random.nextLong() >>> 33) % n);
  }

  /** Uniform in [low, high]. */
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /** Standard normal, by Box and Muller. */
  double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }

  /** Poisson, for small means, by Knuth's product. */
  int poisson(double mean) {
    double limit = StrictMath.exp(-mean);
    double product = uniform();
    int count = 0;
    while (product > limit && count < 1000) {
      product *= uniform();
      count++;
    }
    return count;
  }

  <T> T pick(List<T> list) {
    return list.get(below(list.size()));
  }

  /** The value whose share of the weights was drawn. */
  String weighted(String[] values, double... weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double at = uniform() * sum;
    for (int i = 0; i < weights.length; i++) {
      at -= weights[i];
      if (at < 0) {
        return values[i];
      }
    }
    return values[values.length - 1];
  }

  /** A day in [from, to]. */
  LocalDate day(LocalDate from, LocalDate to) {
    long span = ChronoUnit.DAYS.between(from, to);
    return span <= 0 ? from : from.plusDays(below((int) span + 1));
  }

  static double logistic(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
