package credit.jobs.risk;

import credit.jobs.indicators.IndicatorRules;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Run;
import credit.models.Evaluation;
import credit.models.ModelException;
import credit.models.ModelFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well the model would have ordered the visits after a past day: trained on what was known by
 * then, judged on what was found later. Nothing is kept.
 *
 * @param file the model with its papers
 * @param asOf day on which the order of firms is made
 * @param until last day of the outcomes
 */
public record ModelEvaluation(ModelFile file, LocalDate asOf, LocalDate until) {

  /**
   * Evaluates on the warehouse of a run.
   *
   * @param asOf day on which the order of firms is made; null: one horizon before the run's day
   * @param until last day of the outcomes; null: the run's day
   * @throws Failure with exit code 2 if the days are in the wrong order, 3 where there is too
   *     little to learn from or to judge on
   */
  public static ModelEvaluation of(Run run, LocalDate asOf, LocalDate until) {
    IndicatorRules rules =
        IndicatorRules.of(run.schemas(), run.asOf(), run.settings().allowPending());
    LocalDate last = until == null ? run.asOf() : until;
    LocalDate day =
        asOf == null
            ? last.minusDays(rules.settings().section("target").integer("horizon_days"))
            : asOf;
    if (!day.isBefore(last) || last.isAfter(run.knownAt())) {
      throw Failure.usage(
          "outcomes from %s until %s cannot be judged with what was known by %s; name days in that"
              + " order",
          day, last, run.knownAt());
    }
    try {
      Training training = Training.asItWas(run, rules, day, last);
      if (training.file().evaluation() == null) {
        throw Failure.badInput(
            "nobody was looked at from %s until %s, so there is nothing to judge on; name other"
                + " days",
            day, last);
      }
      return new ModelEvaluation(training.file(), day, last);
    } catch (ModelException e) {
      throw Failure.badInput("%s", e.getMessage());
    }
  }

  /** The figures. */
  public Evaluation evaluation() {
    return file.evaluation();
  }

  /** The figures for people, one per line. */
  public List<String> lines() {
    Evaluation e = evaluation();
    List<String> lines = new ArrayList<>();
    lines.add(
        text(
            "trained on %,d rows (%,d positive) as of %s to %s; judged on outcomes from %s until"
                + " %s: %,d rows, %,d positive",
            file.model().summary().rows(),
            file.model().summary().positives(),
            file.model().summary().from(),
            file.model().summary().through(),
            asOf.plusDays(1),
            until,
            e.rows(),
            e.positives()));
    lines.add(text("base rate      %.4f", e.baseRate()));
    lines.add(figure("AUC            %.4f", e.ranking().auc()));
    lines.add(
        figure(
            "AUC of the best single indicator (" + e.indicatorBaseline().name() + ") %.4f",
            e.indicatorBaseline().ranking().auc()));
    if (e.positives() > 0) {
      for (var at : e.ranking().atK()) {
        lines.add(
            text(
                "first %-8s  %,d firms: precision %.3f, recall %.3f, lift %.2f",
                at.label(),
                at.k(),
                at.precision().expected(),
                at.recall().expected(),
                at.lift().expected()));
      }
    }
    lines.add(figure("days earlier   %.2f", e.ranking().daysEarlier()));
    lines.add(
        figure("first half     %.3f", e.ranking().firstHalf())
            + figure(" (in the order as it was %.3f)", e.asUsualFirstHalf()));
    lines.add(
        text(
            "Brier score    %.4f (base rate %.4f)",
            e.probability().brier(), e.baseRateBaseline().brier()));
    return lines;
  }

  private static String figure(String pattern, Double value) {
    return value == null ? pattern.replaceAll("%\\.\\df", "undefined") : text(pattern, value);
  }

  private static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
