package credit.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Program;
import credit.jobs.warehouse.Rows;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.TestRuns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the stage: many Delta writes, hence slow. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class IngestJobTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final String HEADER = "文号,名称,金额,撤销,代码,经办\n";

  @TempDir Path folder;

  private Run run(SparkSession spark) {
    return TestRuns.in(folder, spark, Town.in(folder.resolve("schemas")), DAY);
  }

  /** A row of what was put in force, or of what was signed again. */
  private static void publication(Run run, String state, LocalDate knownAt) {
    run.tables()
        .write(
            "publish",
            "publications",
            Rows.table(run.spark(), "publications", Rows.row("state", state, "known_at", knownAt)),
            knownAt);
  }

  /** The same contracts decided on what was delivered before. */
  private static Run ingested(Run run) {
    return after(run, run.runId(), "ingest", DAY, run.schemas().sha256());
  }

  private static Run after(Run run, String id, String stage, LocalDate knownAt, String bundle) {
    Ledger.Entry entry =
        new Ledger.Entry(
            id, 1, stage, knownAt, knownAt, Map.of(), bundle, true, Map.of(), Program.VERSION);
    return later(run, new Ledger(List.of(entry)), run.clock());
  }

  private static Run later(Run run, Ledger ledger, Clock clock) {
    return new Run(
        "later",
        run.spark(),
        run.warehouse(),
        run.tables(),
        ledger,
        run.schemas(),
        run.settings(),
        run.asOf(),
        run.knownAt(),
        clock,
        run.progress());
  }

  private void deliver(String day, String... rows) {
    try {
      Path file = folder.resolve("deliveries/acts").resolve(day).resolve("acts.csv");
      Files.createDirectories(file.getParent());
      Files.writeString(file, HEADER + String.join("\n", rows) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> staged(Run run) {
    return rows(
        run, "staged_acts", "act_no", "name", "int(amount)", "ended", "known_at", "row_number");
  }

  /** Every delivery by path, and the sum that must balance. */
  private static List<String> ledger(Run run) {
    assertThat(
            run.read(new IngestJob(), "deliveries")
                .where("rows_in <> staged + duplicate + quarantined + dropped")
                .count())
        .isZero();
    return rows(
        run,
        "deliveries",
        "substr(path, 6, 10)",
        "status",
        "known_at",
        "rows_in",
        "staged",
        "superseded",
        "duplicate",
        "quarantined",
        "dropped");
  }

  private static List<String> rows(Run run, String table, String... columns) {
    return run.tables().read("ingest", table).selectExpr(columns).collectAsList().stream()
        .map(r -> r.mkString(" "))
        .sorted()
        .toList();
  }

  @Test
  void aDeliveryIsStagedOnceCorrectedAndCountedAgainWhenItIsSentAgain(SparkSession spark) {
    Run run = run(spark);
    deliver("2026-05-31", "A1,甲,5,,,", "A2,乙,-1,,,", "A3,张三,7,,,", "A4,丁,1,,,王五");
    deliver("2026-06-30", "A1,甲,6,,,李四", "A4,丁,1,,,赵六");
    new IngestJob().run(run);
    List<String> versions =
        List.of(
            "A1 甲 5 false 2026-05-31 1", "A1 甲 6 false 2026-06-30 1", "A4 丁 1 false 2026-05-31 4");
    assertThat(staged(run)).isEqualTo(versions);
    assertThat(ledger(run))
        .containsExactly(
            "2026-05-31 accepted 2026-05-31 4 2 1 0 1 1",
            "2026-06-30 accepted 2026-06-30 2 1 0 1 0 0");
    assertThat(rows(run, "quarantine", "row_number", "reason"))
        .containsExactly("2 amount_is_not_negative");

    Map<String, Long> again = new IngestJob().run(run);
    assertThat(again).containsEntry("new_files", 0L).containsEntry("staged", 0L);
    assertThat(staged(run)).isEqualTo(versions);

    deliver("2026-07-31", "A1,甲,6,,,李四", "A4,丁,1,,,赵六");
    new IngestJob().run(run);
    assertThat(staged(run)).isEqualTo(versions);
    assertThat(ledger(run)).hasSize(3).contains("2026-07-31 resent 2026-07-31 2 0 0 2 0 0");

    deliver("2026-06-15", "A4,丁,1,2026-06-14,,");
    publication(run, "published", LocalDate.of(2026, 7, 31));
    new IngestJob().run(run);
    assertThat(ledger(run)).contains("2026-06-15 accepted 2026-08-01 1 1 0 0 0 0");
    assertThat(staged(run)).contains("A4 丁 1 true 2026-08-01 1");
  }

  @Test
  void aFreshTimestampOrAPublicationOfLessKnowledgeMakesNoFurtherFileOfTheDayLate(
      SparkSession spark) {
    Run run = run(spark);
    LocalDate before = DAY.minusDays(1);
    publication(run, "published", before);
    publication(run, "refused", DAY);
    publication(run, "timestamped", before);
    Run signed = after(run, "signed", "publish", DAY, run.schemas().sha256());
    deliver(DAY.toString(), "A1,甲,5,,,");
    deliver(before.toString(), "A2,乙,6,,,");
    new IngestJob().run(signed);
    assertThat(staged(signed))
        .as("known on its own day; lists of the day before are out")
        .containsExactly("A1 甲 5 false 2026-06-30 1", "A2 乙 6 false 2026-06-30 1");
  }

  @Test
  void aRepairedCodeIsMarkedInItsRowAndCountedInTheLedgerOnce(SparkSession spark) {
    Run run = run(spark);
    deliver("2026-05-31", "A1,甲,5,,9144O400192548256N,", "A2,乙,5,,91440400192548256N,");
    deliver("2026-06-30", "A1,甲,5,,91440400192548256N,");
    new IngestJob().run(run);
    assertThat(rows(run, "staged_acts", "act_no", "code", "array_join(repaired_cells, ' ')"))
        .containsExactly("A1 91440400192548256N code", "A2 91440400192548256N ");
    assertThat(rows(run, "deliveries", "substr(path, 6, 10)", "staged", "repaired", "duplicate"))
        .containsExactly("2026-05-31 2 1 0", "2026-06-30 0 0 1");
  }

  @Test
  void aDeliveryThatSaysWhatItCorrectsIsInTheLedgerAsACorrection(SparkSession spark)
      throws IOException {
    Run run = run(spark);
    deliver("2026-05-31", "A1,甲,5,,,", "A2,乙,-1,,,", "A3,丙,x,,,");
    new IngestJob().run(run);
    String wrong = rows(run, "deliveries", "delivery_id").get(0);
    deliver("2026-06-30", "A2,乙,1,,,");
    Files.writeString(
        folder.resolve("deliveries/acts/2026-06-30/acts.csv.control.json"),
        "{\"rows\": 1, \"corrects\": \"%s\", \"corrected_rows\": [2]}".formatted(wrong));
    new IngestJob().run(run);
    assertThat(rows(run, "deliveries", "corrects", "array_join(corrected_rows, ',')"))
        .containsExactly(wrong + " 2", "null null");
    assertThat(staged(run)).contains("A2 乙 1 false 2026-06-30 1");
  }

  @Test
  void aDeliveryRefusedForItsControlFileIsReadAgainOnceThatIsAnother(SparkSession spark)
      throws IOException {
    Run run = run(spark);
    Path control = folder.resolve("deliveries/acts/2026-05-31/acts.csv.control.json");
    deliver("2026-05-31", "A1,甲,5,,,");
    Files.writeString(control, "{\"rows\": 2}");
    new IngestJob().run(run);
    assertThat(ledger(run)).containsExactly("2026-05-31 refused 2026-05-31 0 0 0 0 0 0");

    Run later = ingested(run);
    assertThat(new IngestJob().run(later)).as("the same again").containsEntry("new_files", 0L);

    Files.writeString(control, "{\"rows\": 1}");
    new IngestJob().run(later);
    assertThat(ledger(later))
        .containsExactly(
            "2026-05-31 accepted 2026-05-31 1 1 0 0 0 0",
            "2026-05-31 refused 2026-05-31 0 0 0 0 0 0");
    assertThat(staged(later)).containsExactly("A1 甲 5 false 2026-05-31 1");
    assertThat(new IngestJob().run(later)).containsEntry("new_files", 0L);
  }

  @Test
  void aPhoneUnderTheWrongHeaderIsShownNowhere(SparkSession spark) throws IOException {
    Run run = run(spark);
    deliver("2026-05-31", "A1,甲,5,,,", "A2,乙,13800138000号,,,", "A3,丙,5,,13900139000");
    new IngestJob().run(run);
    assertThat(rows(run, "quarantine", "row_number", "reason", "column", "value"))
        .containsExactly("2 number_unreadable amount ***", "3 row_malformed  ");
  }

  @Test
  void whatIsOverTheLimitStaysOutWholeAndTakesNothingWithIt(SparkSession spark) {
    Run run = run(spark);
    String[] bad = {
      "A1,甲,5,,,", "B,,1,,,", "C,丙,x,,,", "D,,1,,,", "E,,1,,,", "F,戊,-2,,,", "G,,1,,,"
    };
    deliver("2026-05-31", bad);
    deliver("2026-06-30", "A1,甲,5,,,", "A2,乙,3,,11010519491231002X,");
    new IngestJob().run(run);
    assertThat(staged(run))
        .as("the good row of the refused delivery comes with the next one")
        .containsExactly("A1 甲 5 false 2026-06-30 1", "A2 乙 3 false 2026-06-30 2");
    assertThat(ledger(run))
        .containsExactly(
            "2026-05-31 refused 2026-05-31 7 0 0 0 7 0",
            "2026-06-30 accepted 2026-06-30 2 2 0 0 0 0");
    assertThat(rows(run, "staged_acts", "act_no", "code")).containsExactly("A1 null", "A2 null");

    deliver("2026-07-31", bad);
    new IngestJob().run(run);
    assertThat(ledger(run))
        .as("what was refused is no delivery under another date")
        .contains("2026-07-31 refused 2026-07-31 7 0 0 0 7 0");
  }

  @Test
  void aFolderOfADayThatHasNotComeIsLeftUntilThatDayInTheCitysCalendar(SparkSession spark) {
    Run run = run(spark);
    deliver("2026-08-01", "A1,甲,5,,,");
    deliver("2062-06-30", "A2,乙,5,,,");
    Clock justBefore = Clock.fixed(Instant.parse("2026-07-31T15:59:59Z"), ZoneOffset.UTC);
    assertThat(new IngestJob().run(later(run, run.ledger(), justBefore)))
        .containsEntry("refused_files", 2L)
        .containsEntry("new_files", 0L);
    assertThat(ledger(run)).isEmpty();

    Clock oneInTheMorning = Clock.fixed(Instant.parse("2026-07-31T17:00:00Z"), ZoneOffset.UTC);
    assertThat(new IngestJob().run(later(run, run.ledger(), oneInTheMorning)))
        .containsEntry("refused_files", 1L)
        .containsEntry("new_files", 1L);
    assertThat(ledger(run)).containsExactly("2026-08-01 accepted 2026-08-01 1 1 0 0 0 0");
  }
}
