package credit.jobs.increment;

import static credit.jobs.warehouse.Rows.row;

import credit.jobs.warehouse.Rows;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.schemas.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A town of a few firms with few names and few document numbers, so that records meet, and an
 * invented history that is told in deliveries.
 */
final class SmallTown {
  private static final String REGISTER =
      """
      apiVersion: v3.0.2
      kind: DataContract
      id: register
      role: register
      delivery: {authority: Office, territory: "440400", layout: assumed}
      table: {readers: [link, firm]}
      firm: {scheme: none}
      schema:
        - name: register
          properties:
            - {name: entry_no, physicalName: Entry, logicalType: string, primaryKey: true}
            - {name: code, physicalName: Code, logicalType: string}
            - {name: name, physicalName: Name, logicalType: string}
            - {name: district, physicalName: District, logicalType: string}
            - {name: former_names, physicalName: Former, logicalType: array, separator: ";"}
            - {name: established, physicalName: Since, logicalType: date}
            - {name: closed_on, physicalName: Closed, logicalType: date}
            - {name: register_status, physicalName: Status, logicalType: string}
      """;
  private static final String ACTS =
      """
      apiVersion: v3.0.2
      kind: DataContract
      id: %s
      role: events
      delivery: {authority: Office, territory: "440400", layout: assumed}
      table: {readers: [link, firm]}
      record: {ended_when: "outcome = 'ended'"}
      firm: {scheme: none, code: code, name: name, district: district, date: day}
      events:
      """;
  private static final String ACT =
      """
        - {type: %s, when: "kind = '%1$s'", date: day, from: start, until: end, act_no: act_no,
           other_no: other_no, authority: "'Office'", amount: amount, outcome: outcome, categories: "array(category)",
           details: [place], announcement: %s, steps: {begun: start, over: end}}
      """;
  private static final String ACT_COLUMNS =
      """
      schema:
        - name: acts
          properties:
            - {name: no, physicalName: No, logicalType: string, primaryKey: true}
            - {name: kind, physicalName: Kind, logicalType: string}
            - {name: code, physicalName: Code, logicalType: string}
            - {name: name, physicalName: Name, logicalType: string}
            - {name: district, physicalName: District, logicalType: string}
            - {name: act_no, physicalName: Act, logicalType: string}
            - {name: other_no, physicalName: Other, logicalType: string}
            - {name: day, physicalName: Day, logicalType: date}
            - {name: start, physicalName: From, logicalType: date}
            - {name: end, physicalName: Until, logicalType: date}
            - {name: amount, physicalName: Fine, logicalType: number, physicalType: "DECIMAL(18,2)"}
            - {name: outcome, physicalName: Outcome, logicalType: string}
            - {name: category, physicalName: Category, logicalType: string}
            - {name: place, physicalName: Place, logicalType: string}
      """;
  private static final String REPAIRS =
      """
      apiVersion: v3.0.2
      kind: DataContract
      id: repairs
      role: events
      delivery: {authority: Office, territory: "440400", layout: assumed}
      table: {readers: [link, firm]}
      firm: {scheme: none, code: code, name: name}
      status_change:
        {act_no: act_no, authority: authority, event_type: kind, status: status, date: decided_on, until: lifted_on,
         steps: {decided: decided_on}}
      schema:
        - name: repairs
          properties:
            - {name: no, physicalName: No, logicalType: string, primaryKey: true}
            - {name: code, physicalName: Code, logicalType: string}
            - {name: name, physicalName: Name, logicalType: string}
            - {name: act_no, physicalName: Act, logicalType: string}
            - {name: authority, physicalName: By, logicalType: string}
            - {name: kind, physicalName: Kind, logicalType: string}
            - {name: status, physicalName: Status, logicalType: string}
            - {name: decided_on, physicalName: Day, logicalType: date}
            - {name: lifted_on, physicalName: Lifted, logicalType: date}
      """;
  private static final String JUDGEMENTS =
      """
      apiVersion: v3.0.2
      kind: DataContract
      id: link_judgements
      role: reference
      delivery: {authority: Office, territory: "440400", layout: assumed}
      table: {readers: [link]}
      schema:
        - name: link_judgements
          properties:
            - {name: no, physicalName: No, logicalType: string, primaryKey: true}
            - {name: judged_record, physicalName: Record, logicalType: string}
            - {name: decision, physicalName: Decision, logicalType: string}
            - {name: code, physicalName: Code, logicalType: string}
            - {name: decided_on, physicalName: Day, logicalType: date}
      """;
  private static final String NOTICE = "listing_notice";
  private static final List<String> KINDS =
      List.of("penalty", "penalty", "licence", "duty", "abnormal_listing", NOTICE);
  private static final List<String> NAMES =
      List.of("甲贸易有限公司", "乙贸易有限公司", "丙食品有限公司", "丁食品有限公司", "甲贸易有限公司横琴分公司", "戊建筑有限公司");

  /** From this day on an abnormal listing is graded by a rule of its own. */
  private static final LocalDate NEW_RULE = LocalDate.of(2026, 4, 15);

  /** What no window or validity tells of: the day's distance to any other, odd or even. */
  private static final Map<String, String> OWN_RULES =
      Map.of(
          "tiers",
          rule("TE-91", "{points: -1, cap: -3}", "datediff(as_of, effective_until) % 3 = 1"),
          "tiers_firm",
          rule(
              "TF-91",
              "{points: 2}",
              "exists(timeline, e -> datediff(as_of, e.event_date) % 4 = 1)"),
          "measures",
          rule("M-91", "{kind: visit}", "datediff(as_of, established) % 2 = 0"));

  private static final int FIRMS = 7;
  private static final int ACT_NUMBERS = 12;

  private final Random random;
  private final List<String> records = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();
  private int deliveries;

  SmallTown(long seed) {
    random = new Random(seed);
  }

  /**
   * The town's contracts, with the bundled rules and some that look at the day in ways of their
   * own.
   */
  static Schemas schemas(Path folder) {
    Map<String, byte[]> bundled = Schemas.bundled().files();
    Map<String, String> files = new TreeMap<>();
    files.put("sources/register.yaml", REGISTER);
    for (String id : List.of("acts", "more_acts")) {
      StringBuilder source = new StringBuilder(ACTS.formatted(id));
      (id.equals("acts") ? KINDS.stream().distinct() : Stream.of("penalty"))
          .forEach(kind -> source.append(ACT.formatted(kind, kind.equals(NOTICE))));
      files.put("sources/" + id + ".yaml", source + ACT_COLUMNS);
    }
    files.put("sources/repairs.yaml", REPAIRS);
    files.put("sources/link_judgements.yaml", JUDGEMENTS);
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        write(folder.resolve(file.getKey()), file.getValue().getBytes(StandardCharsets.UTF_8));
      }
      for (String rules :
          List.of("severity", "exemptions", "use", "tiers", "tiers_firm", "measures")) {
        String file = "rules/" + rules + ".yaml";
        String text = new String(bundled.get(file), StandardCharsets.UTF_8);
        write(
            folder.resolve(file),
            (text + OWN_RULES.getOrDefault(rules, ""))
                .replaceFirst("effective_from: 2014-10-01", "effective_from: " + NEW_RULE)
                .getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Schemas.load(folder);
  }

  private static String rule(String id, String effect, String when) {
    return """
      - {id: %s, title: {zh: 日, en: day}, when: "%s", effect: %s, basis: none,
         effective_from: 2020-01-01, review: pending}
    """
        .formatted(id, when, effect);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** Rows of one delivery day, by source, with their ledger; a stage that stages them. */
  record Delivered(Map<String, List<Map<String, Object>>> rows) implements Stage {
    @Override
    public String name() {
      return "ingest";
    }

    @Override
    public Map<String, Long> run(Run run) {
      rows.forEach(
          (table, these) ->
              run.write(
                  this,
                  table,
                  Rows.table(
                      run.spark(),
                      run.schemas(),
                      table,
                      these.stream()
                          .map(
                              r ->
                                  table.equals("deliveries")
                                      ? Rows.with(r, "run_id", run.runId())
                                      : r)
                          .toArray(Map<?, ?>[]::new))));
      return Map.of("new_files", 1L);
    }
  }

  /** What becomes known on a day: a little of everything. */
  Delivered day(LocalDate day, boolean first) {
    Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
    if (first) {
      for (int firm = 0; firm < FIRMS - 2; firm++) {
        add(rows, "register", day, "entry " + firm, entry(firm, day));
      }
    } else if (chance(3)) {
      int firm = random.nextInt(FIRMS);
      add(rows, "register", day, "entry " + firm, entry(firm, day));
    }
    int acts = first ? 30 : random.nextInt(5);
    for (int i = 0; i < acts; i++) {
      add(rows, chance(4) ? "more_acts" : "acts", day, "act " + random.nextInt(60), act(day));
    }
    if (first || chance(3)) {
      add(rows, "repairs", day, "repair " + random.nextInt(10), repair(day));
    }
    if (first || chance(4)) {
      add(rows, "link_judgements", day, "judgement " + random.nextInt(8), judgement(day));
    }
    return new Delivered(rows);
  }

  private void add(
      Map<String, List<Map<String, Object>>> rows,
      String source,
      LocalDate knownAt,
      String key,
      Map<String, Object> columns) {
    List<Map<String, Object>> staged =
        rows.computeIfAbsent("staged_" + source, s -> new ArrayList<>());
    String delivery = staged.isEmpty() ? source + "-" + ++deliveries : lastDelivery(staged);
    if (staged.isEmpty()) {
      rows.computeIfAbsent("deliveries", s -> new ArrayList<>())
          .add(
              row(
                  "delivery_id", delivery,
                  "source", source,
                  "path", delivery,
                  "declared_on", knownAt,
                  "known_at", knownAt,
                  "run_id", "",
                  "status", "accepted"));
    }
    long number = staged.size();
    String record = source + "/" + delivery + "/" + number;
    if (source.endsWith("acts")) {
      records.add(record);
    }
    staged.add(
        Rows.with(
            columns,
            source.equals("register") ? "entry_no" : "no",
            key,
            "record_id",
            record,
            "delivery_id",
            delivery,
            "row_number",
            number,
            "row_hash",
            record,
            "known_at",
            knownAt,
            "declared_on",
            knownAt,
            "ended",
            chance(12)));
  }

  private static String lastDelivery(List<Map<String, Object>> staged) {
    return (String) staged.get(0).get("delivery_id");
  }

  private Map<String, Object> entry(int firm, LocalDate day) {
    String code = "F" + (chance(15) ? firm + 1 : firm);
    String before = names.get(code);
    String name = any(NAMES);
    names.put(code, name);
    LocalDate closed = chance(6) ? day.plusDays(30L - random.nextInt(400)) : null;
    return row(
        "code",
        code,
        "name",
        name,
        "district",
        chance(2) ? "440402" : "440403",
        "former_names",
        before == null || before.equals(name)
            ? List.of()
            : List.of(before + "@" + day.plusDays(20L - random.nextInt(60))),
        "established",
        day.minusMonths(random.nextInt(60)),
        "closed_on",
        closed,
        "register_status",
        closed == null ? "active" : "deregistered");
  }

  private Map<String, Object> act(LocalDate day) {
    LocalDate on = near(day);
    String code = "F" + random.nextInt(FIRMS);
    String name = chance(3) ? any(NAMES) : names.getOrDefault(code, any(NAMES));
    return row(
        "kind", any(KINDS),
        "code", chance(4) ? null : code,
        "name", chance(9) ? null : name,
        "district", chance(3) ? null : chance(2) ? "440402" : "440403",
        "act_no", chance(5) ? null : "No " + random.nextInt(ACT_NUMBERS),
        "other_no", chance(4) ? "No " + random.nextInt(ACT_NUMBERS) : null,
        "day", on,
        "start", chance(3) ? null : on,
        "end", chance(3) ? null : near(day),
        "amount", chance(3) ? null : new java.math.BigDecimal(random.nextInt(200_000)),
        "outcome", any(List.of("open", "false", "valid", "breach", "done", "A")),
        "category", any(List.of("public", "industry", "taxpayer", "warning", "close")),
        "place", any(NAMES));
  }

  private Map<String, Object> repair(LocalDate day) {
    return row(
        "code",
        "F" + random.nextInt(FIRMS),
        "name",
        null,
        "act_no",
        "No " + random.nextInt(ACT_NUMBERS),
        "authority",
        chance(3) ? "Office" : chance(3) ? "Elsewhere" : null,
        "kind",
        chance(3) ? any(KINDS) : null,
        "status",
        any(List.of("repaired", "annulled", "suspended", "under_objection")),
        "decided_on",
        day.plusDays(random.nextInt(80) - 40L),
        "lifted_on",
        chance(2) ? null : day.plusDays(random.nextInt(80) - 20L));
  }

  private Map<String, Object> judgement(LocalDate day) {
    return row(
        "judged_record",
        records.isEmpty() ? "acts/none" : any(records),
        "decision",
        chance(3) ? "NOT_LINK" : "LINK",
        "code",
        "F" + random.nextInt(FIRMS),
        "decided_on",
        day.minusDays(random.nextInt(20)));
  }

  /** A day around those that the counters' windows, licences and duties turn on. */
  private LocalDate near(LocalDate day) {
    LocalDate centre =
        day.minusMonths(any(List.of(0, 0, 0, 3, 12, 36))).plusDays(chance(4) ? 30 : 0);
    return centre.plusDays(random.nextInt(50) - 20L);
  }

  boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
