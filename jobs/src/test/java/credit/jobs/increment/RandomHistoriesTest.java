package credit.jobs.increment;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.firm.FirmJob;
import credit.jobs.link.LinkJob;
import credit.jobs.tier.TierJob;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One town, told twice: to a warehouse that computes what changed, and to one that computes all.
 * After every step both hold the same rows.
 */
@ExtendWith(SparkExtension.class)
class RandomHistoriesTest {
  private static final List<String> TABLES =
      List.of("links", "link_review", "events", "firm_file", "unmet_changes", "tiers", "measures");

  @TempDir Path folder;
  private TwoWarehouses warehouses;

  @BeforeEach
  void open(SparkSession spark) {
    warehouses = TwoWarehouses.ofASmallTown(spark, folder);
  }

  @AfterEach
  void close() {
    warehouses.close();
  }

  @Test
  void aSecondRunOverTheSameDeliveriesDecidesNothingAgain() {
    SmallTown town = new SmallTown(1);
    LocalDate day = LocalDate.of(2026, 1, 1);
    SmallTown.Delivered delivered = town.day(day, true);
    warehouses
        .goingOn()
        .run("one", List.of(delivered, new LinkJob(), new FirmJob(), new TierJob()), day, null);
    int toldBefore = warehouses.told().length();
    warehouses
        .goingOn()
        .run("two", List.of(new LinkJob(), new FirmJob(), new TierJob()), day, null);
    assertThat(warehouses.told().substring(toldBefore))
        .contains("nothing to decide again", "firms touched: 0 of", "rates 0 firms of");
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = 1)
  void whatChangedAloneComesToTheSameRowsAsEverything(long seed) {
    tell(seed, 3);
    assertThat(warehouses.told()).contains("decides again", "firms touched", "rates ");
  }

  private void tell(long seed, int steps) {
    SmallTown town = new SmallTown(seed);
    LocalDate day = LocalDate.of(2026, 1, 1).plusDays(town.upTo(200));
    LocalDate first = day;
    LocalDate asOf = day;
    for (int step = 0; step < steps; step++) {
      LocalDate heard = step > 0 && town.chance(4) ? day.minusDays(town.upTo(30)) : day;
      SmallTown.Delivered delivered = town.day(heard, step == 0);
      List<Stage> stages =
          delivered.rows().isEmpty()
              ? List.of(new LinkJob(), new FirmJob(), new TierJob())
              : List.of(delivered, new LinkJob(), new FirmJob(), new TierJob());
      if (town.chance(6)) {
        // Two days of linking before the firms are asked again, or two of files before the tiers.
        stages = stages.subList(0, stages.size() - 1 - town.upTo(2));
      }
      asOf = later(asOf, day.minusDays(town.chance(4) ? town.upTo(40) : 0));
      LocalDate known =
          step > 0 && town.chance(4) ? later(first, day.minusDays(town.upTo(5))) : null;
      String id = "step " + step;
      warehouses.run(id, stages, asOf, known);
      warehouses.assertAlike(
          TABLES, rows -> rows, "of seed %d after %s, as of %s".formatted(seed, id, asOf));
      day = day.plusDays(town.any(List.of(0, 1, 1, 7, 31)));
      if (town.chance(4)) {
        dieWhileLinking();
      }
      if (town.chance(4)) {
        compact();
      }
    }
  }

  /** A run that died after its first write: no row in the ledger names it. */
  private void dieWhileLinking() {
    Tables tables = warehouses.goingOn().tables();
    Dataset<Row> links = tables.read("link", "links");
    tables.write("link", "links", links.withColumn("code", lit("dead")), null);
  }

  /** Upkeep: other files, the same rows. */
  private void compact() {
    warehouses
        .goingOn()
        .maintain(
            tables -> {
              TABLES.forEach(tables::compact);
              return Map.of(Ledger.KEPT_RUNS, 1L);
            });
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }
}
