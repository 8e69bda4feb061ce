package credit.jobs.tier;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Increment;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Program;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.TestRuns;
import credit.schemas.Schemas;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whom time alone gives another rating or another measure. */
@ExtendWith(SparkExtension.class)
class ReratedTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final LocalDate BEFORE = LocalDate.of(2026, 2, 27);
  private static final LocalDate NOW = LocalDate.of(2026, 3, 2);
  private static final int FIRMS = 300;

  private final Random random = new Random(7);

  @TempDir Path folder;

  @Test
  void whoeverIsNotRatedAnewWouldBeRatedAsBefore(SparkSession spark) {
    Run run = TestRuns.in(folder, spark, SCHEMAS, NOW);
    run.tables().write("firm", "firm_file", table(spark, "firm_file", firms()), null);
    Dataset<Row> files = run.tables().read("tier", "firm_file").cache();
    Set<String> was = said(files, rules(spark, BEFORE));
    Set<String> is = said(files, rules(spark, NOW));
    Set<String> others = new HashSet<>();
    was.stream().filter(r -> !is.contains(r)).forEach(r -> others.add(firm(r)));
    is.stream().filter(r -> !was.contains(r)).forEach(r -> others.add(firm(r)));

    Set<String> rerated = rerated(run, BEFORE);
    assertThat(others).hasSizeGreaterThan(20);
    assertThat(rerated).containsAll(others).hasSizeLessThan(FIRMS * 3 / 4);
    assertThat(rerated(run, NOW)).isEmpty();
  }

  private static TierRules rules(SparkSession spark, LocalDate day) {
    return TierRules.of(spark, SCHEMAS, day, true);
  }

  private static Set<String> rerated(Run run, LocalDate before) {
    Ledger.Entry last =
        new Ledger.Entry(
            "last",
            1,
            "tier",
            before,
            before,
            run.tables().versions(),
            SCHEMAS.sha256(),
            true,
            Map.of(),
            Program.VERSION);
    Increment increment = new Increment(last, NOW, Set.of(), Set.of());
    assertThat(increment.rulesHold(run, "tiers", "tiers_firm", "measures")).isTrue();
    return new HashSet<>(
        new Rerated(run, new TierJob(), increment)
            .firms(rules(run.spark(), NOW)).collectAsList().stream()
                .map(r -> r.<String>getAs("code"))
                .toList());
  }

  /** Ratings without their day, and measures; the code leads. */
  private static Set<String> said(Dataset<Row> files, TierRules rules) {
    Dataset<Row> tiers = Tiers.rate(files, rules).cache();
    Dataset<Row> measures =
        Measures.of(
            files,
            tiers,
            SCHEMAS.rule("measures"),
            RuleConditions.columns(SCHEMAS, SCHEMAS.rule("measures")),
            rules.asOf(),
            true);
    Set<String> said = new HashSet<>();
    for (Dataset<Row> rows : List.of(tiers.drop("valid_from"), measures)) {
      said.addAll(rows.drop("id_scheme").toJSON().collectAsList());
    }
    return said;
  }

  private static String firm(String json) {
    return json.replaceFirst(".*?\"code\":\"([^\"]+)\".*", "$1");
  }

  private Map<?, ?>[] firms() {
    return IntStream.range(0, FIRMS).mapToObj(this::firm).toArray(Map<?, ?>[]::new);
  }

  private Map<String, Object> firm(int number) {
    List<Map<String, Object>> timeline = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      timeline.add(event(number + "-" + i));
    }
    return row(
        "id_scheme",
        "uscc",
        "code",
        "F" + number,
        "entity_type",
        any("enterprise", "individual"),
        "register_status",
        any("active", "active", "active", "deregistered"),
        "industry",
        any("H62", "F52"),
        "established",
        any(null, near(6), near(36), near(100)),
        "penalties_36m",
        (long) random.nextInt(2),
        "register_record_id",
        "firm_register/1/" + number,
        "timeline",
        timeline);
  }

  private Map<String, Object> event(String id) {
    String type =
        any(
            "penalty",
            "inspection",
            "complaint",
            "annual_report",
            "evaluation",
            "honour",
            "serious_violation",
            "judgment_debtor",
            "abnormal_listing",
            "promise",
            "licence");
    return row(
        "event_id", id,
        "event_type", type,
        "event_date", near(any(0, 6, 12, 18, 36, 50)),
        "effective_from", any(null, near(0), near(24), near(36)),
        "effective_until", any(null, near(0)),
        "categories", List.of(any("public", "industry", "taxpayer")),
        "outcome", any("breach", "verified", "missing", "late", "excellent", "poor", "false", "A"),
        "severity", any("none", "minor", "general", "heavy"),
        "exempt", random.nextInt(8) == 0,
        "status", any("active", "active", "repaired", "under_objection"),
        "status_date", any(null, near(0)),
        "sources", List.of(row("record_id", "r/" + id)));
  }

  /** A day some months back, within some days around the two days. */
  private LocalDate near(int months) {
    return NOW.minusMonths(months).plusDays(random.nextInt(24) - 12L);
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }
}
