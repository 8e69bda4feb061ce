package credit.jobs.ingest;

import credit.approval.id.IdScheme;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/** The check digit in Spark: no built-in can compute it. */
final class CheckDigit {
  static final String NAME = "credit_check_digit";

  private CheckDigit() {}

  static void register(SparkSession spark) {
    UDF2<String, String, String> valid = CheckDigit::valid;
    spark.udf().register(NAME, valid, DataTypes.StringType);
  }

  /**
   * The code in its canonical spelling, or null where its check fails. O and I, which no scheme
   * uses, are read as 0 and 1: the check digit then proves the reading.
   */
  static String valid(String scheme, String text) {
    if (text == null) {
      return null;
    }
    IdScheme rules = IdScheme.of(scheme);
    String code = rules.normalise(text);
    if (rules.isValid(code)) {
      return code;
    }
    String repaired = code.replace('O', '0').replace('I', '1');
    return rules.isValid(repaired) ? repaired : null;
  }
}
