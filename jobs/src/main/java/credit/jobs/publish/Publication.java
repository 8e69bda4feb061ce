package credit.jobs.publish;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/**
 * A row of the ledger {@code publications}.
 *
 * @param version list version; 0 where a refused publication was given none
 * @param sequence rises by one with each row
 * @param manifestSha256 null for a refusal
 * @param reason why it was refused, abandoned or adopted, or who approved it; or null
 */
record Publication(
    long version,
    long sequence,
    State state,
    LocalDate asOf,
    LocalDate knownAt,
    String contentSha256,
    String manifestSha256,
    String reason,
    String runId,
    Instant recordedAt) {

  /** What became of a publication. */
  enum State {
    /** The number is taken and the content's hash is fixed; nothing is in force yet. */
    PREPARED,
    /** In force from then on. */
    PUBLISHED,
    /** A gate refused it. */
    REFUSED,
    /** It was prepared, never came into force and never will; its number stays unused. */
    ABANDONED,
    /** Nothing changed; the version in force got a fresh timestamp. */
    TIMESTAMPED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String label) {
      return valueOf(label.toUpperCase(Locale.ROOT));
    }
  }
}
