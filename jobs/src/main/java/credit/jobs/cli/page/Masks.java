package credit.jobs.cli.page;

/** Masks of individual businesses, which count as persons in anything public. */
final class Masks {
  private static final int KEPT_OF_CODE = 4;

  private Masks() {}

  /** First character and the last two; what lies between is hidden, its length too. */
  static String name(String name) {
    int[] points = name.codePoints().toArray();
    if (points.length <= 3) {
      return new String(points, 0, Math.min(1, points.length)) + "***";
    }
    return new String(points, 0, 1) + "***" + new String(points, points.length - 2, 2);
  }

  /** The head and tail of a code. */
  static String code(String code) {
    return code.length() <= 2 * KEPT_OF_CODE
        ? "***"
        : code.substring(0, KEPT_OF_CODE) + "***" + code.substring(code.length() - KEPT_OF_CODE);
  }
}
