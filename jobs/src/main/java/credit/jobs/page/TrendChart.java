package credit.jobs.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * Geometry of a small line chart, in the units of its view box; a template draws it, and a table
 * beside it tells the same.
 *
 * @param title what is shown
 * @param description what a reader who does not see it is told
 * @param width width of the view box
 * @param height height of the view box
 * @param lines lines in the order of the legend
 * @param ticks horizontal grid lines
 * @param marks labels below the axis
 */
public record TrendChart(
    String title,
    String description,
    int width,
    int height,
    List<Line> lines,
    List<Tick> ticks,
    List<Mark> marks) {

  /** One line: its name, an SVG path, its style ({@code a, b …}) and its dots. */
  public record Line(String name, String path, String style, List<Dot> dots) {}

  /** A point with the text that a pointer or reader is told. */
  public record Dot(String x, String y, String text) {}

  /** A grid line and its label. */
  public record Tick(String y, String label) {}

  /** A label below the axis. */
  public record Mark(String x, String label) {}

  /** Values of one line; null: none in that period. */
  public record Series(String name, String style, List<Double> values, List<String> texts) {}

  /** How a value is written at the axis. */
  @FunctionalInterface
  public interface Scale {
    String label(double value);
  }

  private static final int LEFT = 42;
  private static final int RIGHT = 24;
  private static final int TOP = 10;
  private static final int BOTTOM = 22;
  private static final int STEPS = 4;

  /**
   * A chart of series over the same periods.
   *
   * @param periods labels of the periods; only some are printed
   * @param share whether the axis may not leave 0–100% upwards
   */
  public static TrendChart of(
      String title,
      String description,
      int width,
      int height,
      List<String> periods,
      List<Series> series,
      boolean share,
      Scale scale) {
    double[] all =
        series.stream()
            .flatMap(s -> s.values().stream())
            .filter(v -> v != null)
            .mapToDouble(Double::doubleValue)
            .toArray();
    double step = step(all);
    double low = Math.floor(min(all) / step) * step;
    double high = Math.ceil(max(all) / step) * step;
    if (share) {
      high = Math.min(high, 1);
    }
    if (high - low < step / 2) {
      low -= step;
      high = share ? Math.min(high + step, 1) : high + step;
    }
    Frame frame = new Frame(width, height, periods.size(), low, high);
    List<Tick> ticks = new ArrayList<>();
    for (double v = low; v <= high + step / 1000; v += step) {
      ticks.add(new Tick(coordinate(frame.y(v)), scale.label(v)));
    }
    List<Mark> marks = new ArrayList<>();
    for (int i = periods.size() - 1; i >= 0; i -= 3) {
      marks.add(new Mark(coordinate(frame.x(i)), periods.get(i)));
    }
    return new TrendChart(
        title,
        description,
        width,
        height,
        series.stream().map(s -> line(s, frame)).toList(),
        List.copyOf(ticks),
        List.copyOf(marks));
  }

  private record Frame(int width, int height, int points, double low, double high) {
    double x(int i) {
      return LEFT + (width - LEFT - RIGHT) * (points == 1 ? 0.5 : i / (points - 1.0));
    }

    double y(double value) {
      return TOP + (height - TOP - BOTTOM) * (1 - (value - low) / (high - low));
    }
  }

  /** A missing period breaks the line: nothing is drawn where nothing is known. */
  private static Line line(Series series, Frame frame) {
    StringBuilder path = new StringBuilder();
    List<Dot> dots = new ArrayList<>();
    boolean pen = false;
    for (int i = 0; i < series.values().size(); i++) {
      Double value = series.values().get(i);
      if (value == null) {
        pen = false;
        continue;
      }
      String x = coordinate(frame.x(i));
      String y = coordinate(frame.y(value));
      path.append(pen ? " L" : path.isEmpty() ? "M" : " M").append(x).append(' ').append(y);
      dots.add(new Dot(x, y, series.texts().get(i)));
      pen = true;
    }
    return new Line(series.name(), path.toString(), series.style(), List.copyOf(dots));
  }

  /** A step of 1, 2 or 5 times a power of ten. */
  private static double step(double[] values) {
    double range = max(values) - min(values);
    double raw = Math.max(range, Math.max(Math.abs(max(values)) / 20, 0.01)) / STEPS;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double factor = raw / power;
    return power * (factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 5 ? 5 : 10);
  }

  private static double min(double[] values) {
    return DoubleStream.of(values).min().orElse(0);
  }

  private static double max(double[] values) {
    return DoubleStream.of(values).max().orElse(1);
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** Where the grid begins. */
  public int left() {
    return LEFT;
  }

  /** Where the grid ends; the last label below it is as wide as what remains. */
  public int right() {
    return width - RIGHT;
  }
}
