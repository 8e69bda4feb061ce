package credit.jobs.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/**
 * Rows that say from when until when they hold: {@code valid_from}, and {@code valid_until}, which
 * is the first day on which they no longer do; null: they still hold.
 */
public final class Validity {
  private Validity() {}

  /** Rows that hold on a day. */
  public static Column on(LocalDate day) {
    return col("valid_from")
        .leq(lit(day))
        .and(col("valid_until").isNull().or(col("valid_until").gt(lit(day))));
  }
}
