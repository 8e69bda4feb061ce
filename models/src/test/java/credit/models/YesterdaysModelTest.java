package credit.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a past version wrote stays readable and scores as it did, to the last bit. */
class YesterdaysModelTest {
  private static Path folder() throws URISyntaxException {
    return Path.of(YesterdaysModelTest.class.getResource("/yesterday").toURI());
  }

  @Test
  void everyModelEverWrittenLoadsAndScoresTheSame() throws IOException, URISyntaxException {
    ModelRegistry registry = new ModelRegistry(folder());
    assertThat(registry.ids()).isNotEmpty();
    for (String id : registry.ids()) {
      Scorer scorer = registry.load(id).scorer();
      for (String line : Files.readAllLines(folder().resolve(id + ".scores"))) {
        String[] cells = line.split(",", -1);
        Double[] values =
            Arrays.stream(cells, 0, cells.length - 1)
                .map(cell -> cell.isEmpty() ? null : Double.valueOf(cell))
                .toArray(Double[]::new);
        assertThat(scorer.score(IndicatorRow.of(values)))
            .isEqualTo(Double.parseDouble(cells[cells.length - 1]));
      }
    }
  }

  @Test
  void itsTribuoProvenanceTellsTheTrainerAndTheDataButNeitherClockNorMachine()
      throws IOException, URISyntaxException {
    ModelRegistry registry = new ModelRegistry(folder());
    for (String id : registry.ids()) {
      String provenance = registry.load(id).model().regression().model().getProvenance().toString();
      assertThat(provenance)
          .contains("LibLinearClassificationTrainer")
          .contains("1200 examples, as of 2024-01-01 to 2024-10-01")
          .contains("2024-10-01T00:00")
          .doesNotContain("Linux", "amd64", "17.0");
    }
  }
}
