package credit.jobs.publish;

import static credit.jobs.publish.Samples.DAY;
import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static credit.jobs.warehouse.Rows.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.Answer;
import credit.approval.ClientOptions;
import credit.approval.ListClient;
import credit.approval.Outcome;
import credit.approval.Query;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.Mode;
import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class PublishJobTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final String ACT = "珠市监罚〔2026〕1号";

  /** Counts over all tests: a copied warehouse knows the runs that seeded it. */
  private static final AtomicInteger RUNS = new AtomicInteger();

  @TempDir static Path seeded;
  @TempDir Path folder;
  private final MovingClock clock = new MovingClock("2026-06-30T10:00:00Z");
  private SparkSession spark;
  private Warehouse warehouse;
  private Keys keys;

  private record Writer(String name, BiConsumer<Run, Stage> write) implements Stage {
    @Override
    public Map<String, Long> run(Run run) {
      write.accept(run, this);
      return Map.of();
    }
  }

  @BeforeEach
  void copyOfTheSeededWarehouse(SparkSession session) throws IOException {
    spark = session;
    if (Files.notExists(seeded.resolve("tables"))) {
      warehouse = Warehouse.at(seeded);
      run(
          new Writer("ingest", this::ingest),
          new Writer("list", (run, stage) -> write(run, stage, listed(1), listed(2))));
    }
    warehouse = Warehouse.at(folder.resolve("warehouse"));
    FileUtils.copyDirectory(seeded.toFile(), warehouse.root().toFile());
    keys = Keys.at(folder.resolve("keys"), Map.of(), clock);
    keys.initIfMissing(warehouse.lists());
  }

  @Test
  void fromTablesToTheClientsAnswer() throws IOException {
    Map<String, Long> figures = publish(PublishJob.full());
    assertThat(figures)
        .containsEntry("version", 1L)
        .containsEntry("restrictions", 2L)
        .containsEntry("subjects", 3L)
        .containsEntry("items", 3L);

    assertThat(check(1, "").outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(check(3, "").outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(check(3, "X-01").outcome()).isEqualTo(Outcome.ITEM_NOT_ELIGIBLE);
    assertThat(check(3, "X-99").outcome()).isEqualTo(Outcome.OUT_OF_COVERAGE);
    assertThat(List.of("blacklist.csv", "penalties.csv", "penalties.jsonl", "index.html"))
        .allSatisfy(f -> assertThat(warehouse.published().resolve("public/1").resolve(f)).exists());

    clock.pass(Duration.ofHours(1));
    assertThat(publish(PublishJob.full()))
        .containsEntry("version", 1L)
        .containsEntry("new_version", 0L);
  }

  @Test
  void aRefusedPublicationLeavesTheLastGoodVersionInForce() throws IOException {
    publish(PublishJob.full());
    list(listed(1), listed(2), with(listed(3), "rule", "risk-score"));

    assertThatThrownBy(() -> publish(PublishJob.full()))
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.GATE_REFUSED))
        .hasMessageContaining("never from a score");

    assertThat(check(1, "").list().version()).isEqualTo(1);
    assertThat(check(3, "").outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(states()).containsExactly("prepared", "published", "refused");
  }

  @Test
  void anUrgentAnnulmentGoesOutAlthoughAnotherSourceIsBroken() throws IOException {
    publish(PublishJob.full());
    run(
        new Writer("ingest", (run, stage) -> delivery(run, stage, "penalties", DAY, 7)),
        new Writer(
            "list",
            (run, stage) ->
                write(
                    run,
                    stage,
                    with(listed(1), "state", "annulled"),
                    listed(2),
                    with(listed(3), "state", "shadow", "pending", true))));
    assertThatThrownBy(() -> publish(PublishJob.full())).hasMessageContaining("does not balance");
    clock.pass(Duration.ofHours(1));
    assertThat(publish(PublishJob.urgent(ACT))).containsEntry("version", 2L);

    assertThat(check(1, "").outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(check(2, "").outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(check(3, "").outcome()).as("a shadow").isEqualTo(Outcome.CLEAR);
  }

  @Test
  void whatMayNoLongerBeShownLeavesThePublicFaceWhateverBecomesOfTheLists() throws IOException {
    Map<String, Object> brief = with(penalty(2), "shown_until", DAY.plusDays(1));
    lists(penalties(penalty(1), brief, penalty(3)));
    publish(PublishJob.full());
    assertThat(shown("1")).contains("样例企业1", "样例企业2", "样例企业3");

    clock.pass(Duration.ofHours(1));
    lists(penalties(with(penalty(1), "state", "repaired"), brief, penalty(3)));
    assertThat(publish(PublishJob.full())).containsEntry("new_version", 0L);
    assertThat(shown("1.1")).contains("样例企业2", "样例企业3").doesNotContain("样例企业1");

    lists(
        penalties(brief, penalty(4))
            .andThen((run, stage) -> write(run, stage, with(listed(3), "rule", "risk-score"))));
    assertThatThrownBy(() -> publish(PublishJob.full())).hasMessageContaining("nothing was");
    assertThat(shown("1.2")).as("refused").contains("样例企业2").doesNotContain("样例企业4");

    clock.pass(Duration.ofDays(1));
    publish(PublishJob.timestampOnly());
    assertThat(shown("1.3")).as("its day has come").doesNotContain("样例企业");
  }

  @Test
  void anActThatOnlyThePublicPageNamesIsTakenDownThereAndMakesNoNewVersion() throws IOException {
    lists(penalties(penalty(1), penalty(2)));
    publish(PublishJob.full());
    lists(penalties(with(penalty(1), "state", "annulled"), penalty(2)));

    assertThat(publish(PublishJob.urgent("罚[2026]1号")))
        .containsEntry("version", 1L)
        .containsEntry("new_version", 0L)
        .containsEntry("entries_taken_off", 0L)
        .containsEntry("public_rows_taken_down", 1L);
    assertThat(shown("1.1")).contains("样例企业2").doesNotContain("样例企业1");
    assertThat(states()).containsExactly("prepared", "published");
  }

  @Test
  void anActThatIsFoundNowhereTakesNothingDown() throws IOException {
    lists(penalties(penalty(1), penalty(2)));
    publish(PublishJob.full());
    lists(penalties(with(penalty(1), "state", "annulled"), penalty(2)));

    assertThatThrownBy(() -> publish(PublishJob.urgent("罚〔2026〕9号")))
        .hasMessageContaining("neither an entry of version 1 nor the public page");
    assertThat(shown("1")).contains("样例企业1", "样例企业2");
    assertThatThrownBy(() -> publish(PublishJob.urgent("罚〔2026〕2号")))
        .hasMessageContaining("is still in force");
  }

  @Test
  void aDisplayThatEndedBetweenTheListsDayAndTheirPublicationIsNotPutUp() throws IOException {
    Map<String, Object> brief = with(penalty(2), "shown_until", DAY.plusDays(1));
    lists(penalties(penalty(1), brief));
    clock.pass(Duration.ofDays(1));
    publish(PublishJob.full());
    assertThat(shown("1")).contains("样例企业1").doesNotContain("样例企业2");
  }

  @Test
  void aReplayedDayShowsWhatWasShownThenWhateverTodayIs() throws IOException {
    lists(penalties(with(penalty(2), "shown_until", DAY.plusDays(1))));
    clock.pass(Duration.ofDays(1));
    publish(PublishJob.again());
    assertThat(shown("1")).contains("样例企业2");
  }

  @Test
  void listsOfBeforeTheFirmsFilesWereMadeAnewAreNotSigned() throws IOException {
    publish(PublishJob.full());
    run(new Writer("firm", (run, stage) -> {}));
    assertThatThrownBy(() -> publish(PublishJob.full()))
        .hasMessageContaining("'firm' was run anew after 'list'")
        .hasMessageContaining("./credit run --from list --to publish --as-of 2026-06-30");
    clock.pass(Duration.ofHours(1));
    publish(PublishJob.timestampOnly());
    assertThat(states()).containsExactly("prepared", "published", "timestamped");
    list(listed(1), listed(2));
    publish(PublishJob.full());
  }

  private String shown(String face) throws IOException {
    Path folder = warehouse.published().resolve("public").resolve(face);
    String page = Files.readString(folder.resolve("index.html"));
    return page + Files.readString(folder.resolve("penalties.csv"));
  }

  private BiConsumer<Run, Stage> penalties(Map<?, ?>... rows) {
    return (run, stage) ->
        run.write(stage, "public_penalties", table(spark, "public_penalties", rows));
  }

  private static Map<String, Object> penalty(int number) {
    PublicPenalty p = Samples.penalty(number);
    return row(
        "event_id", "p" + number,
        "as_of", DAY,
        "id_scheme", "uscc",
        "code", p.code(),
        "name", p.name(),
        "act_no", p.actNo(),
        "authority", p.authority(),
        "act_date", p.actDate(),
        "categories", p.categories(),
        "amount", p.amount(),
        "band", p.band(),
        "basis", p.basis(),
        "shown_from", p.from(),
        "shown_until", p.until(),
        "state", "shown");
  }

  private Map<String, Long> publish(PublishJob job) {
    return run(job.with(Map.of())).get("publish");
  }

  private Map<String, Map<String, Long>> run(Stage... stages) {
    Run.Settings settings = new Run.Settings(folder, folder.resolve("keys"), false, "en");
    return new Pipeline(spark, warehouse, SCHEMAS, settings, clock, Progress.silent())
        .run("run-" + RUNS.incrementAndGet(), List.of(stages), DAY, DAY);
  }

  private List<String> states() {
    Run.Settings settings = new Run.Settings(folder, folder.resolve("keys"), false, "en");
    return new Pipeline(spark, warehouse, SCHEMAS, settings, clock, Progress.silent())
            .tables()
            .read("publish", "publications")
            .orderBy("sequence")
            .select("state")
            .collectAsList()
            .stream()
            .map(r -> r.getString(0))
            .toList();
  }

  private Answer check(int number, String item) throws IOException {
    return ListClient.open(
            ClientOptions.of(
                    warehouse.lists(),
                    Ed25519Keys.decode(Files.readString(keys.rootPublicKey()).strip()))
                .withScope("440400")
                .withClock(clock, () -> 0))
        .check(Query.of(Samples.code(number), Mode.NOTIFY_AND_COMMIT).withAt(DAY).withItem(item));
  }

  private void ingest(Run run, Stage stage) {
    Map<?, ?>[] rows =
        SCHEMAS.sources().values().stream()
            .map(s -> delivery(s.id(), DAY, 8))
            .toArray(Map<?, ?>[]::new);
    run.tables().write(stage.name(), "deliveries", table(spark, "deliveries", rows), DAY);
    run.tables()
        .write(
            stage.name(),
            "staged_items",
            table(
                spark,
                "staged_items",
                row(
                    "item",
                    "X-01",
                    "excluded_modes",
                    List.of(Samples.MODE),
                    "excluded_basis",
                    "国办发〔2020〕42号",
                    "known_at",
                    DAY,
                    "declared_on",
                    DAY,
                    "ended",
                    false)),
            DAY);
    run.tables()
        .write("firm", "firm_file", table(spark, "firm_file", firm(1), firm(2), firm(3)), DAY);
  }

  private void delivery(Run run, Stage stage, String source, LocalDate day, long staged) {
    run.tables()
        .write(
            stage.name(),
            "deliveries",
            table(spark, "deliveries", delivery(source, day, staged)),
            DAY);
  }

  private static Map<String, Object> delivery(String source, LocalDate day, long staged) {
    return row(
        "delivery_id",
        source + staged,
        "source",
        source,
        "path",
        source + "/" + day + "/a.csv",
        "declared_on",
        day,
        "known_at",
        day,
        "status",
        "accepted",
        "rows_in",
        10L,
        "staged",
        staged,
        "quarantined",
        2L);
  }

  private static Map<String, Object> firm(int number) {
    return row(
        "id_scheme",
        "uscc",
        "code",
        Samples.code(number),
        "entity_type",
        "enterprise",
        "first_known_at",
        LocalDate.of(2024, 1, 1));
  }

  private void list(Map<?, ?>... restrictions) {
    lists((run, stage) -> write(run, stage, restrictions));
  }

  private void lists(BiConsumer<Run, Stage> write) {
    run(new Writer("list", write));
  }

  private void write(Run run, Stage stage, Map<?, ?>... restrictions) {
    run.write(stage, "restrictions", table(spark, "restrictions", restrictions));
  }

  private static Map<String, Object> listed(int number) {
    ListedEntry e = Samples.restriction(number);
    return row(
        "entry_id", e.entryId(),
        "as_of", DAY,
        "id_scheme", "uscc",
        "code", e.code(),
        "name", e.name(),
        "mode", e.scope(),
        "effective_from", e.from(),
        "effective_until", e.until(),
        "cause", e.cause(),
        "basis", e.basis(),
        "act_no", e.actNo(),
        "act_authority", e.actAuthority(),
        "act_date", e.actDate(),
        "source_records", e.sourceRecords(),
        "rule", e.rule(),
        "pending", false,
        "state", "listed");
  }
}
