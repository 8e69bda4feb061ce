package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Program;
import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a jurisdiction's contracts and rules before any stage runs. */
@ExtendWith(SparkExtension.class)
class StagesTest {
  @TempDir private Path folder;

  @Test
  void everyExpressionOfTheBundledJurisdictionIsSound(SparkSession spark) {
    Stages.check(spark, Schemas.bundled());
  }

  @Test
  void contractsAreAnalysedAgainOnceTheyOrTheProgramAreOthersThanThoseOfEarlierRuns(
      SparkSession spark) throws IOException {
    String sound = Schemas.bundled().sha256();
    Schemas wrong = bundledWith("rules/tiers.yaml", "ceiling: D", "ceiling: E");
    assertThatCode(() -> Stages.checkNew(spark, wrong, ledger(wrong.sha256(), Program.VERSION)))
        .doesNotThrowAnyException();
    for (Ledger ledger :
        List.of(
            new Ledger(List.of()),
            ledger(sound, Program.VERSION),
            ledger(wrong.sha256(), "0.0.9"),
            ledger(wrong.sha256(), null))) {
      assertThatThrownBy(() -> Stages.checkNew(spark, wrong, ledger)).hasMessageContaining("'E'");
    }
  }

  private static Ledger ledger(String bundle, String program) {
    LocalDate day = LocalDate.of(2026, 6, 30);
    Ledger.Entry entry =
        new Ledger.Entry("run", 1, "ingest", day, day, Map.of(), bundle, false, Map.of(), program);
    return new Ledger(List.of(entry));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "blacklist | until: effective_until | until: effective_untill | 'until' | effective_untill",
        "incentives | until: effective_until | until: amount | 'until' | a date is needed",
        "restrictions | cause: false_promise | cause: f, item: itm | 'item' | `itm`",
        "restrictions | cause: false_promise | cause: f, from: event_day | 'from' | `event_day`",
        "indicators | value: \"coalesce(amount, 0)\" | value: amout | 'value' | `amout`",
        "indicators | of: \"outcome = 'breach'\" | of: \"result = 'breach'\" | .of' | `result`",
        "indicators | peers: \"left(industry, 3)\" | peers: amount | 'peers' | `amount`",
        "indicators | value: \"months_between(as_of | value: \"months(as_of | 'value' | refused",
        "indicators | \"coalesce(established, | \"coalesce(founded, | active_when | `founded`",
        "kpi | \"baseline_fields - fields\" | \"baseline_fields - cells\" | 'numerator' | `cells`",
        "kpi | [district, item, batch, track] | [distrikt, item] | 'distrikt' | does not have",
        "severity | severity: heavy | severity: hevy | effect.severity | [heavy, general, minor",
        "severity | severity: heavy | severty: heavy | effect.severty | nobody reads it",
        "exemptions | exempt: true | exempt: false | effect.exempt | 'false' is none of [true]",
        "measures | tiers: [A] | tiers: A | effect.tiers | a list is expected",
        "measures | tiers: [A] | tiers: [X] | effect.tiers | [X] are not some of [A, B, C, D, N]",
        "measures | tiers: [A] | tiers: [] | effect.tiers | [] are not some",
        "measures | tiers: [A] | tier: [A] | effect.tier | nobody reads it",
        "tiers | ceiling: D | ceiling: E | 'E' | none of [A, B, C, D]",
        "tiers | ceiling: D | roof: D | [roof] | give it one of base, points",
        "tiers | points: -35 | points: some | effect.points | not a whole number",
        "tiers | cap: -70 | cap: 70 | cap and points | different signs",
        "tiers_firm | base: 80 | base: x | effect.base | not a whole number",
        "repair | minimum_months: 6 | minimum_months: six | effect.minimum_months | whole number",
        "restrictions | cause: false_promise | cause: f, untill: x | effect.untill | nobody reads it",
        "publication | band: low | bnd: low | effect.bnd | nobody reads it",
        "publication | months: 36 | months: long | months is 'long' | whole number",
        "risk_classes | dimension: social | dimension: sozial | 'sozial' | is not among",
        "risk_classes | points: 40 | points: many | 'points' | not a number",
        "warnings | level: high | level: hot | 'hot' | none of high, medium, low"
      })
  void aMistakeInWhatARuleComputesIsToldBeforeAnyStageRuns(
      String file, String text, String mistake, String key, String problem, SparkSession spark)
      throws IOException {
    Schemas schemas = bundledWith("rules/" + file + ".yaml", text, mistake);
    assertThatThrownBy(() -> Stages.check(spark, schemas))
        .isInstanceOf(Failure.class)
        .matches(e -> ((Failure) e).exitCode() == ExitCode.USAGE)
        .message()
        .matches("rules/" + file + "\\.yaml:\\d+: .*")
        .contains(key, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "tiers | from: 65 | from: 90 | settings.tiers[1].from | best first",
        "severity | otherwise: none | otherwise: no | settings.otherwise | 'no' is none of",
        "risk_classes | dimension: score | dimension: scores | score.dimension | weights",
        "plan | draw_text: | draw_texts: | settings.draw_text | missing",
        "publish | timestamp_hours: | timestamp_hour: | settings.timestamp_hours | missing"
      })
  void aMistakeInASettingIsToldBeforeAnyStageRuns(
      String file, String text, String mistake, String key, String problem, SparkSession spark)
      throws IOException {
    Schemas schemas = bundledWith("rules/" + file + ".yaml", text, mistake);
    assertThatThrownBy(() -> Stages.check(spark, schemas))
        .isInstanceOf(Failure.class)
        .message()
        .matches("rules/" + file + "\\.yaml:\\d+: .*")
        .contains(key, problem);
  }

  @ParameterizedTest
  @CsvSource({
    "remedies, THEN 'annulled' WHEN, THEN 'anulled' WHEN, anulled",
    "repairs, THEN 'repaired' END, THEN 'active' ELSE 'done' END, done"
  })
  void aStatusThatNoUseRuleKnowsIsRefusedSinceTheActWouldCountOn(
      String source, String text, String mistake, String status, SparkSession spark)
      throws IOException {
    Schemas schemas = bundledWith("sources/" + source + ".yaml", text, mistake);
    assertThatThrownBy(() -> Stages.check(spark, schemas))
        .isInstanceOf(Failure.class)
        .message()
        .matches("sources/" + source + "\\.yaml:\\d+: .*")
        .contains("no record has the status '" + status + "'", "under_objection, suspended");
  }

  @Test
  void aUseThatIsNeitherAllowedNorBarredIsRefused(SparkSession spark) throws IOException {
    String rule =
        """
        rules:
          - {id: U-1, title: {zh: 用, en: use}, basis: none, effective_from: 2026-01-01,
             review: pending, effect: {status: repaired, purpose: model, allowed: yes}}
        """;
    Schemas schemas = bundledWith("rules/use.yaml", "\nid: use\n", "\nid: use\n" + rule);
    assertThatThrownBy(() -> Stages.check(spark, schemas))
        .isInstanceOf(Failure.class)
        .hasMessageMatching(
            "rules/use\\.yaml:\\d+: rule U-1 effect.allowed: 'yes' is none of .*true, false.*");
  }

  private Schemas bundledWith(String changed, String text, String mistake) throws IOException {
    for (Map.Entry<String, byte[]> file : Schemas.bundled().files().entrySet()) {
      Path copy = folder.resolve(file.getKey());
      Files.createDirectories(copy.getParent());
      Files.write(copy, file.getValue());
    }
    Path file = folder.resolve(changed);
    String before = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(before).contains(text);
    Files.writeString(file, before.replace(text, mistake), StandardCharsets.UTF_8);
    return Schemas.load(folder);
  }
}
