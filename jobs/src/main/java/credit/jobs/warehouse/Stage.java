package credit.jobs.warehouse;

import java.util.Map;

/** One stage of the pipeline: reads tables, computes, writes tables. */
public interface Stage {
  /** The stage's name: its command, its package, and what table contracts call it. */
  String name();

  /**
   * Does the stage's work for a run.
   *
   * @return figures for the ledger and the summary, by name
   * @throws Failure where the input or a gate refuses
   */
  Map<String, Long> run(Run run);
}
