package credit.jobs.link;

import static org.apache.spark.sql.functions.udf;

import credit.approval.id.IdScheme;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** What a record's code tells where no firm of the register has it. */
final class GivenCode {
  private static final UserDefinedFunction IS_SOMEBODYS =
      udf((UDF2<String, String, Boolean>) GivenCode::isSomebodys, DataTypes.BooleanType);

  private GivenCode() {}

  /** As {@link #isSomebodys(String, String)}, over columns. */
  static Column isSomebodys(Column scheme, Column code) {
    return IS_SOMEBODYS.apply(scheme, code);
  }

  /**
   * Whether a code must be taken for that of some firm, known or not: it passes a check digit, so
   * that no misspelling explains it. One character throughout passes too, and only fills the field.
   */
  static boolean isSomebodys(String scheme, String code) {
    return code != null
        && IdScheme.of(scheme) != IdScheme.NONE
        && code.chars().distinct().count() > 1
        && IdScheme.of(scheme).isValid(code);
  }
}
