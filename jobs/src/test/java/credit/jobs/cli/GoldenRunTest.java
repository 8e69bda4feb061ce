package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.ClientOptions;
import credit.approval.ListClient;
import credit.approval.Outcome;
import credit.approval.Query;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.Layout;
import credit.approval.format.Mode;
import credit.jobs.publish.Keys;
import credit.jobs.publish.PublishJob;
import credit.jobs.publish.PublishedThen;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Replay;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole pipeline over the committed city, once, and what it must come to. How to write the
 * golden files anew: see {@link GoldenFiles}.
 */
@ExtendWith(SparkExtension.class)
class GoldenRunTest {
  private static final Path CITY = Path.of("..", "sample-data", "tiny");
  private static final Path DELIVERIES = CITY.resolve("deliveries");
  private static final Path TRUTH = CITY.resolve("truth");
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-07-01T00:30:00Z"), ZoneId.of("Asia/Shanghai"));
  private static final Schemas SCHEMAS = Schemas.bundled();

  @TempDir static Path folder;
  private static SparkSession spark;
  private static Map<String, Map<String, Long>> figures;

  @BeforeAll
  static void runTheWholePipeline(SparkSession session) throws IOException {
    spark = session;
    Files.createDirectories(keys());
    Files.writeString(keys().resolve("person.salt"), "5a".repeat(32) + "\n");
    Keys.at(keys(), Map.of(), CLOCK).initIfMissing(warehouse().lists());
    figures = run("first", Stages.all());
  }

  private static Path keys() {
    return folder.resolve("keys");
  }

  private static Warehouse warehouse() {
    return Warehouse.at(folder.resolve("warehouse"));
  }

  private static Pipeline pipeline() {
    return new Pipeline(
        spark,
        warehouse(),
        SCHEMAS,
        new Run.Settings(DELIVERIES, keys(), true, "zh"),
        CLOCK,
        Progress.silent());
  }

  private static Map<String, Map<String, Long>> run(String id, List<Stage> stages) {
    return pipeline().run(id, stages, null, null);
  }

  private static Dataset<Row> table(String name) {
    return pipeline().tables().read("cli", name);
  }

  /** The published version's folder; the first run makes version 1. */
  private static Path published() {
    return Layout.version(warehouse().lists(), 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "restrictions.csv",
        "blacklist.csv",
        "incentives.csv",
        "subjects.csv",
        "coverage.csv",
        "items.csv"
      })
  void thePublishedListsAreTheGoldenOnes(String file) throws IOException {
    GoldenFiles.check(file, Files.readString(published().resolve(file)));
  }

  @Test
  void whatThePublicSeesOfPenaltiesIsTheGoldenFile() throws IOException {
    Path face = warehouse().published().resolve("public/1");
    GoldenFiles.check("public-penalties.csv", Files.readString(face.resolve("penalties.csv")));
    assertThat(face.resolve("index.html")).exists();
  }

  @Test
  void theTiersAreTheGoldenOnes() throws IOException {
    GoldenFiles.check("tiers.csv", csv(table("tiers").select("code", "tier", "points")));
  }

  @Test
  void theCitysIndicatorsAreTheGoldenOnes() throws IOException {
    GoldenFiles.check(
        "kpi.csv",
        csv(
            table("kpi_values")
                .where("dimension = 'city'")
                .select(
                    "kpi",
                    "period",
                    "dimension",
                    "member",
                    "numerator",
                    "denominator",
                    "value",
                    "n")));
  }

  @Test
  void theLinksByOutcomeAreTheGoldenOnes() throws IOException {
    String lines =
        new TreeMap<>(figures.get("link"))
            .entrySet().stream()
                .map(e -> e.getKey() + "," + e.getValue() + "\n")
                .collect(Collectors.joining());
    GoldenFiles.check("links.csv", "outcome,records\n" + lines);
  }

  @Test
  void everySourceBalancesAndAsTheGoldenLedgerSays() throws IOException {
    Dataset<Row> ledger = table("deliveries");
    assertThat(
            ledger
                .where("status = 'accepted'")
                .where("rows_in <> staged + duplicate + quarantined + dropped")
                .collectAsList())
        .isEmpty();
    GoldenFiles.check(
        "balance.csv",
        csv(
            ledger
                .groupBy("source", "status")
                .agg(
                    sum(lit(1L)).as("files"),
                    sum("rows_in").as("rows_in"),
                    sum("staged").as("staged"),
                    sum("repaired").as("repaired"),
                    sum("duplicate").as("duplicate"),
                    sum("quarantined").as("quarantined"),
                    sum("dropped").as("dropped"))));
  }

  /** Rows as sorted lines under a header. */
  private static String csv(Dataset<Row> rows) {
    String header = String.join(",", rows.columns());
    return rows.collectAsList().stream()
        .map(
            r ->
                IntStream.range(0, r.size())
                    .mapToObj(i -> r.isNullAt(i) ? "" : r.get(i).toString())
                    .collect(Collectors.joining(",")))
        .sorted()
        .collect(Collectors.joining("\n", header + "\n", "\n"));
  }

  @Test
  void hardlyAnyLinkIsWrongAndNoneThatANameMade() {
    Dataset<Row> judged =
        EvaluateCommand.truth(spark, table("deliveries"), TRUTH.resolve("records.csv"))
            .join(EvaluateCommand.decided(table("links"), table("link_review")), "record_id")
            .cache();
    LinkAccuracy.of(judged).show(200, false);
    Dataset<Row> automatic = judged.where("tier IS NOT NULL AND tier <> 'human'");
    Dataset<Row> wrong = automatic.where("true_code IS NULL OR code <> true_code");
    Row count =
        automatic
            .agg(sum(lit(1L)), sum(when(col("code").equalTo(col("true_code")), 1L).otherwise(0L)))
            .first();
    double precision = (double) count.getLong(1) / count.getLong(0);
    System.out.printf("links %,d, precision %.5f%n", count.getLong(0), precision);
    assertThat(count.getLong(0)).isGreaterThan(3500);
    assertThat(precision)
        .as("wrong: %s", wrong.limit(20).collectAsList())
        .isGreaterThanOrEqualTo(0.999);
    assertThat(wrong.where("tier = 'name'").collectAsList()).isEmpty();
  }

  /** What linking makes of dirty rows, beside the truth; a row's older version has no link. */
  @Test
  void dirtyRowsAreLinkedAsTheTruthSays() {
    Dataset<Row> faults =
        spark
            .read()
            .option("header", true)
            .csv(TRUTH.resolve("faults.csv").toString())
            .where("link <> '-'")
            .select(
                col("source"),
                concat_ws("/", col("source"), col("file")).as("path"),
                col("row"),
                col("fault"),
                col("link"));
    Dataset<Row> found =
        faults
            .join(table("deliveries").select("delivery_id", "path"), new String[] {"path"}, "inner")
            .withColumn(
                "record_id",
                concat_ws("/", col("source"), col("delivery_id").substr(1, 12), col("row")))
            .join(
                table("links")
                    .select(
                        col("record_id"),
                        regexp_replace(col("tier"), "code_similar_name", "code").as("how"))
                    .union(table("link_review").select(col("record_id"), lit("review"))),
                new String[] {"record_id"},
                "inner")
            .cache();
    assertThat(found.count()).isGreaterThan(50);
    assertThat(found.where("how <> link AND how <> 'human'").collectAsList()).isEmpty();
  }

  @Test
  void theApprovalClientAnswersFromThePublishedFolder() throws IOException {
    ListClient client = client();
    String restricted =
        first(
            table("restrictions")
                .where("state = 'listed' AND mode = 'notify-and-commit' AND item IS NULL")
                .where(col("effective_from").leq(lit(DAY)))
                .where(col("effective_until").isNull().or(col("effective_until").gt(lit(DAY)))));
    String clear =
        first(
            table("firm_file")
                .where("register_status = 'active'")
                .join(table("restrictions").select("code"), new String[] {"code"}, "left_anti"));
    assertThat(answer(client, restricted)).isEqualTo(Outcome.RESTRICTED);
    assertThat(answer(client, clear)).isEqualTo(Outcome.CLEAR);
    char last = clear.charAt(clear.length() - 1);
    String mistyped = clear.substring(0, clear.length() - 1) + (last == '0' ? '1' : '0');
    assertThat(answer(client, mistyped)).isEqualTo(Outcome.INVALID_CODE);
  }

  private static ListClient client() throws IOException {
    String root = Files.readString(keys().resolve(Layout.ROOT_PUBLIC_KEY)).strip();
    return ListClient.open(
        ClientOptions.of(warehouse().lists(), Ed25519Keys.decode(root)).withClock(CLOCK, () -> 0));
  }

  @Test
  void aFirmThatWasOnlyToldOfAListingIsClearAndNothingThatIsPublishedTellsOfIt()
      throws IOException {
    Dataset<Row> notices = table("events").where("event_type = 'listing_notice'");
    String told = first(notices.where(col("effective_until").gt(lit(DAY))));
    assertThat(answer(client(), told)).isEqualTo(Outcome.CLEAR);
    List<String> numbers =
        notices.select("act_no").collectAsList().stream().map(r -> r.getString(0)).toList();
    assertThat(numbers).hasSizeGreaterThan(5);
    try (Stream<Path> published = Files.walk(warehouse().published())) {
      for (Path file : published.filter(Files::isRegularFile).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        assertThat(numbers).as(file.toString()).noneMatch(text::contains);
      }
    }
  }

  private static String first(Dataset<Row> firms) {
    return firms.select("code").orderBy("code").first().getString(0);
  }

  private static Outcome answer(ListClient client, String code) {
    return client.check(Query.of(code, Mode.NOTIFY_AND_COMMIT).withAt(DAY)).outcome();
  }

  @Test
  void noNumberOfAPersonIsStoredAnywhere() throws IOException {
    PlantedPersons planted = PlantedPersons.of(TRUTH.resolve("planted.csv"));
    assertThat(planted.inPlainFiles(DELIVERIES)).hasSizeGreaterThan(planted.size() / 2);
    assertThat(planted.below(warehouse().root(), spark)).isEmpty();
  }

  @Test
  void aSecondRunDoublesNothingAndPublishesNoNewVersion() throws IOException {
    Map<String, Long> rows = rowCounts();
    Set<String> versions = versions();
    Map<String, Map<String, Long>> again =
        run("second", stages("ingest", "link", "firm", "list", "publish"));
    assertThat(again.get("ingest")).containsEntry("new_files", 0L);
    assertThat(again.get("link")).isEqualTo(figures.get("link"));
    assertThat(rowCounts()).isEqualTo(rows);
    assertThat(versions()).isEqualTo(versions).contains("1").doesNotContain("2");
  }

  @Test
  void aReplayOfTheDayComesToTheListsThatWerePublishedByteForByte() {
    Warehouse replayed = Warehouse.at(folder.resolve("replayed"));
    Path itsKeys = folder.resolve("replayed-keys");
    Replay.copyStaged(warehouse(), replayed);
    Keys.at(itsKeys, Map.of(), CLOCK).initIfMissing(replayed.lists());
    List<Stage> again = new ArrayList<>(stages("link", "firm", "list"));
    again.add(PublishJob.again());
    new Pipeline(
            spark,
            replayed,
            SCHEMAS,
            new Run.Settings(DELIVERIES, itsKeys, true, "zh"),
            CLOCK,
            Progress.silent())
        .run("replay", again, DAY, DAY);
    assertThat(PublishedThen.of(replayed.lists(), warehouse().lists()))
        .hasValueSatisfying(
            c -> {
              assertThat(c.different()).isEmpty();
              assertThat(c.same()).contains("restrictions.csv", "blacklist.csv", "subjects.csv");
            });
    assertThat(PublishedThen.of(replayed.lists(), folder.resolve("never published"))).isEmpty();
  }

  /** Stages that add to tables or take the place of a day's rows; the others write anew. */
  private static List<Stage> stages(String... names) {
    return Stages.all().stream().filter(s -> Set.of(names).contains(s.name())).toList();
  }

  private static Map<String, Long> rowCounts() {
    Tables tables = pipeline().tables();
    return tables.names().stream()
        .filter(name -> !Set.of("runs", "publications").contains(name))
        .collect(
            Collectors.toMap(
                name -> name, name -> tables.read("cli", name).count(), (a, b) -> a, TreeMap::new));
  }

  private static Set<String> versions() throws IOException {
    try (Stream<Path> folders = Files.list(warehouse().lists())) {
      return folders
          .filter(Files::isDirectory)
          .map(f -> f.getFileName().toString())
          .collect(Collectors.toSet());
    }
  }
}
