package credit.jobs.ingest;

import static credit.jobs.ingest.WorkbookFixture.cell;
import static credit.jobs.ingest.WorkbookFixture.formula;
import static credit.jobs.ingest.WorkbookFixture.number;
import static credit.jobs.ingest.WorkbookFixture.shared;
import static credit.jobs.ingest.WorkbookFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.SourceContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkbookRowsTest {
  private static final String[] HEADER = {text("文号"), text("名称"), text("金额"), text("撤销")};

  @TempDir Path folder;
  private SourceContract acts;
  private final List<String> rows = new ArrayList<>();

  @BeforeEach
  void contract() {
    acts = Town.in(folder.resolve("schemas")).sources().get("acts");
  }

  private RowFormat.Seen read(String name, byte[] bytes) throws Exception {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    DeliveredFile delivered =
        new DeliveredFile(acts, file, name, LocalDate.of(2026, 6, 30), "0".repeat(64));
    rows.clear();
    return RowFormat.read(
        delivered,
        folder.resolve("scratch"),
        (number, cells, problem) ->
            rows.add(
                number
                    + ":"
                    + String.join("|", Arrays.asList(cells).subList(0, 4))
                    + (problem == null ? "" : " !" + problem)));
  }

  private RowFormat.Seen read(WorkbookFixture workbook) throws Exception {
    return read("a.xlsx", workbook.bytes());
  }

  private void refused(byte[] bytes, String... parts) {
    assertThatThrownBy(() -> read("a.xlsx", bytes))
        .isInstanceOf(BadFile.class)
        .message()
        .contains(parts);
  }

  private static WorkbookFixture acts() {
    return WorkbookFixture.sheet("处罚").row(HEADER);
  }

  private String onlyRow(String... cells) throws Exception {
    read(acts().row(cells));
    return rows.get(0);
  }

  @Test
  void titlesAboveTheHeaderAndEmptyRowsAreNoRows() throws Exception {
    RowFormat.Seen seen =
        read(
            WorkbookFixture.sheet("处罚")
                .row(text("某局行政处罚信息表"))
                .row(null, text("名称"), text("填报日期：2026-06-30"))
                .rowAt(4, HEADER)
                .rowAt(5, text("1"), text("甲"), number("5"))
                .rowAt(6)
                .rowAt(7, text(" "), null, cell("n", ""))
                .rowAt(9, text("2"), text("乙")));
    assertThat(rows).containsExactly("1:1|甲|5|null", "2:2|乙|null|null");
    assertThat(seen.rows()).isEqualTo(2);
    assertThat(seen.unknown()).isEmpty();
  }

  @Test
  void aHeaderMayStandInTwoRowsOfMergedCells() throws Exception {
    read(
        WorkbookFixture.sheet("处罚")
            .row(text("处罚信息"))
            .row(text("文号"), text("名称"), text("处罚内容"))
            .row(null, null, text("金\n额"), text("撤销"))
            .row(text("1"), text("甲"), number("5"), text("2026-01-01"))
            .merged("A1:D1", "A2:A3", "B2:B3", "C2:D2"));
    assertThat(rows).containsExactly("1:1|甲|5|2026-01-01");
  }

  @Test
  void rowsThatShareAMergedCellRefuseTheFile() throws Exception {
    WorkbookFixture workbook =
        acts().row(text("1"), text("甲"), number("5")).row(text("2"), null, number("6"));
    refused(workbook.merged("A1:A2", "B2:B3").bytes(), "the cells B2:B3 are merged", "fill in");
    read(workbook.merged("C2:D2", "A1:D1"));
    assertThat(rows).hasSize(2);
  }

  @Test
  void cellsWithoutAHeaderAndUnknownOnesAreReported() throws Exception {
    RowFormat.Seen seen =
        read(
            WorkbookFixture.sheet("处罚")
                .row(text("编号"), text("名称"), text("备注"))
                .row(text("1"), text("甲"), text("x"), null, text("随手写的")));
    assertThat(rows).containsExactly("1:1|甲|null|null");
    assertThat(seen.unknown()).containsExactly("column E without a header", "备注");
  }

  @ParameterizedTest
  @CsvSource({
    "46203, 1, 2026-06-30",
    "46203, 2, 2026-06-30",
    "46203.75, 1, 2026-06-30",
    "46202.999999999, 1, 2026-06-30",
    "46203, 0, 2026-06-30",
    "73050, 0, 2099-12-31",
    "59, 1, 1900-02-28",
    "61, 1, 1900-03-01",
    "1, 1, 1900-01-01",
    "20260630, 0, 20260630",
    "2026, 0, 2026",
    "2.0260629999999999E7, 0, 20260630",
  })
  void aDayIsKeptAsANumber(String raw, int style, String day) throws Exception {
    assertThat(onlyRow(text("1"), text("甲"), null, number(raw, style)))
        .isEqualTo("1:1|甲|null|" + day);
  }

  @ParameterizedTest
  @ValueSource(strings = {"60", "0", "0.5", "-3", "2958466", "1E14"})
  void aNumberThatNoDayHasIsAProblemOfItsRow(String raw) throws Exception {
    assertThat(onlyRow(text("1"), text("甲"), null, number(raw, 1)))
        .isEqualTo("1:1|甲|null|null !D2 is a number that no day has; write the day");
  }

  @Test
  void daysMayBeCountedFrom1904() throws Exception {
    read(acts().from1904().row(text("1"), text("甲"), null, number("44741", 1)));
    assertThat(rows).containsExactly("1:1|甲|null|2026-06-30");
  }

  @Test
  void aDayWhereNoneBelongsIsAProblemOfItsRow() throws Exception {
    assertThat(onlyRow(number("46203", 2), text("甲")))
        .startsWith("1:null|甲|null|null !A2 is a day");
    assertThat(onlyRow(text("1"), text("甲"), number("46203", 1))).contains("!C2 is a day");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5",
    "5.0, 5",
    "123.0, 123",
    "1.1000000000000001, 1.1",
    "4.3499999999999996, 4.35",
    "1E3, 1000",
    "1.2E-2, 0.012",
    "-7, -7",
    "999999999999999, 999999999999999",
    "0, 0",
  })
  void aNumberIsReadWithTheDigitsThatAWorkbookShows(String raw, String text) throws Exception {
    assertThat(onlyRow(text("1"), text("甲"), number(raw, 3))).isEqualTo("1:1|甲|" + text + "|null");
    assertThat(onlyRow(number(raw), text("甲"))).isEqualTo("1:" + text + "|甲|null|null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.0E18", "9.1440400123456794E17", "914404001234567890", "1E15", "1E-999"})
  void aNumberOfMoreDigitsThanAWorkbookKeepsIsAProblemOfItsRow(String raw) throws Exception {
    assertThat(onlyRow(number(raw), text("甲"))).startsWith("1:null|甲|").contains("!A2", "as text");
    assertThat(onlyRow(text("1"), text("甲"), number(raw))).contains("!C2", "15 digits");
  }

  @Test
  void aPersonsNumberThatIsDroppedNeedNotBeReadable() throws Exception {
    read(
        WorkbookFixture.sheet("处罚")
            .row(text("文号"), text("名称"), text("经办"))
            .row(text("1"), text("甲"), number("4.404991990010112E17")));
    assertThat(rows).containsExactly("1:1|甲|null|null");
  }

  @Test
  void numbersAsTextAndTextsAsNumbersAreRead() throws Exception {
    assertThat(onlyRow(number("17"), number("3"), text("1,234.50"), text("2026年6月30日")))
        .isEqualTo("1:17|3|1,234.50|2026年6月30日");
    assertThat(onlyRow(number("17", 4), text("甲"))).isEqualTo("1:000017|甲|null|null");
    assertThat(onlyRow(cell("b", "1"), text("甲"))).isEqualTo("1:true|甲|null|null");
  }

  @Test
  void textsAreReadAsTheyAre() throws Exception {
    read(
        acts()
            .texts("<t>1</t>", "<r><t>甲</t></r><r><t>公司</t></r><rPh><t>jia</t></rPh>")
            .row(shared(0), shared(1))
            .row(text("a_x000D_\nb"), text("_x005F_x0041_ =1+1 & <b>")));
    assertThat(rows).containsExactly("1:1|甲公司|null|null", "2:a\r\nb|_x0041_ =1+1 & <b>|null|null");
  }

  @Test
  void aTextThatTheWorkbookLostIsAProblemOfItsRow() throws Exception {
    assertThat(onlyRow(shared(7), text("甲"))).startsWith("1:null|甲|null|null !A2 names a text");
    assertThat(onlyRow(shared(7))).contains("!A2 names a text");
  }

  @Test
  void aFormulaIsItsValue() throws Exception {
    assertThat(onlyRow(formula("str", "1"), formula("str", "甲"), formula("n", "5.5")))
        .isEqualTo("1:1|甲|5.5|null");
    assertThat(onlyRow(text("1"), text("甲"), formula("n", "5"), formula("str", "")))
        .isEqualTo("1:1|甲|5|null");
  }

  @Test
  void formulasThatWereNeverCalculatedRefuseTheFile() {
    refused(
        acts().row(text("1"), text("甲"), formula("n", "")).bytes(),
        "none of the workbook's formulas has a value",
        "replace them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"#REF!", "#N/A", "#DIV/0!"})
  void anErrorIsAProblemOfItsRow(String error) throws Exception {
    for (String cell : List.of(cell("e", error), formula("e", error), cell("n", "x"))) {
      assertThat(onlyRow(text("1"), text("甲"), cell)).contains("1:1|甲|null|null !C2 holds");
    }
    read(acts().row(cell("e", error)));
    assertThat(rows).hasSize(1);
  }

  @Test
  void theSheetWithTheHeaderIsReadWhereverItStands() throws Exception {
    read(
        WorkbookFixture.sheet("说明")
            .row(text("填表说明"))
            .and("旧表")
            .row(HEADER)
            .row(text("9"), text("旧"))
            .hidden()
            .and("数据")
            .row(HEADER)
            .row(text("1"), text("甲")));
    assertThat(rows).containsExactly("1:1|甲|null|null");
  }

  @Test
  void twoSheetsWithTheHeaderRefuseTheFile() {
    refused(acts().and("二月").row(HEADER).bytes(), "[处罚, 二月] have the same header", "one of them");
  }

  @Test
  void aWorkbookWithoutTheHeaderIsRefused() {
    refused(
        WorkbookFixture.sheet("一").row(text("文号"), text("金额")).bytes(),
        "the required column '名称' is missing");
    refused(WorkbookFixture.sheet("一").row(text("说明")).bytes(), "no sheet of [一]", "first 20 rows");
    refused(WorkbookFixture.sheet("一").bytes(), "the file is empty", "at least the header");
  }

  @Test
  void aWorkbookMayBeGzippedAndNothingStaysUnpacked() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(acts().row(text("1"), text("甲")).bytes());
    }
    assertThat(read("a.XLSX.gz", bytes.toByteArray()).rows()).isEqualTo(1);
    assertThatThrownBy(
            () -> read("a.xlsx.gz", Arrays.copyOf(bytes.toByteArray(), bytes.size() - 9)))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("cut or no gzip");
    assertThat(folder.resolve("scratch")).isEmptyDirectory();
  }

  @Test
  void whatIsNoWorkbookIsRefusedInOneSentence() throws Exception {
    byte[] good = acts().row(text("1"), text("甲")).bytes();
    refused(Arrays.copyOf(good, good.length / 2), "cut or damaged", "deliver it again");
    refused("文号,名称\n1,甲\n".getBytes(StandardCharsets.UTF_8), "no workbook", "save it as .xlsx");
    refused(new byte[0], "the file is empty");
    byte[] ole = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a};
    refused(ole, "password", "old kind", "save it without a password as .xlsx");
    assertThatThrownBy(() -> read("a.xls", ole))
        .isInstanceOf(BadFile.class)
        .hasMessageContaining("save it as .xlsx");
    refused(WorkbookFixture.zip(Map.of("a.txt", "x")), "the workbook cannot be read");
  }

  @Test
  void aByteThatChangedOnTheWayRefusesTheWorkbook() throws Exception {
    byte[] good = acts().row(text("1"), text("甲")).row(text("2"), text("乙")).bytes();
    for (int at = 0; at < good.length; at += 3) {
      byte[] changed = good.clone();
      changed[at] ^= 0x10;
      try {
        read("a.xlsx", changed);
        assertThat(rows).as("byte " + at).containsExactly("1:1|甲|null|null", "2:2|乙|null|null");
      } catch (BadFile refused) {
        assertThat(refused).message().isNotBlank();
      }
    }
  }

  @Test
  void aBombIsRefusedBeforeItIsRead() throws IOException {
    Map<String, String> swollen = new LinkedHashMap<>(acts().parts());
    swollen.computeIfPresent(
        "xl/worksheets/sheet1.xml",
        (k, xml) -> xml.replace("</sheetData>", "<row/>".repeat(7_000_000) + "</sheetData>"));
    refused(WorkbookFixture.zip(swollen), "unpacks to far more", ".csv");
    refused(acts().row(text("1"), text("甲".repeat(400_000))).bytes(), "unpacks to far more");
  }
}
