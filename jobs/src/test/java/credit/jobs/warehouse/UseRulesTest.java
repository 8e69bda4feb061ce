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

class UseRulesTest {
  private static final LocalDate CHANGE = LocalDate.of(2026, 4, 1);
  private static final String OLDER = version("2000-01-01", "[share, archive]");
  private static final String YOUNGER = version("2026-04-01", "[archive]");

  @TempDir private Path folder;

  private static String version(String from, String repaired) {
    return "    - {effective_from: %s, use: {repaired: %s}}\n".formatted(from, repaired);
  }

  private Schemas withVersions(String... versions) throws IOException {
    String source = "sources/link_judgements.yaml";
    write(source, Schemas.bundled().files().get(source));
    write("codes/judgement.csv", Schemas.bundled().files().get("codes/judgement.csv"));
    String rules =
        "id: use\nversion: 1.0.0\nsettings:\n  versions:\n"
            + String.join("", versions)
            + "rules: []\n";
    write("rules/use.yaml", rules.getBytes(java.nio.charset.StandardCharsets.UTF_8));
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

  @Test
  void aVersionWithAPurposeThatNobodyKnowsIsRefusedThoughItHasNotBegun() throws IOException {
    Schemas schemas = withVersions(OLDER, version("2099-01-01", "[sell]"));
    assertThatThrownBy(() -> UseRules.check(schemas)).hasMessageContaining("[sell]");
  }
}
