package credit.jobs.increment;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.firm.FirmJob;
import credit.jobs.link.LinkJob;
import credit.jobs.tier.TierJob;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
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
  private final SparkSession spark;
  private Schemas schemas;
  private ByteArrayOutputStream told;

  RandomHistoriesTest(SparkSession spark) {
    this.spark = spark;
  }

  @AfterEach
  void plansAreMadeAsUsualAgain() {
    SmallTown.FOR_FEW_ROWS.keySet().forEach(spark.conf()::unset);
  }

  @BeforeEach
  void readTheContracts() {
    SmallTown.FOR_FEW_ROWS.forEach(spark.conf()::set);
    schemas = SmallTown.schemas(folder.resolve("schemas"));
    told = new ByteArrayOutputStream();
  }

  @Test
  void aSecondRunOverTheSameDeliveriesDecidesNothingAgain() {
    SmallTown town = new SmallTown(1);
    LocalDate day = LocalDate.of(2026, 1, 1);
    SmallTown.Delivered delivered = town.day(day, true);
    pipeline("part", false)
        .run("one", List.of(delivered, new LinkJob(), new FirmJob(), new TierJob()), day, null);
    told.reset();
    pipeline("part", false)
        .run("two", List.of(new LinkJob(), new FirmJob(), new TierJob()), day, null);
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("nothing to decide again", "firms touched: 0 of", "rates 0 firms of");
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = 1)
  void whatChangedAloneComesToTheSameRowsAsEverything(long seed) {
    tell(seed, 3);
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("decides again", "firms touched", "rates ");
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
      pipeline("part", false).run(id, stages, asOf, known);
      pipeline("all", true).run(id, stages, asOf, known);
      for (String table : TABLES) {
        assertThat(rows("part", table))
            .as("%s of seed %d after %s, as of %s\n%s", table, seed, id, asOf, told)
            .isEqualTo(rows("all", table));
      }
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
    Tables tables = pipeline("part", false).tables();
    Dataset<Row> links = tables.read("link", "links");
    tables.write("link", "links", links.withColumn("code", lit("dead")), null);
  }

  /** Upkeep: other files, the same rows. */
  private void compact() {
    pipeline("part", false)
        .maintain(
            tables -> {
              TABLES.forEach(tables::compact);
              return Map.of(Ledger.KEPT_RUNS, 1L);
            });
  }

  private static LocalDate later(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  private List<String> rows(String warehouse, String table) {
    return pipeline(warehouse, false).tables().read("cli", table).toJSON().collectAsList().stream()
        .sorted()
        .toList();
  }

  private Pipeline pipeline(String warehouse, boolean full) {
    return new Pipeline(
        spark,
        Warehouse.at(folder.resolve(warehouse)),
        schemas,
        new Run.Settings(folder, folder, true, "zh", full),
        Clock.systemUTC(),
        full
            ? Progress.silent()
            : new Progress(new PrintStream(told, true, StandardCharsets.UTF_8), Clock.systemUTC()));
  }
}
