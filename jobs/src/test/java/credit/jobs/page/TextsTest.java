package credit.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static Properties messages(String language) throws IOException {
    Properties properties = new Properties();
    try (var in =
        new InputStreamReader(
            Texts.class.getResourceAsStream("messages_" + language + ".properties"),
            StandardCharsets.UTF_8)) {
      properties.load(in);
    }
    return properties;
  }

  @Test
  void everyTextExistsInBothLanguages() throws IOException {
    assertThat(messages("zh").stringPropertyNames())
        .isEqualTo(messages("en").stringPropertyNames());
  }

  @Test
  void aMissingValueIsADashNeverZero() {
    Texts texts = Texts.in("zh");
    assertThat(texts.percent(null)).isEqualTo("–");
    assertThat(texts.count(null)).isEqualTo("–");
    assertThat(texts.percent(-0.2)).isEqualTo("-20.0%");
  }

  @Test
  void aMonthWithoutValueBreaksTheLine() {
    TrendChart chart =
        TrendChart.of(
            "t",
            "d",
            200,
            100,
            List.of("2026-01", "2026-02", "2026-03"),
            List.of(
                new TrendChart.Series(
                    "s", "a", java.util.Arrays.asList(0.5, null, 0.6), List.of("a", "b", "c"))),
            true,
            v -> Double.toString(v));
    assertThat(chart.lines().get(0).path()).containsPattern("^M[0-9. ]+ M[0-9. ]+$");
    assertThat(chart.lines().get(0).dots()).hasSize(2);
  }

  @Test
  void aConstantShareStillHasAnAxis() {
    TrendChart chart =
        TrendChart.of(
            "t",
            "d",
            200,
            100,
            List.of("2026-01"),
            List.of(new TrendChart.Series("s", "a", List.of(1.0), List.of("a"))),
            true,
            v -> Double.toString(v));
    assertThat(chart.ticks()).hasSizeGreaterThan(1);
    assertThat(chart.lines().get(0).path()).doesNotContain("NaN", "Infinity");
  }
}
