package credit.schemas;

import credit.schemas.SourceContract.Delivery;
import credit.schemas.SourceContract.EventMapping;
import credit.schemas.SourceContract.FirmReference;
import credit.schemas.SourceContract.Quality;
import credit.schemas.SourceContract.Role;
import credit.schemas.SourceContract.StatusChange;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a source's contract from its file, and refuses what no delivery could be read by. */
final class SourceReader {
  /** Columns that ingest adds to every staged row. */
  private static final Set<String> PROVENANCE =
      Set.of(
          "record_key",
          "record_id",
          "delivery_id",
          "row_number",
          "row_hash",
          "repaired_cells",
          "known_at",
          "first_known_at",
          "declared_on",
          "ended");

  private SourceReader() {}

  static SourceContract read(Yaml yaml, String fileId) {
    yaml.allow(
        "apiVersion",
        "kind",
        "id",
        "name",
        "version",
        "status",
        "domain",
        "description",
        "delivery",
        "table",
        "record",
        "role",
        "firm",
        "events",
        "status_change",
        "schema");
    String id = yaml.text("id");
    if (!id.equals(fileId)) {
      throw yaml.get("id")
          .refuse("id '" + id + "' is not the file's name", "call the file " + id + ".yaml");
    }
    Yaml schema = onlySchema(yaml);
    List<Column> columns = schema.list("properties").stream().map(Column::of).toList();
    refuseDoubledHeaders(schema, columns);
    Role role =
        Role.valueOf(
            yaml.oneOf("role", "events", "register", "events", "reference")
                .toUpperCase(Locale.ROOT));
    requireKey(schema, columns);
    requireDeliverable(schema, columns);
    if (role == Role.REGISTER) {
      requireColumns(schema, columns, "code", "name");
    }
    Optional<Yaml> description = yaml.find("description");
    return new SourceContract(
        id,
        yaml.text("name", id),
        description.map(d -> d.text("purpose", "")).orElse(""),
        description.map(d -> d.text("limitations", "")).orElse(""),
        delivery(yaml.get("delivery")),
        role,
        yaml.find("table").map(t -> t.allow("readers").texts("readers")).orElse(List.of()),
        yaml.find("record").map(r -> r.allow("ended_when").text("ended_when", null)).orElse(null),
        yaml.find("firm").map(SourceReader::firm).orElse(null),
        yaml.list("events").stream().map(SourceReader::event).toList(),
        yaml.find("status_change").map(SourceReader::statusChange).orElse(null),
        columns,
        schema.list("quality").stream().map(SourceReader::quality).toList(),
        yaml.file());
  }

  static Yaml onlySchema(Yaml yaml) {
    List<Yaml> schemas = yaml.get("schema").items();
    if (schemas.size() != 1) {
      throw yaml.get("schema")
          .refuse(schemas.size() + " schemas stand here", "describe one table a file");
    }
    return schemas
        .get(0)
        .allow("name", "physicalName", "logicalType", "description", "properties", "quality");
  }

  private static Delivery delivery(Yaml yaml) {
    yaml.allow(
        "authority",
        "territory",
        "layout",
        "interval_days",
        "required_for_lists",
        "max_quarantine_share",
        "natural_person_when");
    return new Delivery(
        yaml.text("authority"),
        yaml.text("territory"),
        yaml.oneOf("layout", null, "confirmed", "assumed").equals("confirmed"),
        yaml.integer("interval_days", 31),
        yaml.flag("required_for_lists"),
        yaml.number("max_quarantine_share", new BigDecimal("0.10")),
        yaml.text("natural_person_when", null));
  }

  private static FirmReference firm(Yaml yaml) {
    yaml.allow("scheme", "code", "name", "district", "date", "person_or_shop");
    return new FirmReference(
        yaml.text("scheme"),
        yaml.text("code", null),
        yaml.text("name", null),
        yaml.text("district", null),
        yaml.text("date", null),
        yaml.text("person_or_shop", null));
  }

  private static EventMapping event(Yaml yaml) {
    yaml.allow(
        "type",
        "announcement",
        "when",
        "date",
        "from",
        "until",
        "act_no",
        "other_no",
        "authority",
        "categories",
        "amount",
        "outcome",
        "domain",
        "item",
        "details",
        "ended_means",
        "steps");
    if (yaml.find("steps").isPresent() && yaml.find("act_no").isEmpty()) {
      throw yaml.get("steps").refuse("steps befall an act, and none is named", "add 'act_no: …'");
    }
    return new EventMapping(
        yaml.text("type"),
        yaml.flag("announcement"),
        yaml.text("when", null),
        yaml.text("date"),
        yaml.text("from", null),
        yaml.text("until", null),
        yaml.text("act_no", null),
        yaml.text("other_no", null),
        yaml.text("authority", null),
        yaml.text("categories", null),
        yaml.text("amount", null),
        yaml.text("outcome", null),
        yaml.text("domain", null),
        yaml.text("item", null),
        yaml.texts("details"),
        yaml.oneOf("ended_means", "withdrawn", "withdrawn", "annulled", "repaired"),
        steps(yaml),
        yaml.line());
  }

  private static Map<String, String> steps(Yaml yaml) {
    Map<String, String> steps = new LinkedHashMap<>();
    yaml.find("steps").ifPresent(s -> s.fields().forEach((k, day) -> steps.put(k, day.text())));
    return Collections.unmodifiableMap(steps);
  }

  private static StatusChange statusChange(Yaml yaml) {
    yaml.allow("act_no", "authority", "event_type", "status", "date", "until", "steps");
    if (yaml.find("status").isEmpty() && yaml.find("steps").isEmpty()) {
      throw yaml.refuse("it changes nothing", "add 'status: …' and 'date: …', or 'steps: …'");
    }
    return new StatusChange(
        yaml.text("act_no"),
        yaml.text("authority", null),
        yaml.text("event_type", null),
        yaml.text("status", null),
        yaml.find("status").isEmpty() ? yaml.text("date", null) : yaml.text("date"),
        yaml.text("until", null),
        steps(yaml),
        yaml.line());
  }

  private static Quality quality(Yaml yaml) {
    yaml.allow("name", "type", "engine", "implementation", "description");
    yaml.oneOf("type", null, "custom");
    yaml.oneOf("engine", null, "spark-sql");
    return new Quality(yaml.text("name"), yaml.text("implementation"), yaml.line());
  }

  private static void refuseDoubledHeaders(Yaml schema, List<Column> columns) {
    Set<String> names = new HashSet<>(PROVENANCE);
    Set<String> headers = new HashSet<>();
    for (Column column : columns) {
      boolean fresh = names.add(column.name()) && headers.add(column.physicalName());
      for (String alias : column.aliases()) {
        fresh &= headers.add(alias);
      }
      if (!fresh) {
        throw SchemaException.at(
            schema.file(),
            column.line(),
            "column '" + column.name() + "' shares a name or header with another",
            "give every column its own name, header and aliases; these are taken: " + PROVENANCE);
      }
    }
  }

  private static void requireKey(Yaml schema, List<Column> columns) {
    if (columns.stream().noneMatch(Column::key)) {
      throw schema.refuse(
          "no column is a primaryKey", "mark the columns that make the record's key");
    }
    columns.stream()
        .filter(c -> c.key() && !c.stored())
        .findFirst()
        .ifPresent(
            c -> {
              throw SchemaException.at(
                  schema.file(),
                  c.line(),
                  "key column '" + c.name() + "' is personal and never stored",
                  "choose another key");
            });
  }

  /** Cells are read as these types only; nothing else can be promised of a delivered text. */
  private static void requireDeliverable(Yaml schema, List<Column> columns) {
    for (Column column : columns) {
      if (column.type() == Column.Type.TIMESTAMP || column.type() == Column.Type.OBJECT) {
        throw SchemaException.at(
            schema.file(),
            column.line(),
            "column '" + column.name() + "' has a type that no cell is read as",
            "use one of string, date, integer, number, boolean, array");
      }
      if (column.required() && column.noEnd()) {
        throw SchemaException.at(
            schema.file(),
            column.line(),
            "column '" + column.name() + "' is required and may mean 'no end', which is kept empty",
            "drop 'required' or 'no_end'");
      }
    }
  }

  private static void requireColumns(Yaml schema, List<Column> columns, String... names) {
    Map<String, Column> byName =
        columns.stream().collect(Collectors.toMap(Column::name, c -> c, (a, b) -> a));
    for (String name : names) {
      if (!byName.containsKey(name)) {
        throw schema.refuse("a register needs the column '" + name + "'", "add it");
      }
    }
  }
}
