package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UseRulesTest {
  private static final LocalDate CHANGE = LocalDate.of(2026, 4, 1);
  private static final String OLDER = version("2000-01-01", "[share, archive]");
  private static final String YOUNGER = version("2026-04-01", "[archive]");

  @TempDir private Path folder;

  private static String version(String from, String repaired) {
    return "    - {effective_from: %s, use: {repaired: %s}}\n".formatted(from, repaired);
  }

  private Schemas withVersions(String... versions) throws IOException {
    return withRules("", versions);
  }

  private Schemas withRules(String rules, String... versions) throws IOException {
    String source = "sources/link_judgements.yaml";
    write(source, Schemas.bundled().files().get(source));
    write("codes/judgement.csv", Schemas.bundled().files().get("codes/judgement.csv"));
    String file =
        "id: use\nversion: 1.0.0\nsettings:\n  versions:\n"
            + String.join("", versions)
            + (rules.isEmpty() ? "rules: []\n" : "rules:\n" + rules);
    write("rules/use.yaml", file.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Schemas.load(folder);
  }

  private void write(String file, byte[] bytes) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, bytes);
  }

  @Test
  void theYoungestVersionThatHasBegunHoldsInWhateverOrderTheyStand() throws IOException {
    for (Schemas schemas :
        new Schemas[] {withVersions(YOUNGER, OLDER), withVersions(OLDER, YOUNGER)}) {
      assertThat(UseRules.of(schemas, CHANGE, true).barredFor("share")).contains("repaired");
      assertThat(UseRules.of(schemas, CHANGE.minusDays(1), true).barredFor("share"))
          .doesNotContain("repaired");
    }
  }

  @Test
  void twoVersionsOfOneDayAreRefused() throws IOException {
    Schemas schemas = withVersions(YOUNGER, OLDER, YOUNGER);
    assertThatThrownBy(() -> UseRules.check(schemas))
        .isInstanceOf(Failure.class)
        .hasMessageMatching("rules/use\\.yaml:\\d+: settings\\.versions\\[2].effective_from: .*")
        .hasMessageContaining("another version begins on that day");
  }

  private static String cell(String effect) {
    return "  - {id: U-1, title: {zh: 用, en: use}, effect: {"
        + effect
        + "}, basis: none, effective_from: 2026-01-01, review: pending}\n";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "status: repared, purpose: model, allowed: true | effect.status: 'repared' is none of"
            + " [active, under_objection, suspended, repaired, withdrawn, annulled, announced]",
        "status: repaired, purpose: modell, allowed: true | effect.purpose: 'modell' is none of"
            + " [public, share, tier, model, list, archive]",
        "status: repaired, purpose: model, allowed: yes | effect.allowed: 'yes' is none of [true,"
            + " false]",
        "status: repaired, purpose: model | effect.allowed: it is missing",
        "status: repaired, purpose: model, allowed: true, from: 2027-01-01 | effect.from: nobody"
            + " reads it; the keys are [status, purpose, allowed]"
      })
  void aUseThatNoRecordOrNobodyKnowsIsRefusedWithItsLineAndWhatIsAllowed(
      String effect, String problem) throws IOException {
    Schemas schemas = withRules(cell(effect), OLDER);
    assertThatThrownBy(() -> UseRules.check(schemas))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("rules/use.yaml:7: ")
        .hasMessageContaining(problem);
  }

  @Test
  void aUseRuleChangesTheOneCellThatItNames() throws IOException {
    Schemas schemas = withRules(cell("status: repaired, purpose: model, allowed: true"), OLDER);
    UseRules.check(schemas);
    assertThat(UseRules.of(schemas, CHANGE, true).barredFor("model")).doesNotContain("repaired");
    assertThat(UseRules.of(schemas, CHANGE, true).barredFor("tier")).contains("repaired");
  }

  @Test
  void aStatusOfTheTableThatNoRecordHasIsRefusedWithItsLine() throws IOException {
    Schemas schemas =
        withVersions(OLDER, "    - {effective_from: 2026-04-01, use: {anulled: [archive]}}\n");
    assertThatThrownBy(() -> UseRules.check(schemas))
        .hasMessageStartingWith("rules/use.yaml:6: settings.versions[1].use.anulled: ")
        .hasMessageContaining("annulled");
  }

  @Test
  void aVersionWithAPurposeThatNobodyKnowsIsRefusedThoughItHasNotBegun() throws IOException {
    Schemas schemas = withVersions(OLDER, version("2099-01-01", "[sell]"));
    assertThatThrownBy(() -> UseRules.check(schemas)).hasMessageContaining("[sell]");
  }
}
