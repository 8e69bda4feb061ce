package credit.jobs.increment;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.firm.FirmJob;
import credit.jobs.ingest.IngestJob;
import credit.jobs.link.LinkJob;
import credit.jobs.list.ListJob;
import credit.jobs.tier.TierJob;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Validity;
import credit.jobs.warehouse.Warehouse;
import credit.sample.CityGenerator;
import credit.sample.Faults;
import credit.sample.Options;
import credit.schemas.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
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
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @Test
  void afterEveryIncrementTheRowsAreThoseOfAFullRun(SparkSession spark) throws IOException {
    Path city = folder.resolve("city");
    CityGenerator.generate(
        new Options(100, 11, 800, UNTIL, 1, Faults.DEFAULT, city, folder.resolve("truth")),
        (step, done, total) -> {});
    for (int step = 1; step <= STEPS; step++) {
      LocalDate day = FIRST.plusDays((step - 1L) * DAYS_A_STEP);
      deliver(city, day);
      run(spark, "part", false, day, new IngestJob(), new LinkJob(), new FirmJob(), new TierJob());
      if (step == STEPS || step % STEPS_BETWEEN_LOOKS == 0) {
        isThatOfAFullRun(spark, day);
      }
    }
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("firms touched", "rates ")
        .doesNotContain("everything anew");
  }

  private void isThatOfAFullRun(SparkSession spark, LocalDate day) {
    run(spark, "part", false, day, new ListJob());
    run(spark, "all", true, day, new IngestJob(), new LinkJob(), new FirmJob(), new TierJob());
    run(spark, "all", true, day, new ListJob());
    for (String table : TABLES) {
      assertThat(rows(spark, "part", table, day))
          .as("%s as of %s\n%s", table, day, told)
          .isEqualTo(rows(spark, "all", table, day));
    }
    System.out.printf("%s: increments and full run agree%n", day);
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

  private void run(
      SparkSession spark, String warehouse, boolean full, LocalDate day, Stage... stages) {
    pipeline(spark, warehouse, full).run("run of " + day, List.of(stages), day, day);
  }

  private Pipeline pipeline(SparkSession spark, String warehouse, boolean full) {
    return new Pipeline(
        spark,
        Warehouse.at(folder.resolve(warehouse)),
        Schemas.bundled(),
        new Run.Settings(folder.resolve("deliveries"), folder.resolve("keys"), true, "zh", full),
        Clock.systemUTC(),
        full
            ? Progress.silent()
            : new Progress(new PrintStream(told, true, StandardCharsets.UTF_8), Clock.systemUTC()));
  }

  /**
   * Rows of the day; tables without a day hold one result only. Since when a tier stands only those
   * can say who rated before.
   */
  private List<String> rows(SparkSession spark, String warehouse, String table, LocalDate day) {
    var rows = pipeline(spark, warehouse, false).tables().read("cli", table);
    List<String> columns = List.of(rows.columns());
    if (columns.contains("valid_from")) {
      rows = rows.where(Validity.on(day)).drop("valid_from", "valid_until");
    }
    boolean dated = columns.contains("as_of");
    return (dated ? rows.where("as_of = '" + day + "'") : rows)
        .toJSON().collectAsList().stream().sorted().toList();
  }
}
