package credit.jobs.cli.page;

import credit.jobs.cli.page.FirmView.Event;
import credit.jobs.cli.page.FirmView.Licence;
import credit.jobs.cli.page.FirmView.Listing;
import credit.jobs.cli.page.FirmView.Reason;
import credit.jobs.cli.page.FirmView.Source;
import credit.jobs.cli.page.FirmView.Tier;
import credit.jobs.cli.page.FirmView.Window;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What of a firm's file an audience may see at all; the rest is not there for it. */
final class Redaction {
  /** Who tips off must not be found out; nor may a count or a record id tell that somebody did. */
  private static final String TIP_OFF = "tip_off";

  private static final Set<String> COUNT_TIP_OFFS = Set.of("complaints", "verified_complaints");

  private Redaction() {}

  static FirmView of(FirmView view, Audience audience) {
    return switch (audience) {
      case INTERNAL -> view;
      case SUBJECT -> forSubject(view);
      case PUBLIC -> forPublic(view);
    };
  }

  /** Associations and scores steer inspection only, and other firms are no business of this one. */
  private static FirmView forSubject(FirmView view) {
    Predicate<Event> tipOff =
        event -> event.categories().stream().anyMatch(c -> c.code().equals(TIP_OFF));
    Set<String> hidden = records(view.timeline().stream().filter(tipOff).toList());
    List<Window> windows =
        view.windows().stream().filter(w -> !COUNT_TIP_OFFS.contains(w.counter())).toList();
    return new FirmView(
        view.identity(),
        windows,
        view.tier() == null ? null : without(hidden, view.tier()),
        view.history(),
        view.outlook(),
        view.consequences(),
        null,
        view.lists(),
        view.notices(),
        view.duties(),
        view.licences(),
        List.of(),
        view.timeline().stream().filter(tipOff.negate()).toList(),
        view.unmet(),
        view.publicEvents(),
        view.standings());
  }

  private static Tier without(Set<String> records, Tier tier) {
    return new Tier(
        tier.tier(),
        tier.points(),
        tier.cause(),
        tier.reasons().stream()
            .map(
                r ->
                    new Reason(
                        r.rule(),
                        r.titleZh(),
                        r.titleEn(),
                        r.points(),
                        r.basis(),
                        r.bound(),
                        r.records().stream().filter(id -> !records.contains(id)).toList()))
            .toList());
  }

  /**
   * The blacklist while it stands, and the events that may be public. What restricts a firm in one
   * way of handling, a notice of what may come, tier, measures, incentives and duties are its own
   * and the authority's.
   */
  private static FirmView forPublic(FirmView view) {
    List<Event> events =
        view.timeline().stream()
            .filter(e -> view.publicEvents().contains(e.id()))
            .map(Event::ungraded)
            .toList();
    Set<String> told = records(events);
    List<Licence> licences =
        view.licences().stream().filter(l -> told.contains(l.record())).toList();
    List<Listing> blacklist =
        view.lists() == null
            ? null
            : view.lists().stream()
                .filter(l -> l.mode() == null && l.state().equals("listed"))
                .toList();
    return new FirmView(
        view.identity(),
        List.of(),
        null,
        List.of(),
        null,
        Consequences.UNTOLD,
        null,
        blacklist,
        List.of(),
        List.of(),
        licences,
        List.of(),
        events,
        List.of(),
        view.publicEvents(),
        view.standings());
  }

  private static Set<String> records(List<Event> events) {
    return events.stream()
        .flatMap(e -> e.sources().stream())
        .map(Source::record)
        .collect(Collectors.toSet());
  }
}
