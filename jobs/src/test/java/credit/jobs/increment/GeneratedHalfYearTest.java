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
 * Half a year of the sample city, lived through step by step by one warehouse; another computes
 * all.
 */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class GeneratedHalfYearTest {
  private static final LocalDate UNTIL = LocalDate.of(2026, 6, 30);
  private static final int STEP_DAYS = 37;
  private static final int STEPS = 5;
  private static final List<String> TABLES =
      List.of(
          "links",
          "link_review",
          "events",
          "firm_file",
          "tiers",
          "measures",
          "blacklist",
          "restrictions",
          "incentives");

  @TempDir Path folder;
  private final ByteArrayOutputStream told = new ByteArrayOutputStream();

  @Test
  void afterHalfAYearOfIncrementsTheRowsAreThoseOfAFullRun(SparkSession spark) throws IOException {
    Path deliveries = folder.resolve("deliveries");
    CityGenerator.generate(
        new Options(100, 11, 800, UNTIL, 1, Faults.DEFAULT, deliveries, folder.resolve("truth")),
        (step, done, total) -> {});
    run(spark, "part", false, UNTIL, new IngestJob());
    copy(folder.resolve("part"), folder.resolve("all"));
    int step = 0;
    LocalDate last = UNTIL.minusYears(1).plusDays((STEPS - 1L) * STEP_DAYS);
    for (LocalDate day = UNTIL.minusYears(1); !day.isAfter(last); day = day.plusDays(STEP_DAYS)) {
      run(spark, "part", false, day, new LinkJob(), new FirmJob(), new TierJob());
      if (++step == STEPS) {
        run(spark, "part", false, day, new ListJob());
        run(spark, "all", true, day, new LinkJob(), new FirmJob(), new TierJob(), new ListJob());
        for (String table : TABLES) {
          assertThat(rows(spark, "part", table, day))
              .as("%s as of %s\n%s", table, day, told)
              .isEqualTo(rows(spark, "all", table, day));
        }
      }
    }
    assertThat(told.toString(StandardCharsets.UTF_8))
        .contains("firms touched", "rates ")
        .doesNotContain("everything anew");
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

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
