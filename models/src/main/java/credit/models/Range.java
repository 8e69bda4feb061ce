package credit.models;

/**
 * A figure that depends on how ties are broken.
 *
 * @param expected mean over all orders of the tied rows
 * @param worst over them
 * @param best over them
 */
public record Range(double expected, double worst, double best) {
  Range times(double factor) {
    return new Range(expected * factor, worst * factor, best * factor);
  }
}
