package credit.jobs.warehouse;

import credit.schemas.Schemas;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Runs of single stages in a test's own warehouse. */
public final class TestRuns {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  private TestRuns() {}

  /** A run in an empty warehouse, with pending rules at work, on a stopped clock. */
  public static Run in(Path folder, SparkSession spark, Schemas schemas, LocalDate day) {
    Warehouse warehouse = Warehouse.at(folder);
    Clock clock = Clock.fixed(Instant.parse("2026-08-01T00:00:00Z"), SHANGHAI);
    return new Run(
        "test",
        spark,
        warehouse,
        new Tables(spark, warehouse, schemas, Map.of()),
        new Ledger(List.of()),
        schemas,
        new Run.Settings(folder.resolve("deliveries"), folder.resolve("keys"), true, "zh"),
        day,
        day,
        clock,
        Progress.silent());
  }
}
