package credit.jobs.link;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.split;

import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The register as linking needs it. */
final class Register {
  private Register() {}

  /**
   * Every name that a firm has or had, with the days on which it was valid.
   *
   * @param register current rows of the register
   * @return {@code firm_code, firm_name, normal_name, firm_district, valid_until} (exclusive; null:
   *     the present name)
   */
  static Dataset<Row> names(Dataset<Row> register) {
    Dataset<Row> present =
        register.select(
            col("code").as("firm_code"),
            col("name").as("firm_name"),
            column(register, "district").as("firm_district"),
            lit(null).cast("DATE").as("valid_until"));
    Dataset<Row> all = present;
    if (Arrays.asList(register.columns()).contains("former_names")) {
      Dataset<Row> former =
          register
              .select(
                  col("code"),
                  column(register, "district"),
                  explode(col("former_names")).as("former"))
              .select(
                  col("code").as("firm_code"),
                  element_at(split(col("former"), "@"), 1).as("firm_name"),
                  col("district").as("firm_district"),
                  regexp_extract(col("former"), "@(\\d{4}-\\d{2}-\\d{2})$", 1)
                      .try_cast("DATE")
                      .as("valid_until"))
              // Nobody knows until when such a name was valid; without a day it would be the
              // present one.
              .where(col("valid_until").isNotNull());
      all = present.unionByName(former);
    }
    return all.withColumn("normal_name", NameFunctions.normalise(col("firm_name")))
        .where(col("normal_name").isNotNull());
  }

  private static org.apache.spark.sql.Column column(Dataset<Row> rows, String name) {
    return Arrays.asList(rows.columns()).contains(name)
        ? col(name)
        : lit(null).cast("STRING").as(name);
  }
}
