package credit.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.LoadSettings;

class SchemasTest {
  private static final LocalDate START = LocalDate.of(2021, 1, 1);

  @TempDir Path folder;

  @Test
  void theBundledJurisdictionIsComplete() {
    Schemas zhuhai = Schemas.bundled();
    assertThat(zhuhai.register().id()).isEqualTo("firm_register");
    assertThat(zhuhai.sources()).containsKeys("penalties", "inspections", "judgment_debtors");
    assertThat(zhuhai.tables()).containsKeys("deliveries", "firm_file", "restrictions");
    assertThat(zhuhai.rules().values().stream().flatMap(f -> f.rules().stream()))
        .isNotEmpty()
        .allMatch(r -> !r.basis().isBlank());
    assertThat(zhuhai.sha256()).matches("[0-9a-f]{64}");
  }

  @Test
  void aDocumentThatMayNameSeveralFirmsIsARecordOfEach() {
    List<SourceContract> ofDocuments =
        Schemas.bundled().sources().values().stream()
            .filter(SourceContract::links)
            .filter(s -> s.events().stream().anyMatch(e -> keys(s).contains(e.authority())))
            .toList();
    assertThat(ofDocuments)
        .extracting(SourceContract::id)
        .contains("penalties", "licences", "serious_violations", "listing_notices", "judgments");
    assertThat(ofDocuments)
        .allSatisfy(s -> assertThat(keys(s)).as(s.id()).contains(s.firm().name()));
    assertThat(keys(Schemas.bundled().sources().get("honours"))).contains("firm_name");
  }

  @Test
  void aCaseMayChallengeSeveralActs() {
    assertThat(keys(Schemas.bundled().sources().get("remedies"))).contains("target_act_no");
  }

  private static List<String> keys(SourceContract source) {
    return source.columns().stream().filter(Column::key).map(Column::name).toList();
  }

  @Test
  void theBundledJurisdictionIsTheSameInAJar() throws Exception {
    Path jar = folder.resolve("with space.jar");
    Path classes = place(Schemas.class);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, entries);
      }
    }
    URL[] path = {
      jar.toUri().toURL(),
      place(CsvReader.class).toUri().toURL(),
      place(LoadSettings.class).toUri().toURL()
    };
    try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
      Class<?> packed = loader.loadClass(Schemas.class.getName());
      Object schemas = packed.getMethod("bundled").invoke(null);
      assertThat(packed.getMethod("sha256").invoke(schemas)).isEqualTo(Schemas.bundled().sha256());
    }
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @Test
  void theHashTellsOneJurisdictionFromAnother() {
    Jurisdiction good = Jurisdiction.good(folder);
    String before = good.load().sha256();
    assertThat(good.load().sha256()).isEqualTo(before);
    assertThat(
            good.with(Jurisdiction.RULES, Jurisdiction.GOOD_RULES.replace("> 1", "> 2"))
                .load()
                .sha256())
        .isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-29,true", // Monday
    "2026-06-27,false", // Saturday
    "2026-10-01,false", // Thursday, holiday
    "2026-10-10,true", // Saturday, worked in exchange
    "2026-10-11,false" // Sunday
  })
  void officesAreOpenOnWeekdaysLessHolidaysPlusExchangedDays(LocalDate day, boolean open) {
    HolidayCalendar calendar =
        HolidayCalendar.of(
            "codes/holidays.csv",
            "date,kind,name\n2026-10-01,holiday,国庆节\n2026-10-10,workday,国庆节\n");
    assertThat(calendar.isWorkingDay(day)).isEqualTo(open);
  }

  @Test
  void withoutACalendarOnlyWeekendsAreOff() throws Exception {
    Jurisdiction good = Jurisdiction.good(folder);
    Files.delete(folder.resolve("codes/holidays.csv"));
    HolidayCalendar calendar = good.load().holidays();
    assertThat(calendar.isWorkingDay(LocalDate.of(2026, 10, 1))).isTrue();
    assertThat(calendar.isWorkingDay(LocalDate.of(2026, 10, 3))).isFalse();
  }

  @Test
  void aSourcesOwnCodeGoesBeforeTheCommonOne() {
    CodeList list =
        CodeList.of(
            "codes/kind.csv",
            "kind",
            """
            source,code,canonical,label_zh,label_en
            acts,1,own,自,own
            ,1,common,共,common
            ,2,other,他,other
            """);
    assertThat(list.mapping("acts")).containsOnly(Map.entry("1", "own"), Map.entry("2", "other"));
    assertThat(list.canonical("deeds", "1")).hasValue("common");
    assertThat(list.canonical("deeds", "3")).isEmpty();
    assertThat(list.label("other", "en")).isEqualTo("other");
    assertThat(list.label("gone", "zh")).isEqualTo("gone");
  }

  @Test
  void aPendingRuleIsNotPutToWorkUnlessItIsAllowed() {
    Rule pending = rule(START, null, false);
    Rule confirmed = rule(START, null, true);
    RuleFile file = file(List.of(pending, confirmed));
    assertThat(file.inForce(START, false)).containsExactly(confirmed);
    assertThat(file.inForce(START, true)).containsExactly(pending, confirmed);
  }

  @Test
  void theMarksOfABasisAreDataAndItsTextGoesOutWithout(@TempDir Path folder) {
    String basis = "Order 36: bands [V][R amounts]；〔2020〕42号 [R] ; see [2026]";
    Rule rule =
        Jurisdiction.good(folder)
            .with(Jurisdiction.RULES, Jurisdiction.GOOD_RULES.replace("Order 1", basis))
            .load()
            .rule("severity")
            .rules()
            .get(0);
    assertThat(rule.basis()).isEqualTo("Order 36: bands；〔2020〕42号 ; see [2026]");
    assertThat(rule.basisStatus())
        .containsExactly(
            new Basis.Mark(Basis.Status.VERIFIED, "Order 36: bands"),
            new Basis.Mark(Basis.Status.REPORTED, "amounts"),
            new Basis.Mark(Basis.Status.REPORTED, "〔2020〕42号"));
  }

  @Test
  void noTextOfABundledRuleCarriesAMark() {
    assertThat(Schemas.bundled().rules().values())
        .flatExtracting(RuleFile::rules)
        .extracting(Rule::basis)
        .noneMatch(basis -> basis.matches("(?s).*\\[[A-Za-z].*"));
  }

  @Property
  void exactlyOneOfTwoSuccessiveVersionsIsInForceOnEveryDay(
      @ForAll @IntRange(min = 1, max = 4000) int length,
      @ForAll @IntRange(min = -50, max = 4050) int offset) {
    LocalDate change = START.plusDays(length);
    LocalDate day = START.plusDays(offset);
    Rule earlier = rule(START, change, true);
    Rule later = rule(change, null, true);
    List<Rule> inForce = file(List.of(earlier, later)).inForce(day, false);
    if (offset < 0) {
      assertThat(inForce).isEmpty();
    } else {
      assertThat(inForce).containsExactly(offset < length ? earlier : later);
    }
  }

  private static RuleFile file(List<Rule> rules) {
    return new RuleFile("f", "1", "events", Map.of(), rules, "rules/f.yaml", "0");
  }

  private static Rule rule(LocalDate from, LocalDate until, boolean confirmed) {
    return new Rule(
        "R-1", "甲", "a", "true", Map.of(), "basis", List.of(), from, until, confirmed, null, null,
        1);
  }
}
