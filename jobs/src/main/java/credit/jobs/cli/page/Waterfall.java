package credit.jobs.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Geometry of a tier's reasons as a waterfall: each bar begins where the one before ended, the last
 * is the sum.
 */
public record Waterfall(int width, int height, String zero, List<Bar> bars) {

  /** One bar; {@code style} is up, down or sum. */
  public record Bar(
      String label, String points, String x, String width, String y, String textY, String style) {

    /** The label, cut where it would reach into the bars. */
    public String brief() {
      if (FirmText.width(label) <= LABEL_COLUMNS) {
        return label;
      }
      StringBuilder brief = new StringBuilder();
      label
          .codePoints()
          .takeWhile(c -> FirmText.width(brief + Character.toString(c)) < LABEL_COLUMNS)
          .forEach(brief::appendCodePoint);
      return brief + "…";
    }
  }

  private static final int LABEL_COLUMNS = 40;

  private static final int LABELS = 250;
  private static final int RIGHT = 60;
  private static final int WIDTH = 760;
  private static final int ROW = 26;

  static Waterfall of(FirmView.Tier tier, String sumLabel, String language) {
    List<FirmView.Reason> reasons = tier.reasons().stream().filter(r -> r.points() != 0).toList();
    long low = 0;
    long high = 0;
    long at = 0;
    for (FirmView.Reason r : reasons) {
      at += r.points();
      low = Math.min(low, at);
      high = Math.max(high, at);
    }
    double unit = (WIDTH - LABELS - RIGHT) / (double) Math.max(1, high - low);
    List<Bar> bars = new ArrayList<>();
    at = 0;
    for (FirmView.Reason r : reasons) {
      long next = at + r.points();
      bars.add(
          bar(
              r.title(language),
              r.points(),
              at,
              next,
              low,
              unit,
              bars.size(),
              r.points() < 0 ? "down" : "up"));
      at = next;
    }
    bars.add(bar(sumLabel, tier.points(), 0, tier.points(), low, unit, bars.size(), "sum"));
    return new Waterfall(
        WIDTH, ROW * bars.size() + 6, coordinate(LABELS - low * unit), List.copyOf(bars));
  }

  private static Bar bar(
      String label, long points, long from, long to, long low, double unit, int row, String style) {
    double left = LABELS + (Math.min(from, to) - low) * unit;
    return new Bar(
        label,
        style.equals("sum") ? Long.toString(points) : FirmDossier.signed(points),
        coordinate(left),
        coordinate(Math.max(1.5, Math.abs(to - from) * unit)),
        Integer.toString(ROW * row + 5),
        Integer.toString(ROW * row + 18),
        style);
  }

  /** Where a bar's number stands: right of it. */
  static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
