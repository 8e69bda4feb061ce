package credit.jobs.indicators;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleConditions;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A leading indicator: what of a firm's events is looked at, how far back, and how it becomes one
 * number.
 *
 * @param rule its rule; {@code when} picks the events
 * @param aggregate how the events become a number
 * @param windowDays days up to and including the as-of day; null: all time
 * @param minCount fewer events (of the firm, or of its peers) than this say nothing: no value
 */
record Indicator(Rule rule, Aggregate aggregate, Integer windowDays, long minCount) {

  /** How events become a number. */
  enum Aggregate {
    /** Events in the window; 0 without any. */
    COUNT("window_days"),
    /** Whether there is one in the window: 1 or 0. */
    EXISTS("window_days"),
    /** Sum of {@code value} over the events in the window; 0 without any. */
    SUM("window_days", "value"),
    /** Days since the newest event; no value without one. */
    DAYS_SINCE_LAST("window_days"),
    /** Different values of the text {@code value} in the window; 0 without events. */
    DISTINCT("window_days", "value"),
    /** Share of the events in the window for which {@code of} holds; no value without events. */
    RATIO("window_days", "of", "min_count"),
    /** Events in the window less those in the equally long one before it. */
    CHANGE("window_days"),
    /** {@code value} of the newest event in the window; no value without one. */
    LATEST("window_days", "value"),
    /** As the ratio, over all other firms with the same {@code peers}: city-wide. */
    PEER_RATIO("window_days", "of", "peers", "min_count"),
    /** {@code value} over the firm itself; looks at no event. */
    FIRM("value");

    private final String keys;

    Aggregate(String... keys) {
      this.keys = String.join(" ", keys);
    }

    private boolean takes(String key) {
      return (" " + keys + " ").contains(" " + key + " ");
    }

    private boolean needsWindow() {
      return this == CHANGE;
    }
  }

  String id() {
    return rule.id();
  }

  static Indicator of(RuleFile file, Rule rule) {
    Aggregate aggregate = aggregate(file, rule);
    for (Map.Entry<String, Object> entry : rule.effect().entrySet()) {
      if (!entry.getKey().equals("aggregate") && !aggregate.takes(entry.getKey())) {
        throw refuse(file, rule, "'" + entry.getKey() + "' means nothing to " + name(aggregate));
      }
    }
    for (String key : List.of("value", "of", "peers")) {
      if (aggregate.takes(key)) {
        RuleConditions.required(file, rule, key);
      }
    }
    Integer window = rule.effect("window_days") == null ? null : days(file, rule);
    if (window == null && aggregate.needsWindow()) {
      throw refuse(file, rule, "'" + name(aggregate) + "' needs 'window_days'");
    }
    return new Indicator(rule, aggregate, window, minCount(file, rule));
  }

  private static Aggregate aggregate(RuleFile file, Rule rule) {
    String name = RuleConditions.required(file, rule, "aggregate");
    for (Aggregate aggregate : Aggregate.values()) {
      if (name(aggregate).equals(name)) {
        return aggregate;
      }
    }
    throw refuse(file, rule, "there is no aggregate '" + name + "'");
  }

  private static String name(Aggregate aggregate) {
    return aggregate.name().toLowerCase(Locale.ROOT);
  }

  private static int days(RuleFile file, Rule rule) {
    if (rule.effect().get("window_days") instanceof Long days && days > 0 && days < 36_525) {
      return days.intValue();
    }
    throw refuse(file, rule, "'window_days' is no number of days above 0");
  }

  private static long minCount(RuleFile file, Rule rule) {
    Object value = rule.effect().getOrDefault("min_count", 1L);
    if (value instanceof Long count && count > 0) {
      return count;
    }
    throw refuse(file, rule, "'min_count' is no whole number above 0");
  }

  private static Failure refuse(RuleFile file, Rule rule, String problem) {
    return Failure.usage(
        "%s:%d: indicator '%s': %s; use one of count, exists, sum {value}, days_since_last,"
            + " distinct {value}, ratio {of, min_count}, change {window_days}, latest {value},"
            + " peer_ratio {of, peers, min_count}, firm {value}, each with window_days",
        file.file(), rule.line(), rule.id(), problem);
  }
}
