package credit.models;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A model judged on a window it was not trained on, with what it must beat beside it.
 *
 * @param from first day of the window
 * @param through last day
 * @param rows examples
 * @param positives of them
 * @param ranking how early the model's order finds the positives
 * @param probability whether its scores hold as probabilities
 * @param asUsualFirstHalf share of positives in the first half of the real order of days
 * @param baselines the training base rate for everyone, and the best single indicator
 */
public record Evaluation(
    LocalDate from,
    LocalDate through,
    long rows,
    long positives,
    RankingFigures ranking,
    ProbabilityFigures probability,
    Double asUsualFirstHalf,
    List<Baseline> baselines) {
  public Evaluation {
    baselines = List.copyOf(baselines);
  }

  /**
   * What the model must beat.
   *
   * @param name {@code base_rate}, or {@code indicator:} and its id
   * @param ranking of its order
   * @param brier of its probability; {@code null} where it gives none
   * @param logLoss likewise
   */
  public record Baseline(String name, RankingFigures ranking, Double brier, Double logLoss) {}

  /** Share of positives in the window. */
  public double baseRate() {
    return (double) positives / rows;
  }

  /** The constant score of the training base rate. */
  public Baseline baseRateBaseline() {
    return baselines.get(0);
  }

  /** The best single indicator of the training window. */
  public Baseline indicatorBaseline() {
    return baselines.get(1);
  }

  /**
   * Judges the model on a held-out set.
   *
   * @param heldOut examples whose as-of day lies after every training day
   * @param capacity visits a season allows, or 0 if unknown
   * @throws ModelException if the set is empty or overlaps the training window
   */
  public static Evaluation of(RiskModel model, TrainingSet heldOut, int capacity) {
    if (heldOut.size() == 0) {
      throw new ModelException(
          "no examples to evaluate on: give a window after %s with known outcomes",
          model.summary().through());
    }
    model.space().requireIndicators(heldOut.indicators());
    LocalDate first = heldOut.examples().get(0).asOf();
    if (!first.isAfter(model.summary().through())) {
      throw new ModelException(
          "the evaluation window begins %s, but training runs through %s: a model is judged on days"
              + " it has not seen; move the window",
          first, model.summary().through());
    }
    return judge(model, heldOut, capacity);
  }

  private static Evaluation judge(RiskModel model, TrainingSet heldOut, int capacity) {
    Ranking ranking = Ranking.of(outcomes(model, heldOut));
    return new Evaluation(
        heldOut.examples().get(0).asOf(),
        heldOut.examples().get(heldOut.size() - 1).asOf(),
        ranking.size(),
        ranking.positives(),
        RankingFigures.of(ranking, capacity),
        ProbabilityFigures.of(ranking),
        ranking.asUsual().firstHalf(),
        List.of(
            baseRate(model.summary().baseRate(), heldOut, capacity),
            indicator(model, heldOut, capacity)));
  }

  private static List<Outcome> outcomes(RiskModel model, TrainingSet set) {
    double[] scores = model.score(set.examples().stream().map(Example::row).toList());
    List<Outcome> outcomes = new ArrayList<>(scores.length);
    for (int i = 0; i < scores.length; i++) {
      Example e = set.examples().get(i);
      outcomes.add(new Outcome(e.firm(), e.outcomeDay(), scores[i], e.positive()));
    }
    return outcomes;
  }

  private static Baseline baseRate(double rate, TrainingSet set, int capacity) {
    Ranking constant =
        Ranking.of(
            set.examples().stream()
                .map(e -> new Outcome(e.firm(), e.outcomeDay(), rate, e.positive()))
                .toList());
    ProbabilityFigures figures = ProbabilityFigures.of(constant);
    return new Baseline(
        "base_rate", RankingFigures.of(constant, capacity), figures.brier(), figures.logLoss());
  }

  private static Baseline indicator(RiskModel model, TrainingSet set, int capacity) {
    SingleIndicator best = model.bestIndicator();
    Ranking ranking = Ranking.of(best.outcomes(set, model.space()));
    return new Baseline(
        "indicator:" + best.indicator(), RankingFigures.of(ranking, capacity), null, null);
  }
}
