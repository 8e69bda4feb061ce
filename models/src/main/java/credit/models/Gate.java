package credit.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model must show on its held-out window before it may be used. A refusal gives every reason
 * at once.
 *
 * @param minPositives fewer positives than this prove nothing
 * @param aucMargin by which AUC must pass 0.5
 * @param maxCalibrationError of the table of tenths, beyond what chance alone would show
 * @param brierTolerance share by which the Brier score may pass the base rate's
 * @param minLiftAt10 worst-case lift in the first tenth
 * @param maxAucLoss to the champion, judged on the same window
 */
public record Gate(
    int minPositives,
    double aucMargin,
    double maxCalibrationError,
    double brierTolerance,
    double minLiftAt10,
    double maxAucLoss) {
  public Gate {
    if (minPositives < 1) {
      throw new ModelException(
          "the gate asks for %d positives: without at least one there is nothing to judge",
          minPositives);
    }
  }

  /** The usual demands. */
  public static Gate defaults() {
    return new Gate(20, 0.02, 0.03, 0.01, 1.0, 0.01);
  }

  /**
   * The gate's answer.
   *
   * @param passed whether the model may be used
   * @param reasons why not; empty if passed
   */
  public record Verdict(boolean passed, List<String> reasons) {
    public Verdict {
      reasons = List.copyOf(reasons);
    }
  }

  /** Judges a model for which there is no champion to beat. */
  public Verdict judge(Evaluation evaluation) {
    if (evaluation == null) {
      return new Verdict(
          false,
          List.of("the model was never judged on a held-out window: train with a later window"));
    }
    List<String> reasons = new ArrayList<>();
    if (evaluation.positives() < minPositives || evaluation.positives() == evaluation.rows()) {
      reasons.add(
          text(
              "%d positives in %d rows prove nothing, at least %d and some negatives are needed:"
                  + " widen the window",
              evaluation.positives(), evaluation.rows(), minPositives));
      return new Verdict(false, reasons);
    }
    checkOrder(evaluation, reasons);
    checkProbabilities(evaluation, reasons);
    return new Verdict(reasons.isEmpty(), reasons);
  }

  /**
   * Judges a challenger beside the champion.
   *
   * @param champion the champion's figures on the same window
   */
  public Verdict judge(Evaluation challenger, Evaluation champion) {
    Verdict alone = judge(challenger);
    if (challenger == null || challenger.ranking().auc() == null) {
      return alone;
    }
    if (!challenger.from().equals(champion.from())
        || !challenger.through().equals(champion.through())
        || challenger.rows() != champion.rows()) {
      throw new IllegalArgumentException("champion and challenger are judged on different windows");
    }
    List<String> reasons = new ArrayList<>(alone.reasons());
    double loss = champion.ranking().auc() - challenger.ranking().auc();
    if (loss > maxAucLoss) {
      reasons.add(
          text(
              "AUC %.3f is below the champion's %.3f by more than %.3f: keep the champion",
              challenger.ranking().auc(), champion.ranking().auc(), maxAucLoss));
    }
    return new Verdict(reasons.isEmpty(), reasons);
  }

  private void checkOrder(Evaluation evaluation, List<String> reasons) {
    double auc = evaluation.ranking().auc();
    if (auc <= 0.5 + aucMargin) {
      reasons.add(
          text(
              "AUC %.3f does not pass %.3f: the order is hardly better than chance; add history or"
                  + " indicators",
              auc, 0.5 + aucMargin));
    }
    double lift = evaluation.ranking().at("10%").lift().worst();
    if (lift < minLiftAt10) {
      reasons.add(
          text(
              "the first tenth holds %.2f times the base rate at worst, %.2f is needed: visits by"
                  + " this order would find less than by lot",
              lift, minLiftAt10));
    }
  }

  private void checkProbabilities(Evaluation evaluation, List<String> reasons) {
    double chance = evaluation.probability().chanceError();
    double error = evaluation.probability().calibrationError() - chance;
    if (error > maxCalibrationError) {
      reasons.add(
          text(
              "calibration error is %.3f beyond what chance explains, above %.3f (mean score %.3f, base"
                  + " rate %.3f): calibrate on later days",
              error,
              maxCalibrationError,
              evaluation.probability().meanScore(),
              evaluation.baseRate()));
    }
    double base = evaluation.baseRateBaseline().brier();
    if (evaluation.probability().brier() > base * (1 + brierTolerance)) {
      reasons.add(
          text(
              "Brier score %.4f is worse than the base rate's %.4f: the scores say less than a"
                  + " constant would",
              evaluation.probability().brier(), base));
    }
  }

  private static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
