package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What is refused before anything runs: one clear line, the right exit code, no stack trace. */
class MainTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream usual = System.err;

  @BeforeEach
  void listen() {
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stopListening() {
    System.setErr(usual);
  }

  private void assertRefused(int code, String part, String... args) {
    assertThat(Main.execute(args)).isEqualTo(code);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(part).doesNotContain("\tat ");
  }

  private String in(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void aWarehouseThatCannotBeWrittenIsTheEnvironmentsFault() throws IOException {
    Files.writeString(folder.resolve("file"), "no folder");
    assertRefused(
        6,
        "cannot be written",
        "run",
        "--warehouse",
        in("file/warehouse"),
        "--deliveries",
        folder.toString());
  }

  @Test
  void whereThereAreNoDeliveriesNoWarehouseIsMade() {
    for (String command : List.of("run", "ingest")) {
      assertRefused(
          2,
          "./credit sample --out",
          command,
          "--warehouse",
          in("warehouse"),
          "--deliveries",
          in("nothing"));
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aWarehouseThatIsNoneIsNamedWithTheWayToMakeOne() {
    assertRefused(2, "./credit run", "status", "--warehouse", in("nothing"));
  }

  @Test
  void aWarehouseInWhichARunDiedBeforeItsFirstCommitIsNoneYet() throws IOException {
    Files.createDirectories(folder.resolve("warehouse/tables/runs/_delta_log"));
    assertRefused(2, "is no warehouse yet", "status", "--warehouse", in("warehouse"));
  }

  @Test
  void aWrongRuleFileIsRefusedWithItsFileLineAndRemedy() throws IOException {
    Files.createDirectories(folder.resolve("schemas/sources"));
    Files.createDirectories(folder.resolve("schemas/rules"));
    Files.writeString(
        folder.resolve("schemas/rules/tiers.yaml"),
        "id: tiers\nversion: 1.0.0\nrules:\n  - id: T-1\n    whenn: 'true'\n");
    assertRefused(
        2,
        "rules/tiers.yaml:5: unknown key 'whenn'",
        "run",
        "--warehouse",
        in("warehouse"),
        "--schemas",
        in("schemas"));
    assertThat(folder.resolve("warehouse")).doesNotExist();
  }

  @Test
  void aFolderThatHoldsNoJurisdictionIsRefused() {
    assertRefused(2, "no folder 'sources'", "rules", "--schemas", in("nothing"));
  }

  @Test
  void anExampleStandsOnALineOfItsOwnSoThatItCanBePasted() {
    assertThat(withSubcommands(Main.line()))
        .allSatisfy(
            command ->
                assertThat(command.getUsageMessage().lines())
                    .containsAll(footer(command.getCommandSpec())));
  }

  private static List<CommandLine> withSubcommands(CommandLine command) {
    List<CommandLine> all = new ArrayList<>(List.of(command));
    command.getSubcommands().values().forEach(child -> all.addAll(withSubcommands(child)));
    return all;
  }

  private static List<String> footer(CommandSpec command) {
    return Arrays.stream(command.usageMessage().footer())
        .filter(line -> line.contains("./credit"))
        .toList();
  }

  @Test
  void aRunThatLeftADeliveryOutSaysSoLast() {
    StageRunner.Done done =
        new StageRunner.Done("r", ExitCode.BAD_INPUT, "2 deliveries stayed out", Map.of());
    assertThat(done.told(false)).isEqualTo(3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("credit: 2 deliveries stayed out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"warehouse: [1", "only a text", "a: b: c"})
  void settingsThatCannotBeReadAreRefusedWithTheFile(String content) throws IOException {
    Path settings = Files.writeString(folder.resolve("credit.yaml"), content);
    assertThat(Main.execute(settings, "rules")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("credit.yaml", "warehouse: DIR")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource({
    "allow_pending: true, write 'allow-pending'",
    "Lang: en, write 'lang'",
    "wharehouse: /data, remove it"
  })
  void aSettingThatNoCommandKnowsIsRefused(String content, String remedy) throws IOException {
    Path settings = Files.writeString(folder.resolve("credit.yaml"), content);
    assertThat(Main.execute(settings, "rules")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("credit.yaml", remedy);
  }

  @Test
  void settingsOfTheClientStandBesideThoseOfThePipeline() throws IOException {
    Path settings =
        Files.writeString(folder.resolve("credit.yaml"), "scope: '440400'\nallow-pending: true\n");
    assertThat(Main.execute(settings, "rules")).isZero();
  }

  @Test
  void aDayThatIsNoneIsRefused() {
    assertRefused(
        2, "'2026-02-30' is not a date", "replay", "--as-of", "2026-02-30", "--into", in("then"));
  }

  @Test
  void aReplayGoesIntoAnEmptyFolderOrANewOne() throws IOException {
    Files.createDirectories(folder.resolve("full/of/things"));
    Files.createDirectories(folder.resolve("empty"));
    String[] replay = {"replay", "--as-of", "2026-02-28", "--warehouse", in("nothing"), "--into"};
    assertRefused(2, "is no empty folder", with(replay, in("full")));
    assertRefused(2, "nothing is no warehouse yet", with(replay, in("empty")));
  }

  private static String[] with(String[] arguments, String last) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = last;
    return all;
  }

  @Test
  void anAudienceThatThereIsNotIsRefusedWithThoseThatThereAre() {
    assertRefused(2, "use internal, subject or public", "firm", "X", "--audience", "boss");
  }

  @Test
  void whatShowsOneFirmBuildsNoFilesWhereItsCodeWasForgotten() {
    assertRefused(2, "--html shows one firm's file, and no firm", "firm", "--html", in("f.html"));
    assertRefused(2, "'./credit firm CODE --json'", "firm", "--as-of", "2026-03-01", "--json");
    assertRefused(2, "--audience shows", "firm", "--audience", "public");
  }

  @Test
  void aPageAndJsonAreNotAskedForAtOnce() {
    assertRefused(2, "give one of the two", "firm", "X", "--json", "--html", in("f.html"));
  }

  @Test
  void whatLimitsAComparisonSetsNoTiers() {
    assertRefused(2, "needs --from DATE", "tier", "--limit", "5", "--warehouse", in("warehouse"));
    assertThat(folder.resolve("warehouse")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "firm", "tier", "list", "publish", "kpi"})
  void nothingIsComputedForADayThatHasNotCome(String command) {
    assertRefused(
        2, "has not come: today is", command, "--as-of", "2962-01-01", "--warehouse", in("new"));
    assertThat(folder.resolve("new/tables")).doesNotExist();
  }

  @Test
  void aTruthFileWithoutItsColumnsIsRefusedBeforeAnythingIsJudgedByIt() throws IOException {
    Files.writeString(folder.resolve("firms.csv"), "code,name\n");
    assertRefused(2, "does not begin with", "evaluate", "link", "--truth", in("firms.csv"));
    assertRefused(2, "is no file", "evaluate", "link", "--truth", in(""));
  }

  @Test
  void stagesInTheWrongOrderAreRefused() {
    assertRefused(
        2, "comes after", "run", "--from", "list", "--to", "link", "--warehouse", in("warehouse"));
  }

  @Test
  void anUnknownCommandIsUsage() {
    assertRefused(2, "Unmatched argument", "demoo");
  }
}
