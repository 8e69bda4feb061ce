package credit.jobs.cli.page;

import credit.jobs.cli.page.FirmView.Change;
import credit.jobs.cli.page.FirmView.Contribution;
import credit.jobs.cli.page.FirmView.Duty;
import credit.jobs.cli.page.FirmView.Event;
import credit.jobs.cli.page.FirmView.Identity;
import credit.jobs.cli.page.FirmView.Licence;
import credit.jobs.cli.page.FirmView.Listing;
import credit.jobs.cli.page.FirmView.Name;
import credit.jobs.cli.page.FirmView.Outlook;
import credit.jobs.cli.page.FirmView.Reason;
import credit.jobs.cli.page.FirmView.Relation;
import credit.jobs.cli.page.FirmView.Repair;
import credit.jobs.cli.page.FirmView.Score;
import credit.jobs.cli.page.FirmView.Source;
import credit.jobs.cli.page.FirmView.Step;
import credit.jobs.cli.page.FirmView.Tier;
import credit.jobs.cli.page.FirmView.UnmetChange;
import credit.jobs.cli.page.FirmView.Window;
import credit.jobs.tier.TierChange;
import credit.jobs.tier.TierOutlook;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** Puts a firm's view together from rows of the tables. */
public final class FirmViews {
  private static final List<String> COUNTERS =
      List.of(
          "penalties",
          "heavy_penalties",
          "fines",
          "inspections",
          "failed_inspections",
          "complaints",
          "verified_complaints");

  private FirmViews() {}

  /**
   * Rows of one firm on one day.
   *
   * @param firm row of {@code firm_file}
   * @param rating row of {@code tiers} that holds on the day; null: none was made for this file
   * @param ratings rows of {@code tiers} up to the day, oldest first
   * @param outlook what would change the tier, by the rules that made it; null: no tier, or its
   *     rules cannot be read
   * @param measures rows of {@code measures}; null: none were found for the day
   * @param scoreRow row of {@code scores}, or null
   * @param lists rows of the lists; null: none were made for this file
   * @param relations related firms: {@code relation, code, name, register_status, since}
   * @param unmet rows of {@code unmet_changes}
   * @param links {@code record_id} → tier of its link
   * @param files {@code delivery_id} → path of the delivered file
   */
  public record Rows(
      Row firm,
      Row rating,
      List<Row> ratings,
      TierOutlook outlook,
      List<Row> measures,
      Row scoreRow,
      Lists lists,
      List<Row> relations,
      List<Row> unmet,
      Map<String, String> links,
      Map<String, String> files) {}

  /** Rows of {@code blacklist}, {@code restrictions} and {@code incentives}. */
  public record Lists(List<Row> blacklist, List<Row> restrictions, List<Row> incentives) {}

  /**
   * The view of a firm.
   *
   * @param schemas the rating's rules, for the titles of reasons
   * @param publicEvents ids of the events that may be public
   * @param standings of which day, knowledge and rules the rows are
   */
  public static FirmView of(
      Schemas schemas, Rows rows, Set<String> publicEvents, Standings standings) {
    LocalDate asOf = standings.file().asOf();
    Row firm = rows.firm();
    Row rating = rows.rating();
    CategoryLabels labels = new CategoryLabels(schemas);
    List<Event> timeline =
        list(firm, "timeline").stream().map(r -> event(r, rows, labels)).toList();
    return new FirmView(
        identity(firm, rows.files(), labels),
        COUNTERS.stream().map(c -> window(firm, c)).toList(),
        rating == null ? null : tier(schemas, rating),
        TierChange.history(rows.ratings()).stream().map(c -> change(schemas, c)).toList(),
        rows.outlook() == null ? null : outlook(schemas, rows.outlook(), timeline, asOf),
        Consequences.of(
            schemas, rows.measures(), rows.lists() == null ? null : rows.lists().incentives()),
        rows.scoreRow() == null ? null : score(schemas, rows.scoreRow()),
        rows.lists() == null ? null : listings(rows.lists()),
        Notices.of(timeline, asOf),
        list(firm, "duties").stream().map(FirmViews::duty).toList(),
        list(firm, "licences").stream().map(FirmViews::licence).toList(),
        rows.relations().stream().map(FirmViews::relation).toList(),
        timeline,
        rows.unmet().stream().map(r -> unmet(r, rows.files())).toList(),
        Set.copyOf(publicEvents),
        standings);
  }

  private static Identity identity(Row firm, Map<String, String> files, CategoryLabels labels) {
    String record = firm.getAs("register_record_id");
    return new Identity(
        firm.getAs("id_scheme"),
        firm.getAs("code"),
        firm.getAs("name"),
        list(firm, "names").stream()
            .map(r -> new Name(r.getAs("name"), r.getAs("valid_from"), r.getAs("valid_until")))
            .toList(),
        firm.getAs("entity_type"),
        labels.ofRegister("district", firm.getAs("district")),
        firm.getAs("area"),
        labels.ofRegister("industry", firm.getAs("industry")),
        firm.getAs("established"),
        firm.getAs("register_status"),
        firm.getAs("closed_on"),
        firm.getAs("address"),
        firm.getAs("parent_code"),
        source(record, files));
  }

  /** A record id is {@code source/first 12 of the delivery's hash/row}. */
  private static Source source(String record, Map<String, String> files) {
    String[] parts = record.split("/", -1);
    if (parts.length != 3 || !parts[2].matches("\\d+")) {
      return new Source(parts[0], record, null, null, null);
    }
    String file =
        files.entrySet().stream()
            .filter(e -> e.getKey().startsWith(parts[1]))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
    return new Source(parts[0], record, file, Long.valueOf(parts[2]), null);
  }

  private static Window window(Row firm, String counter) {
    return new Window(
        counter,
        firm.<Number>getAs(counter + "_3m"),
        firm.<Number>getAs(counter + "_12m"),
        firm.<Number>getAs(counter + "_36m"));
  }

  private static Tier tier(Schemas schemas, Row row) {
    return new Tier(
        row.getAs("tier"),
        row.<Long>getAs("points"),
        row.getAs("cause"),
        list(row, "reasons").stream()
            .sorted(Comparator.comparing(r -> !isBase(schemas, r.getAs("rule"))))
            .map(r -> reason(schemas, r))
            .toList());
  }

  /** What a firm starts with is told first. */
  private static boolean isBase(Schemas schemas, String id) {
    return rule(schemas, id).map(r -> r.effect("base") != null).orElse(false);
  }

  private static Optional<Rule> rule(Schemas schemas, String id) {
    return schemas.rules().values().stream()
        .map(RuleFile::rules)
        .flatMap(List::stream)
        .filter(r -> r.id().equals(id))
        .findFirst();
  }

  private static Reason reason(Schemas schemas, Row row) {
    return reason(
        schemas,
        new TierChange.Part(
            row.getAs("rule"),
            row.isNullAt(row.fieldIndex("points")) ? 0 : row.<Long>getAs("points"),
            row.getAs("bound")),
        row.getAs("basis"),
        texts(row, "records"));
  }

  private static Reason reason(
      Schemas schemas, TierChange.Part part, String basis, List<String> records) {
    String id = part.rule();
    Optional<Rule> rule = rule(schemas, id);
    return new Reason(
        id,
        rule.map(Rule::titleZh).orElse(id),
        rule.map(Rule::titleEn).orElse(id),
        part.points(),
        basis,
        part.bound(),
        records);
  }

  private static Change change(Schemas schemas, TierChange change) {
    return new Change(
        change.day(),
        change.before(),
        change.after(),
        change.pointsBefore(),
        change.pointsAfter(),
        change.lost().stream().map(p -> reason(schemas, p, null, List.of())).toList(),
        change.gained().stream().map(p -> reason(schemas, p, null, List.of())).toList());
  }

  private static Outlook outlook(
      Schemas schemas, TierOutlook outlook, List<Event> timeline, LocalDate asOf) {
    return new Outlook(
        outlook.distances(),
        outlook.repairs().stream()
            .map(
                r ->
                    new Repair(
                        timeline.stream()
                            .filter(e -> e.id().equals(r.event()))
                            .findFirst()
                            .orElse(null),
                        change(schemas, r.change())))
            .toList(),
        outlook.passing().stream().map(c -> change(schemas, c)).toList(),
        asOf.plusYears(TierOutlook.YEARS));
  }

  private static Score score(Schemas schemas, Row row) {
    return new Score(
        row.getAs("model_id"),
        row.<Double>getAs("score"),
        row.<Long>getAs("rank"),
        row.<Double>getAs("percentile"),
        list(row, "reasons").stream().map(r -> contribution(schemas, r)).toList());
  }

  private static Contribution contribution(Schemas schemas, Row row) {
    String indicator = row.getAs("indicator");
    Optional<Rule> rule = rule(schemas, indicator);
    return new Contribution(
        indicator,
        rule.map(Rule::titleZh).orElse(indicator),
        rule.map(Rule::titleEn).orElse(indicator),
        row.getAs("value"),
        row.<Double>getAs("contribution"));
  }

  private static List<Listing> listings(Lists lists) {
    return Stream.concat(
            lists.blacklist().stream().map(r -> listing(r, null, null)),
            lists.restrictions().stream().map(r -> listing(r, r.getAs("mode"), r.getAs("item"))))
        .toList();
  }

  static Listing listing(Row row, String mode, String item) {
    return new Listing(
        mode,
        item,
        row.getAs("effective_from"),
        row.getAs("effective_until"),
        row.getAs("cause"),
        row.getAs("basis"),
        row.getAs("act_no"),
        row.getAs("act_authority"),
        row.getAs("act_date"),
        row.getAs("state"),
        row.getAs("next_on"),
        row.getAs("next_state"),
        row.<Boolean>getAs("pending"),
        texts(row, "source_records"));
  }

  private static Duty duty(Row row) {
    return new Duty(
        row.getAs("kind"),
        row.getAs("item"),
        row.getAs("due"),
        row.getAs("state"),
        row.getAs("record_id"));
  }

  private static Licence licence(Row row) {
    return new Licence(
        row.getAs("licence_no"),
        row.getAs("name"),
        row.getAs("authority"),
        row.getAs("valid_from"),
        row.getAs("valid_until"),
        row.getAs("state"),
        row.getAs("record_id"));
  }

  private static Relation relation(Row row) {
    return new Relation(
        row.getAs("relation"),
        row.getAs("code"),
        row.getAs("name"),
        row.getAs("register_status"),
        row.getAs("since"));
  }

  private static Event event(Row row, Rows rows, CategoryLabels labels) {
    String type = row.getAs("event_type");
    List<Source> sources = list(row, "sources").stream().map(s -> source(s, rows)).toList();
    List<String> contracts = sources.stream().map(Source::source).distinct().toList();
    return new Event(
        row.getAs("event_id"),
        type,
        row.getAs("event_date"),
        row.getAs("known_at"),
        row.getAs("effective_until"),
        row.getAs("act_no"),
        row.getAs("authority"),
        texts(row, "categories").stream().map(c -> labels.of(type, contracts, c)).toList(),
        row.getAs("amount"),
        row.getAs("outcome"),
        row.getAs("severity"),
        row.getAs("status"),
        row.getAs("status_date"),
        list(row, "steps").stream().map(s -> step(s, rows.files())).toList(),
        sources);
  }

  private static UnmetChange unmet(Row row, Map<String, String> files) {
    return new UnmetChange(
        row.getAs("changed_on"),
        row.getAs("status"),
        row.getAs("event_type"),
        row.getAs("act_no"),
        row.getAs("authority"),
        row.getAs("reason"),
        row.getAs("known_at"),
        source(row.<String>getAs("record_id"), files));
  }

  private static Step step(Row row, Map<String, String> files) {
    return new Step(
        row.getAs("day"),
        row.getAs("step"),
        row.getAs("known_at"),
        source(row.<String>getAs("record_id"), files));
  }

  private static Source source(Row row, Rows rows) {
    String record = row.getAs("record_id");
    return new Source(
        row.getAs("source"),
        record,
        rows.files().get(row.<String>getAs("delivery_id")),
        row.getAs("row_number"),
        rows.links().get(record));
  }

  private static List<Row> list(Row row, String column) {
    int index = row.fieldIndex(column);
    return row.isNullAt(index) ? List.of() : row.getList(index);
  }

  private static List<String> texts(Row row, String column) {
    int index = row.fieldIndex(column);
    return row.isNullAt(index) ? List.of() : row.getList(index);
  }
}
