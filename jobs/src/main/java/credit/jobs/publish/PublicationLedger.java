package credit.jobs.publish;

import java.util.List;

/** The ledger {@code publications}. A row counts once {@link #append} has returned. */
interface PublicationLedger {
  /** The rows in order of their sequence. */
  List<Publication> rows();

  void append(Publication row);
}
