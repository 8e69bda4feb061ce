package credit.jobs.link;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import credit.schemas.SourceContract;
import credit.schemas.SourceContract.FirmReference;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What every source's rows say of their firm, in one shape. */
final class Records {
  private Records() {}

  /**
   * The firm references of one source.
   *
   * @param versions current versions of the source's records
   * @return {@code record_id, source, id_scheme, given_code, name, district, on_date, not_a_firm,
   *     known_at}
   */
  static Dataset<Row> of(SourceContract source, Dataset<Row> versions) {
    FirmReference firm = source.firm();
    return versions.select(
        col("record_id"),
        lit(source.id()).as("source"),
        lit(firm.scheme()).as("id_scheme"),
        text(firm.code()).as("given_code"),
        text(firm.name()).as("name"),
        text(firm.district()).as("district"),
        coalesce(
                firm.date() == null ? lit(null).cast("DATE") : expr(firm.date()).cast("DATE"),
                col("known_at"))
            .as("on_date"),
        firm.notAFirm() == null
            ? lit(false).as("not_a_firm")
            : coalesce(expr(firm.notAFirm()), lit(false)).as("not_a_firm"),
        col("known_at"));
  }

  private static Column text(String expression) {
    return expression == null ? lit(null).cast("STRING") : expr(expression).cast("STRING");
  }
}
