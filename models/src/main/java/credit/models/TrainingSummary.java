package credit.models;

import java.time.LocalDate;

/**
 * What the model was trained on, and how.
 *
 * @param from first as-of day
 * @param through last as-of day
 * @param days number of distinct as-of days
 * @param rows examples
 * @param positives of them
 * @param options of the training
 */
public record TrainingSummary(
    LocalDate from,
    LocalDate through,
    long days,
    long rows,
    long positives,
    TrainingOptions options) {
  static TrainingSummary of(TrainingSet set, TrainingOptions options) {
    return new TrainingSummary(
        set.examples().get(0).asOf(),
        set.examples().get(set.size() - 1).asOf(),
        set.days().size(),
        set.size(),
        set.positives(),
        options);
  }

  /** Share of positives in training. */
  public double baseRate() {
    return (double) positives / rows;
  }
}
