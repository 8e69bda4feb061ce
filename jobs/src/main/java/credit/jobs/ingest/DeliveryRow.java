package credit.jobs.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * One row of the ledger of deliveries.
 *
 * @param corrects the delivery whose rows it brings anew, or null
 * @param correctedRows which rows; null: all
 * @param controlSha256 hash of the control file for which it was refused; null: it was not
 */
record DeliveryRow(
    DeliveredFile file,
    LocalDate knownAt,
    String status,
    String reason,
    String charset,
    long rowsIn,
    long staged,
    long superseded,
    long repaired,
    long duplicate,
    long quarantined,
    long dropped,
    String corrects,
    List<Long> correctedRows,
    String controlSha256) {

  static final String ACCEPTED = "accepted";
  static final String RESENT = "resent";
  static final String REFUSED = "refused";

  /** A file that stays out whole; rows that were read count as quarantined. */
  static DeliveryRow refused(
      DeliveredFile file, LocalDate knownAt, String reason, String charset, long rows) {
    return new DeliveryRow(
        file, knownAt, REFUSED, reason, charset, rows, 0, 0, 0, 0, rows, 0, null, null, null);
  }

  /** A file that stays out until its control file is another. */
  static DeliveryRow refusedForItsControl(
      DeliveredFile file, LocalDate knownAt, String reason, String controlSha256) {
    return new DeliveryRow(
        file, knownAt, REFUSED, reason, null, 0, 0, 0, 0, 0, 0, 0, null, null, controlSha256);
  }

  /** A file whose content was delivered before. */
  static DeliveryRow resent(DeliveredFile file, LocalDate knownAt, long rows) {
    return new DeliveryRow(
        file, knownAt, RESENT, null, null, rows, 0, 0, 0, rows, 0, 0, null, null, null);
  }

  boolean isRefused() {
    return status.equals(REFUSED);
  }

  /** Rows in = staged + duplicate + quarantined + dropped. */
  boolean balances() {
    return rowsIn == staged + duplicate + quarantined + dropped;
  }

  Row row(String runId, Instant ingestedAt) {
    return RowFactory.create(
        file.sha256(),
        file.source().id(),
        file.relative(),
        file.declaredOn(),
        knownAt,
        ingestedAt,
        runId,
        status,
        reason,
        charset,
        rowsIn,
        staged,
        superseded,
        repaired,
        duplicate,
        quarantined,
        dropped,
        corrects,
        correctedRows,
        controlSha256);
  }
}
