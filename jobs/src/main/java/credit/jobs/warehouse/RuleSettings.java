package credit.jobs.warehouse;

import credit.schemas.Rule;
import credit.schemas.RuleFile;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Settings of a rule file, or the effect of a rule, read with the type that the reader needs; what
 * is missing or of another type is refused (exit code 2) with the file, the line and the setting's
 * path.
 *
 * @param file the rule file
 * @param path where these settings stand in it, for messages
 * @param values the settings
 * @param lines lines of the file by path
 */
public record RuleSettings(
    String file, String path, Map<String, Object> values, Map<String, Integer> lines) {
  private static final String TOP = "settings";

  /** A file's settings. */
  public static RuleSettings of(RuleFile file) {
    return new RuleSettings(file.file(), TOP, file.settings(), file.lines());
  }

  /** What a rule's effect says, to be refused with the rule's line. */
  public static RuleSettings effectOf(RuleFile file, Rule rule) {
    String path = "rule " + rule.id() + " effect";
    return new RuleSettings(file.file(), path, rule.effect(), Map.of(path, rule.line()));
  }

  /** Refuses a key that nobody reads: it may be a known one, misspelt. */
  public RuleSettings allow(String... keys) {
    values.keySet().stream()
        .filter(key -> !List.of(keys).contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw refuse(key, "nobody reads it; the keys are " + List.of(keys));
            });
    return this;
  }

  /** Whether something is set. */
  public boolean has(String key) {
    Object value = values.get(key);
    return value != null && !value.equals("");
  }

  /** Text; numbers and dates as they are written. */
  public String text(String key) {
    Object value = required(key);
    if (value instanceof Map || value instanceof List) {
      throw refuse(key, "one value is expected");
    }
    return value.toString();
  }

  /** One of the texts that are known; another one would be read by nobody. */
  public String oneOf(String key, Collection<String> known) {
    String text = text(key);
    if (!known.contains(text)) {
      throw refuse(key, "'" + text + "' is none of " + known);
    }
    return text;
  }

  /** A number. */
  public double number(String key) {
    try {
      return new BigDecimal(text(key)).doubleValue();
    } catch (NumberFormatException e) {
      throw refuse(key, "'" + text(key) + "' is not a number");
    }
  }

  /** A share from 0 to 1. */
  public BigDecimal share(String key) {
    number(key);
    BigDecimal share = new BigDecimal(text(key));
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw refuse(key, share + " is no share from 0 to 1");
    }
    return share;
  }

  /** A whole number within bounds, both included. */
  public int integer(String key, int from, int to) {
    long number = integer(key);
    if (number < from || number > to) {
      throw refuse(key, "%d is not from %d to %d".formatted(number, from, to));
    }
    return (int) number;
  }

  /** A whole number. */
  public long integer(String key) {
    try {
      return Long.parseLong(text(key));
    } catch (NumberFormatException e) {
      throw refuse(key, "'" + text(key) + "' is not a whole number");
    }
  }

  /** A date. */
  public LocalDate date(String key) {
    try {
      return LocalDate.parse(text(key));
    } catch (DateTimeException e) {
      throw refuse(key, "'" + text(key) + "' is not a date (yyyy-mm-dd)");
    }
  }

  /** A list of texts. */
  public List<String> texts(String key) {
    return list(key).stream().map(Object::toString).toList();
  }

  /** Settings below a key. */
  public RuleSettings section(String key) {
    return below(key, map(key, required(key)));
  }

  /** A list of settings below a key. */
  public List<RuleSettings> sections(String key) {
    List<RuleSettings> sections = new ArrayList<>();
    for (Object value : list(key)) {
      sections.add(below(key + "[" + sections.size() + "]", map(key, value)));
    }
    return List.copyOf(sections);
  }

  /** Why a setting cannot be used. */
  public Failure refuse(String key, String problem) {
    Integer line = lines.getOrDefault(path + "." + key, lines.get(path));
    return Failure.usage(
        "%s%s: %s.%s: %s; correct it", file, line == null ? "" : ":" + line, path, key, problem);
  }

  private RuleSettings below(String key, Map<String, Object> below) {
    return new RuleSettings(file, path + "." + key, below, lines);
  }

  private List<?> list(String key) {
    if (!(required(key) instanceof List<?> list)) {
      throw refuse(key, "a list is expected");
    }
    return list;
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> map(String key, Object value) {
    if (!(value instanceof Map)) {
      throw refuse(key, "'name: value' lines are expected");
    }
    return (Map<String, Object>) value;
  }

  private Object required(String key) {
    if (!has(key)) {
      throw refuse(key, "it is missing");
    }
    return values.get(key);
  }
}
