package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.Schemas;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class PipelineTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  /** Of the first of July in Shanghai; in the clock's own zone it is still June. */
  private static final Clock ONE_IN_THE_MORNING =
      Clock.fixed(Instant.parse("2026-06-30T17:00:00Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private int runs;

  private record Doing(
      String name, boolean goesOnFromResults, Consumer<Run> work, Map<String, Long> figures)
      implements Stage {
    Doing(String name, Consumer<Run> work) {
      this(name, true, work, Map.of());
    }

    @Override
    public Map<String, Long> run(Run run) {
      work.accept(run);
      return figures;
    }
  }

  private void run(SparkSession spark, Stage... stages) {
    run(spark, DAY, DAY, stages);
  }

  private void run(SparkSession spark, LocalDate asOf, LocalDate knownAt, Stage... stages) {
    run(spark, new Run.Settings(folder, folder, true, "en"), asOf, knownAt, stages);
  }

  private void run(
      SparkSession spark,
      Run.Settings settings,
      LocalDate asOf,
      LocalDate knownAt,
      Stage... stages) {
    new Pipeline(
            spark,
            Warehouse.at(folder),
            Schemas.bundled(),
            settings,
            ONE_IN_THE_MORNING,
            Progress.silent())
        .run("run " + ++runs, List.of(stages), asOf, knownAt);
  }

  private static Stage nothing(String stage) {
    return new Doing(stage, run -> {});
  }

  private static Stage delivers(SparkSession spark, long rows) {
    return delivers(spark, rows, DAY);
  }

  private static Stage delivers(SparkSession spark, long rows, LocalDate known) {
    Map<String, Object> delivery =
        Rows.row("delivery_id", "d", "status", "accepted", "known_at", known, "staged", rows);
    return new Doing(
        "ingest",
        run ->
            run.tables()
                .write("ingest", "deliveries", Rows.table(spark, "deliveries", delivery), DAY));
  }

  @ParameterizedTest
  @CsvSource({"10, 1", "1999999, 1", "4000000, 4"})
  void aShuffleHasAPieceForEveryMillionStagedRows(long rows, String pieces, SparkSession spark) {
    run(
        spark,
        delivers(spark, rows),
        new Doing("link", run -> assertThat(spark.conf().get(PARTITIONS)).isEqualTo(pieces)));
    assertThat(spark.conf().get(PARTITIONS)).isEqualTo("1");
  }

  @Test
  void aStageThatFailsLeavesNoSettingBehind(SparkSession spark) {
    Stage fails =
        new Doing(
            "link",
            run -> {
              throw Failure.badInput("no");
            });
    assertThatThrownBy(() -> run(spark, delivers(spark, 4_000_000), fails)).hasMessage("no");
    assertThat(spark.conf().get(PARTITIONS)).isEqualTo("1");
  }

  @Test
  void aStageDoesNotGoOnFromTheLinksOfTheDayBefore(SparkSession spark) {
    run(spark, delivers(spark, 1), nothing("link"), nothing("firm"));
    assertThatThrownBy(() -> run(spark, DAY.plusDays(1), null, nothing("firm"), nothing("tier")))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("'link' was last run as of 2026-06-30, known by 2026-06-30")
        .hasMessageContaining(
            "'./credit run --from link --to tier --as-of 2026-07-01 --allow-pending'");
    run(spark, DAY.plusDays(1), null, nothing("link"), nothing("firm"), nothing("tier"));
  }

  @Test
  void whatARunHasDoneItDoesAgainOnceFilesCameInSince(SparkSession spark) {
    List<String> done = new ArrayList<>();
    Stage link = new Doing("link", run -> done.add("link"));
    Stage firm = new Doing("firm", run -> done.add("firm"));
    Stage files = new Doing("ingest", true, run -> {}, Map.of(Ledger.NEW_FILES, 1L));
    join(spark, delivers(spark, 1));
    join(spark, link, firm);
    join(spark, link, firm);
    assertThat(done).containsExactly("link", "firm");
    join(spark, files);
    assertThatThrownBy(() -> join(spark, firm)).hasMessageContaining("files came in after 'link'");
    join(spark, link);
    join(spark, firm);
    assertThat(done).containsExactly("link", "firm", "link", "firm");
  }

  /** Stages that are submitted apart into one run. */
  private void join(SparkSession spark, Stage... stages) {
    runs = 0;
    run(spark, stages);
  }

  @Test
  void whereOnlyAccountIsKeptTheDayOfTheResultsDoesNotMatter(SparkSession spark) {
    run(spark, delivers(spark, 1), nothing("link"), nothing("firm"), nothing("list"));
    run(spark, DAY.plusDays(1), null, new Doing("publish", false, run -> {}, Map.of()));
  }

  @Test
  void aStageGoesBackToAnEarlierDayOnlyWhereThatIsAskedFor(SparkSession spark) {
    Run.Settings forward = new Run.Settings(folder, folder, false, "en", false, false);
    Run.Settings rewind = new Run.Settings(folder, folder, false, "en", false, true);
    LocalDate before = DAY.minusDays(30);
    run(spark, delivers(spark, 1, before), nothing("link"));
    assertThatThrownBy(() -> run(spark, forward, before, null, nothing("link")))
        .hasMessageContaining("'link' was last run as of 2026-06-30")
        .hasMessageContaining("./credit replay --as-of 2026-05-31 --into DIR")
        .hasMessageContaining("--rewind");
    assertThatThrownBy(() -> run(spark, forward, DAY, before, nothing("link")))
        .as("less known")
        .hasMessageContaining("known by 2026-05-31, it would take back");
    run(spark, forward, DAY, DAY, nothing("link"));
    run(spark, forward, before, null, nothing("train"));
    run(spark, rewind, before, null, nothing("link"));
  }

  @Test
  void resultsAreOfTodayAtTheLatestThoughWhatCameLateCountsAsKnownTomorrow(SparkSession spark) {
    LocalDate today = DAY.plusDays(1);
    run(
        spark,
        (LocalDate) null,
        null,
        delivers(spark, 1),
        delivers(spark, 1, today.plusDays(1)),
        new Doing(
            "link",
            run -> {
              assertThat(run.asOf()).isEqualTo(today);
              assertThat(run.knownAt()).isEqualTo(today.plusDays(1));
            }));
  }

  @Test
  void allThatIsKnownIsKnownByTheNewestDayHoweverFarAheadIsAsked(SparkSession spark) {
    run(
        spark,
        DAY,
        LocalDate.of(2062, 6, 30),
        delivers(spark, 1),
        new Doing("link", run -> assertThat(run.knownAt()).isEqualTo(DAY.plusDays(1))));
  }

  @Test
  void beforeTheFirstDeliveryNothingWasKnown(SparkSession spark) {
    run(spark, delivers(spark, 1));
    assertThatThrownBy(() -> run(spark, DAY, DAY.minusDays(1), nothing("link")))
        .hasMessageContaining("nothing was known on 2026-06-29")
        .hasMessageContaining("name a later --known-at");
  }
}
