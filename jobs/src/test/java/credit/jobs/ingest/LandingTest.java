package credit.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.cli.PlantedPersons;
import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a killed ingest may leave in landing. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class LandingTest {
  private static final Path CITY = Path.of("..", "sample-data", "tiny");

  @TempDir Path folder;

  @Test
  void noNumberOfAPersonGetsAsFarAsLanding(SparkSession spark) throws IOException {
    Schemas schemas = Schemas.bundled();
    PersonalData personal = new PersonalData("salt".getBytes(StandardCharsets.UTF_8));
    long rows = 0;
    try (Landing landing = new Landing(folder, schemas.codes(), personal)) {
      for (DeliveredFile file :
          DeliveryFolder.find(CITY.resolve("deliveries"), schemas.sources(), note -> {})) {
        Landing.Landed landed = landing.land(file, file.declaredOn());
        rows += landed.seen() == null ? 0 : landed.seen().rows();
      }
    }
    assertThat(rows).isGreaterThan(4000);
    PlantedPersons planted = PlantedPersons.of(CITY.resolve("truth").resolve("planted.csv"));
    assertThat(planted.below(folder, spark)).isEmpty();
  }
}
