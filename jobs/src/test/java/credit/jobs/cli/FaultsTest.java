package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Warehouse;
import credit.sample.CityGenerator;
import credit.sample.Faults;
import credit.sample.Options;
import credit.schemas.Schemas;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A city with every fault that the generator knows, ingested; what became of each planted fault
 * beside what the truth expects (table in sample-data/README.md). One file arrives after all newer
 * ones, in an ingest of its own.
 */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class FaultsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-07-01T00:30:00Z"), ZoneId.of("Asia/Shanghai"));

  /** What the ledger says of files that stay out. */
  private static final Map<String, String> REFUSALS =
      Map.of(
          "file_cut", "cut or no gzip",
          "file_encoding", "neither UTF-8 nor GB18030",
          "file_utf16", "UTF-8",
          "file_column_missing", "required column '列入日期' is missing",
          "file_delimiter", "required column",
          "file_empty", "file is empty",
          "file_control_mismatch", "control file",
          "file_over_limit", "rows quarantined, limit");

  @TempDir static Path folder;
  private static final Map<String, Row> LEDGER = new HashMap<>();
  private static final Map<String, Set<String>> REASONS = new HashMap<>();
  private static final Map<String, Row> STAGED = new HashMap<>();
  private static List<NamedCsvRecord> faults;
  private static List<NamedCsvRecord> kinds;
  private static Pipeline pipeline;

  @BeforeAll
  static void ingestACityWithEveryFault(SparkSession spark) throws IOException {
    Path deliveries = folder.resolve("deliveries");
    Options options =
        new Options(
            1000,
            42,
            1096,
            LocalDate.of(2026, 6, 30),
            3,
            Faults.ALL,
            deliveries,
            folder.resolve("truth"));
    CityGenerator.generate(options, (step, done, total) -> {});
    faults = truth("faults.csv");
    kinds = truth("kinds.csv");
    Path keys = Files.createDirectories(folder.resolve("keys"));
    Files.writeString(keys.resolve("person.salt"), "5a".repeat(32) + "\n");
    pipeline =
        new Pipeline(
            spark,
            Warehouse.at(folder.resolve("warehouse")),
            Schemas.bundled(),
            new Run.Settings(deliveries, keys, true, "zh"),
            CLOCK,
            Progress.silent());
    Path late = deliveries.resolve(path(ofFault("file_out_of_order").get(0)));
    Path aside = Files.move(late, folder.resolve("late"));
    ingest("first");
    Files.move(aside, late);
    ingest("second");
    collect();
  }

  private static void ingest(String run) {
    List<Stage> ingest = Stages.all().stream().filter(s -> s.name().equals("ingest")).toList();
    pipeline.run(run, ingest, null, null);
  }

  private static List<NamedCsvRecord> truth(String file) throws IOException {
    try (CsvReader<NamedCsvRecord> rows =
        CsvReader.builder().ofNamedCsvRecord(folder.resolve("truth").resolve(file))) {
      return rows.stream().toList();
    }
  }

  private static void collect() {
    table("deliveries").collectAsList().forEach(r -> LEDGER.put(r.getAs("path"), r));
    table("quarantine")
        .collectAsList()
        .forEach(
            r ->
                REASONS
                    .computeIfAbsent(
                        r.getAs("delivery_id") + "/" + r.getAs("row_number"), k -> new TreeSet<>())
                    .add(r.getAs("reason")));
    Set<String> sources = new TreeSet<>();
    faults.forEach(f -> sources.add(f.getField("source")));
    kinds.forEach(k -> sources.add(k.getField("source")));
    for (String source : sources) {
      table("staged_" + source)
          .collectAsList()
          .forEach(r -> STAGED.put(r.getAs("delivery_id") + "/" + r.getAs("row_number"), r));
    }
  }

  private static Dataset<Row> table(String name) {
    return pipeline.tables().read("cli", name);
  }

  private static List<NamedCsvRecord> ofFault(String id) {
    return faults.stream().filter(f -> f.getField("fault").equals(id)).toList();
  }

  private static List<NamedCsvRecord> rowFaults(String expected) {
    List<NamedCsvRecord> found =
        faults.stream()
            .filter(f -> !f.getField("row").equals("0") && f.getField("expected").equals(expected))
            .toList();
    assertThat(found).as("planted faults that are " + expected).isNotEmpty();
    return found;
  }

  private static String path(NamedCsvRecord fault) {
    return fault.getField("source") + "/" + fault.getField("file");
  }

  /** The row's place in the tables. */
  private static String place(NamedCsvRecord fault) {
    return LEDGER.get(path(fault)).getAs("delivery_id") + "/" + fault.getField("row");
  }

  private static String told(NamedCsvRecord fault) {
    return String.join(" ", fault.getFields());
  }

  private static List<String> failing(
      List<NamedCsvRecord> rows, Predicate<NamedCsvRecord> asExpected) {
    return rows.stream().filter(asExpected.negate()).map(FaultsTest::told).toList();
  }

  @Test
  void whatMustBeRefusedIsInQuarantineWithItsReasonAndNowhereElse() {
    assertThat(
            failing(
                rowFaults("quarantined"),
                f ->
                    REASONS.getOrDefault(place(f), Set.of()).contains(f.getField("reason"))
                        && !STAGED.containsKey(place(f))))
        .isEmpty();
  }

  @Test
  void whatIsOnlySpeltAnotherWayIsStagedWithTheValueThatWasMeant() {
    List<NamedCsvRecord> survive = new ArrayList<>(rowFaults("staged"));
    survive.addAll(rowFaults("repaired"));
    assertThat(failing(survive, f -> STAGED.containsKey(place(f)))).isEmpty();
    List<NamedCsvRecord> respelt =
        survive.stream().filter(f -> !f.getField("column").isEmpty()).toList();
    assertThat(respelt)
        .extracting(f -> f.getField("fault"))
        .contains(
            "code_letter_i",
            "code_full_width",
            "date_spelling",
            "no_end_2099",
            "amount_thousands",
            "amount_full_width");
    assertThat(
            failing(
                respelt,
                f -> {
                  Row row = STAGED.get(place(f));
                  return row == null
                      || text(row.getAs(f.getField("column"))).equals(f.getField("value"));
                }))
        .isEmpty();
  }

  @Test
  void whatWasRepairedIsRecordedAsRepairedAndNothingElseIs() {
    assertThat(
            failing(rowFaults("repaired"), f -> repaired(f).equals(List.of(f.getField("column")))))
        .isEmpty();
    assertThat(failing(rowFaults("staged"), f -> repaired(f).isEmpty())).isEmpty();
    long rows = STAGED.values().stream().filter(r -> !repaired(r).isEmpty()).count();
    assertThat(LEDGER.values().stream().mapToLong(r -> r.<Long>getAs("repaired")).sum())
        .isEqualTo(rows);
  }

  private static List<String> repaired(NamedCsvRecord fault) {
    return repaired(STAGED.get(place(fault)));
  }

  private static List<String> repaired(Row staged) {
    return staged.getList(staged.fieldIndex("repaired_cells"));
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal number) {
      return number.stripTrailingZeros().toPlainString();
    }
    return value == null ? "" : value.toString();
  }

  @Test
  void severalCategoriesInOneCellAreTakenApartWhateverTheSeparators() {
    assertThat(
            failing(
                ofFault("categories_mixed"),
                f -> {
                  Row row = STAGED.get(place(f));
                  boolean penalty = f.getField("source").startsWith("penalties");
                  List<String> items =
                      row.getList(row.fieldIndex(penalty ? "categories" : "results"));
                  return items.containsAll(
                      penalty
                          ? List.of("warning", "criticism", "other")
                          : List.of("breach", "to_be_handled"));
                }))
        .isEmpty();
  }

  @Test
  void noPersonsNumberIsKeptAsACode() {
    assertThat(failing(ofFault("person_id_in_code"), f -> STAGED.get(place(f)).isNullAt(code(f))))
        .isEmpty();
  }

  /** Quarantine, exports and sheets show what departments wrote, and of persons nothing. */
  @Test
  void noNumberOfAPersonIsInTheWarehouseInAnExportOrInASheet(SparkSession spark)
      throws IOException {
    Dataset<Row> states = Quarantined.states(table("quarantine"), table("deliveries"));
    Path exports = folder.resolve("exports");
    assertThat(CsvExport.write(states, exports.resolve("quarantine.csv"))).isPositive();
    Map<String, Map<Long, String>> open = new TreeMap<>();
    states
        .collectAsList()
        .forEach(
            r ->
                open.computeIfAbsent(r.getAs("delivery_id"), k -> new TreeMap<>())
                    .put(r.getAs("row_number"), r.getAs("reason")));
    LEDGER.forEach(
        (path, row) -> {
          Map<Long, String> rows = open.remove(row.<String>getAs("delivery_id"));
          if (rows != null) {
            Path sheet = exports.resolve(row.<String>getAs("delivery_id") + ".csv");
            assertThat(CorrectionSheet.write(quarantined(path, row, rows), sheet))
                .isEqualTo(rows.size());
          }
        });
    assertThat(open).isEmpty();
    PlantedPersons planted = PlantedPersons.of(folder.resolve("truth/planted.csv"));
    assertThat(planted.below(exports, spark)).isEmpty();
    assertThat(planted.below(folder.resolve("warehouse"), spark)).isEmpty();
  }

  private static QuarantinedDelivery quarantined(String path, Row row, Map<Long, String> open) {
    return new QuarantinedDelivery(
        row.getAs("delivery_id"),
        Schemas.bundled().sources().get(row.<String>getAs("source")),
        folder.resolve("deliveries").resolve(path),
        row.getAs("declared_on"),
        row.getAs("status").equals("refused"),
        open);
  }

  private static int code(NamedCsvRecord fault) {
    return STAGED.get(place(fault)).fieldIndex("code");
  }

  /** No row is lost between the columns: what was planted is all that was found, file by file. */
  @Test
  void everyFilesBalanceIsWhatWasPlantedInIt() {
    Map<String, String> differ = new TreeMap<>();
    LEDGER.forEach(
        (path, row) -> {
          String found = counts(row);
          boolean mayStayOut = rows(faults, path, "expected", "refused") > 0;
          if (row.<String>getAs("status").equals("refused") && !mayStayOut) {
            differ.put(path, row.getAs("reason"));
          }
          if (row.<String>getAs("status").equals("accepted") && !found.equals(counts(path))) {
            differ.put(path, "planted " + counts(path) + "; found " + found);
          }
        });
    assertThat(differ).isEmpty();
  }

  private static String counts(String path) {
    return "%d refused, %d twice, %d persons"
        .formatted(
            rows(faults, path, "expected", "quarantined"),
            rows(faults, path, "expected", "duplicate"),
            rows(kinds, path, "kind", "natural_person"));
  }

  private static String counts(Row delivery) {
    return "%d refused, %d twice, %d persons"
        .formatted(
            delivery.<Long>getAs("quarantined"),
            delivery.<Long>getAs("duplicate"),
            delivery.<Long>getAs("dropped"));
  }

  private static long rows(
      List<NamedCsvRecord> truth, String path, String column, String expected) {
    return truth.stream()
        .filter(f -> path(f).equals(path))
        .filter(f -> f.getField(column).equals(expected))
        .count();
  }

  @Test
  void laterVersionsAreKeptBesideTheFirstAndAWithdrawalEndsTheRecord() {
    Map<String, List<NamedCsvRecord>> byKind =
        kinds.stream().collect(Collectors.groupingBy(k -> k.getField("kind")));
    for (String kind : List.of("corrected", "withdrawn")) {
      assertThat(byKind.get(kind)).as(kind).isNotEmpty();
      assertThat(
              failing(
                  byKind.get(kind),
                  k ->
                      STAGED.containsKey(place(k))
                          && STAGED.get(place(k)).<Boolean>getAs("ended")
                              == kind.equals("withdrawn")))
          .isEmpty();
    }
  }

  @Test
  void aFileThatMustStayOutStaysOutWholeAndTheLedgerSaysWhy() {
    Set<String> seen = new HashSet<>();
    for (NamedCsvRecord fault : faults) {
      if (fault.getField("expected").equals("refused")) {
        Row delivery = LEDGER.get(path(fault));
        assertThat(delivery.<String>getAs("status")).as(told(fault)).isEqualTo("refused");
        assertThat(delivery.<Long>getAs("staged")).as(told(fault)).isZero();
        assertThat(delivery.<String>getAs("reason"))
            .as(told(fault))
            .contains(REFUSALS.get(fault.getField("fault")));
        seen.add(fault.getField("fault"));
      }
    }
    assertThat(seen).isEqualTo(REFUSALS.keySet());
  }

  @Test
  void aFileThatIsOnlyWrittenAnotherWayIsTakenWhole() {
    List<NamedCsvRecord> accepted =
        faults.stream().filter(f -> f.getField("expected").equals("accepted")).toList();
    assertThat(accepted)
        .extracting(f -> f.getField("fault"))
        .contains(
            "file_column_renamed",
            "file_column_unknown",
            "file_semicolons",
            "file_tabs",
            "file_header_only",
            "file_as_csv",
            "file_as_csv_gz",
            "file_as_tsv",
            "file_as_tsv_gz",
            "file_as_jsonl",
            "file_as_jsonl_gz",
            "file_as_xlsx",
            "file_as_xlsx_gz",
            "file_as_parquet",
            "file_as_parquet_gz");
    for (NamedCsvRecord fault : accepted) {
      assertThat(LEDGER.get(path(fault)).<String>getAs("status"))
          .as(told(fault))
          .isEqualTo("accepted");
    }
    Row unknown = LEDGER.get(path(ofFault("file_column_unknown").get(0)));
    assertThat(unknown.<String>getAs("reason")).contains("录入时间");
    assertThat(LEDGER.get(path(ofFault("file_header_only").get(0))).<Long>getAs("rows_in"))
        .isZero();
  }

  @Test
  void theSameBytesAgainAreNoSecondDeliveryAndAnUnfinishedFileIsNone() {
    assertThat(LEDGER.get(path(ofFault("file_resent").get(0))).<String>getAs("status"))
        .isEqualTo("resent");
    assertThat(LEDGER).doesNotContainKey(path(ofFault("file_unfinished").get(0)));
  }

  @Test
  void whatArrivesAfterNewerDeliveriesIsKnownFromItsOwnDateAndBeatsNoNewerVersion() {
    Row late = LEDGER.get(path(ofFault("file_out_of_order").get(0)));
    assertThat(late.<String>getAs("run_id")).isEqualTo("second");
    assertThat(late.<LocalDate>getAs("known_at")).isEqualTo(late.<LocalDate>getAs("declared_on"));
    assertThat(late.<Long>getAs("superseded")).isPositive();
  }
}
