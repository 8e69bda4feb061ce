package credit.models;

import java.time.LocalDate;
import java.util.List;

/**
 * What was learnt: the transformation, the weights, the calibration, and the best single indicator
 * to stand beside it. Immutable and thread-safe.
 */
public final class RiskModel {
  private static final String UNSAVED = "unsaved";

  private final FeatureSpace space;
  private final LogisticRegression regression;
  private final Calibration calibration;
  private final SingleIndicator bestIndicator;
  private final TrainingSummary summary;
  private final Scorer scorer;

  RiskModel(
      FeatureSpace space,
      LogisticRegression regression,
      Calibration calibration,
      SingleIndicator bestIndicator,
      TrainingSummary summary) {
    this.space = space;
    this.regression = regression;
    this.calibration = calibration;
    this.bestIndicator = bestIndicator;
    this.summary = summary;
    this.scorer = scorer(UNSAVED);
  }

  /**
   * Trains on all examples. The calibration comes from a first fit that leaves out the latest days
   * and every outcome found in them, and is judged on those days; the weights are then fitted again
   * on everything, so that the newest window is not lost to the model. The same set and options
   * give the same model.
   *
   * @throws ModelException if the set is empty or has one outcome only
   */
  public static RiskModel train(TrainingSet set, TrainingOptions options) {
    requireBothOutcomes(set);
    Calibration calibration = calibrate(set, options);
    FeatureSpace space = FeatureSpace.learn(set);
    return new RiskModel(
        space,
        LogisticRegression.train(set, space, options),
        calibration,
        SingleIndicator.best(set, space),
        TrainingSummary.of(set, options));
  }

  private static void requireBothOutcomes(TrainingSet set) {
    long positives = set.positives();
    if (positives == 0 || positives == set.size()) {
      throw new ModelException(
          "%d training examples, %d of them positive: there is nothing to tell apart; widen the"
              + " training window or check the outcome's definition",
          set.size(), positives);
    }
  }

  private static Calibration calibrate(TrainingSet set, TrainingOptions options) {
    LocalDate split = lastDayBeforeSlice(set, options.calibrationShare());
    if (split == null) {
      return Calibration.none();
    }
    TrainingSet slice = set.after(split);
    TrainingSet earlier = set.through(split).withOutcomeBefore(slice.examples().get(0).asOf());
    long slicePositives = slice.positives();
    long rarer = Math.min(slicePositives, slice.size() - slicePositives);
    if (rarer < options.minCalibrationPositives()
        || earlier.positives() == 0
        || earlier.positives() == earlier.size()) {
      return Calibration.none();
    }
    FeatureSpace space = FeatureSpace.learn(earlier);
    LogisticRegression first = LogisticRegression.train(earlier, space, options);
    return CalibrationFit.of(
        new Scorer(
            UNSAVED, space, first.weights(space.features()), first.bias(), Calibration.none()),
        slice);
  }

  /** The day after which lies the calibration slice; null without an earlier day or a slice. */
  private static LocalDate lastDayBeforeSlice(TrainingSet set, double share) {
    int first = set.size() - (int) Math.ceil(share * set.size());
    if (share == 0 || first <= 0) {
      return null;
    }
    LocalDate sliceBegins = set.examples().get(Math.min(first, set.size() - 1)).asOf();
    LocalDate split = null;
    for (LocalDate day : set.days()) {
      if (day.isBefore(sliceBegins)) {
        split = day;
      }
    }
    return split;
  }

  /** Ids of the indicators that a row must hold, in order. */
  public List<String> indicators() {
    return space.indicators();
  }

  public FeatureSpace space() {
    return space;
  }

  public Calibration calibration() {
    return calibration;
  }

  /** The indicator that alone orders the training examples best. */
  public SingleIndicator bestIndicator() {
    return bestIndicator;
  }

  public TrainingSummary summary() {
    return summary;
  }

  /** Calibrated probabilities, one per row; see {@link Scorer#score(List)}. */
  public double[] score(List<IndicatorRow> rows) {
    return scorer.score(rows);
  }

  /** Why the row has its score. */
  public Explanation explain(IndicatorRow row) {
    return scorer.explain(row);
  }

  Scorer scorer(String modelId) {
    return new Scorer(
        modelId, space, regression.weights(space.features()), regression.bias(), calibration);
  }

  LogisticRegression regression() {
    return regression;
  }
}
