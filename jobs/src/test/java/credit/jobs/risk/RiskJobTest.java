package credit.jobs.risk;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.feature.FeatureJob;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Program;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Warehouse;
import credit.models.Making;
import credit.models.ModelRegistry;
import credit.models.Scorer;
import credit.schemas.Schemas;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One city, scored once: what the stage leaves behind. */
@ExtendWith(SparkExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RiskJobTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final int FIRMS = 900;

  @TempDir static Path folder;
  private Pipeline pipeline;
  private Map<String, Long> counts;

  @BeforeAll
  void score(SparkSession spark) {
    pipeline =
        new Pipeline(
            spark,
            Warehouse.at(folder),
            SCHEMAS,
            new Run.Settings(folder, folder, true, "zh"),
            Clock.fixed(Instant.parse("2026-07-01T00:00:00Z"), ZoneOffset.UTC),
            Progress.silent());
    counts =
        pipeline
            .run(
                "first",
                List.of(
                    LatentCity.delivery(), new LatentCity(FIRMS), new FeatureJob(), new RiskJob()),
                LatentCity.UNTIL,
                null)
            .get("risk");
  }

  private Dataset<Row> table(String name) {
    return pipeline.tables().read("risk", name);
  }

  private Scorer scorer() {
    return new ModelRegistry(folder.resolve("models")).championModel().orElseThrow().scorer();
  }

  @Test
  void theFirstModelIsABootstrapThatBeatsChanceOnTheWindowAfterItsTraining() {
    assertThat(counts)
        .containsEntry("bootstrap", 1L)
        .containsEntry("windows", 12L)
        .containsEntry("firms_scored", (long) FIRMS);
    assertThat(counts.get("auc_x10000")).isGreaterThan(6000L);
    assertThat(new ModelRegistry(folder.resolve("models")).champion().orElseThrow().kind())
        .isEqualTo(ModelRegistry.Kind.BOOTSTRAP);
  }

  @Test
  void aModelTellsWhichVersionOfTheProgramMadeIt() {
    assertThat(new ModelRegistry(folder.resolve("models")).championModel().orElseThrow().making())
        .returns(Program.VERSION, Making::codeVersion);
  }

  @Test
  void everyFirmHasOneRankAndReasons() {
    List<Row> rows = table("scores").orderBy("rank").collectAsList();
    assertThat(rows).hasSize(FIRMS);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).<Long>getAs("rank")).isEqualTo(i + 1L);
      assertThat(rows.get(i).getList(7)).isNotEmpty();
    }
    assertThat(rows.get(0).<Double>getAs("score"))
        .isGreaterThan(rows.get(FIRMS - 1).<Double>getAs("score"));
    assertThat(rows.get(FIRMS - 1).<Double>getAs("percentile")).isZero();
  }

  @Test
  void scoresAreTheSameWhateverTheBatchSize() {
    Dataset<Row> features = table("features");
    assertThat(sorted(Scores.of(features.repartition(7), scorer(), 3)))
        .isEqualTo(sorted(Scores.of(features, scorer(), Scores.BATCH)));
  }

  @Test
  void classesAndWarningsComeFromRulesAndCarryTheirReasons() {
    assertThat(table("risk_classes").count()).isEqualTo(FIRMS);
    List<Row> high = table("risk_classes").where("risk_class = 'D'").collectAsList();
    assertThat(high)
        .isNotEmpty()
        .allMatch(row -> row.getList(6).size() > 1 && row.<Double>getAs("points") >= 52);
    List<Row> top = table("warnings").where("kind = 'top_share'").collectAsList();
    assertThat(top).hasSize(FIRMS / 100);
    assertThat(table("warnings").select("warning_id").distinct().count())
        .isEqualTo(table("warnings").count());
  }

  @Test
  void withoutAScoreTheOtherDimensionsDecide() {
    List<Row> rows =
        RiskClasses.of(
                table("features").limit(20),
                table("scores").where("false"),
                SCHEMAS,
                LatentCity.UNTIL)
            .collectAsList();
    assertThat(rows).hasSize(20).allMatch(row -> !row.getJavaMap(5).containsKey("score"));
  }

  private static List<Row> sorted(Dataset<Row> scores) {
    return scores.orderBy("id_scheme", "code").collectAsList();
  }
}
