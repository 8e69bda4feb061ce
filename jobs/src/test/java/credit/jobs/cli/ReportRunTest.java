package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.ingest.IngestJob;
import credit.jobs.kpi.KpiJob;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Warehouse;
import credit.sample.CityGenerator;
import credit.sample.Faults;
import credit.sample.Options;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From a sample city's deliveries to the report on disk. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class ReportRunTest {
  private static final LocalDate UNTIL = LocalDate.of(2026, 6, 30);

  @TempDir Path folder;

  @Test
  void aSecondRunMakesTheSameReportToTheByte(SparkSession spark) throws IOException {
    Path deliveries = folder.resolve("deliveries");
    CityGenerator.generate(
        new Options(300, 7, 500, UNTIL, 3, Faults.NONE, deliveries, folder.resolve("truth")),
        (step, done, total) -> {});
    Warehouse warehouse = Warehouse.at(folder.resolve("warehouse"));
    run(spark, warehouse, deliveries, "first", List.of(new IngestJob(), new KpiJob()));
    Path report = KpiJob.folder(warehouse, UNTIL).resolve(KpiJob.PAGE);
    String first = Files.readString(report);
    assertThat(first).contains("一次办成率", "一照通行", "好差评").doesNotContain("score");

    run(spark, warehouse, deliveries, "second", List.of(new KpiJob()));
    assertThat(Files.readString(report)).isEqualTo(first);
    assertThat(warehouse.published().resolve("kpi")).isDirectoryContaining("glob:**/2026-06");
    assertThat(warehouse.published().resolve("kpi")).isDirectoryNotContaining("glob:**/.*");
  }

  private void run(
      SparkSession spark, Warehouse warehouse, Path deliveries, String id, List<Stage> stages) {
    new Pipeline(
            spark,
            warehouse,
            Schemas.bundled(),
            new Run.Settings(deliveries, folder.resolve("keys"), true, "zh"),
            Clock.systemUTC(),
            Progress.silent())
        .run(id, stages, UNTIL, null);
  }
}
