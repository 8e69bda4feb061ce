package credit.jobs.kpi;

import credit.schemas.Rule;
import credit.schemas.RuleFile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * How one indicator is computed. {@code where}, {@code numerator} and {@code denominator} are Spark
 * SQL over one row of the input; a condition counts as 1, a number as itself.
 *
 * @param id id in the rule file
 * @param titleZh title in Chinese
 * @param titleEn title in English
 * @param from input, see {@link Inputs}
 * @param section part of the report
 * @param where rows that take part
 * @param numerator what a row adds to the numerator
 * @param denominator what a row adds to the denominator; null: the value is the numerator
 * @param baseline what a reduction is measured against; null: no reduction
 * @param unit unit of the value
 * @param by dimensions; a joint one is written {@code a+b}
 * @param fixedMix dimension whose mix is held; null: none
 * @param target what the plan asks for; null: nothing
 * @param basis source of the definition
 * @param confirmed whether an officer confirmed it
 * @param version hash of the definition
 * @param file file in which it stands
 * @param rule rule that it was read from
 */
record Definition(
    String id,
    String titleZh,
    String titleEn,
    String from,
    String section,
    String where,
    String numerator,
    String denominator,
    String baseline,
    Unit unit,
    List<String> by,
    String fixedMix,
    BigDecimal target,
    String basis,
    boolean confirmed,
    String version,
    RuleFile file,
    Rule rule) {

  /** Units of a value. */
  enum Unit {
    /** A part of a whole, 0 to 1; a reduction can be negative. */
    SHARE,
    COUNT,
    WORKING_DAYS,
    VISITS,
    FIELDS;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** File and line. */
  String place() {
    return file.file() + ":" + rule.line();
  }

  String title(String language) {
    return language.equals("en") ? titleEn : titleZh;
  }

  /** The whole city's row stands beside those of the dimensions. */
  static final String CITY = "city";

  /** Dimension of the rows in which the mix is held; members are the city and its districts. */
  static final String FIXED_MIX = "fixed_mix";

  /** Separates the members of a joint dimension. */
  static final String JOINT = "|";
}
