package credit.jobs.cli.page;

import credit.jobs.cli.page.DocsPage.Chapter;
import credit.jobs.cli.page.DocsPage.Section;
import credit.jobs.page.Fact;
import credit.jobs.page.Table;
import credit.jobs.page.Table.Line;
import credit.jobs.page.Texts;
import credit.jobs.warehouse.Tables;
import credit.jobs.warehouse.UseRules;
import credit.schemas.CodeList;
import credit.schemas.Column;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import credit.schemas.TableContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the page of contracts says, chapter by chapter. */
final class DocsChapters {
  private final Schemas schemas;
  private final Texts texts;

  DocsChapters(Schemas schemas, Texts texts) {
    this.schemas = schemas;
    this.texts = texts;
  }

  List<Chapter> all() {
    return List.of(
        chapter("sources", schemas.sources().values().stream().map(this::source).toList()),
        chapter("tables", schemas.tables().values().stream().map(this::table).toList()),
        chapter("lineage", List.of(sourceLineage(), lineage())),
        chapter("codes", schemas.codes().values().stream().map(this::codes).toList()),
        chapter("rules", schemas.rules().values().stream().map(this::ruleFile).toList()),
        chapter("standard", List.of(standard())));
  }

  int rules() {
    return schemas.rules().values().stream().mapToInt(f -> f.rules().size()).sum();
  }

  long pending() {
    return schemas.rules().values().stream()
        .flatMap(f -> f.rules().stream())
        .filter(r -> !r.confirmed())
        .count();
  }

  private Chapter chapter(String id, List<Section> sections) {
    return new Chapter(id, texts.get("docs." + id), texts.get("docs." + id + ".note"), sections);
  }

  private Section source(SourceContract source) {
    SourceContract.Delivery delivery = source.delivery();
    List<Fact> facts = new ArrayList<>();
    fact(facts, "authority", delivery.authority());
    fact(facts, "territory", delivery.territory());
    fact(facts, "layout", texts.get(delivery.confirmed() ? "docs.seen" : "docs.assumed"));
    fact(facts, "interval", texts.count(delivery.intervalDays()));
    fact(facts, "required_for_lists", flag(delivery.requiredForLists()));
    fact(facts, "quarantine_limit", texts.percent(delivery.maxQuarantineShare().doubleValue()));
    fact(facts, "natural_person", delivery.naturalPersonWhen());
    fact(facts, "ended_when", source.endedWhen());
    fact(facts, "role", source.role().name().toLowerCase(Locale.ROOT));
    if (source.links()) {
      fact(facts, "names_its_firm_by", firm(source.firm()));
    }
    fact(facts, "readers", String.join(", ", source.readers()));
    List<Table> tables = new ArrayList<>();
    tables.add(columns(source.columns()));
    if (!source.events().isEmpty()) {
      tables.add(
          table("events", source.events().stream().map(this::event).toList(), "when", "date"));
    }
    if (source.statusChange() != null) {
      SourceContract.StatusChange change = source.statusChange();
      Line line =
          Line.of(
              text(change.status()),
              change.actNo(),
              text(change.eventType()),
              text(change.date()),
              text(change.until()));
      tables.add(table("status_change", List.of(line), "act", "kind_of_act", "date", "until"));
    }
    List<Line> steps =
        source.steps().entrySet().stream().map(s -> Line.of(s.getKey(), s.getValue())).toList();
    if (!steps.isEmpty()) {
      tables.add(table("steps", steps, "date"));
    }
    if (!source.quality().isEmpty()) {
      tables.add(
          table(
              "checks",
              source.quality().stream().map(q -> Line.of(q.name(), q.condition())).toList(),
              "condition"));
    }
    return new Section(
        "source-" + source.id(),
        source.title() + " · " + source.id(),
        (source.purpose() + " " + source.limitations()).strip(),
        facts,
        tables);
  }

  private static String firm(SourceContract.FirmReference firm) {
    List<String> parts = new ArrayList<>();
    Stream.of(firm.code(), firm.name(), firm.district()).filter(p -> p != null).forEach(parts::add);
    return String.join(", ", parts) + " (" + firm.scheme() + ")";
  }

  private Line event(SourceContract.EventMapping event) {
    String type =
        event.announcement()
            ? event.type() + " (" + texts.label("event_status", UseRules.ANNOUNCED) + ")"
            : event.type();
    return Line.of(type, text(event.when()), text(event.date()));
  }

  private Table columns(List<Column> columns) {
    return table(
        "columns",
        columns.stream().map(this::column).toList(),
        "header",
        "type",
        "unit",
        "required",
        "codes_used",
        "checks",
        "personal",
        "meaning");
  }

  private Line column(Column column) {
    String headers =
        column.aliases().isEmpty()
            ? column.physicalName()
            : column.physicalName() + " (" + String.join(", ", column.aliases()) + ")";
    return Line.of(
        column.name() + (column.key() ? " *" : ""),
        headers,
        column.sparkType(),
        column.unit() == null ? "" : texts.label("docs.unit", column.unit()),
        flag(column.required()),
        text(column.codes()),
        checks(column),
        texts.label("docs.personal", column.personal().name().toLowerCase(Locale.ROOT)),
        column.description());
  }

  private String checks(Column column) {
    List<String> checks = new ArrayList<>();
    if (column.check() != null) {
      checks.add(column.check() + (column.keepUnchecked() ? " (keep)" : ""));
    }
    if (column.pattern() != null) {
      checks.add("/" + column.pattern() + "/");
    }
    if (column.type() == Column.Type.STRING && column.codes() == null && column.check() == null) {
      checks.add(texts.get("docs.longest", texts.count(column.maxLength())));
    }
    if (column.minimum() != null) {
      checks.add("≥ " + column.minimum().toPlainString());
    }
    if (column.maximum() != null) {
      checks.add("≤ " + column.maximum().toPlainString());
    }
    if (column.separator() != null) {
      checks.add("split " + column.separator());
    }
    if (column.noEnd()) {
      checks.add("2099-12-31 = ∞");
    }
    return String.join(", ", checks);
  }

  private Section table(TableContract table) {
    List<Fact> facts = new ArrayList<>();
    fact(
        facts,
        "grain",
        table.columns().stream()
            .filter(Column::key)
            .map(Column::name)
            .collect(Collectors.joining(", ")));
    fact(facts, "writer", table.writer());
    fact(facts, "readers", String.join(", ", table.readers()));
    fact(facts, "mode", table.mode().name().toLowerCase(Locale.ROOT));
    List<Line> rows =
        table.columns().stream()
            .map(
                c ->
                    Line.of(
                        c.name() + (c.key() ? " *" : ""),
                        c.sparkType(),
                        flag(c.required()),
                        c.description()))
            .toList();
    return new Section(
        "table-" + table.name(),
        table.name(),
        table.purpose(),
        facts,
        List.of(table("columns", rows, "type", "required", "meaning")));
  }

  /** From a delivered folder to its table, its readers and the events that its rows become. */
  private Section sourceLineage() {
    List<Line> rows =
        schemas.sources().values().stream()
            .map(
                s ->
                    Line.of(
                        s.id(),
                        s.stagedTable(),
                        String.join(", ", s.readers()),
                        s.events().stream()
                            .map(SourceContract.EventMapping::type)
                            .distinct()
                            .collect(Collectors.joining(", "))))
            .toList();
    return section("lineage-sources", List.of(table("source", rows, "table", "readers", "events")));
  }

  /** What each stage reads and writes, from the contracts' writers and readers. */
  private Section lineage() {
    Map<String, TreeSet<String>> reads = new TreeMap<>();
    Map<String, TreeSet<String>> writes = new TreeMap<>();
    for (TableContract table : tables()) {
      writes.computeIfAbsent(table.writer(), s -> new TreeSet<>()).add(table.name());
      table
          .readers()
          .forEach(r -> reads.computeIfAbsent(r, s -> new TreeSet<>()).add(table.name()));
    }
    TreeSet<String> stages = new TreeSet<>(reads.keySet());
    stages.addAll(writes.keySet());
    List<Line> rows =
        stages.stream()
            .map(
                s ->
                    Line.of(
                        s,
                        String.join(", ", reads.getOrDefault(s, new TreeSet<>())),
                        String.join(", ", writes.getOrDefault(s, new TreeSet<>()))))
            .toList();
    return section("lineage-stages", List.of(table("stages", rows, "reads", "writes")));
  }

  private List<TableContract> tables() {
    List<TableContract> tables = new ArrayList<>(schemas.tables().values());
    schemas.sources().values().forEach(s -> tables.add(Tables.contract(schemas, s.stagedTable())));
    return tables;
  }

  private Section codes(CodeList list) {
    List<Line> rows =
        list.entries().stream()
            .map(e -> Line.of(e.code(), e.canonical(), e.labelZh(), e.labelEn(), e.source()))
            .toList();
    return new Section(
        "codes-" + list.name(),
        list.name(),
        "",
        List.of(),
        List.of(table("code", rows, "canonical", "label_zh", "label_en", "source")));
  }

  private Section ruleFile(RuleFile file) {
    List<Fact> facts = new ArrayList<>();
    fact(facts, "version", file.version());
    fact(facts, "over", file.table());
    fact(facts, "settings", file.settings().isEmpty() ? null : String.valueOf(file.settings()));
    List<Table> tables =
        file.rules().isEmpty()
            ? List.of()
            : List.of(
                table(
                    "rule",
                    file.rules().stream().map(this::rule).toList(),
                    "title_of",
                    "when",
                    "effect",
                    "basis",
                    "in_force",
                    "review"));
    return new Section("rules-" + file.id(), file.id(), "", facts, tables);
  }

  private Line rule(Rule rule) {
    String review =
        rule.confirmed()
            ? texts.get("review.confirmed") + " " + rule.confirmedBy() + " " + rule.document()
            : texts.get("review.pending");
    return Line.of(
        rule.id(),
        rule.title(texts.language()),
        rule.when(),
        String.valueOf(rule.effect()),
        rule.basis(),
        "[" + rule.effectiveFrom() + ", " + text(rule.effectiveUntil()) + ")",
        review + basisStatus(rule));
  }

  private String basisStatus(Rule rule) {
    return rule.basisStatus().stream()
        .map(
            mark ->
                "; "
                    + texts.get("basis." + mark.status().name().toLowerCase(Locale.ROOT))
                    + " "
                    + mark.of())
        .collect(Collectors.joining());
  }

  /** Which keys of the contracts are the standard's, and which are ours. */
  private Section standard() {
    List<Line> rows =
        List.of(
            Line.of(
                "Open Data Contract Standard v3",
                "apiVersion, kind, id, name, version, status, domain, description.purpose,"
                    + " description.limitations, schema[].name, schema[].physicalName,"
                    + " schema[].logicalType, properties[].name, physicalName, logicalType,"
                    + " physicalType, required, unique, primaryKey, classification, examples,"
                    + " description, logicalTypeOptions (maxLength, pattern, minimum, maximum),"
                    + " quality[] (name, type: custom, engine, implementation)"),
            Line.of(
                texts.get("docs.own_keys"),
                "delivery, role, record, firm, events, status_change, table, properties[].aliases,"
                    + " codes, separator, unit, no_end, check, check_mode, personal"));
    return section("standard-keys", List.of(table("standard_of", rows, "keys")));
  }

  private Section section(String id, List<Table> tables) {
    return new Section(id, texts.get("docs." + id), "", List.of(), tables);
  }

  private Table table(String heading, List<Line> rows, String... heads) {
    List<String> head = new ArrayList<>();
    head.add(texts.get("docs." + heading));
    Arrays.stream(heads).map(h -> texts.get("docs." + h)).forEach(head::add);
    return Table.of(texts.get("docs." + heading), head, rows);
  }

  private void fact(List<Fact> facts, String key, String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(new Fact(texts.get("docs." + key), value));
    }
  }

  private String flag(boolean value) {
    return texts.get(value ? "docs.yes" : "docs.no");
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
