package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.Schemas;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class PipelineTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  @TempDir Path folder;

  private record Doing(String name, Consumer<Run> work) implements Stage {
    @Override
    public Map<String, Long> run(Run run) {
      work.accept(run);
      return Map.of();
    }
  }

  private void run(SparkSession spark, Stage... stages) {
    new Pipeline(
            spark,
            Warehouse.at(folder),
            Schemas.bundled(),
            new Run.Settings(folder, folder, true, "en"),
            Clock.systemUTC(),
            Progress.silent())
        .run("run", List.of(stages), DAY, DAY);
  }

  private static Stage delivers(SparkSession spark, long rows) {
    Map<String, Object> delivery =
        Rows.row("delivery_id", "d", "status", "accepted", "known_at", DAY, "staged", rows);
    return new Doing(
        "ingest",
        run ->
            run.tables()
                .write("ingest", "deliveries", Rows.table(spark, "deliveries", delivery), DAY));
  }

  @ParameterizedTest
  @CsvSource({"10, 1", "1999999, 1", "4000000, 4"})
  void aShuffleHasAPieceForEveryMillionStagedRows(long rows, String pieces, SparkSession spark) {
    run(
        spark,
        delivers(spark, rows),
        new Doing("link", run -> assertThat(spark.conf().get(PARTITIONS)).isEqualTo(pieces)));
    assertThat(spark.conf().get(PARTITIONS)).isEqualTo("1");
  }

  @Test
  void aStageThatFailsLeavesNoSettingBehind(SparkSession spark) {
    Stage fails =
        new Doing(
            "link",
            run -> {
              throw Failure.badInput("no");
            });
    assertThatThrownBy(() -> run(spark, delivers(spark, 4_000_000), fails)).hasMessage("no");
    assertThat(spark.conf().get(PARTITIONS)).isEqualTo("1");
  }
}
