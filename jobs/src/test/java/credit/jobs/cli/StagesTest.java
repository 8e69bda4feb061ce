package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of a jurisdiction's contracts and rules before any stage runs. */
@ExtendWith(SparkExtension.class)
class StagesTest {
  @TempDir private Path folder;

  @Test
  void everyExpressionOfTheBundledJurisdictionIsSound(SparkSession spark) {
    Stages.check(spark, Schemas.bundled());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "blacklist | until: effective_until | until: effective_untill | 'until' | effective_untill",
        "incentives | until: effective_until | until: amount | 'until' | a date is needed",
        "restrictions | cause: false_promise | cause: f, item: itm | 'item' | `itm`",
        "restrictions | cause: false_promise | cause: f, from: event_day | 'from' | `event_day`",
        "indicators | value: \"coalesce(amount, 0)\" | value: amout | 'value' | `amout`",
        "indicators | of: \"outcome = 'breach'\" | of: \"result = 'breach'\" | .of' | `result`",
        "indicators | peers: \"left(industry, 3)\" | peers: amount | 'peers' | `amount`",
        "indicators | value: \"months_between(as_of | value: \"months(as_of | 'value' | refused",
        "indicators | \"coalesce(established, | \"coalesce(founded, | active_when | `founded`",
        "kpi | \"baseline_fields - fields\" | \"baseline_fields - cells\" | 'numerator' | `cells`",
        "kpi | [district, item, batch, track] | [distrikt, item] | 'distrikt' | does not have"
      })
  void aMistakeInWhatARuleComputesIsToldBeforeAnyStageRuns(
      String file, String text, String mistake, String key, String problem, SparkSession spark)
      throws IOException {
    Schemas schemas = bundledWith("rules/" + file + ".yaml", text, mistake);
    assertThatThrownBy(() -> Stages.check(spark, schemas))
        .isInstanceOf(Failure.class)
        .matches(e -> ((Failure) e).exitCode() == ExitCode.USAGE)
        .message()
        .matches("rules/" + file + "\\.yaml:\\d+: .*")
        .contains(key, problem);
  }

  private Schemas bundledWith(String changed, String text, String mistake) throws IOException {
    for (Map.Entry<String, byte[]> file : Schemas.bundled().files().entrySet()) {
      Path copy = folder.resolve(file.getKey());
      Files.createDirectories(copy.getParent());
      Files.write(copy, file.getValue());
    }
    Path file = folder.resolve(changed);
    String before = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(before).contains(text);
    Files.writeString(file, before.replace(text, mistake), StandardCharsets.UTF_8);
    return Schemas.load(folder);
  }
}
