package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.SchemaException;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A warehouse that an earlier version of the program made. */
@ExtendWith(SparkExtension.class)
class EarlierTablesTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  @TempDir Path folder;

  private Tables standing(String name, Dataset<Row> rows) {
    Warehouse warehouse = Warehouse.at(folder);
    rows.write().format("delta").save(warehouse.tableLocation(name));
    return new Tables(rows.sparkSession(), warehouse, SCHEMAS, Map.of(name, 0L));
  }

  private static Dataset<Row> tiers(SparkSession spark) {
    return Rows.table(spark, "tiers", Rows.row("code", "1", "tier", "A"));
  }

  @Test
  void aComputedTableWithoutAColumnIsRefusedWithTheWayToMakeItAnew(SparkSession spark) {
    Tables tables = standing("tiers", tiers(spark).drop("valid_from"));
    assertThatThrownBy(() -> tables.read("kpi", "tiers"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("'tiers' was made by an earlier version")
        .hasMessageContaining("column valid_from date is missing")
        .hasMessageContaining("maintain --drop tiers");
  }

  @Test
  void aColumnOfAnotherTypeIsNamedWithBoth(SparkSession spark) {
    Dataset<Row> rows = tiers(spark).withColumn("points", functions.lit("12"));
    Tables tables = standing("tiers", rows);
    assertThatThrownBy(() -> tables.read("kpi", "tiers"))
        .hasMessageContaining("column points is string, not bigint");
  }

  @Test
  void beforeAStageRunsOnlyItsOwnTablesAreCompared(SparkSession spark) {
    Tables tables = standing("tiers", tiers(spark).drop("valid_from"));
    assertThatThrownBy(() -> tables.requireContracts(List.of("ingest", "tier")))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> tables.requireContracts(List.of("kpi"))).isInstanceOf(Failure.class);
    assertThatCode(() -> tables.requireContracts(List.of("ingest", "link")))
        .doesNotThrowAnyException();
  }

  @Test
  void aDroppedTableIsMadeAnewAndWhatWasDeliveredCannotBeDropped(SparkSession spark) {
    Tables tables = standing("tiers", tiers(spark).drop("valid_from"));
    tables.drop("tiers");
    tables.write("tier", "tiers", tiers(spark), DAY);
    assertThat(tables.read("kpi", "tiers").columns()).contains("valid_from");
    assertThatThrownBy(() -> tables.drop("deliveries")).hasMessageContaining("was delivered");
    assertThatThrownBy(() -> tables.drop("publications")).hasMessageContaining("published");
    assertThatThrownBy(() -> tables.drop("links")).hasMessageContaining("no table 'links' here");
  }

  @Test
  void whatWasDeliveredBeforeItsContractNamedAColumnHasNoneOfIt(SparkSession spark) {
    Dataset<Row> delivery =
        Rows.table(spark, "deliveries", Rows.row("delivery_id", "a", "charset", "UTF-8"));
    Tables tables = standing("deliveries", delivery.drop("charset"));
    assertThat(charsets(tables)).containsExactly((Object) null);

    tables.write("ingest", "deliveries", delivery, DAY);
    assertThat(charsets(tables)).containsExactlyInAnyOrder(null, "UTF-8");
  }

  private static List<Object> charsets(Tables tables) {
    return tables.read("publish", "deliveries").select("charset").collectAsList().stream()
        .map(row -> row.get(0))
        .toList();
  }

  @Test
  void whatWasDeliveredWithoutWhatARowMustHaveIsForItsOwnVersion(SparkSession spark) {
    Dataset<Row> delivery = Rows.table(spark, "deliveries", Rows.row("delivery_id", "a"));
    Tables tables = standing("deliveries", delivery.drop("known_at"));
    assertThatThrownBy(() -> tables.read("publish", "deliveries"))
        .hasMessageContaining("column known_at date is missing")
        .hasMessageContaining("use the version that made it")
        .hasMessageNotContaining("--drop");
  }

  @Test
  void aColumnThatAContractNoLongerNamesStaysEmptyAndStopsNothing(SparkSession spark) {
    Dataset<Row> links = Rows.table(spark, "links", Rows.row("record_id", "penalties/a/1"));
    Tables tables = standing("links", links.withColumn("margin", functions.lit(0.5)));
    Dataset<Row> other = Rows.table(spark, "links", Rows.row("record_id", "penalties/a/2"));

    tables.replaceAll("link", links.select("record_id"), Map.of("links", other));
    assertThat(tables.read("firm", "links").select("record_id", "margin").collectAsList())
        .extracting(Row::toString)
        .containsExactly("[penalties/a/2,null]");
    tables.write("link", "links", links, DAY);
    assertThat(tables.read("firm", "links").select("record_id", "margin").collectAsList())
        .extracting(Row::toString)
        .containsExactly("[penalties/a/1,null]");
  }

  @Test
  void aKeyThatAContractGotLaterHoldsForWhatWasDeliveredBefore(SparkSession spark) {
    Map<String, Object> decision =
        Rows.row(
            "decision_no", "珠市监严违列字〔2026〕1号",
            "authority", "珠海市市场监督管理局",
            "record_key", "珠市监严违列字〔2026〕1号\u001F珠海市市场监督管理局",
            "known_at", DAY,
            "declared_on", DAY);
    String table = "staged_serious_violations";
    Tables tables =
        standing(
            table,
            Rows.table(
                spark,
                table,
                Rows.with(decision, "firm_name", "甲公司", "row_number", 1L),
                Rows.with(decision, "firm_name", "乙公司", "row_number", 2L)));

    assertThat(Staged.current(tables.read("firm", table), DAY).select("firm_name").collectAsList())
        .as("a decision that names two firms is a record of each")
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("甲公司", "乙公司");
  }

  @Test
  void theLedgerNamesTheProgramOfEachRowFromTheFirstVersionOnThatDoes(SparkSession spark) {
    Warehouse warehouse = Warehouse.at(folder);
    Rows.table(spark, "runs", Rows.row("run_id", "old", "stage", "firm"))
        .drop("program")
        .write()
        .format("delta")
        .save(warehouse.tableLocation("runs"));
    pipeline(spark, warehouse).maintain(tables -> Map.of());

    assertThat(pipeline(spark, warehouse).ledger().entries())
        .extracting(Ledger.Entry::program)
        .containsExactly(null, Program.VERSION);
  }

  private Pipeline pipeline(SparkSession spark, Warehouse warehouse) {
    Run.Settings settings = new Run.Settings(folder, folder, false, "zh");
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    return new Pipeline(spark, warehouse, SCHEMAS, settings, clock, Progress.silent());
  }

  @Test
  void theVersionThatTheLedgerNamesIsTheBuilds() throws IOException {
    assertThat(Files.readString(Path.of("../pom.xml")))
        .contains("<version>" + Program.VERSION + "-SNAPSHOT</version>");
  }

  @Test
  void aCitysOwnTableContractsMustHaveWhatTheProgramWrites() throws IOException {
    Path city = write(folder.resolve("city"), SCHEMAS);
    Path tiers = city.resolve("tables/tiers.yaml");
    Files.writeString(tiers, withoutLine(Files.readString(tiers), "name: valid_from"));
    Schemas earlier = Schemas.load(city);

    assertThatThrownBy(() -> EarlierTables.requireProgramsTables(earlier))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("tables/tiers.yaml")
        .hasMessageContaining("column valid_from date is missing");
    assertThat(EarlierTables.requireProgramsTables(earlier.withTablesOf(SCHEMAS)).sha256())
        .as("a past run's rules over today's tables")
        .isEqualTo(SCHEMAS.sha256());
  }

  private static Path write(Path city, Schemas schemas) throws IOException {
    for (Map.Entry<String, byte[]> file : schemas.files().entrySet()) {
      Path to = city.resolve(file.getKey());
      Files.createDirectories(to.getParent());
      Files.write(to, file.getValue());
    }
    return city;
  }

  private static String withoutLine(String text, String part) {
    return text.replaceAll("(?m)^.*" + part + ",.*\\R", "");
  }
}
