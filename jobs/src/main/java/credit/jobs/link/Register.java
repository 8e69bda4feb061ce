package credit.jobs.link;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_extract;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The register as linking needs it. */
final class Register {
  private static final String NAMES = "ARRAY<STRUCT<name: STRING, until: DATE>>";

  private Register() {}

  /**
   * Every name that a firm has or had, with the days on which it was valid: from the end of the
   * name before it, or from establishment on. Of a former name without its last day nobody knows
   * when it was valid; without a day it would be the present one, so it is left out.
   *
   * @param register current rows of the register
   * @return {@code firm_code, firm_name, normal_name, firm_district, valid_from} (null: from the
   *     first day on) and {@code valid_until} (exclusive; null: the present name)
   */
  static Dataset<Row> names(Dataset<Row> register) {
    Column present = struct(col("name").as("name"), lit(null).cast("DATE").as("until"));
    Column former =
        filter(
            transform(column(register, "former_names", "ARRAY<STRING>"), Register::formerName),
            name -> name.getField("until").isNotNull());
    return register
        .withColumn("former", coalesce(former, array().cast(NAMES)))
        .withColumn("named", explode(concat(array(present).cast(NAMES), col("former"))))
        .select(
            col("code").as("firm_code"),
            col("named.name").as("firm_name"),
            NameFunctions.normalise(col("named.name")).as("normal_name"),
            column(register, "district", "STRING").as("firm_district"),
            coalesce(endOfTheNameBefore(), column(register, "established", "DATE"))
                .as("valid_from"),
            col("named.until").as("valid_until"))
        .where(col("normal_name").isNotNull());
  }

  /** {@code name@day}: the day is the first on which the firm no longer had the name. */
  private static Column formerName(Column former) {
    return struct(
        element_at(split(former, "@"), 1).as("name"),
        regexp_extract(former, "@(\\d{4}-\\d{2}-\\d{2})$", 1).try_cast("DATE").as("until"));
  }

  private static Column endOfTheNameBefore() {
    Column until = col("named.until");
    return array_max(filter(col("former.until"), day -> until.isNull().or(day.lt(until))));
  }

  private static Column column(Dataset<Row> rows, String name, String type) {
    return Arrays.asList(rows.columns()).contains(name) ? col(name) : lit(null).cast(type);
  }
}
