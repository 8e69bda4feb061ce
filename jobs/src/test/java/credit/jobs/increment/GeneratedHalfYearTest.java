package credit.jobs.increment;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.firm.FirmJob;
import credit.jobs.ingest.IngestJob;
import credit.jobs.link.LinkJob;
import credit.jobs.list.ListJob;
import credit.jobs.tier.TierJob;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Validity;
import credit.sample.CityGenerator;
import credit.sample.Faults;
import credit.sample.Options;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sample city, lived through step by step by one warehouse, which reads what was delivered by
 * then; another computes all. By default half a year in a few steps; {@code -Dhistory.steps=365
 * -Dhistory.days=1} lives through a year day by day, which takes an hour or two.
 */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class GeneratedHalfYearTest {
  private static final LocalDate UNTIL = LocalDate.of(2026, 6, 30);
  private static final LocalDate FIRST =
      LocalDate.parse(System.getProperty("history.first", UNTIL.minusYears(1).toString()));
  private static final int STEPS = Integer.getInteger("history.steps", 5);
  private static final int DAYS_A_STEP = Integer.getInteger("history.days", 37);
  private static final int STEPS_BETWEEN_LOOKS = 30;
  private static final List<Stage> UP_TO_TIERS =
      List.of(new IngestJob(), new LinkJob(), new FirmJob(), new TierJob());
  private static final List<Stage> LISTS = List.of(new ListJob());
  private static final List<String> TABLES =
      List.of(
          "links",
          "link_review",
          "events",
          "firm_file",
          "unmet_changes",
          "tiers",
          "measures",
          "blacklist",
          "restrictions",
          "incentives");

  @TempDir Path folder;

  @Test
  void afterEveryIncrementTheRowsAreThoseOfAFullRun(SparkSession spark) throws IOException {
    Path city = folder.resolve("city");
    CityGenerator.generate(
        new Options(100, 11, 800, UNTIL, 1, Faults.DEFAULT, city, folder.resolve("truth")),
        (step, done, total) -> {});
    TwoWarehouses warehouses = new TwoWarehouses(spark, folder, Schemas.bundled());
    for (int step = 1; step <= STEPS; step++) {
      LocalDate day = FIRST.plusDays((step - 1L) * DAYS_A_STEP);
      deliver(city, day);
      run(warehouses.goingOn(), day, UP_TO_TIERS);
      if (step == STEPS || step % STEPS_BETWEEN_LOOKS == 0) {
        run(warehouses.goingOn(), day, LISTS);
        run(warehouses.computingAll(), day, UP_TO_TIERS);
        run(warehouses.computingAll(), day, LISTS);
        warehouses.assertAlike(TABLES, rows -> of(day, rows), "as of " + day);
        System.out.printf("%s: increments and full run agree%n", day);
      }
    }
    assertThat(warehouses.told())
        .contains("firms touched", "rates ")
        .doesNotContain("everything anew");
  }

  private static void run(Pipeline pipeline, LocalDate day, List<Stage> stages) {
    pipeline.run("run of " + day, stages, day, day);
  }

  /** Lays down what the city delivered up to the day and is not there yet. */
  private void deliver(Path city, LocalDate until) throws IOException {
    try (Stream<Path> files = Files.walk(city)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = folder.resolve("deliveries").resolve(city.relativize(file));
        boolean due = !LocalDate.parse(file.getParent().getFileName().toString()).isAfter(until);
        if (due && !Files.exists(to)) {
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
  }

  /**
   * Rows of the day; tables without a day hold one result only. Since when a tier stands only those
   * can say who rated before.
   */
  private static Dataset<Row> of(LocalDate day, Dataset<Row> rows) {
    List<String> columns = List.of(rows.columns());
    Dataset<Row> valid =
        columns.contains("valid_from")
            ? rows.where(Validity.on(day)).drop("valid_from", "valid_until")
            : rows;
    return columns.contains("as_of") ? valid.where("as_of = '" + day + "'") : valid;
  }
}
