package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.Schemas;
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

@ExtendWith(SparkExtension.class)
class TablesTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  @TempDir Path folder;

  private Tables tables(SparkSession spark, Map<String, Long> versions) {
    return new Tables(spark, Warehouse.at(folder), SCHEMAS, versions);
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
    first.write("publish", "publications", publication(spark, 1), DAY);
    Map<String, Long> committed = first.versions();

    Tables dead = tables(spark, committed);
    dead.write("publish", "publications", publication(spark, 2), DAY);

    Tables next = tables(spark, committed);
    assertThat(versions(next)).containsExactly(1L);
    next.write("publish", "publications", publication(spark, 3), DAY);
    assertThat(versions(next)).containsExactlyInAnyOrder(1L, 3L);
  }

  private static List<Long> versions(Tables tables) {
    return tables.read("publish", "publications").select("version").collectAsList().stream()
        .map(r -> r.getLong(0))
        .toList();
  }
}
