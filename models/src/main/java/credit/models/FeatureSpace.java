package credit.models;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How indicators become the numbers that the model weighs, learnt on the training rows only.
 *
 * <p>Each indicator gives one standardised value; a non-negative, right-skewed one passes through
 * log(1+x) first. An indicator that was ever missing in training gives a second feature, its
 * missing flag; the value then takes the training mean, which standardises to 0, so that the flag
 * alone carries what missing means. Beyond the range seen in training a value is held at the
 * range's end: the model says nothing about what it never saw.
 *
 * @param version of this transformation
 * @param columns one per indicator, in order
 */
public record FeatureSpace(int version, List<Column> columns) implements Serializable {
  static final int VERSION = 1;
  static final String MISSING_SUFFIX = "#missing";

  /** Above this skewness a non-negative indicator is taken as a count with a long tail. */
  private static final double SKEWED = 2.0;

  /**
   * One indicator's transformation.
   *
   * @param indicator its id
   * @param log1p whether log(1+x) comes first
   * @param mean of the present training values, after log1p
   * @param scale their standard deviation; 1 for a constant
   * @param low the smallest and
   * @param high the largest present training value, after log1p
   * @param missingSeen whether training saw it missing, so that it has a flag
   */
  public record Column(
      String indicator,
      boolean log1p,
      double mean,
      double scale,
      double low,
      double high,
      boolean missingSeen)
      implements Serializable {
    double standardise(double value) {
      double moved = log1p ? signedLog(value) : value;
      return (Math.max(low, Math.min(high, moved)) - mean) / scale;
    }
  }

  public FeatureSpace {
    if (version != VERSION) {
      throw new ModelException(
          "feature space of version %d, this program knows %d: use the program's version that wrote"
              + " the model, or train again",
          version, VERSION);
    }
    columns = List.copyOf(columns);
    checkIds(columns.stream().map(Column::indicator).toList());
  }

  static FeatureSpace learn(TrainingSet set) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < set.indicators().size(); i++) {
      columns.add(learnColumn(set, i));
    }
    return new FeatureSpace(VERSION, columns);
  }

  private static Column learnColumn(TrainingSet set, int indicator) {
    double[] present =
        set.examples().stream()
            .map(Example::row)
            .filter(row -> !row.isMissing(indicator))
            .mapToDouble(row -> row.number(indicator))
            .toArray();
    boolean missingSeen = present.length < set.size();
    String id = set.indicators().get(indicator);
    if (present.length == 0) {
      return new Column(id, false, 0, 1, 0, 0, true);
    }
    Moments moments = Moments.of(present);
    boolean log1p = moments.low() >= 0 && moments.skewness() > SKEWED;
    if (log1p) {
      for (int k = 0; k < present.length; k++) {
        present[k] = signedLog(present[k]);
      }
      moments = Moments.of(present);
    }
    double scale = moments.deviation() > 0 ? moments.deviation() : 1;
    return new Column(id, log1p, moments.mean(), scale, moments.low(), moments.high(), missingSeen);
  }

  /** The indicators' ids, in the order in which a row holds their values. */
  public List<String> indicators() {
    return columns.stream().map(Column::indicator).toList();
  }

  void requireIndicators(List<String> given) {
    if (!given.equals(indicators())) {
      throw new ModelException(
          "the rows hold the indicators %s, the model was trained on %s: compute the model's own,"
              + " in its order, or train a new model",
          given, indicators());
    }
  }

  /** Names of the features in the order of {@link #encode}: all values, then the missing flags. */
  List<String> features() {
    List<String> names = new ArrayList<>(indicators());
    columns.stream()
        .filter(Column::missingSeen)
        .map(c -> c.indicator() + MISSING_SUFFIX)
        .forEach(names::add);
    return names;
  }

  int width() {
    return columns.size() + (int) columns.stream().filter(Column::missingSeen).count();
  }

  /**
   * The row's features.
   *
   * @throws ModelException if the row has another length or holds NaN or an infinite value
   */
  double[] encode(IndicatorRow row) {
    double[] features = new double[width()];
    encodeInto(row, features);
    return features;
  }

  void encodeInto(IndicatorRow row, double[] features) {
    if (row.size() != columns.size()) {
      throw wrongLength(row, columns.size());
    }
    int flag = columns.size();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      boolean missing = row.isMissing(i);
      if (!missing && !Double.isFinite(row.number(i))) {
        throw notFinite(column.indicator(), row.number(i));
      }
      features[i] = missing ? 0 : column.standardise(row.number(i));
      if (column.missingSeen()) {
        features[flag++] = missing ? 1 : 0;
      }
    }
  }

  static void checkIds(List<String> indicators) {
    if (indicators.isEmpty()) {
      throw new ModelException("no indicators: a model needs at least one");
    }
    Set<String> seen = new HashSet<>();
    for (String id : indicators) {
      if (id.isBlank() || id.contains("#")) {
        throw new ModelException("indicator id '%s' is blank or holds '#': rename it", id);
      }
      if (!seen.add(id)) {
        throw new ModelException("indicator %s stands twice in the list: name each once", id);
      }
    }
  }

  static void check(List<String> indicators, IndicatorRow row) {
    if (row.size() != indicators.size()) {
      throw wrongLength(row, indicators.size());
    }
    for (int i = 0; i < row.size(); i++) {
      if (!row.isMissing(i) && !Double.isFinite(row.number(i))) {
        throw notFinite(indicators.get(i), row.number(i));
      }
    }
  }

  private static ModelException wrongLength(IndicatorRow row, int expected) {
    return new ModelException(
        "a row holds %d values where the model has %d indicators: give them all, in the model's"
            + " order, null for missing",
        row.size(), expected);
  }

  private static ModelException notFinite(String indicator, double value) {
    return new ModelException(
        "indicator %s is %s: a score from it would be silently wrong; correct its computation, or"
            + " give null where the value is missing",
        indicator, value);
  }

  /** log(1+|x|) with x's sign: defined and rising everywhere, log(1+x) for counts. */
  private static double signedLog(double value) {
    return Math.copySign(StrictMath.log1p(Math.abs(value)), value);
  }
}
