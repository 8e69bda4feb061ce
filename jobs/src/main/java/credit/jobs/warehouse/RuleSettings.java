package credit.jobs.warehouse;

import credit.schemas.RuleFile;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * Settings of a rule file, read with the type that the reader needs; what is missing or of another
 * type is refused (exit code 2) with the file and the setting's path.
 *
 * @param file the rule file
 * @param path where these settings stand in it, for messages
 * @param values the settings
 */
public record RuleSettings(String file, String path, Map<String, Object> values) {

  /** A file's settings. */
  public static RuleSettings of(RuleFile file) {
    return new RuleSettings(file.file(), "settings", file.settings());
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

  /** A number. */
  public double number(String key) {
    try {
      return new BigDecimal(text(key)).doubleValue();
    } catch (NumberFormatException e) {
      throw refuse(key, "'" + text(key) + "' is not a number");
    }
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
    return new RuleSettings(file, path + "." + key, map(key, required(key)));
  }

  /** A list of settings below a key. */
  public List<RuleSettings> sections(String key) {
    return list(key).stream()
        .map(value -> new RuleSettings(file, path + "." + key, map(key, value)))
        .toList();
  }

  /** Why a setting cannot be used. */
  public Failure refuse(String key, String problem) {
    return Failure.usage("%s: %s.%s: %s; correct the setting", file, path, key, problem);
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
