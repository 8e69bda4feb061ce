package credit.jobs.cli.page;

import credit.jobs.cli.page.FirmDossier.Section;
import credit.jobs.cli.page.FirmView.Change;
import credit.jobs.cli.page.FirmView.Event;
import credit.jobs.cli.page.FirmView.Reason;
import credit.jobs.cli.page.FirmView.Repair;
import credit.jobs.page.Fact;
import credit.jobs.page.Table;
import credit.jobs.page.Table.Line;
import credit.jobs.page.Texts;
import credit.jobs.tier.TierOutlook;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a file says of the tier: why it is so, what follows, what would change it, its history. */
final class TierSections {
  private final FirmView view;
  private final Texts texts;
  private final Audience audience;

  TierSections(FirmView view, Texts texts, Audience audience) {
    this.view = view;
    this.texts = texts;
    this.audience = audience;
  }

  /** The public is told of no tier, and so not of a missing one. */
  List<Section> all() {
    if (audience == Audience.PUBLIC) {
      return List.of();
    }
    return Stream.of(
            view.tier() == null ? missing() : tier(view.tier()),
            measures(),
            view.outlook() == null ? noOutlook() : outlook(view.outlook()),
            history())
        .filter(section -> section != null)
        .toList();
  }

  private Section missing() {
    String why = "firm.tier." + view.standings().tierMade().key();
    return section("tier", List.of(fact("tier", texts.get(why))));
  }

  private Section tier(FirmView.Tier tier) {
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("tier", texts.label("tier", tier.tier())));
    facts.add(fact("points", texts.count(tier.points())));
    if (tier.cause() != null) {
      facts.add(fact("cause", cause(tier)));
    }
    List<Line> reasons =
        tier.reasons().stream()
            .map(
                r ->
                    Line.of(
                        titled(r),
                        FirmDossier.signed(r.points()),
                        bound(r.bound()),
                        texts.orNone(r.basis()),
                        texts.orNone(String.join(", ", r.records()))))
            .toList();
    List<Line> distances =
        view.outlook() == null
            ? List.of()
            : view.outlook().distances().stream().map(this::distance).toList();
    return section(
        "tier",
        facts,
        table("reasons", reasons, "reason", "points", "bound", "basis", "records"),
        table("distances", distances, "tier", "from_points", "distance"));
  }

  /** Why there is no tier, or the rule whose bound made it. */
  private String cause(FirmView.Tier tier) {
    return tier.reasons().stream()
        .filter(r -> r.bound() != null && tier.cause().equals(r.bound() + " " + r.rule()))
        .findFirst()
        .map(r -> texts.get("firm.bound_by", bound(r.bound()), titled(r)))
        .orElseGet(() -> texts.label("tier_cause", tier.cause()));
  }

  private String titled(Reason reason) {
    return reason.title(texts.language()) + " (" + reason.rule() + ")";
  }

  /** A bound is its kind and its target, such as {@code ceiling D}. */
  private String bound(String bound) {
    if (bound == null) {
      return texts.orNone(null);
    }
    String[] parts = bound.split(" ", 2);
    String target = parts.length < 2 ? "" : texts.label("tier_cause", parts[1]);
    return (texts.label("bound", parts[0]) + " " + target).strip();
  }

  private Line distance(TierOutlook.Distance distance) {
    String key = distance.missing() > 0 ? "firm.points_missing" : "firm.points_above";
    return Line.of(
        texts.label("tier", distance.tier()),
        texts.count(distance.from()),
        texts.get(key, texts.count(Math.abs(distance.missing()))));
  }

  /** Left out where none were found for the day. */
  private Section measures() {
    List<Consequences.Measure> measures = view.consequences().measures();
    if (measures == null) {
      return null;
    }
    List<Line> lines =
        measures.stream()
            .map(
                m ->
                    Line.of(
                        m.title(texts.language()) + " (" + m.id() + ")",
                        texts.label("measure_kind", m.kind()),
                        texts.orNone(m.setting()),
                        texts.orNone(m.basis())))
            .toList();
    return section(
        "measures",
        List.of(),
        table("measures", lines, "measure", "measure_kind", "measure_setting", "basis"));
  }

  /** A tier without an outlook was set by rules that cannot be read; those of today are others. */
  private Section noOutlook() {
    return view.tier() == null
        ? null
        : section("outlook", List.of(fact("outlook.rules", texts.get("firm.outlook.unreadable"))));
  }

  private Section outlook(FirmView.Outlook outlook) {
    List<Fact> facts = new ArrayList<>();
    facts.add(fact("outlook.looked", texts.get("firm.outlook.until", outlook.until().toString())));
    if (outlook.passing().isEmpty()) {
      facts.add(fact("outlook.passing", texts.get("firm.outlook.no_passing")));
    }
    if (outlook.repairs().isEmpty()) {
      facts.add(fact("outlook.repairs", texts.get("firm.outlook.no_repairs")));
    }
    return section(
        "outlook",
        facts,
        table(
            "repairs",
            outlook.repairs().stream().map(r -> repair(r, outlook)).toList(),
            "repair",
            "repair_from",
            "tier",
            "points",
            "changes"),
        table(
            "passing",
            outlook.passing().stream().map(this::change).toList(),
            "date",
            "tier",
            "points",
            "changes"));
  }

  private Line repair(Repair repair, FirmView.Outlook outlook) {
    String what =
        repair.event() == null
            ? texts.get("firm.repair_of_all", outlook.repairs().size() - 1)
            : texts.get("firm.repair_of", named(repair.event()));
    Change change = repair.change();
    return Line.of(what, change.day().toString(), tiers(change), points(change), reasons(change));
  }

  private String named(Event event) {
    return Stream.of(
            texts.label("event", event.type()),
            event.date() == null ? null : event.date().toString(),
            event.actNo())
        .filter(text -> text != null && !text.isEmpty())
        .collect(Collectors.joining(" "));
  }

  private Section history() {
    List<Line> lines = view.history().stream().map(this::change).toList();
    return section(
        "history", List.of(), table("history", lines, "date", "tier", "points", "changes"));
  }

  private Line change(Change change) {
    return Line.of(change.day().toString(), tiers(change), points(change), reasons(change));
  }

  private static String tiers(Change change) {
    return change.before() == null || change.before().equals(change.after())
        ? change.after()
        : change.before() + " → " + change.after();
  }

  private static String points(Change change) {
    return change.pointsBefore() == null || change.pointsBefore() == change.pointsAfter()
        ? Long.toString(change.pointsAfter())
        : change.pointsBefore() + " → " + change.pointsAfter();
  }

  private String reasons(Change change) {
    if (change.before() == null) {
      return texts.get("firm.first_rated");
    }
    return Stream.concat(
            change.lost().stream().map(r -> texts.get("firm.reason_lost", weighed(r))),
            change.gained().stream().map(r -> texts.get("firm.reason_gained", weighed(r))))
        .collect(Collectors.joining("; "));
  }

  private String weighed(Reason reason) {
    return titled(reason)
        + " "
        + (reason.bound() == null ? FirmDossier.signed(reason.points()) : bound(reason.bound()));
  }

  private Fact fact(String key, String text) {
    return new Fact(texts.get("firm." + key), text);
  }

  private Section section(String id, List<Fact> facts, Table... tables) {
    return new Section(id, texts.get("firm." + id), facts, List.of(tables));
  }

  private Table table(String caption, List<Line> lines, String... heads) {
    return FirmDossier.table(texts, caption, lines, heads);
  }
}
