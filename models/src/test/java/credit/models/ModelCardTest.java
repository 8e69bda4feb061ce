package credit.models;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ModelCardTest {
  private final ModelFile file = Synthetic.file(41);

  @Test
  void theCardSaysThatAScoreNeverPunishesAndThatOnlyInspectedFirmsHaveOutcomes() {
    assertThat(file.card().markdown())
        .contains("Steers inspection and early warning only. It never punishes")
        .contains("Only inspected firms have outcomes");
  }

  @Test
  void theCardSetsTheModelBesideTheBaseRateAndTheBestIndicator() {
    assertThat(file.card().markdown())
        .contains("| model | 0.")
        .contains("| base_rate | 0.5000")
        .contains("| indicator:complaints | 0.");
  }

  @Test
  void theCardNamesEveryIndicatorWithItsWeight() {
    assertThat(file.card().markdown())
        .contains("| complaints | ")
        .contains("| late_reports | ")
        .contains("| days_since_visit | ")
        .contains("| shoe_size | ");
  }

  @Test
  void aModelThatWasNeverJudgedSaysSo() {
    ModelFile unjudged = ModelFile.of(file.model(), file.provenance(), null, Synthetic.MAKING);
    assertThat(unjudged.card().markdown()).contains("Never judged on a held-out window.");
    assertThat(unjudged.card().asMap()).containsEntry("evaluation", null);
  }
}
