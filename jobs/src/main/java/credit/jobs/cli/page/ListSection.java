package credit.jobs.cli.page;

import credit.jobs.cli.page.FirmDossier.Section;
import credit.jobs.cli.page.FirmView.Event;
import credit.jobs.cli.page.FirmView.Listing;
import credit.jobs.cli.page.FirmView.Notice;
import credit.jobs.cli.page.FirmView.Step;
import credit.jobs.page.Fact;
import credit.jobs.page.Table.Line;
import credit.jobs.page.Texts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * On which lists a firm stands, until when, which incentives it earned, of which listings it was
 * told before any decision, and what befell the acts behind it.
 */
final class ListSection {
  private final FirmView view;
  private final Texts texts;
  private final Audience audience;

  ListSection(FirmView view, Texts texts, Audience audience) {
    this.view = view;
    this.texts = texts;
    this.audience = audience;
  }

  Section get() {
    List<Listing> entries = view.lists() == null ? List.of() : view.lists();
    return new Section(
        "lists",
        texts.get("firm.lists"),
        facts(entries),
        List.of(
            FirmDossier.table(
                texts,
                "notices",
                view.notices().stream().map(this::notice).toList(),
                "notice",
                "notified",
                "objection_until",
                "state",
                "next",
                "provenance"),
            FirmDossier.table(
                texts, "listings", entries.stream().map(this::entry).toList(), columns("list")),
            FirmDossier.table(
                texts,
                "incentives",
                incentives().stream().map(this::incentive).toList(),
                columns("incentive")),
            FirmDossier.table(texts, "steps", steps(), "date", "step", "act", "known", "record")));
  }

  private static String[] columns(String what) {
    return new String[] {what, "from", "until", "cause", "act", "basis", "state", "next"};
  }

  private List<Fact> facts(List<Listing> entries) {
    List<Fact> facts = new ArrayList<>();
    if (entries.isEmpty()) {
      facts.add(new Fact(texts.get("firm.lists"), texts.get("firm.lists." + noEntry())));
    }
    Stream.of(
            entries.stream().map(Listing::nextOn),
            incentives().stream().map(i -> i.entry().nextOn()),
            view.notices().stream().map(Notice::nextOn))
        .flatMap(days -> days)
        .filter(day -> day != null)
        .min(Comparator.naturalOrder())
        .ifPresent(day -> facts.add(new Fact(texts.get("firm.lists.next"), day.toString())));
    return facts;
  }

  /** That lists were not made for the file says nothing of the firm. */
  private String noEntry() {
    if (view.lists() == null) {
      return view.standings().listsMade().key();
    }
    return audience == Audience.PUBLIC ? "none_public" : "none";
  }

  private Line notice(Notice n) {
    return Line.of(
        n.number() + " · " + n.authority(),
        n.notifiedOn().toString(),
        n.objectionUntil() == null ? texts.get("unknown") : n.objectionUntil().toString(),
        outcome(n),
        n.nextOn() == null
            ? texts.orNone(null)
            : n.nextOn() + " · " + texts.label("notice_state", n.nextState()),
        n.sources().stream()
            .map(s -> FirmDossier.provenance(s, texts, audience))
            .collect(Collectors.joining("; ")));
  }

  private String outcome(Notice n) {
    Stream.Builder<String> parts = Stream.builder();
    parts.add(texts.label("notice_state", n.state()));
    if (n.decidedOn() != null) {
      parts.add(n.decidedOn().toString());
    }
    if (n.state().equals(Notices.LISTED)) {
      parts.add(n.decisionNo() == null ? texts.get("firm.notice.no_decision") : n.decisionNo());
    }
    if (n.early()) {
      parts.add(texts.get("firm.notice.early"));
    }
    return parts.build().collect(Collectors.joining(" · "));
  }

  private List<Consequences.Incentive> incentives() {
    List<Consequences.Incentive> incentives = view.consequences().incentives();
    return incentives == null ? List.of() : incentives;
  }

  private Line incentive(Consequences.Incentive i) {
    return entry(i.title(texts.language()), i.entry());
  }

  private Line entry(Listing l) {
    String list =
        l.mode() == null
            ? texts.get("firm.blacklist")
            : texts.get("firm.restriction", texts.label("mode", l.mode()))
                + (l.item() == null ? "" : " · " + l.item());
    return entry(list, l);
  }

  private Line entry(String list, Listing l) {
    String state =
        texts.label("list_state", l.state())
            + (l.pending() ? " · " + texts.get("review.pending") : "");
    return Line.of(
        list,
        texts.orNone(l.from()),
        l.until() == null ? texts.get("firm.until_event") : l.until().toString(),
        texts.label("cause", l.cause()),
        l.actNo() + " · " + l.authority() + " · " + l.actDate(),
        texts.orNone(l.basis()),
        state,
        next(l));
  }

  private String next(Listing l) {
    if (l.nextOn() != null) {
      return l.nextOn() + " · " + texts.label("list_state", l.nextState());
    }
    return "listed".equals(l.state()) ? texts.get("firm.until_event") : texts.orNone(null);
  }

  /** Steps of all acts of the file, oldest first; they are none of the public's business. */
  private List<Line> steps() {
    if (audience == Audience.PUBLIC) {
      return List.of();
    }
    return view.timeline().stream()
        .flatMap(e -> toldOnce(e.steps()).map(s -> new Befell(e, s)))
        .sorted(Comparator.comparing(b -> b.step().day()))
        .map(this::step)
        .toList();
  }

  /** A decision and the notice before it tell the same step; the one that was known first does. */
  private static Stream<Step> toldOnce(List<Step> steps) {
    return steps.stream()
        .collect(
            Collectors.toMap(
                s -> s.day() + s.step(), s -> s, (first, again) -> first, LinkedHashMap::new))
        .values()
        .stream();
  }

  private record Befell(Event event, Step step) {}

  private Line step(Befell b) {
    String act =
        Stream.of(texts.label("event", b.event().type()), b.event().actNo())
            .filter(t -> t != null && !t.isEmpty())
            .reduce((kind, number) -> kind + " · " + number)
            .orElseThrow();
    LocalDate known = b.step().knownAt();
    return Line.of(
        b.step().day().toString(),
        texts.label("step", b.step().step()),
        act,
        texts.orNone(known),
        FirmDossier.provenance(b.step().source(), texts, audience));
  }
}
