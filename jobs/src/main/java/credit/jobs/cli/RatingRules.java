package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.SchemaException;
import credit.schemas.Schemas;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** The rules by which firms were rated: those on the disk may be others by now. */
final class RatingRules {
  private RatingRules() {}

  /**
   * Takes them from the archive where they are not those of today.
   *
   * @param bundle hash of the rating's rules and contracts
   * @return empty where this version of the program cannot read them
   */
  static Optional<Schemas> of(
      SparkSession spark, Warehouse warehouse, Schemas today, String bundle) {
    if (bundle.equals(today.sha256())) {
      return Optional.of(today);
    }
    try {
      Schemas then = Schemas.load(warehouse.bundles().resolve(bundle)).withTablesOf(today);
      Stages.check(spark, then);
      return Optional.of(then);
    } catch (Failure | SchemaException e) {
      return Optional.empty();
    }
  }
}
