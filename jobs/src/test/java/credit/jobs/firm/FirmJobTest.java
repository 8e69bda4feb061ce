package credit.jobs.firm;

import static credit.jobs.warehouse.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Rows;
import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which sources are read for the firms that are built anew. */
@ExtendWith(SparkExtension.class)
class FirmJobTest {
  private static final List<SourceContract> SOURCES =
      Schemas.bundled().sources().values().stream().filter(SourceContract::links).toList();

  private final SparkSession spark;

  FirmJobTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Of the sources, those that are read for firms with a record of each of some. */
  private List<String> read(String... linked) {
    Map<?, ?>[] links = Stream.of(linked).map(s -> row("source", s)).toArray(Map<?, ?>[]::new);
    return ids(FirmJob.telling(SOURCES, Rows.table(spark, "links", links)));
  }

  private static List<String> ids(List<SourceContract> sources) {
    return sources.stream().map(SourceContract::id).toList();
  }

  @Test
  void everySourceThatTellsOfATouchedFirmIsReadAndNoOther() {
    assertThat(read("penalties", "complaints", "repairs", "penalties"))
        .containsExactlyInAnyOrder("penalties", "complaints", "repairs");
  }

  @Test
  void whereNoneOfThemTellsOfEventsAllAreRead() {
    assertThat(read("repairs")).isEqualTo(ids(SOURCES));
    assertThat(read()).isEqualTo(ids(SOURCES));
  }
}
