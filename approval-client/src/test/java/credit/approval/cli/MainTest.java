package credit.approval.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.PublishedFolder;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.Layout;
import credit.approval.format.ListContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private static final String MODE = "--mode=notify-and-commit";
  private static final String AT = "--at=2026-06-30";

  @TempDir Path temp;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Path warehouse;

  @BeforeEach
  void publish() throws IOException {
    warehouse = temp.resolve("warehouse");
    PublishedFolder published = new PublishedFolder(warehouse.resolve("published/lists"));
    ListContent content = PublishedFolder.content();
    published.publishNow(1, content);
    Path keys = Files.createDirectories(temp.resolve("keys"));
    Files.writeString(
        keys.resolve(Layout.ROOT_PUBLIC_KEY),
        Ed25519Keys.encode(published.rootKey().getPublic()) + "\n");
  }

  private int run(String... args) {
    out.reset();
    err.reset();
    Map<String, String> environment =
        Map.of("CREDIT_WAREHOUSE", warehouse.toString(), "CREDIT_LANG", "en");
    return new Main(environment, temp.resolve("credit.yaml"), stream(out), stream(err)).run(args);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void exitCodesAreThoseOfTheDesign() {
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT)).isEqualTo(0);
    assertThat(run("check", PublishedFolder.LISTED, MODE, AT)).isEqualTo(10);
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT, "--item", "I07")).isEqualTo(10);
    assertThat(run("check", "91350100M000100Y4Z", MODE, AT)).isEqualTo(11);
    assertThat(run("check", PublishedFolder.UNKNOWN, MODE, AT)).isEqualTo(11);
    assertThat(run("check", PublishedFolder.CLEAN, MODE, "--at=2026-12-01")).isEqualTo(11);
    assertThat(run("check", "--applicant", "new", MODE, AT, "--item", "I05")).isEqualTo(11);
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT, "--list-version", "1")).isEqualTo(11);
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT, "--list-version", "7")).isEqualTo(11);
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT, "--lists", temp.toString()))
        .isEqualTo(11);
  }

  @Test
  void everyRefusalSaysThatTheOrdinaryProcedureStaysOpen() {
    for (String code : new String[] {PublishedFolder.LISTED, PublishedFolder.UNKNOWN, "typo"}) {
      run("check", code, MODE, AT);
      assertThat(out()).contains("is not available; the ordinary procedure stays open");
      run("check", code, MODE, AT, "--lang", "zh");
      assertThat(out()).contains("普通程序仍然可以办理");
    }
    run("check", PublishedFolder.CLEAN, MODE, AT);
    assertThat(out()).contains("may be used").contains("Sources searched: court");
  }

  @Test
  void aRestrictionIsShownWithBasisActIntervalAndRecords() {
    run("check", PublishedFolder.LISTED, MODE, AT);
    assertThat(out())
        .contains("E-1")
        .contains("from 2025-01-01 until 2028-01-01")
        .contains("until an event, such as repair")
        .contains("Order 44, Art. 15, \"first\" line two; act")
        .contains("〔2025〕1号")
        .contains("decisions/d1/1");
  }

  @Test
  void jsonNamesListKeyAndHash() {
    run("check", PublishedFolder.CLEAN, MODE, AT, "--json");
    assertThat(out())
        .startsWith("{\"outcome\":\"CLEAR\",\"permitted\":true,\"historical\":false")
        .contains("\"manifest_sha256\":\"")
        .contains("\"key_id\":\"")
        .contains("\"expires_at\":\"");
  }

  @Test
  void relatedEntitiesAreAnsweredBesideANewApplicant() {
    run("check", "--applicant", "new", "--related", PublishedFolder.LISTED, MODE, AT);
    assertThat(out()).contains("NEW_APPLICANT").contains("Related entity:").contains("RESTRICTED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bogus",
        "check",
        "check A B --mode notify-and-commit",
        "check A",
        "check A --mode maybe",
        "check A --mode notify-and-commit --at 30.6.2026",
        "check A --mode notify-and-commit --scheme vat",
        "check A --mode notify-and-commit --unknown x",
        "check A --mode",
        "check A --mode licence-first --mode licence-first",
        "check A --applicant new --mode licence-first",
        "check --applicant old --mode licence-first",
        "check A --related B --mode licence-first",
        "check A --mode licence-first --lang fr",
        "check A --mode licence-first --root /nowhere/root.pub",
        "check A --mode licence-first --list-version x",
        "serve --port 99999",
        "audit",
        "audit prove"
      })
  void badUsageIsToldWithoutAStackTrace(String line) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(err()).isNotBlank().doesNotContain("\tat ");
    assertThat(out()).isEmpty();
  }

  @Test
  void aMarkOrLogThatCannotBeWrittenIsAnEnvironmentFault() throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    String below = file.resolve("x").toString();
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT, "--state", below)).isEqualTo(6);
    assertThat(out()).isEmpty();
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT, "--audit", below)).isEqualTo(6);
    assertThat(out()).isEmpty();
  }

  @Test
  void theLogIsWrittenVerifiedAndProved() throws IOException {
    run("check", PublishedFolder.LISTED, MODE, AT);
    String id = err().replaceAll("(?s).*Logged as (\\S+) in.*", "$1");
    assertThat(run("audit", "verify")).isEqualTo(0);
    assertThat(out()).contains("The log is whole: 1 record(s)");
    assertThat(run("audit", "verify", "--head", "00")).isEqualTo(3);
    String proof = temp.resolve("proof").toString();
    assertThat(run("audit", "prove", id, "--out", proof)).isEqualTo(0);
    assertThat(run("audit", "prove", id, "--out", proof)).isEqualTo(2);
    assertThat(err()).contains("exists; name another folder with --out");
    assertThat(run("audit", "verify", "--proof", proof)).isEqualTo(0);
    Path log = warehouse.resolve("approval/audit.jsonl");
    Files.writeString(log, Files.readString(log).replace("RESTRICTED", "CLEAR"));
    assertThat(run("audit", "verify")).isEqualTo(3);
    assertThat(run("audit", "prove", id, "--out", proof + "2")).isEqualTo(3);
  }

  @Test
  void theAnswersOfADayAreAskedAgainOnTheListOfThen() throws IOException {
    run("check", PublishedFolder.LISTED, MODE, AT);
    run("check", PublishedFolder.CLEAN, MODE, AT);
    run("check", PublishedFolder.CLEAN, MODE, AT, "--list-version", "1");
    String today = LocalDate.now(ZoneId.of("Asia/Shanghai")).toString();
    assertThat(run("audit", "replay", "--on", today)).isEqualTo(0);
    assertThat(out())
        .contains("3 answer(s) of " + today + " asked again, 0 not the same")
        .contains("  " + today + "T")
        .contains("+08:00  " + PublishedFolder.LISTED)
        .contains("RESTRICTED  list 1  same again");
    assertThat(run("audit", "replay", "--on", today, "--code", PublishedFolder.LISTED))
        .isEqualTo(0);
    assertThat(out()).contains("1 answer(s)");
    Files.writeString(warehouse.resolve("published/lists/1/restrictions.csv"), "x");
    assertThat(run("audit", "replay", "--on", today)).isEqualTo(3);
    assertThat(run("audit", "replay")).isEqualTo(2);
    assertThat(run("audit", "replay", "--on", "30.6.2026")).isEqualTo(2);
    assertThat(err()).contains("--on is '30.6.2026'");
  }

  private void settings(String... lines) throws IOException {
    Files.write(temp.resolve("credit.yaml"), List.of(lines));
  }

  @Test
  void settingsAreFlagsBeforeEnvironmentBeforeTheFileBeforeDefaults() throws IOException {
    settings(
        "# approval side",
        "---",
        "",
        "scope: 'sample city'   # ours",
        "json: true",
        "as-of: 2026-06-30");
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT)).isEqualTo(0);
    assertThat(out()).startsWith("{\"outcome\":\"CLEAR\"");
    settings("scope: another city");
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT)).isEqualTo(11);
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT, "--scope", "sample city"))
        .isEqualTo(0);
    settings("warehouse: /nowhere");
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT)).isEqualTo(0);
    settings("lang: zh");
    run("check", PublishedFolder.CLEAN, MODE, AT);
    assertThat(out()).doesNotContain("可以");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scope:",
        "scope",
        "scope:city",
        "  scope: city",
        "scope: [a]",
        "scope: {a: b}",
        "scope: |",
        "scope: &a b",
        "scope: *a",
        "scope: !!str b",
        "scope: 'open",
        "scope: a: b",
        "scope: - a",
        "- scope",
        "scope: a\nscope: b",
        "json: perhaps",
        "\tscope: a"
      })
  void aSettingsFileThatIsNotFlatIsRefusedWithItsLine(String text) throws IOException {
    settings(("lang: en\n" + text).split("\n", -1));
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT)).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(err()).containsAnyOf("credit.yaml line ", "json is 'perhaps'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve --tls /nowhere.p12",
        "serve --tokens /nowhere",
        "serve --host no.such.host.invalid",
        "serve --refresh-seconds 0",
        "check A --mode licence-first --lists http://example.org/lists",
        "check A --mode licence-first --lists https://localhost/lists --trust /nowhere.p12"
      })
  void whatTheServiceCannotUseIsTold(String line) {
    assertThat(run(line.split(" ", -1))).isEqualTo(2);
    assertThat(err()).isNotBlank().doesNotContain("\tat ");
  }

  @Test
  void eachCommandHasHelpWithAnExampleInBothLanguages() {
    for (String lang : new String[] {"en", "zh"}) {
      for (String command : new String[] {"check", "serve", "audit"}) {
        assertThat(run(command, "--help", "--lang", lang)).isEqualTo(0);
        assertThat(out())
            .contains(lang.equals("en") ? "Example:" : "例：")
            .contains(Main.options(command).stream().map(option -> "--" + option).toList());
      }
    }
    assertThat(run("--help")).isEqualTo(0);
    assertThat(out()).contains("Exit codes");
    assertThat(run()).isEqualTo(2);
  }

  @Test
  void bothLanguagesHaveTheSameMessages() {
    ResourceBundle.Control control =
        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    String name = "credit.approval.cli.messages";
    assertThat(ResourceBundle.getBundle(name, Locale.CHINESE, control).keySet())
        .isEqualTo(ResourceBundle.getBundle(name, Locale.ENGLISH, control).keySet());
  }

  @Test
  void aRootKeyThatIsNotThereIsToldWithTheRemedy() {
    assertThat(run("check", PublishedFolder.CLEAN, MODE, AT, "--keys", temp.toString()))
        .isEqualTo(2);
    assertThat(err()).contains("root.pub").contains("--root FILE");
  }
}
