package credit.jobs.tier;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * What differs between two ratings of a firm, and why.
 *
 * @param day day of the later one
 * @param before tier before; null: not known
 * @param after tier after
 * @param pointsBefore points before; null: not known
 * @param pointsAfter points after
 * @param cause why there is no tier, or the bound that made it; null: the points made it
 * @param lost reasons that hold no more, or with other points
 * @param gained reasons that were not there, or with other points
 */
public record TierChange(
    LocalDate day,
    String before,
    String after,
    Long pointsBefore,
    long pointsAfter,
    String cause,
    List<Part> lost,
    List<Part> gained) {

  /**
   * A reason without its records.
   *
   * @param bound floor or ceiling with its tier; null: points
   */
  public record Part(String rule, long points, String bound) {}

  /** Whether the tier is another one. */
  public boolean ofTier() {
    return !after.equals(before);
  }

  /**
   * The change from one row of {@code tiers} to another.
   *
   * @param was the earlier one; null: there is none
   */
  public static TierChange between(Row was, Row is) {
    List<Part> before = was == null ? List.of() : parts(was);
    List<Part> after = parts(is);
    return new TierChange(
        is.getAs("valid_from"),
        was == null ? null : was.getAs("tier"),
        is.getAs("tier"),
        was == null ? null : was.<Long>getAs("points"),
        is.<Long>getAs("points"),
        is.getAs("cause"),
        before.stream().filter(p -> !after.contains(p)).toList(),
        after.stream().filter(p -> !before.contains(p)).toList());
  }

  /**
   * Days on which a firm's rating changed.
   *
   * @param ratings rows of {@code tiers} of one firm, by day
   */
  public static List<TierChange> history(List<Row> ratings) {
    List<TierChange> changes = new ArrayList<>();
    Row was = null;
    for (Row is : ratings) {
      TierChange change = between(was, is);
      if (change.ofTier() || !change.lost().isEmpty() || !change.gained().isEmpty()) {
        changes.add(change);
      }
      was = is;
    }
    return List.copyOf(changes);
  }

  private static List<Part> parts(Row rating) {
    return rating.<Row>getList(rating.fieldIndex("reasons")).stream()
        .map(r -> new Part(r.getAs("rule"), r.<Long>getAs("points"), r.getAs("bound")))
        .toList();
  }
}
