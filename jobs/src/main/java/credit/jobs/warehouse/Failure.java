package credit.jobs.warehouse;

/**
 * Something that the user or operator can put right. The message is one line: what is wrong, why,
 * and what to do; the exit code tells a scheduler whether to try again.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final ExitCode exitCode;

  private Failure(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The process's exit code. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** Bad usage, configuration or rules. */
  public static Failure usage(String message, Object... values) {
    return new Failure(ExitCode.USAGE, String.format(message, values), null);
  }

  /** Bad input: limits exceeded or balance broken. */
  public static Failure badInput(String message, Object... values) {
    return new Failure(ExitCode.BAD_INPUT, String.format(message, values), null);
  }

  /** A gate refused. */
  public static Failure gate(String message, Object... values) {
    return new Failure(ExitCode.GATE_REFUSED, String.format(message, values), null);
  }

  /** Somebody else holds the warehouse. */
  public static Failure busy(String message, Object... values) {
    return new Failure(ExitCode.BUSY, String.format(message, values), null);
  }

  /** The environment is at fault: read-only, disk full. */
  public static Failure environment(Throwable cause, String message, Object... values) {
    return new Failure(ExitCode.ENVIRONMENT, String.format(message, values), cause);
  }
}
