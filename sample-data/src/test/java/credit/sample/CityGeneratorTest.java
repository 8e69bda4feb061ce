package credit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.id.OrganisationCode;
import credit.approval.id.UnifiedCode;
import credit.schemas.Column;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules that every generated city keeps. */
class CityGeneratorTest {
  private static final LocalDate UNTIL = LocalDate.of(2026, 6, 30);

  @TempDir static Path folder;
  private static Path out;
  private static Path truth;
  private static CityGenerator.Summary summary;
  private static final Map<String, List<CityFiles.Delivered>> ROWS = new TreeMap<>();

  @BeforeAll
  static void generateOneCity() throws IOException {
    Options options = city(folder.resolve("city"), 42, Faults.DEFAULT);
    out = options.out();
    truth = options.truthOut();
    summary = CityGenerator.generate(options, (step, done, total) -> {});
    for (String source : Schemas.bundled().sources().keySet()) {
      ROWS.put(source, CityFiles.read(out, source));
    }
  }

  @Test
  void sameSeedSameBytes() throws IOException {
    Options again = city(folder.resolve("again"), 42, Faults.DEFAULT);
    CityGenerator.generate(again, (step, done, total) -> {});

    Map<String, byte[]> first = CityFiles.bytes(folder.resolve("city"));
    Map<String, byte[]> second = CityFiles.bytes(folder.resolve("again"));
    assertThat(second.keySet()).isEqualTo(first.keySet());
    first.forEach((file, bytes) -> assertThat(second.get(file)).as(file).isEqualTo(bytes));
  }

  @Test
  void anotherSeedAnotherCity() throws IOException {
    Options other = city(folder.resolve("other"), 43, Faults.DEFAULT);
    CityGenerator.generate(other, (step, done, total) -> {});

    assertThat(codes(other.out())).doesNotContainAnyElementsOf(codes(out));
  }

  @Test
  void everySourceOfTheContractsIsDelivered() {
    for (String source : Schemas.bundled().sources().keySet()) {
      assertThat(ROWS.get(source)).as(source).isNotEmpty();
    }
  }

  @Test
  void everyFirmsCodePassesBothCheckDigits() {
    List<NamedCsvRecord> firms = CityFiles.truth(truth, "firms.csv");

    assertThat(firms).hasSize(summary.firms());
    assertThat(firms)
        .allSatisfy(
            firm -> {
              String code = firm.getField("code");
              assertThat(UnifiedCode.isValid(code)).isTrue();
              assertThat(OrganisationCode.isValid(UnifiedCode.organisationCode(code))).isTrue();
            });
  }

  @Test
  void codesFailTheirCheckDigitOnlyWhereAFaultWasPlanted() {
    Map<String, String> faults = faultsByRow();
    for (SourceContract contract : Schemas.bundled().sources().values()) {
      for (CityFiles.Delivered row : ROWS.get(contract.id())) {
        String code = row.cells().getOrDefault("code", "");
        boolean person = row.cells().getOrDefault("party_kind", "").equals("580");
        if (!code.isEmpty() && !person && !UnifiedCode.isValid(code)) {
          assertThat(faults.getOrDefault(key(contract.id(), row), "")).contains("code");
        }
      }
    }
  }

  @Test
  void plantedPersonNumbersStandOnlyWherePersonalDataIsExpected() {
    Map<String, String> faults = faultsByRow();
    Set<String> numbers = new HashSet<>();
    CityFiles.truth(truth, "planted.csv").forEach(row -> numbers.add(row.getField("value")));
    assertThat(numbers).hasSizeGreaterThan(100);
    for (SourceContract contract : Schemas.bundled().sources().values()) {
      List<Column> open =
          contract.columns().stream().filter(c -> c.personal() == Column.Personal.NONE).toList();
      for (CityFiles.Delivered row : ROWS.get(contract.id())) {
        boolean personal =
            row.cells().getOrDefault("party_kind", "").equals("580")
                || faults.getOrDefault(key(contract.id(), row), "").equals("person_id_in_code");
        for (Column column : personal ? List.<Column>of() : open) {
          String cell = row.cells().get(column.name());
          assertThat(cell.contains("440499")).as(contract.id() + "." + column.name()).isFalse();
          assertThat(numbers.contains(cell)).isFalse();
        }
      }
    }
  }

  @Test
  void riskyFirmsAreBreachedMoreOftenQuintileByQuintile() {
    Map<String, Double> risk = new HashMap<>();
    CityFiles.truth(truth, "firms.csv")
        .forEach(f -> risk.put(f.getField("code"), Double.valueOf(f.getField("mean_risk"))));
    List<Double> sorted = risk.values().stream().sorted().toList();
    int[] inspections = new int[5];
    int[] breaches = new int[5];
    for (CityFiles.Delivered row : ROWS.get("inspections")) {
      Double value = risk.get(row.cells().get("code"));
      if (value != null) {
        int quintile = Math.min(4, sorted.indexOf(value) * 5 / sorted.size());
        inspections[quintile]++;
        breaches[quintile] += row.cells().get("results").matches(".*[2ABCDE].*") ? 1 : 0;
      }
    }
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      rates.add((double) breaches[i] / inspections[i]);
    }
    assertThat(rates).isSorted();
    assertThat(rates.get(4)).isGreaterThan(5 * rates.get(0));
  }

  @Test
  void nothingHappensAfterTheLastDay() {
    Map<String, String> faults = faultsByRow();
    Set<String> mayLieAhead = Set.of("valid_until", "public_until", "check_due", "due_on");
    for (SourceContract contract : Schemas.bundled().sources().values()) {
      for (Column column : contract.columns()) {
        if (column.type() == Column.Type.DATE && !mayLieAhead.contains(column.name())) {
          for (CityFiles.Delivered row : ROWS.get(contract.id())) {
            if (faults.getOrDefault(key(contract.id(), row), "").equals("dates_swapped")) {
              continue;
            }
            LocalDate day = date(row.cells().get(column.name()));
            assertThat(day).as(contract.id() + "." + column.name()).isBeforeOrEqualTo(UNTIL);
          }
        }
      }
    }
  }

  @Test
  void noRowIsDeliveredBeforeItHappened() {
    for (SourceContract contract : Schemas.bundled().sources().values()) {
      for (CityFiles.Delivered row : ROWS.get(contract.id())) {
        LocalDate delivered = LocalDate.parse(row.file().substring(0, 10));
        for (Column column : contract.columns()) {
          boolean past = column.name().matches("(decided|inspected|listed|published|removed)_on");
          if (column.type() == Column.Type.DATE && past) {
            assertThat(date(row.cells().get(column.name()))).isBeforeOrEqualTo(delivered);
          }
        }
      }
    }
  }

  @Test
  void aboutTwoInAHundredRowsAreDirty() {
    assertThat((double) summary.dirtyRows() / summary.rows()).isBetween(0.015, 0.025);
  }

  @Test
  void aCleanCityHasNoFaults() throws IOException {
    Options options = city(folder.resolve("clean"), 42, Faults.NONE);

    CityGenerator.Summary clean = CityGenerator.generate(options, (step, done, total) -> {});

    assertThat(clean.dirtyRows()).isZero();
    assertThat(CityFiles.truth(options.truthOut(), "faults.csv")).isEmpty();
    assertThat(CityFiles.truth(options.truthOut(), "kinds.csv"))
        .extracting(row -> row.getField("kind"))
        .contains("natural_person", "corrected", "withdrawn");
  }

  @Test
  void everyKindOfFaultIsPlantedWhenAllAreAskedFor() throws IOException {
    Options options = city(folder.resolve("all"), 42, Faults.ALL);
    CityGenerator.generate(options, (step, done, total) -> {});

    Set<String> planted = new HashSet<>();
    CityFiles.truth(options.truthOut(), "faults.csv")
        .forEach(f -> planted.add(f.getField("fault")));

    RowFaults.ALL.forEach(fault -> assertThat(planted).contains(fault.id()));
    RowFaults.OF_FEW.forEach(fault -> assertThat(planted).contains(fault.id()));
    assertThat(planted)
        .contains(
            "file_resent",
            "file_column_renamed",
            "file_column_unknown",
            "file_semicolons",
            "file_tabs",
            "file_header_only",
            "file_unfinished",
            "file_utf16",
            "file_out_of_order",
            "file_cut",
            "file_encoding",
            "file_column_missing",
            "file_delimiter",
            "file_empty",
            "file_control_mismatch",
            "file_over_limit");
  }

  @Test
  void everyRegularSourceComesInEveryFormAndWithTheSameBytesAgain() throws IOException {
    Options all = small(folder.resolve("forms"));
    Options again = small(folder.resolve("forms_again"));
    CityGenerator.generate(all, (step, done, total) -> {});
    CityGenerator.generate(again, (step, done, total) -> {});

    Map<String, byte[]> files = CityFiles.bytes(all.out());
    Map<String, byte[]> twins = CityFiles.bytes(again.out());
    files.forEach((file, bytes) -> assertThat(twins.get(file)).as(file).isEqualTo(bytes));
    for (String source : List.of("inspections", "penalties", "complaints", "judgment_debtors")) {
      for (String form : List.of(".csv", ".tsv", ".jsonl", ".xlsx", ".parquet")) {
        assertThat(files.keySet())
            .anyMatch(f -> f.startsWith(source + "/") && f.replace(".gz", "").endsWith(form));
      }
    }
  }

  @Test
  void truthNeverLiesBelowTheDeliveries() {
    assertThatThrownBy(
            () -> new Options(300, 1, 1096, UNTIL, 1, Faults.NONE, out, out.resolve("truth")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside");
    assertThat(Options.defaults(out).truthOut().startsWith(out)).isFalse();
  }

  @Test
  void aFolderThatHoldsAnotherCityIsRefused() {
    Options options = city(folder.resolve("city"), 1, Faults.NONE);

    assertThat(Files.isDirectory(out)).isTrue();
    assertThatThrownBy(() -> CityGenerator.generate(options, (step, done, total) -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not empty");
  }

  @Test
  void truthNamesTheFirmOfEveryDeliveredRow() {
    Map<String, Integer> rows = new HashMap<>();
    CityFiles.truth(truth, "records.csv")
        .forEach(r -> rows.merge(r.getField("source"), 1, Integer::sum));

    for (String source : Schemas.bundled().sources().keySet()) {
      assertThat(rows.get(source)).as(source).isEqualTo(ROWS.get(source).size());
    }
  }

  @Test
  void entitiesOfEveryKindLiveThereAndSomeChangeTheirNameOrClose() {
    List<CityFiles.Delivered> register = ROWS.get("firm_register");

    for (String kind : List.of("企业", "个体工商户", "农民专业合作社", "分支机构")) {
      assertThat(register).anyMatch(row -> row.cells().get("entity_type").equals(kind));
    }
    assertThat(register).anyMatch(row -> !row.cells().get("former_names").isEmpty());
    assertThat(register).anyMatch(row -> row.cells().get("register_status").equals("注销"));
    assertThat(register).anyMatch(row -> row.cells().get("area").equals("横琴"));
  }

  private static Options small(Path folder) {
    return new Options(
        100, 42, 1096, UNTIL, 3, Faults.ALL, folder.resolve("deliveries"), folder.resolve("truth"));
  }

  private static Options city(Path folder, long seed, Faults faults) {
    return new Options(
        1000, seed, 1096, UNTIL, 3, faults, folder.resolve("deliveries"), folder.resolve("truth"));
  }

  private static Set<String> codes(Path deliveries) {
    Set<String> codes = new HashSet<>();
    CityFiles.read(deliveries, "firm_register").forEach(r -> codes.add(r.cells().get("code")));
    codes.remove(RowFaults.PLACEHOLDER);
    return codes;
  }

  private static Map<String, String> faultsByRow() {
    Map<String, String> faults = new HashMap<>();
    for (NamedCsvRecord fault : CityFiles.truth(truth, "faults.csv")) {
      faults.put(
          fault.getField("source") + "/" + fault.getField("file") + "/" + fault.getField("row"),
          fault.getField("fault"));
    }
    return faults;
  }

  private static String key(String source, CityFiles.Delivered row) {
    return source + "/" + row.file() + "/" + row.row();
  }

  /**
   * The day in any of the spellings; planted impossible dates and empty cells count as long ago.
   */
  private static LocalDate date(String cell) {
    String digits = cell.replaceAll("[年月/.]", "-").replace("日", "");
    try {
      if (digits.matches("\\d{8}")) {
        return LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE);
      }
      String[] parts = digits.split("-", -1);
      return parts.length == 3
          ? LocalDate.of(
              Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]))
          : LocalDate.EPOCH;
    } catch (DateTimeException e) {
      return LocalDate.EPOCH;
    }
  }
}
