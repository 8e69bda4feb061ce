package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
