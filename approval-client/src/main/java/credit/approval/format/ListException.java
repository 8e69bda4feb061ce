package credit.approval.format;

/**
 * A published list, or a part of it, that is not accepted. The reason is a stable code for
 * machines; the message says what is wrong, why it matters and what to do.
 */
public final class ListException extends RuntimeException {
  private final String reason;

  public ListException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  public ListException(String reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The stable code, such as {@code signature_invalid} or {@code not_canonical}. */
  public String reason() {
    return reason;
  }
}
