package credit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GateTest {
  private static RiskModel good;
  private static RiskModel blind;
  private static TrainingSet later;

  @BeforeAll
  static void train() {
    TrainingSet training = Synthetic.set(31, 500, 4);
    later = Synthetic.set(32, 500, 5, 1);
    good = RiskModel.train(training, Synthetic.options());
    blind = RiskModel.train(shuffledOutcomes(training), Synthetic.options());
  }

  /** The same rows and as many positives, with no relation left between them. */
  private static TrainingSet shuffledOutcomes(TrainingSet set) {
    Random random = new Random(1);
    double rate = (double) set.positives() / set.size();
    List<Example> examples = new ArrayList<>();
    for (Example e : set.examples()) {
      examples.add(
          new Example(e.firm(), e.asOf(), e.row(), random.nextDouble() < rate, e.outcomeDay()));
    }
    return new TrainingSet(set.indicators(), examples);
  }

  @Test
  void aModelBetterThanTheBaseRatePasses() {
    Gate.Verdict verdict = Gate.defaults().judge(Evaluation.of(good, later, 0));
    assertThat(verdict.reasons()).isEmpty();
    assertThat(verdict.passed()).isTrue();
  }

  @Test
  void aModelThatNeedsMoreThanItShowsIsRefusedWithEveryReason() {
    Gate strict = new Gate(20, 0.45, -1, -0.9, 9, 0.01);
    Gate.Verdict verdict = strict.judge(Evaluation.of(good, later, 0));
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.reasons()).hasSize(4);
    assertThat(verdict.reasons().get(0)).contains("hardly better than chance");
  }

  @Test
  void aWindowWithFewPositivesProvesNothing() {
    TrainingSet few = Synthetic.set(33, 20, 5, 1);
    Gate.Verdict verdict = Gate.defaults().judge(Evaluation.of(good, few, 0));
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.reasons()).singleElement().asString().contains("prove nothing");
  }

  @Test
  void aModelThatWasNeverJudgedIsRefused() {
    assertThat(Gate.defaults().judge(null).passed()).isFalse();
  }

  @Test
  void aChallengerWorseThanTheChampionIsRefused() {
    Evaluation champion = Evaluation.of(good, later, 0);
    Evaluation challenger = Evaluation.of(blind, later, 0);
    assertThat(Gate.defaults().judge(challenger, champion).reasons())
        .anyMatch(r -> r.contains("below the champion's"));
    assertThat(Gate.defaults().judge(champion, champion).passed()).isTrue();
  }

  @Test
  void figuresOfDifferentWindowsAreNotCompared() {
    Evaluation here = Evaluation.of(good, later, 0);
    Evaluation there = Evaluation.of(good, Synthetic.set(32, 500, 6, 1), 0);
    assertThatThrownBy(() -> Gate.defaults().judge(here, there))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
