package credit.jobs.warehouse;

import credit.schemas.Schemas;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

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

  /**
   * Whether it goes on from what other stages made of its day; else it may run whatever they were
   * last run for.
   */
  default boolean goesOnFromResults() {
    return true;
  }

  /**
   * Analyses the SQL that stands in the effects and settings of the stage's rules, so that a
   * mistake is told before anything runs and not after earlier stages have written. The conditions
   * of all rules are analysed in one place, see {@link RuleConditions#checkAll}.
   *
   * @throws Failure (exit code 2) at the first expression that is refused
   */
  default void check(SparkSession spark, Schemas schemas) {}
}
