package credit.jobs.cli.page;

import credit.jobs.cli.page.FirmView.Event;
import credit.jobs.cli.page.FirmView.Notice;
import credit.jobs.cli.page.FirmView.Source;
import credit.jobs.cli.page.FirmView.Step;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The life of a listing before it is one: the firm is told, may be heard until a day, then a
 * decision comes or the matter is dropped. Found when a file is shown and kept nowhere.
 */
final class Notices {
  static final String LISTED = "listed";

  private static final String NOTICE = "listing_notice";
  private static final String DECISION = "serious_violation";
  private static final String NOTIFIED = "notified";
  private static final String WITHDRAWN = "notice_withdrawn";
  private static final Set<String> OUTCOMES = Set.of(LISTED, "not_listed", WITHDRAWN);

  private final List<Event> notices;
  private final List<Event> decisions;
  private final LocalDate asOf;

  private Notices(List<Event> timeline, LocalDate asOf) {
    this.notices = timeline.stream().filter(e -> e.type().equals(NOTICE)).toList();
    this.decisions = timeline.stream().filter(e -> e.type().equals(DECISION)).toList();
    this.asOf = asOf;
  }

  /**
   * The notices of a timeline, in its order.
   *
   * @param timeline events that had happened by the day
   */
  static List<Notice> of(List<Event> timeline, LocalDate asOf) {
    Notices all = new Notices(timeline, asOf);
    return all.notices.stream().map(all::life).toList();
  }

  /** An outcome and the day from which on it holds. */
  private record Outcome(LocalDate day, String state) {
    boolean holdsOn(LocalDate other) {
      return !day.isAfter(other);
    }
  }

  private Notice life(Event notice) {
    Optional<Event> decision = decision(notice);
    LocalDate until = notice.until() == null ? null : notice.until().minusDays(1);
    List<Outcome> outcomes = outcomes(notice, decision);
    String state = state(outcomes, until, asOf);
    LocalDate decidedOn = holding(outcomes, asOf).map(Outcome::day).orElse(null);
    LocalDate next =
        Stream.concat(outcomes.stream().map(Outcome::day), Stream.ofNullable(notice.until()))
            .filter(day -> day.isAfter(asOf) && !state(outcomes, until, day).equals(state))
            .min(LocalDate::compareTo)
            .orElse(null);
    return new Notice(
        notice.actNo(),
        notice.authority(),
        notice.date(),
        until,
        state,
        decidedOn,
        state.equals(LISTED) ? decision.map(Event::actNo).orElse(null) : null,
        state.equals(LISTED) && until != null && !decidedOn.isAfter(until),
        next,
        next == null ? null : state(outcomes, until, next),
        notice.sources());
  }

  /** Of a decision on file the day that it states counts, and not what the notice says of it. */
  private static List<Outcome> outcomes(Event notice, Optional<Event> decision) {
    List<Outcome> outcomes = new ArrayList<>();
    notice.steps().stream()
        .filter(s -> OUTCOMES.contains(s.step()))
        .filter(s -> decision.isEmpty() || !s.step().equals(LISTED))
        .forEach(s -> outcomes.add(new Outcome(s.day(), s.step())));
    decision.ifPresent(d -> outcomes.add(new Outcome(d.date(), LISTED)));
    if (notice.status().equals("withdrawn")) {
      outcomes.add(new Outcome(notice.statusDate(), WITHDRAWN));
    }
    return outcomes;
  }

  private static String state(List<Outcome> outcomes, LocalDate until, LocalDate day) {
    return holding(outcomes, day)
        .map(Outcome::state)
        .orElseGet(() -> until == null ? "unknown" : day.isAfter(until) ? "over" : "open");
  }

  /** A decision outweighs whatever else was said, of the rest the latest counts. */
  private static Optional<Outcome> holding(List<Outcome> outcomes, LocalDate day) {
    List<Outcome> held = outcomes.stream().filter(o -> o.holdsOn(day)).toList();
    return held.stream()
        .filter(o -> o.state().equals(LISTED))
        .min(Comparator.comparing(Outcome::day))
        .or(() -> held.stream().max(Comparator.comparing(Outcome::day)));
  }

  /** The decision that names the notice or is named by it, else one of the same day of notice. */
  private Optional<Event> decision(Event notice) {
    return decisions.stream()
        .filter(d -> named(d, notice))
        .findFirst()
        .or(() -> decisions.stream().filter(d -> ofTheSameDay(d, notice)).findFirst());
  }

  /** Whether a record of the one told a step of the other: it knew it by its number. */
  private static boolean named(Event decision, Event notice) {
    return tells(records(decision), notice.steps()) || tells(records(notice), decision.steps());
  }

  private static boolean tells(Set<String> records, List<Step> steps) {
    return steps.stream().map(Step::source).map(Source::record).anyMatch(records::contains);
  }

  private static Set<String> records(Event event) {
    return event.sources().stream().map(Source::record).collect(Collectors.toSet());
  }

  /** Only where no other notice and no other decision could be meant. */
  private boolean ofTheSameDay(Event decision, Event notice) {
    return follows(decision, notice)
        && notices.stream().filter(n -> follows(decision, n)).count() == 1
        && decisions.stream().filter(d -> follows(d, notice)).count() == 1
        && notices.stream().noneMatch(n -> named(decision, n));
  }

  private static boolean follows(Event decision, Event notice) {
    return decision.steps().stream()
            .anyMatch(s -> s.step().equals(NOTIFIED) && s.day().equals(notice.date()))
        && decision.authority() != null
        && decision.authority().equals(notice.authority());
  }
}
