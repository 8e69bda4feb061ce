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
   * Reads the effects and settings of the stage's rules, those of other days included, and analyses
   * the SQL in them, so that a mistake is told before anything runs and not after earlier stages
   * have written. The conditions of all rules are analysed in one place, see {@link
   * RuleConditions#checkAll}. A rule file that is missing is no mistake here.
   *
   * @throws Failure (exit code 2) at the first that is refused
   */
  default void check(SparkSession spark, Schemas schemas) {}
}
