package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class TablesTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  @TempDir Path folder;

  private Tables tables(SparkSession spark, Map<String, Long> versions) {
    return new Tables(spark, Warehouse.at(folder), SCHEMAS, versions);
  }

  private Dataset<Row> delivery(SparkSession spark, String id) {
    return Rows.table(spark, "deliveries", Rows.row("delivery_id", id));
  }

  private Dataset<Row> publication(SparkSession spark, long version) {
    Row row =
        RowFactory.create(
            version, version, "published", DAY, DAY, "c", "m", null, "run", Instant.EPOCH);
    return spark.createDataFrame(
        List.of(row), Tables.schemaOf(SCHEMAS.tables().get("publications")));
  }

  @Test
  void aStageOpensOnlyTheTablesWhoseContractNamesIt(SparkSession spark) {
    Tables tables = tables(spark, Map.of());
    assertThatThrownBy(() -> tables.read("tier", "scores")).hasMessageContaining("may not read");
    assertThatThrownBy(() -> tables.read("list", "scores")).hasMessageContaining("may not read");
    assertThatThrownBy(() -> tables.write("risk", "tiers", publication(spark, 1), DAY))
        .hasMessageContaining("may not write");
  }

  @Test
  void whatADeadRunLeftBehindIsNotSeenAndIsPutBackBeforeTheNextWrite(SparkSession spark) {
    Tables first = tables(spark, Map.of());
    first.write("ingest", "deliveries", delivery(spark, "a"), DAY);
    Map<String, Long> committed = first.versions();

    Tables dead = tables(spark, committed);
    dead.write("ingest", "deliveries", delivery(spark, "b"), DAY);

    Tables next = tables(spark, committed);
    assertThat(deliveries(next)).containsExactly("a");
    next.write("ingest", "deliveries", delivery(spark, "c"), DAY);
    assertThat(deliveries(next)).containsExactlyInAnyOrder("a", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deliveries", "deliveries/_delta_log"})
  void aFolderThatADeadRunMadeAndLeftEmptyHindersNoWrite(String made, SparkSession spark)
      throws IOException {
    Files.createDirectories(folder.resolve("tables").resolve(made));

    Tables next = tables(spark, Map.of());
    next.write("ingest", "deliveries", delivery(spark, "a"), DAY);
    assertThat(deliveries(tables(spark, next.versions()))).containsExactly("a");
  }

  private Dataset<Row> links(SparkSession spark, String... recordsAndCodes) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < recordsAndCodes.length; i += 2) {
      rows.add(Rows.row("record_id", recordsAndCodes[i], "code", recordsAndCodes[i + 1]));
    }
    return Rows.table(spark, "links", rows.toArray(Map<?, ?>[]::new));
  }

  private static List<String> codes(Dataset<Row> links) {
    return links.collectAsList().stream()
        .map(r -> r.<String>getAs("record_id") + r.<String>getAs("code"))
        .sorted()
        .toList();
  }

  @Test
  void rowsOfAKeyAreReplacedAndTheRestStays(SparkSession spark) {
    Tables tables = tables(spark, Map.of());
    tables.write("link", "links", links(spark, "a", "1", "b", "1", "c", "1"), DAY);
    Dataset<Row> keys = links(spark, "b", "", "c", "", "d", "").select("record_id");
    tables.replaceAll("link", keys, Map.of("links", links(spark, "b", "2", "d", "2")));
    assertThat(codes(tables.read("firm", "links"))).containsExactly("a1", "b2", "d2");
  }

  @Test
  void keysOfWhichTheColumnsReadAlikeWhenJoinedAreTwo(SparkSession spark) {
    Tables tables = tables(spark, Map.of());
    tables.write("link", "links", links(spark, "ab", "c", "a", "bc"), DAY);
    Dataset<Row> key = links(spark, "ab", "c").select("record_id", "code");
    tables.replaceAll("link", key, Map.of("links", links(spark)));
    assertThat(tables.read("firm", "links").select("record_id", "code").collectAsList())
        .containsExactly(RowFactory.create("a", "bc"));
  }

  @Test
  void whatChangedSinceAVersionLeavesOutWhatADeadRunWrote(SparkSession spark) {
    Tables first = tables(spark, Map.of());
    first.write("link", "links", links(spark, "a", "1", "b", "1"), DAY);
    Map<String, Long> committed = first.versions();
    Dataset<Row> key = links(spark, "a", "").select("record_id");
    tables(spark, committed).replaceAll("link", key, Map.of("links", links(spark, "a", "dead")));

    Tables next = tables(spark, committed);
    next.replaceAll("link", key, Map.of("links", links(spark, "a", "2")));
    assertThat(codes(next.read("firm", "links"))).containsExactly("a2", "b1");
    Dataset<Row> changes = next.changes("firm", "links", committed.get("links"));
    Dataset<Row> came = changes.where("_change_type = 'insert'").select("record_id", "code");
    Dataset<Row> went = changes.where("_change_type = 'delete'").select("record_id", "code");
    assertThat(codes(went.exceptAll(came))).containsExactly("a1");
    assertThat(codes(came.exceptAll(went))).containsExactly("a2");
    assertThat(next.changes("firm", "links", next.versions().get("links")).count()).isZero();
  }

  @Test
  void theFilesOfAVersionAreListedOnceHoweverOftenTheyAreRead(SparkSession spark)
      throws TimeoutException {
    Tables tables = tables(spark, Map.of());
    tables.write("link", "links", links(spark, "a", "1", "b", "1"), DAY);
    Dataset<Row> key = links(spark, "b", "").select("record_id");
    tables.replaceAll("link", key, Map.of("links", links(spark, "c", "1")));
    tables.read("firm", "links");
    assertThat(
            jobs(
                spark,
                () -> {
                  assertThat(codes(tables.read("firm", "links"))).containsExactly("a1", "c1");
                  assertThat(codes(tables.read("firm", "links").where("code = '2'"))).isEmpty();
                }))
        .hasSize(2)
        .noneMatch(description -> description.contains("Filtering files"));
  }

  /** Descriptions of the Spark jobs that some work takes, as far as they have one. */
  private static List<String> jobs(SparkSession spark, Runnable work) throws TimeoutException {
    SparkContext context = spark.sparkContext();
    List<String> jobs = new CopyOnWriteArrayList<>();
    SparkListener listener =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            jobs.add(job.properties().getProperty("spark.job.description", ""));
          }
        };
    context.listenerBus().waitUntilEmpty();
    context.addSparkListener(listener);
    try {
      work.run();
      context.listenerBus().waitUntilEmpty();
    } finally {
      context.removeSparkListener(listener);
    }
    return jobs;
  }

  @Test
  void whatWasReadBeforeAWriteStaysTheVersionOfThen(SparkSession spark) {
    Tables tables = tables(spark, Map.of());
    tables.write("link", "links", links(spark, "a", "1"), DAY);
    Dataset<Row> before = tables.read("firm", "links");
    Dataset<Row> key = links(spark, "a", "").select("record_id");
    tables.replaceAll("link", key, Map.of("links", links(spark, "a", "2")));
    assertThat(codes(before)).containsExactly("a1");
    assertThat(codes(tables.read("firm", "links"))).containsExactly("a2");
  }

  @ParameterizedTest
  @CsvSource({"64, true", "65, false"})
  void ofManyFilesDeltaChoosesByTheirStatistics(int files, boolean listed, SparkSession spark) {
    String table = folder.resolve("many").toString();
    spark.range(0, files, 1, files).write().format("delta").save(table);
    Dataset<Row> version = spark.read().format("delta").load(table);
    assertThat(ListedFiles.relation(spark, version).isPresent()).isEqualTo(listed);
  }

  @Test
  void aLedgersRowCountsAlthoughItsStageNeverEnded(SparkSession spark) {
    tables(spark, Map.of()).write("publish", "publications", publication(spark, 1), DAY);

    Tables next = tables(spark, Map.of());
    assertThat(next.read("publish", "publications").select("version").collectAsList())
        .containsExactly(RowFactory.create(1L));
  }

  private static List<String> deliveries(Tables tables) {
    return tables.read("publish", "deliveries").select("delivery_id").collectAsList().stream()
        .map(r -> r.getString(0))
        .toList();
  }
}
