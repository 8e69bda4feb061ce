package credit.models;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The indicator values of one firm as of one day, in the order of a {@link FeatureSpace}. Missing
 * is a state of its own: it is neither zero nor NaN.
 */
public final class IndicatorRow {
  private final double[] values;
  private final boolean[] missing;

  private IndicatorRow(double[] values, boolean[] missing) {
    this.values = values;
    this.missing = missing;
  }

  /**
   * A row of boxed values.
   *
   * @param values one per indicator; {@code null} means missing
   */
  public static IndicatorRow of(Double... values) {
    double[] numbers = new double[values.length];
    boolean[] missing = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      missing[i] = values[i] == null;
      numbers[i] = missing[i] ? 0 : values[i];
    }
    return new IndicatorRow(numbers, missing);
  }

  /**
   * A row of numbers and flags.
   *
   * @param values one per indicator; what stands where {@code missing} is true is ignored
   */
  public static IndicatorRow of(double[] values, boolean[] missing) {
    if (values.length != missing.length) {
      throw new IllegalArgumentException(
          "%d values but %d missing flags".formatted(values.length, missing.length));
    }
    double[] numbers = values.clone();
    for (int i = 0; i < numbers.length; i++) {
      if (missing[i]) {
        numbers[i] = 0;
      }
    }
    return new IndicatorRow(numbers, missing.clone());
  }

  /** Values by indicator id; an id that is absent or maps to {@code null} is missing. */
  public static IndicatorRow of(List<String> indicators, Map<String, Double> values) {
    values.keySet().stream()
        .filter(id -> !indicators.contains(id))
        .findFirst()
        .ifPresent(
            id -> {
              throw new ModelException(
                  "indicator %s is not among the %d the model knows: compute the indicators of the"
                      + " model's own definitions, or train a new model",
                  id, indicators.size());
            });
    return of(indicators.stream().map(values::get).toArray(Double[]::new));
  }

  public int size() {
    return values.length;
  }

  public boolean isMissing(int indicator) {
    return missing[indicator];
  }

  /** The value, or empty where it is missing. */
  public Optional<Double> value(int indicator) {
    return missing[indicator] ? Optional.empty() : Optional.of(values[indicator]);
  }

  double number(int indicator) {
    return values[indicator];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IndicatorRow row
        && Arrays.equals(values, row.values)
        && Arrays.equals(missing, row.missing);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + Arrays.hashCode(missing);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ", ").append(missing[i] ? "missing" : Double.toString(values[i]));
    }
    return text.append(']').toString();
  }
}
