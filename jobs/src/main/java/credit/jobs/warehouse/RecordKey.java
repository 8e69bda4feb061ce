package credit.jobs.warehouse;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;

import credit.schemas.SourceContract;
import org.apache.spark.sql.Column;

/**
 * What all versions of a record share: the values of the columns that its contract marks as key. It
 * is found whenever rows are read, so that a contract with another key holds for what was delivered
 * before, too: no version is lost, since all of them stay.
 */
public final class RecordKey {
  static final String COLUMN = "record_key";

  /** Stands in no cell. */
  private static final String PART = "\u001F";

  private RecordKey() {}

  /** The key of a source's typed or staged rows. */
  public static Column of(SourceContract source) {
    return concat_ws(
            PART,
            source.columns().stream()
                .filter(credit.schemas.Column::key)
                .map(c -> coalesce(col(c.name()).cast("STRING"), lit("")))
                .toArray(Column[]::new))
        .as(COLUMN);
  }
}
