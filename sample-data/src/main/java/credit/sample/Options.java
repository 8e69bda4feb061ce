package credit.sample;

import java.nio.file.Path;
import java.time.LocalDate;

/**
 * What city to make. The same options give the same bytes.
 *
 * @param firms entities on the register by the last day, at least 20
 * @param seed seed of every draw
 * @param days length of the story in days, at least 90
 * @param until last day of the story; nothing is dated after it
 * @param monthsPerDelivery departments deliver on the last day of every n-th month
 * @param faults how much dirt is planted
 * @param out folder of the deliveries
 * @param truthOut folder of the ground truth; never inside the deliveries
 */
public record Options(
    int firms,
    long seed,
    int days,
    LocalDate until,
    int monthsPerDelivery,
    Faults faults,
    Path out,
    Path truthOut) {

  /** The demo's city: 5,000 firms over three years up to a fixed day, so that nothing ages. */
  public static Options defaults(Path out) {
    return new Options(
        5000, 1, 1096, LocalDate.of(2026, 6, 30), 1, Faults.DEFAULT, out, besideOf(out));
  }

  /** Where the truth goes unless told otherwise: beside the deliveries, never below them. */
  public static Path besideOf(Path out) {
    return out.toAbsolutePath().normalize().resolveSibling("truth");
  }

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException naming the option, what is wrong and what to give
   */
  public Options {
    require(firms >= 20, "firms is " + firms + ": a city needs at least 20");
    require(days >= 90, "days is " + days + ": the story needs at least 90");
    require(
        monthsPerDelivery >= 1 && monthsPerDelivery <= 12,
        "months per delivery is " + monthsPerDelivery + ": give 1 to 12");
    require(
        !absolute(truthOut).startsWith(absolute(out)),
        truthOut + " lies inside the deliveries " + out + ": name a folder outside of them");
  }

  /** First day of the story. */
  public LocalDate from() {
    return until.minusDays(days - 1L);
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
