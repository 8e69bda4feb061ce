package credit.jobs.kpi;

import credit.jobs.kpi.Definition.Unit;
import credit.jobs.kpi.ReportData.Index;
import credit.jobs.kpi.ReportView.Section;
import credit.jobs.page.Table;
import credit.jobs.page.Table.Cell;
import credit.jobs.page.Table.Line;
import credit.jobs.page.Texts;
import credit.jobs.page.TrendChart;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The sections of the report. */
final class Sections {
  private static final int ITEM_SETS_SHOWN = 8;

  private final ReportData data;
  private final Index index;
  private final Periods periods;
  private final Texts texts;

  Sections(ReportData data, Texts texts) {
    this.data = data;
    this.index = data.index();
    this.periods = data.periods();
    this.texts = texts;
  }

  /** Sections that have something to show. */
  List<Section> all() {
    return Stream.of(
            overview("reform", trends()),
            breakdown(),
            overview("reviews", List.of()),
            overview("loop", List.of()),
            choice(),
            comparison(),
            supervision(),
            lists(),
            coverage())
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Section> section(String id, List<TrendChart> charts, List<Table> tables) {
    return tables.stream().allMatch(t -> t.rows().isEmpty())
        ? Optional.empty()
        : Optional.of(
            new Section(
                id,
                texts.get("section." + id),
                texts.get("section." + id + ".note"),
                charts,
                tables.stream().filter(t -> !t.rows().isEmpty()).toList()));
  }

  /** All indicators of a section: this month, the month before, the year, the mix held, rows. */
  private Optional<Section> overview(String id, List<TrendChart> charts) {
    List<Table> tables = new ArrayList<>(List.of(figures(id)));
    if (!charts.isEmpty()) {
      tables.add(months());
    }
    return section(id, charts, tables);
  }

  private Table figures(String id) {
    List<Definition> shown = shown(data.definitions().section(id));
    boolean mixed = shown.stream().anyMatch(d -> d.fixedMix() != null);
    boolean target = shown.stream().anyMatch(d -> d.target() != null);
    List<String> head = new ArrayList<>(List.of("indicator", "month", "previous", "year"));
    if (mixed) {
      head.add("fixed_mix");
    }
    if (target) {
      head.add("target");
    }
    head.add("rows");
    return Table.of(
        texts.get("table.figures"),
        head.stream().map(h -> texts.get("head." + h)).toList(),
        shown.stream().map(d -> figuresRow(d, mixed, target)).toList());
  }

  private Line figuresRow(Definition d, boolean mixed, boolean target) {
    List<Cell> cells = new ArrayList<>();
    for (String period : List.of(periods.current(), periods.previous(), periods.year())) {
      cells.add(Cell.plain(ReportData.written(texts, d, index.city(d.id(), period))));
    }
    if (mixed) {
      KpiValue held = index.find(d.id(), periods.current(), Definition.FIXED_MIX, Definition.CITY);
      cells.add(Cell.plain(ReportData.written(texts, d, held)));
    }
    if (target) {
      Double asked = d.target() == null ? null : d.target().doubleValue();
      cells.add(Cell.plain(ReportData.written(texts, d, asked)));
    }
    cells.add(Cell.plain(rows(index.city(d.id(), periods.current()))));
    return new Line(d.title(texts.language()), "def-" + d.id(), cells);
  }

  private List<TrendChart> trends() {
    return compared().stream().map(d -> trend(d, 380, 190, true)).toList();
  }

  /** Trend of an indicator over the months, the mix held beside it. */
  TrendChart trend(Definition d, int width, int height, boolean mixed) {
    List<TrendChart.Series> series = new ArrayList<>();
    series.add(series(d, texts.get("raw"), "a", Definition.CITY));
    if (mixed && d.fixedMix() != null) {
      series.add(series(d, texts.get("head.fixed_mix"), "b", Definition.FIXED_MIX));
    }
    String title = d.title(texts.language());
    return TrendChart.of(
        title,
        texts.get(
            "trend.description",
            title,
            ReportData.written(texts, d, index.city(d.id(), periods.months().get(0))),
            ReportData.written(texts, d, index.city(d.id(), periods.current()))),
        width,
        height,
        periods.months(),
        series,
        d.unit() == Unit.SHARE,
        v -> d.unit() == Unit.SHARE ? Math.round(100 * v) + "%" : ReportData.written(texts, d, v));
  }

  private TrendChart.Series series(Definition d, String name, String style, String dimension) {
    List<Double> values = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (String month : periods.months()) {
      KpiValue value = index.find(d.id(), month, dimension, Definition.CITY);
      values.add(value == null ? null : value.value());
      told.add(month + ": " + ReportData.written(texts, d, value) + " · n=" + rows(value));
    }
    return new TrendChart.Series(name, style, values, told);
  }

  /** The table beside the charts. */
  private Table months() {
    List<Definition> shown = compared();
    List<Line> rows =
        periods.months().stream()
            .map(
                month ->
                    new Line(
                        month,
                        null,
                        shown.stream()
                            .map(d -> cell(d, month, Definition.CITY, Definition.CITY, false))
                            .toList()))
            .toList();
    return new Table(texts.get("table.months"), head("month_of", shown), rows, true);
  }

  private Optional<Section> breakdown() {
    List<Table> tables = new ArrayList<>();
    for (String dimension : List.of("batch", "district", "item")) {
      List<Definition> shown = compared().stream().filter(d -> d.by().contains(dimension)).toList();
      tables.add(
          Table.of(
              texts.get("table.by", texts.get("dimension." + dimension)),
              head("dimension." + dimension, shown),
              memberRows(shown, dimension, true)));
    }
    return section("breakdown", List.of(), tables);
  }

  private List<Line> memberRows(List<Definition> shown, String dimension, boolean bars) {
    return index.members(shown, periods.year(), dimension).stream()
        .map(
            member ->
                new Line(
                    data.label(texts, dimension, member),
                    null,
                    shown.stream()
                        .map(d -> cell(d, periods.year(), dimension, member, bars))
                        .toList()))
        .toList();
  }

  /** Free choice: no bar, no order by value, no colour. */
  private Optional<Section> choice() {
    List<Definition> shown = shown(data.definitions().section("choice"));
    List<Table> tables = new ArrayList<>();
    List<Line> city =
        shown.stream()
            .map(
                d ->
                    new Line(
                        d.title(texts.language()),
                        "def-" + d.id(),
                        Stream.of(periods.current(), periods.previous(), periods.year())
                            .map(p -> cell(d, p, Definition.CITY, Definition.CITY, false))
                            .toList()))
            .toList();
    tables.add(
        Table.of(
            texts.get("table.figures"),
            Stream.of("indicator", "month", "previous", "year")
                .map(h -> texts.get("head." + h))
                .toList(),
            city));
    tables.add(
        Table.of(
            texts.get("table.by", texts.get("dimension.district")),
            head("dimension.district", shown),
            memberRows(shown, "district", false)));
    return section("choice", List.of(), tables);
  }

  private Optional<Section> comparison() {
    List<Definition> shown = shown(data.definitions().section("comparison"));
    Table all =
        Table.of(
            texts.get("table.tracks"),
            head("dimension.track", shown),
            memberRows(shown, "track", false));
    List<Line> rows = new ArrayList<>();
    itemSets(shown)
        .forEach(
            set ->
                List.of("one_licence", "traditional")
                    .forEach(
                        track ->
                            rows.add(
                                new Line(
                                    set.replace("+", " + ")
                                        + " · "
                                        + data.label(texts, "track", track),
                                    null,
                                    shown.stream()
                                        .map(
                                            d ->
                                                cell(
                                                    d,
                                                    periods.year(),
                                                    "item_set+track",
                                                    set + Definition.JOINT + track,
                                                    false))
                                        .toList()))));
    return section(
        "comparison",
        List.of(),
        List.of(all, Table.of(texts.get("table.item_sets"), head("item_set", shown), rows)));
  }

  /** The bundles most asked for that were handled on both tracks. */
  private List<String> itemSets(List<Definition> shown) {
    if (shown.isEmpty()) {
      return List.of();
    }
    String first = shown.get(0).id();
    return index.members(shown, periods.year(), "item_set+track").stream()
        .map(member -> member.substring(0, member.indexOf(Definition.JOINT)))
        .distinct()
        .filter(set -> bundles(first, set, "one_licence") > 0)
        .filter(set -> bundles(first, set, "traditional") > 0)
        .sorted(
            Comparator.comparingLong(
                    (String set) ->
                        -bundles(first, set, "one_licence") - bundles(first, set, "traditional"))
                .thenComparing(Comparator.naturalOrder()))
        .limit(ITEM_SETS_SHOWN)
        .toList();
  }

  private long bundles(String kpi, String set, String track) {
    KpiValue value =
        index.find(kpi, periods.year(), "item_set+track", set + Definition.JOINT + track);
    return value == null ? 0 : value.n();
  }

  private Optional<Section> supervision() {
    List<Table> tables = new ArrayList<>(List.of(figures("supervision")));
    tables.add(mix("rated_firms", "tier"));
    tables.add(mix("planned_inspections", "cause"));
    List<Definition> inspections =
        shown(
            Stream.of("inspections", "inspection_breaches")
                .map(id -> data.definitions().get(id))
                .filter(Objects::nonNull)
                .toList());
    tables.add(
        Table.of(
            texts.get("table.by", texts.get("dimension.plan_type")),
            head("dimension.plan_type", inspections),
            memberRows(inspections, "plan_type", false)));
    return section("supervision", List.of(), tables);
  }

  private Optional<Section> lists() {
    List<Table> tables = new ArrayList<>(List.of(figures("lists")));
    tables.add(mix("listed_entries", "cause"));
    tables.add(mix("restricted_entries", "mode"));
    return section("lists", List.of(), tables);
  }

  /** Members of a count with their shares of the whole. */
  private Table mix(String kpi, String dimension) {
    Definition d = data.definitions().get(kpi);
    if (d == null) {
      return Table.of("", List.of(), List.of());
    }
    KpiValue whole = index.city(kpi, periods.current());
    double total = whole == null || whole.value() == null ? 0 : whole.value();
    List<Line> rows =
        index.members(List.of(d), periods.current(), dimension).stream()
            .map(
                member -> {
                  Double count = index.find(kpi, periods.current(), dimension, member).value();
                  Double share = total == 0 || count == null ? null : count / total;
                  return new Line(
                      data.label(texts, dimension, member),
                      null,
                      List.of(
                          Cell.plain(texts.count(count)),
                          new Cell(texts.percent(share), "", bar(share))));
                })
            .toList();
    return Table.of(
        d.title(texts.language()),
        List.of(
            texts.get("dimension." + dimension), texts.get("head.count"), texts.get("head.share")),
        rows);
  }

  private Optional<Section> coverage() {
    List<Line> rows =
        data.coverage().stream()
            .map(
                c ->
                    new Line(
                        texts.label("source", c.source()),
                        null,
                        List.of(
                            Cell.plain(c.authority()),
                            Cell.plain(texts.orNone(c.through())),
                            Cell.plain(texts.count(c.rows())),
                            Cell.plain(texts.count(c.quarantined())))))
            .toList();
    return section(
        "coverage",
        List.of(),
        List.of(
            Table.of(
                texts.get("table.coverage"),
                Stream.of("source", "authority", "through", "rows_in", "quarantined")
                    .map(h -> texts.get("head." + h))
                    .toList(),
                rows)));
  }

  private Cell cell(Definition d, String period, String dimension, String member, boolean bars) {
    KpiValue value = index.find(d.id(), period, dimension, member);
    boolean bar = bars && value != null && d.unit() == Unit.SHARE;
    return new Cell(
        ReportData.written(texts, d, value),
        value == null ? "" : "n=" + rows(value),
        bar ? bar(value.value()) : null);
  }

  private static Integer bar(Double share) {
    return share == null ? null : (int) Math.round(100 * Math.max(0, Math.min(1, share)));
  }

  private String rows(KpiValue value) {
    return value == null ? texts.count(0) : texts.count(value.n());
  }

  private List<Definition> compared() {
    return shown(
        data.definitions().compared().stream().map(id -> data.definitions().get(id)).toList());
  }

  /** Indicators that have a value somewhere; the others' sources are not delivered here. */
  private List<Definition> shown(List<Definition> definitions) {
    return definitions.stream()
        .filter(d -> data.values().stream().anyMatch(v -> v.kpi().equals(d.id())))
        .toList();
  }

  private List<String> head(String first, List<Definition> shown) {
    String key = first.startsWith("dimension.") ? first : "head." + first;
    return Stream.concat(
            Stream.of(texts.get(key)), shown.stream().map(d -> d.title(texts.language())))
        .toList();
  }
}
