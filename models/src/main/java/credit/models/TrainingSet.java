package credit.models;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Labelled examples over a fixed, ordered list of indicators. The examples are kept in the order of
 * day and firm whatever order they came in, so that the same rows always give the same model.
 *
 * @param indicators ids, in the order of the rows' values
 * @param examples at most one per firm and day, sorted by day, then firm
 */
public record TrainingSet(List<String> indicators, List<Example> examples) {
  private static final Comparator<Example> BY_DAY_AND_FIRM =
      Comparator.comparing(Example::asOf).thenComparing(Example::firm);

  public TrainingSet {
    indicators = List.copyOf(indicators);
    FeatureSpace.checkIds(indicators);
    List<Example> sorted = new ArrayList<>(examples);
    sorted.sort(BY_DAY_AND_FIRM);
    Example previous = null;
    for (Example example : sorted) {
      if (previous != null && BY_DAY_AND_FIRM.compare(previous, example) == 0) {
        throw new ModelException(
            "firm %s has two examples as of %s: one act would count twice; give one row per firm"
                + " and day",
            example.firm(), example.asOf());
      }
      checkValues(indicators, example);
      previous = example;
    }
    examples = List.copyOf(sorted);
  }

  private static void checkValues(List<String> indicators, Example example) {
    try {
      FeatureSpace.check(indicators, example.row());
    } catch (ModelException e) {
      throw new ModelException(
          "firm " + example.firm() + " as of " + example.asOf() + ": " + e.getMessage(), e);
    }
  }

  public int size() {
    return examples.size();
  }

  public long positives() {
    return examples.stream().filter(Example::positive).count();
  }

  /** The distinct as-of days, rising. */
  public List<LocalDate> days() {
    return examples.stream().map(Example::asOf).distinct().toList();
  }

  /** Examples with an as-of day up to and including {@code day}. */
  public TrainingSet through(LocalDate day) {
    return where(e -> !e.asOf().isAfter(day));
  }

  /** Examples with an as-of day after {@code day}. */
  public TrainingSet after(LocalDate day) {
    return where(e -> e.asOf().isAfter(day));
  }

  /** Examples whose outcome was found before {@code day}. */
  TrainingSet withOutcomeBefore(LocalDate day) {
    return where(e -> e.outcomeDay().isBefore(day));
  }

  private TrainingSet where(Predicate<Example> condition) {
    return new TrainingSet(indicators, examples.stream().filter(condition).toList());
  }
}
