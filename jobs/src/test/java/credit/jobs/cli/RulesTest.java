package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.cli.RuleDiff.Change;
import credit.jobs.cli.RuleDiff.Kind;
import credit.jobs.cli.page.DocsPage;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTest {
  private static final String SOURCE = "sources/link_judgements.yaml";
  private static final String CODES = "codes/judgement.csv";

  @TempDir private Path folder;

  private static String rule(String id, String points, String basis) {
    return """
      - id: %s
        title: {zh: "甲", en: "first"}
        effect: {points: %s}
        basis: "%s"
        effective_from: 2026-01-01
        review: pending
    """
        .formatted(id, points, basis);
  }

  private static String gist(String points) {
    return "title: 甲 / first; when: true; effect: {points=%s}; effective_from: 2026-01-01"
        .formatted(points);
  }

  private static String file(String... rules) {
    return "version: 1.0.0\ntable: events\nrules:\n" + String.join("", rules);
  }

  private Schemas jurisdiction(String name, String rules) throws IOException {
    return jurisdiction(name, "tiers", rules);
  }

  private Schemas jurisdiction(String name, String file, String rules) throws IOException {
    Map<String, byte[]> bundled = Schemas.bundled().files();
    Path root = folder.resolve(name);
    write(root.resolve(SOURCE), bundled.get(SOURCE));
    write(root.resolve(CODES), bundled.get(CODES));
    write(
        root.resolve("rules/" + file + ".yaml"),
        ("id: " + file + "\n" + rules).getBytes(StandardCharsets.UTF_8));
    return Schemas.load(root);
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  @Test
  void aRuleThatGaveOtherPointsIsShownWithBoth() throws IOException {
    Schemas before = jurisdiction("a", file(rule("T-1", "-10", "b"), rule("T-2", "5", "b")));
    Schemas after = jurisdiction("b", file(rule("T-1", "-20", "b"), rule("T-3", "5", "b")));
    assertThat(RuleDiff.of(before, after))
        .containsExactly(
            new Change("tiers", "T-1", Kind.CHANGED, "effect: {points=-10} → {points=-20}"),
            new Change("tiers", "T-2", Kind.REMOVED, gist("5")),
            new Change("tiers", "T-3", Kind.ADDED, gist("5")));
  }

  @Test
  void aRuleThatIsNowAskedBeforeAnotherIsAChangeWhereTheFirstThatHoldsDecides() throws IOException {
    String first = rule("S-1", "1", "b");
    String second = rule("S-2", "2", "b");
    String third = rule("S-3", "3", "b");
    for (String id : List.of("severity", "publication", "repair")) {
      Schemas before = jurisdiction(id + "-a", id, file(first, second, third));
      Schemas after = jurisdiction(id + "-b", id, file(third, first, second));
      assertThat(RuleDiff.of(before, after))
          .containsExactly(new Change(id, "S-3", Kind.CHANGED, "order: now asked before S-1, S-2"));
      Schemas fewer = jurisdiction(id + "-c", id, file(rule("S-2", "2", "c"), first));
      assertThat(RuleDiff.of(before, fewer))
          .containsExactly(
              new Change(id, "S-2", Kind.CHANGED, "basis: b → c; order: now asked before S-1"),
              new Change(id, "S-3", Kind.REMOVED, gist("3")));
    }
  }

  @Test
  void aRuleThatOnlyMovedInItsFileIsNoChangeWhereAllThatHoldCount() throws IOException {
    Schemas before = jurisdiction("a", file(rule("T-1", "-10", "b"), rule("T-2", "5", "b")));
    Schemas after = jurisdiction("b", file(rule("T-2", "5", "b"), rule("T-1", "-10", "b")));
    assertThat(RuleDiff.of(before, after)).isEmpty();
    assertThat(RuleDiff.otherFiles(before, after)).isEmpty();
  }

  @Test
  void aRuleIsNotInForceBeforeItsFirstDay() throws IOException {
    Schemas schemas = jurisdiction("a", file(rule("T-1", "-10", "b")));
    assertThat(RulesCommand.rows(schemas, LocalDate.parse("2025-12-31"), "en", true))
        .containsExactly(List.of("tiers", "T-1", "first", "from 2026-01-01", "pending", ""));
    assertThat(RulesCommand.rows(schemas, LocalDate.parse("2026-01-01"), "en", true))
        .containsExactly(List.of("tiers", "T-1", "first", "yes", "pending", ""));
  }

  @Test
  void whatARuleSaysIsNeverMarkupInTheDocs() throws IOException {
    Schemas schemas = jurisdiction("a", file(rule("T-1", "1", "<script>alert(1)</script>")));
    String page = DocsPage.render(schemas, "en");
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert")
        .contains("script-src 'sha256-");
  }

  @Test
  void theDocsNameEveryColumnAndRuleOfTheBundledJurisdiction() {
    Schemas schemas = Schemas.bundled();
    String page = DocsPage.render(schemas, "zh");
    schemas.sources().values().forEach(s -> assertThat(page).contains("source-" + s.id()));
    schemas
        .rules()
        .values()
        .forEach(f -> f.rules().forEach(r -> assertThat(page).contains(r.id())));
    assertThat(page).contains("CF_WSH", "script-src").doesNotContain("http://", "https://");
  }
}
