package credit.approval.serve;

/** A request that cannot be answered, with its HTTP status. */
final class BadRequest extends RuntimeException {
  private final int status;
  private final String reason;

  BadRequest(int status, String reason, String message) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  int status() {
    return status;
  }

  String reason() {
    return reason;
  }
}
