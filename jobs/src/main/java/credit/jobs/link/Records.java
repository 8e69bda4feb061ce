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
   * @param staged all versions of the source's records
   * @return {@code record_id, source, id_scheme, given_code, name, district, on_date, not_a_firm,
   *     known_at} and what tells versions apart
   */
  static Dataset<Row> of(SourceContract source, Dataset<Row> staged) {
    FirmReference firm = source.firm();
    return staged.select(
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
        col("known_at"),
        col("record_key"),
        col("declared_on"),
        col("delivery_id"),
        col("row_number"));
  }

  private static Column text(String expression) {
    return expression == null ? lit(null).cast("STRING") : expr(expression).cast("STRING");
  }
}
