package credit.jobs.kpi;

import credit.jobs.kpi.ReportData.Index;
import credit.jobs.kpi.ReportView.Card;
import credit.jobs.kpi.ReportView.DefinitionView;
import credit.jobs.page.Fact;
import credit.jobs.page.Pages;
import credit.jobs.page.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The report for leaders: one self-contained page, and the same figures as CSV. */
final class Report {
  private Report() {}

  /** The page, in {@code zh} or {@code en}. */
  static String html(ReportData data, String language) {
    return Pages.render("kpi/report.jte", view(data, Texts.in(language)));
  }

  static ReportView view(ReportData data, Texts texts) {
    Sections sections = new Sections(data, texts);
    return new ReportView(
        texts,
        texts.get("report.title"),
        data.definitions().region().getOrDefault(texts.language(), ""),
        facts(data, texts),
        data.allowPending(),
        cards(data, texts, sections),
        sections.all(),
        data.definitions().all().stream().map(d -> definition(d, texts)).toList());
  }

  private static List<Fact> facts(ReportData data, Texts texts) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact(texts.get("fact.period"), data.periods().current()));
    facts.add(new Fact(texts.get("fact.as_of"), data.asOf().toString()));
    facts.add(new Fact(texts.get("fact.known_at"), data.knownAt().toString()));
    data.coverage().stream()
        .map(ReportData.Coverage::through)
        .filter(Objects::nonNull)
        .max(java.time.LocalDate::compareTo)
        .ifPresent(day -> facts.add(new Fact(texts.get("fact.through"), day.toString())));
    facts.add(
        new Fact(
            texts.get("fact.lists"),
            data.listVersion() == null
                ? texts.get("fact.lists.none")
                : texts.get("fact.lists.version", data.listVersion().toString())));
    return facts;
  }

  private static List<Card> cards(ReportData data, Texts texts, Sections sections) {
    Index index = data.index();
    Periods periods = data.periods();
    return data.definitions().headline().stream()
        .map(id -> data.definitions().get(id))
        .filter(d -> index.city(d.id(), periods.current()) != null)
        .map(
            d -> {
              KpiValue now = index.city(d.id(), periods.current());
              return new Card(
                  d.id(),
                  d.title(texts.language()),
                  ReportData.written(texts, d, now),
                  ReportData.written(texts, d, index.city(d.id(), periods.year())),
                  change(d, now.value(), index.cityValue(d.id(), periods.previous()), texts),
                  texts.count(now.n()),
                  sections.trend(d, 240, 90, false));
            })
        .toList();
  }

  private static String change(Definition d, Double now, Double before, Texts texts) {
    if (now == null || before == null) {
      return texts.orNone(null);
    }
    return d.unit() == Definition.Unit.SHARE
        ? texts.points(now - before)
        : (now < before ? "" : "+") + ReportData.written(texts, d, now - before);
  }

  private static DefinitionView definition(Definition d, Texts texts) {
    String formula =
        (d.denominator() == null
                ? "Σ(%s)".formatted(d.numerator())
                : "Σ(%s) / Σ(%s)".formatted(d.numerator(), d.denominator()))
            + (d.where().equals("true") ? "" : "  WHERE " + d.where())
            + "  FROM "
            + d.from();
    return new DefinitionView(
        d.id(),
        d.title(texts.language()),
        formula,
        d.baseline() == null ? texts.orNone(null) : texts.get("baseline." + d.baseline()),
        d.basis(),
        d.version(),
        texts.get(d.confirmed() ? "review.confirmed" : "review.pending"));
  }

  private static final List<String> CSV_HEAD =
      List.of(
          "kpi",
          "period",
          "dimension",
          "member",
          "numerator",
          "denominator",
          "value",
          "n",
          "unit",
          "definition_version");

  /** The values as CSV (RFC 4180 quoting, LF), in the order of the values. */
  static String csv(List<KpiValue> values) {
    StringBuilder csv = new StringBuilder(String.join(",", CSV_HEAD)).append('\n');
    for (KpiValue v : values) {
      List<String> cells =
          List.of(
              v.kpi(),
              v.period(),
              v.dimension(),
              v.member(),
              plain(v.numerator()),
              plain(v.denominator()),
              plain(v.value()),
              Long.toString(v.n()),
              v.unit(),
              v.version());
      csv.append(String.join(",", cells.stream().map(Report::quoted).toList())).append('\n');
    }
    return csv.toString();
  }

  private static String plain(Double value) {
    return value == null
        ? ""
        : new java.math.BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
  }

  private static String quoted(String cell) {
    return cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
  }
}
