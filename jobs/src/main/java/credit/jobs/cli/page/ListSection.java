package credit.jobs.cli.page;

import credit.jobs.cli.page.FirmDossier.Section;
import credit.jobs.cli.page.FirmView.Event;
import credit.jobs.cli.page.FirmView.Listing;
import credit.jobs.cli.page.FirmView.Step;
import credit.jobs.page.Fact;
import credit.jobs.page.Table.Line;
import credit.jobs.page.Texts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** On which lists a firm stands, until when, and what befell the acts behind it. */
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
    List<Listing> entries =
        view.lists().stream()
            // Display stops with the entry, as on the public face.
            .filter(l -> audience != Audience.PUBLIC || l.state().equals("listed"))
            .toList();
    return new Section(
        "lists",
        texts.get("firm.lists"),
        facts(entries),
        List.of(
            FirmDossier.table(
                texts,
                "listings",
                entries.stream().map(this::entry).toList(),
                "list",
                "from",
                "until",
                "cause",
                "act",
                "basis",
                "state",
                "next"),
            FirmDossier.table(texts, "steps", steps(), "date", "step", "act", "known", "record")));
  }

  private List<Fact> facts(List<Listing> entries) {
    if (entries.isEmpty()) {
      return List.of(new Fact(texts.get("firm.lists"), texts.get("firm.lists.none")));
    }
    return entries.stream()
        .map(Listing::nextOn)
        .filter(day -> day != null)
        .min(Comparator.naturalOrder())
        .map(day -> new Fact(texts.get("firm.lists.next"), day.toString()))
        .stream()
        .toList();
  }

  private Line entry(Listing l) {
    String list =
        l.mode() == null
            ? texts.get("firm.blacklist")
            : texts.get("firm.restriction", texts.label("mode", l.mode()))
                + (l.item() == null ? "" : " · " + l.item());
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
    List<Line> lines = new ArrayList<>();
    if (audience != Audience.PUBLIC) {
      view.timeline().stream()
          .flatMap(e -> e.steps().stream().map(s -> new Befell(e, s)))
          .sorted(Comparator.comparing(b -> b.step().day()))
          .forEach(b -> lines.add(step(b)));
    }
    return lines;
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
