package credit.jobs.ingest;

/** A delivery that stays out whole; the message is the reason in the ledger. */
final class BadFile extends Exception {
  private static final long serialVersionUID = 1L;

  BadFile(String reason) {
    super(reason);
  }
}
