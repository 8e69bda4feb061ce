package credit.jobs.increment;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * One history, told twice: to a warehouse that goes on from its last results, and to one that
 * computes all. Both must hold the same rows.
 */
final class TwoWarehouses {
  /** Over a few rows, planning and compiling is nearly all that takes time. */
  private static final Map<String, String> FOR_FEW_ROWS =
      Map.of(
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private final SparkSession spark;
  private final Path folder;
  private final Schemas schemas;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  TwoWarehouses(SparkSession spark, Path folder, Schemas schemas) {
    this.spark = spark;
    this.folder = folder;
    this.schemas = schemas;
  }

  /** Those of a {@link SmallTown}; until they are closed, plans are made for few rows. */
  static TwoWarehouses ofASmallTown(SparkSession spark, Path folder) {
    FOR_FEW_ROWS.forEach(spark.conf()::set);
    return new TwoWarehouses(spark, folder, SmallTown.schemas(folder.resolve("schemas")));
  }

  void close() {
    FOR_FEW_ROWS.keySet().forEach(spark.conf()::unset);
  }

  /** Runs stages in both. */
  void run(String id, List<Stage> stages, LocalDate asOf, LocalDate knownAt) {
    goingOn().run(id, stages, asOf, knownAt);
    computingAll().run(id, stages, asOf, knownAt);
  }

  /** The one that goes on from its last results, and tells of it. */
  Pipeline goingOn() {
    return pipeline(
        "part",
        false,
        new Progress(new PrintStream(told, true, StandardCharsets.UTF_8), Clock.systemUTC()));
  }

  Pipeline computingAll() {
    return pipeline("all", true, Progress.silent());
  }

  private Pipeline pipeline(String warehouse, boolean full, Progress progress) {
    return new Pipeline(
        spark,
        Warehouse.at(folder.resolve(warehouse)),
        schemas,
        new Run.Settings(folder.resolve("deliveries"), folder.resolve("keys"), true, "zh", full),
        Clock.systemUTC(),
        progress);
  }

  /** What the one that goes on has told of its runs up to now. */
  String told() {
    return told.toString(StandardCharsets.UTF_8);
  }

  /**
   * Fails unless both hold the same rows.
   *
   * @param which of a table's rows are compared
   * @param when names the moment, for the message
   */
  void assertAlike(List<String> tables, UnaryOperator<Dataset<Row>> which, String when) {
    for (String table : tables) {
      assertThat(rows(goingOn(), table, which))
          .as("%s %s\n%s", table, when, told())
          .isEqualTo(rows(computingAll(), table, which));
    }
  }

  private static List<String> rows(
      Pipeline pipeline, String table, UnaryOperator<Dataset<Row>> which) {
    return which.apply(pipeline.tables().read("cli", table)).toJSON().collectAsList().stream()
        .sorted()
        .toList();
  }
}
