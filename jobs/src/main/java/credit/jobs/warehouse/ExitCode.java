package credit.jobs.warehouse;

/** How a command ends; the numbers are part of the command line's contract. */
public enum ExitCode {
  DONE(0),
  BUG(1),
  USAGE(2),
  BAD_INPUT(3),
  GATE_REFUSED(4),
  BUSY(5),
  ENVIRONMENT(6);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** Process exit status. */
  public int number() {
    return number;
  }
}
