package credit.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

class RiskModelTest {
  private static TrainingSet training;
  private static TrainingSet later;
  private static RiskModel model;

  @BeforeAll
  static void train() {
    training = Synthetic.set(11, 500, 4);
    later = Synthetic.set(12, 500, 5, 2);
    model = RiskModel.train(training, Synthetic.options());
  }

  private static List<IndicatorRow> rows(TrainingSet set) {
    return set.examples().stream().map(Example::row).toList();
  }

  @Test
  void theModelFindsTheLatentRiskBetterThanAnySingleIndicator() {
    Evaluation evaluation = Evaluation.of(model, later, 50);
    assertThat(evaluation.ranking().auc())
        .isGreaterThan(0.7)
        .isGreaterThan(evaluation.indicatorBaseline().ranking().auc());
    assertThat(evaluation.baseRateBaseline().ranking().auc()).isEqualTo(0.5);
    assertThat(evaluation.probability().brier()).isLessThan(evaluation.baseRateBaseline().brier());
    assertThat(model.bestIndicator().indicator()).isEqualTo("complaints");
  }

  @Test
  void scoresAreWhatTribuoPredictsBeforeCalibration() {
    Scorer scorer = model.scorer("x");
    List<String> features = model.space().features();
    for (IndicatorRow row : rows(later).subList(0, 50)) {
      Prediction<Label> prediction =
          model
              .regression()
              .model()
              .predict(
                  new ArrayExample<>(
                      new Label("?"), features.toArray(String[]::new), model.space().encode(row)));
      double tribuo = prediction.getOutputScores().get(LogisticRegression.POSITIVE).getScore();
      assertThat(Calibration.sigmoid(scorer.rawLogOdds(row))).isCloseTo(tribuo, within(1e-12));
    }
  }

  @Test
  void contributionsAndBaselineSumToTheLogOddsOfTheScore() {
    for (IndicatorRow row : rows(later).subList(0, 200)) {
      Explanation why = model.explain(row);
      double sum =
          why.baseline()
              + why.contributions().stream().mapToDouble(Explanation.Contribution::logOdds).sum();
      assertThat(sum).isCloseTo(why.logOdds(), within(1e-9));
      assertThat(Calibration.sigmoid(why.logOdds())).isEqualTo(why.probability());
      assertThat(why.probability()).isEqualTo(model.score(List.of(row))[0]);
      assertThat(why.contributions())
          .isSortedAccordingTo(
              (a, b) -> Double.compare(Math.abs(b.logOdds()), Math.abs(a.logOdds())));
    }
  }

  @Test
  void equalContributionsStandInTheOrderOfTheirIds() {
    FeatureSpace.Column z = new FeatureSpace.Column("z", false, 0, 1, -9, 9, false);
    FeatureSpace.Column a = new FeatureSpace.Column("a", false, 0, 1, -9, 9, false);
    Scorer scorer =
        new Scorer(
            "x", new FeatureSpace(1, List.of(z, a)), List.of(1.0, -1.0), 0, Calibration.none());
    assertThat(scorer.explain(IndicatorRow.of(2.0, 2.0)).contributions())
        .extracting(Explanation.Contribution::indicator)
        .containsExactly("a", "z");
  }

  @Test
  void aMissingIndicatorIsExplainedAsMissingNotAsZero() {
    IndicatorRow missing = IndicatorRow.of(3.0, null, 100.0, 40.0);
    IndicatorRow zero = IndicatorRow.of(3.0, 0.0, 100.0, 40.0);
    assertThat(model.score(List.of(missing))[0]).isNotEqualTo(model.score(List.of(zero))[0]);
    assertThat(model.explain(missing).contributions())
        .filteredOn(c -> c.indicator().equals("late_reports"))
        .singleElement()
        .matches(Explanation.Contribution::missing);
  }

  @Test
  void calibrationKeepsTheOrderAndHoldsTheLevel() {
    assertThat(model.calibration().method()).isEqualTo(Calibration.Method.PLATT);
    assertThat(model.calibration().slope()).isPositive();
    double last = -1;
    for (int i = 0; i < 200; i++) {
      double p = model.calibration().probability(-5 + i * 0.05);
      assertThat(p).isGreaterThan(last);
      last = p;
    }
    Evaluation evaluation = Evaluation.of(model, later, 0);
    assertThat(evaluation.probability().meanScore()).isCloseTo(evaluation.baseRate(), within(0.05));
  }

  @Test
  void plattFindsTheScaleOfOverconfidentScores() {
    Random random = new Random(3);
    double[] logOdds = new double[20_000];
    boolean[] positive = new boolean[logOdds.length];
    for (int i = 0; i < logOdds.length; i++) {
      double truth = random.nextGaussian();
      logOdds[i] = 2 * truth + 1;
      positive[i] = random.nextDouble() < Calibration.sigmoid(truth);
    }
    PlattFit fit = PlattFit.of(logOdds, positive);
    assertThat(fit.slope()).isCloseTo(0.5, within(0.03));
    assertThat(fit.intercept()).isCloseTo(-0.5, within(0.05));
  }

  @Test
  void withoutAnEarlierDayToTrainOnTheModelSaysItIsUncalibrated() {
    RiskModel oneDay = RiskModel.train(Synthetic.set(1, 300, 1), Synthetic.options());
    assertThat(oneDay.calibration().method()).isEqualTo(Calibration.Method.NONE);
  }

  @Test
  void scoresThatMisleadOnTheLatestDaysKeepTheirSlope() {
    List<Example> turned = new ArrayList<>();
    for (Example e : training.examples()) {
      boolean last = e.asOf().equals(training.days().get(3));
      turned.add(new Example(e.firm(), e.asOf(), e.row(), last != e.positive()));
    }
    RiskModel misled =
        RiskModel.train(new TrainingSet(Synthetic.INDICATORS, turned), Synthetic.options());
    assertThat(misled.calibration().method()).isEqualTo(Calibration.Method.LEVEL);
    assertThat(misled.calibration().slope()).isEqualTo(1);
  }

  @Test
  void aTrainingSetWithOneOutcomeOnlyIsRefused() {
    List<Example> negatives = training.examples().stream().filter(e -> !e.positive()).toList();
    assertThatThrownBy(
            () ->
                RiskModel.train(
                    new TrainingSet(Synthetic.INDICATORS, negatives), Synthetic.options()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("nothing to tell apart");
  }

  @Test
  void rowsInAnotherOrderOfIndicatorsAreRefused() {
    List<String> turned = new ArrayList<>(Synthetic.INDICATORS);
    Collections.swap(turned, 0, 1);
    TrainingSet wrong = new TrainingSet(turned, later.examples());
    assertThatThrownBy(() -> Evaluation.of(model, wrong, 0))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("in its order");
    assertThatThrownBy(() -> model.scorer("x").requireIndicators(turned))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void outcomesFoundDuringTheCalibrationDaysDoNotTeachTheFitTheyJudge() {
    // Every earlier outcome was found on the last day itself, so nothing is left to fit before it.
    LocalDate last = training.days().get(3);
    List<Example> late =
        training.examples().stream()
            .map(
                e ->
                    new Example(
                        e.firm(),
                        e.asOf(),
                        e.row(),
                        e.positive(),
                        e.asOf().isBefore(last) ? last : e.outcomeDay()))
            .toList();
    RiskModel uncalibrated =
        RiskModel.train(new TrainingSet(Synthetic.INDICATORS, late), Synthetic.options());
    assertThat(uncalibrated.calibration().method()).isEqualTo(Calibration.Method.NONE);
  }

  @Test
  void anOutcomeBeforeTheAsOfDayIsRefused() {
    LocalDate day = LocalDate.of(2025, 5, 1);
    assertThatThrownBy(() -> new Example("f", day, IndicatorRow.of(1.0), true, day.minusDays(1)))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the indicators may know it");
  }

  @Test
  void daysEarlierAreCountedFromTheDayOfTheVisitNotFromTheAsOfDay() {
    Evaluation evaluation = Evaluation.of(model, later, 50);
    assertThat(evaluation.ranking().daysEarlier()).isGreaterThan(5);
    assertThat(evaluation.asUsualFirstHalf()).isBetween(0.4, 0.6);
  }

  @Test
  void theEvaluationWindowMayNotOverlapTheTraining() {
    assertThatThrownBy(() -> Evaluation.of(model, training, 0))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("judged on days it has not seen");
  }

  @Test
  void outcomesOfTheTrainingMayNotReachIntoTheEvaluationWindow() {
    Evaluation nextQuarter = Evaluation.of(model, Synthetic.set(5, 50, 4, 1), 0);
    Provenance p = Synthetic.provenance();
    Provenance halfYear =
        new Provenance(
            p.asOf(),
            p.knownAt(),
            180,
            p.outcome(),
            p.indicatorsHash(),
            p.bundleHash(),
            p.counts());
    assertThatThrownBy(() -> ModelFile.of(model, halfYear, nextQuarter, Synthetic.MAKING))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("180 days after 2024-10-01");
  }

  @Test
  void rowsInAnyOrderGiveTheSameModel() {
    List<Example> shuffled = new ArrayList<>(training.examples());
    Collections.shuffle(shuffled, new Random(9));
    RiskModel again =
        RiskModel.train(new TrainingSet(Synthetic.INDICATORS, shuffled), Synthetic.options());
    assertThat(again.scorer("x")).isEqualTo(model.scorer("x"));
  }

  @Test
  void manyThreadsGiveTheScoresOfOne() {
    List<IndicatorRow> batch = rows(later);
    double[] expected = model.score(batch);
    List<double[]> all =
        IntStream.range(0, 64).parallel().mapToObj(i -> model.score(batch)).toList();
    assertThat(all).allSatisfy(scores -> assertThat(scores).containsExactly(expected));
  }

  @Test
  void theScorerTravelsToExecutorsUnchanged() throws Exception {
    Scorer scorer = model.scorer("0123456789ab");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(scorer);
    }
    Object there =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    assertThat(there).isEqualTo(scorer);
  }

  @Test
  void notANumberIsRefusedAtScoringToo() {
    assertThatThrownBy(() -> model.score(List.of(IndicatorRow.of(Double.NaN, 1.0, 1.0, 1.0))))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("indicator complaints is NaN");
  }

  @Test
  void theCalibrationSliceIsTheLatestWholeDays() {
    assertThat(model.calibration().from()).isEqualTo(LocalDate.of(2024, 10, 1));
    assertThat(model.calibration().rows()).isEqualTo(500);
  }
}
