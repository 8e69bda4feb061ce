package credit.jobs.cli.page;

import credit.jobs.cli.page.FirmView.Category;
import credit.jobs.cli.page.FirmView.Event;
import credit.jobs.cli.page.FirmView.Identity;
import credit.jobs.cli.page.FirmView.Source;
import credit.jobs.page.Fact;
import credit.jobs.page.Table;
import credit.jobs.page.Table.Cell;
import credit.jobs.page.Table.Line;
import credit.jobs.page.Texts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A firm's file as one audience may see it: the one place where that is decided, for the page and
 * for the text alike.
 */
public final class FirmDossier {
  /**
   * A part of the file.
   *
   * @param id id, also of its title in the messages
   * @param title heading
   * @param facts labels and texts
   * @param tables tables
   */
  public record Section(String id, String title, List<Fact> facts, List<Table> tables) {}

  /** A serviced office houses hundreds of firms. */
  private static final int RELATIONS = 50;

  private final FirmView view;
  private final Texts texts;
  private final Audience audience;

  FirmDossier(FirmView view, Texts texts, Audience audience) {
    this.view = Redaction.of(view, audience);
    this.texts = texts;
    this.audience = audience;
  }

  /** Name, masked where persons are. */
  String name() {
    return masked() ? Masks.name(view.identity().name()) : view.identity().name();
  }

  String code() {
    return masked() ? Masks.code(view.identity().code()) : view.identity().code();
  }

  private boolean masked() {
    return audience == Audience.PUBLIC && view.identity().person();
  }

  /** Sections that have something to say. */
  List<Section> sections() {
    List<Section> all = new ArrayList<>(List.of(identity()));
    all.addAll(new TierSections(view, texts, audience).all());
    all.addAll(
        List.of(
            score(),
            new ListSection(view, texts, audience).get(),
            duties(),
            licences(),
            relations(),
            counters(),
            timeline()));
    return all.stream()
        .filter(s -> !s.facts().isEmpty() || s.tables().stream().anyMatch(t -> !t.rows().isEmpty()))
        .map(
            s ->
                new Section(
                    s.id(),
                    s.title(),
                    s.facts(),
                    s.tables().stream().filter(t -> !t.rows().isEmpty()).toList()))
        .toList();
  }

  private Section section(String id, List<Fact> facts, Table... tables) {
    return new Section(id, texts.get("firm." + id), facts, List.of(tables));
  }

  private Section identity() {
    Identity id = view.identity();
    List<Fact> facts = new ArrayList<>();
    fact(facts, "name", name());
    fact(facts, "code", code());
    fact(facts, "entity_type", texts.label("entity_type", id.entityType()));
    fact(facts, "register_status", texts.label("register_status", id.registerStatus()));
    fact(facts, "closed_on", id.closedOn());
    fact(facts, "established", id.established());
    fact(facts, "district", full(id.district()));
    fact(facts, "area", id.area());
    fact(facts, "industry", full(id.industry()));
    if (audience != Audience.PUBLIC) {
      fact(facts, "address", id.address());
      fact(facts, "parent_code", id.parentCode());
      facts.add(new Fact(texts.get("firm.register_row"), provenance(id.register())));
    }
    List<Line> names =
        masked() || id.names().size() < 2
            ? List.of()
            : id.names().stream()
                .map(n -> Line.of(n.name(), texts.orNone(n.from()), texts.orNone(n.until())))
                .toList();
    return section("identity", facts, table("names", names, "name", "from", "until"));
  }

  private String full(Category category) {
    return category == null ? null : category.full(texts.language());
  }

  private void fact(List<Fact> facts, String key, Object text) {
    if (text != null) {
      facts.add(new Fact(texts.get("firm." + key), text.toString()));
    }
  }

  static String signed(long points) {
    return points > 0 ? "+" + points : Long.toString(points);
  }

  private Section score() {
    FirmView.Score score = view.score();
    if (score == null) {
      return section("score", List.of());
    }
    List<Fact> facts = new ArrayList<>();
    fact(facts, "score.value", texts.percent(score.score()));
    fact(facts, "score.rank", texts.count(score.rank()));
    fact(facts, "score.percentile", texts.percent(score.percentile()));
    fact(facts, "score.model", score.model());
    fact(facts, "score.use", texts.get("firm.score.note"));
    List<Line> lines =
        score.reasons().stream()
            .map(
                r ->
                    Line.of(
                        r.title(texts.language()) + " (" + r.indicator() + ")",
                        r.value() == null ? texts.get("unknown") : figure(r.value()),
                        "%+.3f".formatted(r.contribution())))
            .toList();
    return section(
        "score", facts, table("contributions", lines, "indicator", "value", "contribution"));
  }

  /** Most indicators are counts. */
  private String figure(double value) {
    return value == Math.rint(value) ? texts.count(value) : texts.decimal(value);
  }

  private Section duties() {
    List<Line> lines =
        view.duties().stream()
            .map(
                d ->
                    Line.of(
                        texts.label("duty", d.kind()),
                        texts.orNone(d.item()),
                        texts.orNone(d.due()),
                        texts.label("duty_state", d.state()),
                        texts.orNone(d.record())))
            .toList();
    return section(
        "duties", List.of(), table("duties", lines, "duty", "item", "due", "state", "record"));
  }

  private Section licences() {
    List<Line> lines =
        view.licences().stream()
            .map(
                l ->
                    Line.of(
                        texts.orNone(l.name()),
                        texts.orNone(l.number()),
                        texts.orNone(l.authority()),
                        texts.orNone(l.from()),
                        l.until() == null ? texts.get("firm.no_end") : l.until().toString(),
                        texts.label("licence_state", l.state()),
                        audience == Audience.PUBLIC ? "" : texts.orNone(l.record())))
            .toList();
    return section(
        "licences",
        List.of(),
        table(
            "licences",
            lines,
            "licence",
            "number",
            "authority",
            "from",
            "until",
            "state",
            "record"));
  }

  private Section relations() {
    List<Line> lines =
        view.relations().stream()
            .limit(RELATIONS)
            .map(
                r ->
                    Line.of(
                        texts.label("relation", r.relation()),
                        texts.orNone(r.name()),
                        r.code(),
                        texts.label("register_status", r.registerStatus()),
                        texts.orNone(r.since())))
            .toList();
    int more = view.relations().size() - RELATIONS;
    List<Fact> facts = new ArrayList<>();
    if (!lines.isEmpty() && more > 0) {
      fact(facts, "relations.more", texts.count(more));
    }
    return section(
        "relations",
        facts,
        table("relations", lines, "relation", "name", "code", "state", "since"));
  }

  private Section counters() {
    List<Line> lines =
        view.windows().stream()
            .map(
                w ->
                    Line.of(
                        texts.label("counter", w.counter()),
                        texts.count(w.months3()),
                        texts.count(w.months12()),
                        texts.count(w.months36())))
            .toList();
    return section("counters", List.of(), table("counters", lines, "counter", "m3", "m12", "m36"));
  }

  /** What the audience may see. */
  FirmView view() {
    return view;
  }

  private Section timeline() {
    List<Line> lines = view.timeline().stream().map(this::event).toList();
    Stream<String> heads =
        Stream.of("date", "event", "act", "amount", "severity", "status", "provenance")
            .filter(head -> !head.equals("severity") || showsGrades());
    return section(
        "timeline",
        List.of(),
        table(
            "unmet",
            view.unmet().stream().map(this::unmet).toList(),
            "date",
            "status",
            "act",
            "why_unmet",
            "known",
            "provenance"),
        table("timeline", lines, heads.toArray(String[]::new)));
  }

  /** What would change an act and found none: told where that act would stand. */
  private Line unmet(FirmView.UnmetChange c) {
    String act =
        Stream.of(
                c.type() == null ? null : texts.label("event", c.type()), c.actNo(), c.authority())
            .filter(t -> t != null && !t.isEmpty())
            .collect(Collectors.joining(" · "));
    return Line.of(
        c.day().toString(),
        texts.label("event_status", c.status()),
        texts.orNone(act),
        texts.label("unmet", c.reason()),
        texts.orNone(c.knownAt()),
        provenance(c.source()));
  }

  /** The severity is by our rules; what the public is told of it stands on the public face. */
  private boolean showsGrades() {
    return audience != Audience.PUBLIC;
  }

  private Line event(Event e) {
    String what =
        Stream.of(
                Stream.of(texts.label("event", e.type())),
                Stream.ofNullable(e.outcome()).map(o -> texts.label("outcome", o)),
                e.categories().stream().map(c -> c.label(texts.language())))
            .flatMap(labels -> labels)
            .distinct()
            .collect(Collectors.joining(" · "));
    String act =
        Stream.of(e.actNo(), e.authority())
            .filter(t -> t != null && !t.isEmpty())
            .collect(Collectors.joining(" · "));
    String status =
        texts.label("event_status", e.status())
            + (e.statusDate() == null ? "" : " (" + e.statusDate() + ")");
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell(what, known(e.knownAt()), null));
    cells.add(Cell.plain(texts.orNone(act)));
    cells.add(Cell.plain(e.amount() == null ? texts.orNone(null) : texts.get("yuan", e.amount())));
    if (showsGrades()) {
      cells.add(Cell.plain(texts.label("severity", graded(e))));
    }
    cells.add(Cell.plain(status));
    cells.add(
        Cell.plain(e.sources().stream().map(this::provenance).collect(Collectors.joining("; "))));
    return new Line(
        e.date() == null ? texts.orNone(null) : e.date().toString(), null, List.copyOf(cells));
  }

  /** What is no offence has no severity. */
  private static String graded(Event e) {
    return "none".equals(e.severity()) ? null : e.severity();
  }

  private String known(LocalDate day) {
    return day == null ? "" : texts.get("firm.known", day.toString());
  }

  private String provenance(Source s) {
    return provenance(s, texts, audience);
  }

  /** The delivered file and the row in it; the public sees the source alone. */
  static String provenance(Source s, Texts texts, Audience audience) {
    String source = texts.label("source", s.source());
    if (audience == Audience.PUBLIC) {
      return source;
    }
    String place = s.file() == null ? s.record() : s.file();
    String row = s.row() == null ? "" : texts.get("firm.row", s.row().toString());
    String link =
        s.linkedBy() == null || audience != Audience.INTERNAL
            ? ""
            : texts.get("firm.linked", texts.label("link", s.linkedBy()));
    return source + ": " + place + row + link;
  }

  private Table table(String caption, List<Line> lines, String... heads) {
    return table(texts, caption, lines, heads);
  }

  static Table table(Texts texts, String caption, List<Line> lines, String... heads) {
    return Table.of(
        texts.get("firm.table." + caption),
        Stream.of(heads).map(h -> texts.get("firm.head." + h)).toList(),
        lines);
  }
}
