package credit.jobs.link;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Names in Spark: no built-in narrows full-width forms or knows a branch's tail. */
public final class NameFunctions {
  private static final String NORMALISE = "credit_firm_name";
  private static final String BRANCH_OF = "credit_is_branch_of";
  private static final String BRANCH = "credit_is_branch";

  private NameFunctions() {}

  /** Makes the functions known to a session. */
  public static void register(SparkSession spark) {
    UDF1<String, String> normalise = FirmName::normalise;
    spark.udf().register(NORMALISE, normalise, DataTypes.StringType);
    UDF2<String, String, Boolean> branchOf =
        (name, head) -> name != null && head != null && FirmName.isBranchOf(name, head);
    spark.udf().register(BRANCH_OF, branchOf, DataTypes.BooleanType);
    UDF1<String, Boolean> branch = name -> name != null && FirmName.isBranch(name);
    spark.udf().register(BRANCH, branch, DataTypes.BooleanType);
  }

  /** The name in one spelling, as linking compares it; null where nothing is left of it. */
  public static Column normalise(Column name) {
    return functions.callUDF(NORMALISE, name);
  }

  static Column isBranchOf(Column name, Column head) {
    return functions.callUDF(BRANCH_OF, name, head);
  }

  static Column isBranch(Column name) {
    return functions.callUDF(BRANCH, name);
  }
}
