package credit.jobs.page;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** Texts and numbers in one language. */
public final class Texts {
  private static final String NONE = "–";

  private final String language;
  private final Locale locale;
  private final ResourceBundle messages;

  private Texts(String language) {
    this.language = language;
    this.locale = language.equals("en") ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE;
    this.messages =
        ResourceBundle.getBundle(
            "credit.jobs.page.messages",
            Locale.forLanguageTag(language),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** Texts in {@code zh} or {@code en}; any other language gets {@code zh}. */
  public static Texts in(String language) {
    return new Texts("en".equals(language) ? "en" : "zh");
  }

  /** {@code zh} or {@code en}. */
  public String language() {
    return language;
  }

  /** Text of a key, with values for {@code {0}, {1} …}. */
  public String get(String key, Object... values) {
    String text = messages.getString(key);
    return values.length == 0 ? text : new MessageFormat(text, locale).format(values);
  }

  /** Text of {@code prefix.code}, or the code itself where it has none; null stays a dash. */
  public String label(String prefix, String code) {
    if (code == null) {
      return NONE;
    }
    try {
      return messages.getString(prefix + "." + code);
    } catch (MissingResourceException e) {
      return code;
    }
  }

  /** A share as per cent with one digit. */
  public String percent(Double share) {
    return share == null ? NONE : String.format(locale, "%.1f%%", 100 * share);
  }

  /** A difference of shares in percentage points, with its sign. */
  public String points(Double difference) {
    return difference == null
        ? NONE
        : get("points", String.format(locale, "%+.1f", 100 * difference));
  }

  /** A number with one digit. */
  public String decimal(Double value) {
    return value == null ? NONE : String.format(locale, "%,.1f", value);
  }

  /** A whole number with separators. */
  public String count(Number value) {
    return value == null ? NONE : String.format(locale, "%,d", Math.round(value.doubleValue()));
  }

  /** A value, or a dash where there is none. */
  public String orNone(Object value) {
    return value == null || value.toString().isEmpty() ? NONE : value.toString();
  }
}
