package credit.jobs;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static credit.jobs.warehouse.Rows.with;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.list.ListJob;
import credit.jobs.plan.PlanJob;
import credit.jobs.tier.TierJob;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.TestRuns;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The stages tier, list and plan in one warehouse: many Delta writes, hence slow. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class RuleStagesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final List<String> DECIDED =
      List.of("tiers", "measures", "blacklist", "restrictions", "incentives");

  private static final Map<String, Object> FIRM =
      row(
          "id_scheme", "uscc",
          "code", "91440400192548256N",
          "name", "甲公司",
          "entity_type", "enterprise",
          "register_status", "active",
          "industry", "H62",
          "established", LocalDate.of(2010, 1, 1));
  private static final Map<String, Object> FALSE_PROMISE =
      row(
          "event_id", "E-1",
          "event_type", "promise",
          "outcome", "false",
          "event_date", LocalDate.of(2025, 3, 1),
          "known_at", LocalDate.of(2025, 3, 31),
          "act_no", "核查〔2025〕1号",
          "authority", "政务服务数据管理局",
          "severity", "heavy",
          "exempt", false,
          "status", "active",
          "sources", List.of(row("source", "promises", "record_id", "promises/aa/1")));

  @TempDir Path folder;

  @Test
  void aScoreSteersThePlanAndNeverATierOrAList(SparkSession spark) {
    Run run = TestRuns.in(folder, spark, Schemas.bundled(), DAY);
    write(
        run,
        "firm",
        "firm_file",
        with(FIRM, "timeline", List.of(FALSE_PROMISE)),
        with(FIRM, "code", "91440402MA51002340", "industry", "F52"));
    write(
        run,
        "firm",
        "events",
        with(FALSE_PROMISE, "id_scheme", "uscc", "code", "91440400192548256N"));

    List<String> before = decisions(run, 0.01);
    assertThat(before).anyMatch(r -> r.contains("listed")).anyMatch(r -> r.contains("TE-83"));
    assertThat(decisions(run, 0.99)).isEqualTo(before);

    assertThat(new PlanJob().run(run))
        .containsEntry("active_firms", 2L)
        .containsEntry("planned_full_coverage", 1L);
    assertThat(folder.resolve("published/draws/2026-06-30.json")).isRegularFile();
    assertThat(run.tables().read("cli", "inspection_plan").select("score").collectAsList())
        .allSatisfy(r -> assertThat(r.getDouble(0)).isEqualTo(0.99));
  }

  private static List<String> decisions(Run run, double score) {
    write(
        run,
        "risk",
        "scores",
        row("id_scheme", "uscc", "code", "91440400192548256N", "as_of", DAY, "score", score),
        row("id_scheme", "uscc", "code", "91440402MA51002340", "as_of", DAY, "score", score));
    new TierJob().run(run);
    new ListJob().run(run);
    List<String> rows = new ArrayList<>();
    for (String table : DECIDED) {
      run.tables().read("cli", table).toJSON().collectAsList().stream().sorted().forEach(rows::add);
    }
    return rows;
  }

  private static void write(Run run, String stage, String table, Map<?, ?>... rows) {
    run.tables().write(stage, table, table(run.spark(), table, rows), DAY);
  }

  @Test
  void aJurisdictionWithoutListRulesHasEmptyLists(SparkSession spark) {
    Schemas other =
        without("blacklist", "restrictions", "incentives", "use", "measures", "tiers_firm", "plan");
    Run run = TestRuns.in(folder, spark, other, DAY);
    assertThat(new ListJob().run(run)).isEmpty();
    assertThat(new TierJob().run(run)).isEmpty();
    assertThat(new PlanJob().run(run)).isEmpty();
  }

  @Test
  void aCatalogueThatIsTakenAwayLeavesNoMeasures(SparkSession spark) {
    Run run = TestRuns.in(folder, spark, Schemas.bundled(), DAY);
    write(run, "firm", "firm_file", FIRM);
    new TierJob().run(run);
    assertThat(run.tables().read("cli", "measures").isEmpty()).isFalse();

    Run without = TestRuns.in(folder, spark, without("measures"), DAY);
    new TierJob().run(without);
    assertThat(without.tables().read("cli", "measures").isEmpty()).isTrue();
  }

  private static Schemas without(String... ruleFiles) {
    Schemas bundled = Schemas.bundled();
    Map<String, RuleFile> rules = new TreeMap<>(bundled.rules());
    Stream.of(ruleFiles).forEach(rules::remove);
    return new Schemas(
        bundled.sources(),
        bundled.tables(),
        bundled.codes(),
        bundled.holidays(),
        rules,
        bundled.files(),
        bundled.sha256());
  }
}
