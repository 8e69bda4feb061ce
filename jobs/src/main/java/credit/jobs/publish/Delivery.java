package credit.jobs.publish;

import java.time.Instant;
import java.time.LocalDate;

/** A delivery as the ledger knows it. */
record Delivery(
    String source,
    String path,
    LocalDate declaredOn,
    LocalDate knownAt,
    Instant ingestedAt,
    String status,
    long rowsIn,
    long staged,
    long duplicate,
    long quarantined,
    long dropped) {

  boolean isRefused() {
    return status.equals("refused");
  }

  boolean isBalanced() {
    return rowsIn == staged + duplicate + quarantined + dropped;
  }
}
