package credit.jobs.warehouse;

/** This program, as the ledger of runs names it. */
public final class Program {
  /** Version as the parent {@code pom.xml} has it; the ledger tells which one made a result. */
  public static final String VERSION = "0.1.0";

  private Program() {}
}
