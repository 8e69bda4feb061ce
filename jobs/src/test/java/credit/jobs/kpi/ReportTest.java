package credit.jobs.kpi;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.page.Table;
import credit.jobs.page.Texts;
import credit.jobs.warehouse.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReportTest {
  private static ReportData data;

  @TempDir Path folder;

  @BeforeAll
  static void compute(SparkSession spark) {
    List<KpiValue> values =
        new Fixture(spark)
            .finished()
            .finished("returns", 1L, "track", "traditional", "channel", "counter")
            .review()
            .other(
                "tiers", "valid_from", Fixture.AS_OF, "id_scheme", "uscc", "code", "X", "tier", "A")
            .other(
                "inspection_plan",
                "as_of",
                Fixture.AS_OF,
                "id_scheme",
                "uscc",
                "code",
                "X",
                "cause",
                "random",
                "risk_class",
                "RISKY",
                "score",
                0.98765)
            .values();
    data =
        new ReportData(
            Fixture.DEFINITIONS,
            values,
            Map.of("A", "<b>开办餐饮店</b>"),
            Fixture.SCHEMAS.codes(),
            List.of(
                new ReportData.Coverage(
                    "reviews", "珠海市政务服务数据管理局", LocalDate.of(2026, 6, 30), 1, 0)),
            null,
            Fixture.AS_OF,
            Fixture.AS_OF,
            true);
  }

  @Test
  void neitherScoreNorRiskClassReachesTheReport() {
    String everything = Report.html(data, "zh") + Report.csv(data.values());
    assertThat(everything).doesNotContain("RISKY", "98765", "98.8");
  }

  @Test
  void whatFirmsChooseIsShownWithoutBarOrOrderByValue() {
    ReportView.Section choice =
        new Sections(data, Texts.in("zh"))
            .all().stream().filter(s -> s.id().equals("choice")).findFirst().orElseThrow();
    assertThat(choice.charts()).isEmpty();
    assertThat(choice.tables())
        .isNotEmpty()
        .allSatisfy(
            t ->
                assertThat(t.rows())
                    .flatExtracting(Table.Line::cells)
                    .extracting(Table.Cell::bar)
                    .containsOnlyNulls());
  }

  @Test
  void theReportSaysThatItsListsComeFromPendingRules() {
    assertThat(Report.html(data, "zh")).contains("尚待法律审核");
    assertThat(Report.html(data, "en")).contains("await legal review");
  }

  @Test
  void everyFigureHasItsRowsAndItsDefinition() {
    String page = Report.html(data, "en");
    for (Definition d : data.definitions().all()) {
      assertThat(page).contains("id=\"def-" + d.id() + "\"", d.version());
    }
    assertThat(page).contains("n=2");
  }

  @Test
  void htmlInAnItemsNameIsShownNotRun() {
    assertThat(Report.html(data, "zh")).doesNotContain("<b>开办").contains("&lt;b&gt;开办餐饮店");
  }

  @Test
  void thePageNeedsNoNetworkAndRunsNothing() {
    assertThat(Report.html(data, "zh"))
        .doesNotContain("<script", "<link", "<img", "url(", "http://", "https://")
        .contains("default-src 'none'");
  }

  @Test
  void theCsvHasTheTablesColumnsAndEveryValue() {
    List<String> lines = Report.csv(data.values()).lines().toList();
    assertThat(Arrays.asList(lines.get(0).split(",", -1)))
        .containsExactlyElementsOf(
            Fixture.SCHEMAS.tables().get("kpi_values").columns().stream()
                .map(c -> c.name())
                .filter(c -> !c.equals("as_of"))
                .toList());
    assertThat(lines).hasSize(1 + data.values().size());
  }

  @Test
  void anEarlierReportOfTheMonthIsReplacedWhole() throws Exception {
    Path month = folder.resolve("kpi/2026-06");
    PublishedFolder.publish(month, Map.of("report.html", "one", "stray.txt", "x"));
    PublishedFolder.publish(month, Map.of("report.html", "two"));
    assertThat(Files.readString(month.resolve("report.html"))).isEqualTo("two");
    assertThat(month.resolve("stray.txt")).doesNotExist();
    assertThat(month.getParent()).isDirectoryNotContaining("glob:**/.*");
  }
}
