package credit.jobs.cli.page;

import credit.jobs.page.Texts;
import credit.jobs.warehouse.UseRules;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Geometry of the timeline: a lane for each kind of event, a dot for each event. */
public record TimelineChart(int width, int height, List<Lane> lanes, List<Year> years, int count) {

  /** A lane and its dots. */
  public record Lane(String label, String y, List<Dot> dots) {}

  /** An event; {@code style} tells a heavy one and one that no longer counts. */
  public record Dot(String x, String text, String style) {}

  /** A grid line at the beginning of a year. */
  public record Year(String x, String label) {}

  private static final int LABELS = 150;
  private static final int RIGHT = 24;
  private static final int WIDTH = 760;
  private static final int ROW = 28;
  private static final String HEAVY = "heavy";

  /** The chart, or null where no event has a date. */
  static TimelineChart of(List<FirmView.Event> events, LocalDate asOf, Texts texts) {
    List<FirmView.Event> dated = events.stream().filter(e -> e.date() != null).toList();
    if (dated.isEmpty()) {
      return null;
    }
    LocalDate first =
        dated.stream().map(FirmView.Event::date).min(LocalDate::compareTo).orElseThrow();
    LocalDate from = first.withDayOfYear(1);
    LocalDate last =
        dated.stream().map(FirmView.Event::date).max(LocalDate::compareTo).orElseThrow();
    LocalDate to = last.isAfter(asOf) ? last : asOf;
    List<String> types =
        dated.stream()
            .map(FirmView.Event::type)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    List<Lane> lanes = new ArrayList<>();
    for (String type : types) {
      List<Dot> dots =
          dated.stream()
              .filter(e -> type.equals(e.type()))
              .map(e -> new Dot(x(e.date(), from, to), told(e, texts), style(e)))
              .toList();
      lanes.add(
          new Lane(texts.label("event", type), Integer.toString(ROW * lanes.size() + 16), dots));
    }
    List<Year> years = new ArrayList<>();
    for (int year = from.getYear(); year <= to.getYear(); year++) {
      years.add(new Year(x(LocalDate.of(year, 1, 1), from, to), Integer.toString(year)));
    }
    return new TimelineChart(
        WIDTH, ROW * lanes.size() + 24, List.copyOf(lanes), List.copyOf(years), dated.size());
  }

  /** Whether a dot tells a heavy event, so that the key explains it. */
  public boolean hasHeavy() {
    return lanes.stream().flatMap(l -> l.dots().stream()).anyMatch(d -> d.style().equals(HEAVY));
  }

  private static String told(FirmView.Event e, Texts texts) {
    return e.date()
        + " "
        + texts.label("event", e.type())
        + (e.outcome() == null ? "" : " · " + texts.label("outcome", e.outcome()))
        + " · "
        + texts.label("event_status", e.status());
  }

  private static String style(FirmView.Event e) {
    if (e.status() != null && !List.of("active", UseRules.ANNOUNCED).contains(e.status())) {
      return "past";
    }
    return HEAVY.equals(e.severity()) ? HEAVY : "plain";
  }

  private static String x(LocalDate day, LocalDate from, LocalDate to) {
    double part =
        ChronoUnit.DAYS.between(from, day)
            / (double) Math.max(1, ChronoUnit.DAYS.between(from, to));
    return String.format(Locale.ROOT, "%.1f", LABELS + part * (WIDTH - LABELS - RIGHT));
  }
}
