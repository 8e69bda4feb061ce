package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ingest as operators meet it: processes that die, that meet each other, that have nothing to do.
 */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class IngestProcessesTest {
  private static final Path TINY = Path.of("..", "sample-data", "tiny", "deliveries");
  private static final int KILLS = 20;
  private static final int ROUNDS = 4;

  /** Enough for every fate of a row, few enough for twenty ingests. */
  private static final List<String> SOURCES =
      List.of("firm_register", "penalties", "complaints", "enforcement_cases", "promises");

  @TempDir Path folder;

  @BeforeEach
  void theSameSaltForEveryWarehouse() throws IOException {
    Path keys = Files.createDirectories(folder.resolve("keys"));
    Files.writeString(keys.resolve("person.salt"), "5a".repeat(32) + "\n");
  }

  @Test
  void ingestsKilledAtTwentyRandomMomentsLeaveNoTraceInTheTables(SparkSession spark)
      throws Exception {
    Random random = new Random(20260630);
    deliver(0);
    long duration = timeFromLockToEnd(start("timed"), "timed");
    int alive = 0;
    for (int round = 0; round < ROUNDS; round++) {
      deliver(round);
      for (int kill = 0; kill < KILLS / ROUNDS; kill++) {
        Process process = start("killed");
        awaitLock(process, "killed");
        alive += process.waitFor(random.nextLong(duration), TimeUnit.MILLISECONDS) ? 0 : 1;
        process.destroyForcibly().waitFor();
      }
      duration = timeFromLockToEnd(start("killed"), "killed");
      ingest(spark, "undisturbed", "run-" + round);
    }
    System.out.printf("%d of %d kills met an ingest at work%n", alive, KILLS);
    assertThat(alive).isGreaterThanOrEqualTo(ROUNDS);
    assertThat(content(spark, "killed")).isEqualTo(content(spark, "undisturbed"));
    assertThat(folder.resolve("killed/landing")).doesNotExist();
  }

  @Test
  void ofTwoIngestsAtOnceTheSecondIsToldWhoHoldsTheWarehouse(SparkSession spark) throws Exception {
    deliver(0);
    ingest(spark, "undisturbed", "run");
    Process first = start("shared");
    awaitLock(first, "shared");
    Process second = start("shared", "second");
    assertEnds(second, 5, "second");
    assertThat(output("second"))
        .contains("is held by 'ingest', process " + first.pid())
        .doesNotContain("\tat ");
    assertEnds(first, 0, "shared");
    assertThat(content(spark, "shared")).isEqualTo(content(spark, "undisturbed"));
  }

  @Test
  void aSecondIngestTouchesNoFileOfAnyTableButTheLedgerOfRuns(SparkSession spark)
      throws IOException {
    for (int round = 0; round < ROUNDS; round++) {
      deliver(round);
    }
    ingest(spark, "twice", "first");
    Map<Path, FileTime> before = filesOfTables("twice");
    assertThat(ingest(spark, "twice", "second")).containsEntry("new_files", 0L);
    assertThat(before).isNotEmpty();
    assertThat(filesOfTables("twice")).isEqualTo(before);
  }

  private Map<Path, FileTime> filesOfTables(String warehouse) throws IOException {
    Path tables = folder.resolve(warehouse).resolve("tables");
    Map<Path, FileTime> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(tables)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (!file.startsWith(tables.resolve("runs"))) {
          files.put(tables.relativize(file), Files.getLastModifiedTime(file));
        }
      }
    }
    return files;
  }

  private Map<String, Long> ingest(SparkSession spark, String warehouse, String run) {
    List<Stage> ingest = Stages.all().stream().filter(s -> s.name().equals("ingest")).toList();
    return pipeline(spark, warehouse).run(run, ingest, null, null).get("ingest");
  }

  private Pipeline pipeline(SparkSession spark, String warehouse) {
    return new Pipeline(
        spark,
        Warehouse.at(folder.resolve(warehouse)),
        Schemas.bundled(),
        new Run.Settings(folder.resolve("deliveries"), folder.resolve("keys"), true, "zh"),
        Clock.systemUTC(),
        Progress.silent());
  }

  /** Lays down a quarter of the city's days, so that every round finds something new. */
  private void deliver(int round) throws IOException {
    for (String source : SOURCES) {
      try (Stream<Path> days = Files.list(TINY.resolve(source))) {
        List<Path> sorted = days.sorted().toList();
        int length = sorted.size() / ROUNDS;
        for (Path day : sorted.subList(round * length, (round + 1) * length)) {
          copy(day, folder.resolve("deliveries").resolve(source).resolve(day.getFileName()));
        }
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Process start(String warehouse) throws IOException {
    return start(warehouse, warehouse);
  }

  private Process start(String warehouse, String output) throws IOException {
    return CreditProcess.start(
        folder.resolve(output + ".txt"),
        "ingest",
        "--deliveries",
        folder.resolve("deliveries").toString(),
        "--keys",
        folder.resolve("keys").toString(),
        "--warehouse",
        folder.resolve(warehouse).toString());
  }

  private String output(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".txt"));
  }

  private long timeFromLockToEnd(Process process, String warehouse) throws Exception {
    awaitLock(process, warehouse);
    long start = System.nanoTime();
    assertEnds(process, 0, warehouse);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  /** From here on there is something to destroy. */
  private void awaitLock(Process process, String warehouse) throws Exception {
    Path holder = folder.resolve(warehouse).resolve(".lock-holder");
    String held = "process " + process.pid() + ",";
    while (!Files.exists(holder) || !Files.readString(holder).contains(held)) {
      assertThat(process.isAlive()).as(output(warehouse)).isTrue();
      Thread.sleep(20);
    }
  }

  private void assertEnds(Process process, int code, String output) throws Exception {
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("the process ends").isTrue();
    assertThat(process.exitValue()).as(output(output)).isEqualTo(code);
  }

  /** Rows of every table as sorted texts, without who wrote them and when. */
  private Map<String, List<String>> content(SparkSession spark, String warehouse) {
    Tables tables = pipeline(spark, warehouse).tables();
    assertThat(tables.names()).contains("deliveries", "quarantine", "staged_penalties");
    return tables.names().stream()
        .collect(
            Collectors.toMap(
                name -> name, name -> rows(tables.read("cli", name)), (a, b) -> a, TreeMap::new));
  }

  private static List<String> rows(Dataset<Row> table) {
    return table.drop("run_id", "ingested_at").toJSON().collectAsList().stream().sorted().toList();
  }
}
