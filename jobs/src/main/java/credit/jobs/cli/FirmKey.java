package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;

import credit.approval.id.IdScheme;
import credit.schemas.SourceContract;
import org.apache.spark.sql.Column;

/** What tells a firm apart: a code, and the scheme that it is a code of. */
record FirmKey(String idScheme, String code) {
  /** The key of a code as somebody types it, read as {@code check} reads it. */
  static FirmKey typed(SourceContract register, String code) {
    IdScheme scheme =
        register.firm() == null ? IdScheme.NONE : IdScheme.of(register.firm().scheme());
    return new FirmKey(scheme.label(), scheme.normalise(code));
  }

  /** Whether a row is the firm's. */
  Column holds() {
    return col("id_scheme").equalTo(idScheme).and(col("code").equalTo(code));
  }
}
