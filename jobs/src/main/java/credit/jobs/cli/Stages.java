package credit.jobs.cli;

import credit.jobs.feature.FeatureJob;
import credit.jobs.firm.FirmJob;
import credit.jobs.ingest.IngestJob;
import credit.jobs.kpi.KpiJob;
import credit.jobs.link.LinkJob;
import credit.jobs.list.ListJob;
import credit.jobs.plan.PlanJob;
import credit.jobs.publish.PublishJob;
import credit.jobs.risk.RiskJob;
import credit.jobs.tier.TierJob;
import credit.jobs.warehouse.ContractExpressions;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.Stage;
import credit.schemas.Schemas;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The stages in the order in which data flows. */
final class Stages {
  private Stages() {}

  static List<Stage> all() {
    return List.of(
        new IngestJob(),
        new LinkJob(),
        new FirmJob(),
        new FeatureJob(),
        new RiskJob(),
        new TierJob(),
        new PlanJob(),
        new ListJob(),
        PublishJob.full(),
        new KpiJob());
  }

  static List<String> names() {
    return all().stream().map(Stage::name).toList();
  }

  /**
   * Analyses all SQL of a jurisdiction's contracts and rules.
   *
   * @throws Failure (exit code 2) at the first expression that is refused
   */
  static void check(SparkSession spark, Schemas schemas) {
    RuleConditions.checkAll(spark, schemas);
    ContractExpressions.checkAll(spark, schemas);
    all().forEach(stage -> stage.check(spark, schemas));
  }

  /**
   * The same, unless this version of the program has run by them in a warehouse: it found them
   * sound then.
   */
  static void checkNew(SparkSession spark, Schemas schemas, Ledger ledger) {
    if (!ledger.ranBy(schemas.sha256())) {
      check(spark, schemas);
    }
  }

  /** Stages from one to another, both included. */
  static List<Stage> between(String from, String to) {
    int first = from == null ? 0 : index(from);
    int last = to == null ? all().size() - 1 : index(to);
    if (first > last) {
      throw Failure.usage("--from %s comes after --to %s; the order is %s", from, to, names());
    }
    return all().subList(first, last + 1);
  }

  private static int index(String name) {
    int index = names().indexOf(name);
    if (index < 0) {
      throw Failure.usage("there is no stage '%s'; the stages are %s", name, names());
    }
    return index;
  }
}
