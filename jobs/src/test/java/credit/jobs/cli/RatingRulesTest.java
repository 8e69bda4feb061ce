package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Bundles;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** By which rules a page tells what would change a tier. */
@ExtendWith(SparkExtension.class)
class RatingRulesTest {
  private static final Schemas TODAY = Schemas.bundled();

  @TempDir Path folder;
  private Warehouse warehouse;
  private Schemas then;
  private Path archived;

  @BeforeEach
  void aRatingByRulesThatHaveChangedSince() throws IOException {
    for (Map.Entry<String, byte[]> file : TODAY.files().entrySet()) {
      Path to = folder.resolve("then").resolve(file.getKey());
      Files.createDirectories(to.getParent());
      Files.write(to, file.getValue());
    }
    Path tiers = folder.resolve("then/rules/tiers.yaml");
    Files.writeString(tiers, "# as it was\n" + Files.readString(tiers));
    then = Schemas.load(folder.resolve("then"));
    warehouse = Warehouse.at(folder.resolve("warehouse"));
    archived = Bundles.archive(warehouse, then);
  }

  private Optional<Schemas> rules(SparkSession spark, String bundle) {
    return RatingRules.of(spark, warehouse, TODAY, bundle);
  }

  @Test
  void theOutlookGoesByTheRulesThatMadeTheTierWhateverLiesOnTheDisk(SparkSession spark) {
    assertThat(rules(spark, then.sha256()).orElseThrow().rule("tiers"))
        .isEqualTo(then.rule("tiers"))
        .isNotEqualTo(TODAY.rule("tiers"));
  }

  @Test
  void rulesThatDidNotChangeAreNotLookedForInTheArchive(SparkSession spark) {
    assertThat(rules(spark, TODAY.sha256())).containsSame(TODAY);
  }

  @Test
  void rulesThatThisProgramCannotReadGiveNoOutlookRatherThanOneByOthers(SparkSession spark)
      throws IOException {
    Path tiers = archived.resolve("rules/tiers.yaml");
    String known = Files.readString(tiers);
    Files.writeString(tiers, known.replaceFirst("effect: \\{", "effect: {of_another_version: 1, "));
    assertThat(Files.readString(tiers)).isNotEqualTo(known);
    assertThat(rules(spark, then.sha256())).isEmpty();
    Files.writeString(tiers, "of another version");
    assertThat(rules(spark, then.sha256())).isEmpty();
    assertThat(rules(spark, "f".repeat(64))).as("nowhere").isEmpty();
  }
}
