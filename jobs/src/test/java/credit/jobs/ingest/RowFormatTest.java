package credit.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowFormatTest {
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final String GOOD = "文号,名称,金额\n1,甲公司,5\n2,乙公司,6\n";

  @TempDir Path folder;
  private Schemas schemas;
  private final List<String> rows = new ArrayList<>();

  @BeforeEach
  void contract() {
    schemas = Town.in(folder.resolve("schemas"));
  }

  private RowFormat.Seen read(String name, byte[] bytes) throws Exception {
    Path file = folder.resolve(name);
    Files.write(file, bytes);
    DeliveredFile delivered =
        new DeliveredFile(
            schemas.sources().get("acts"), file, name, LocalDate.of(2026, 6, 30), "0".repeat(64));
    rows.clear();
    return RowFormat.read(
        delivered,
        folder.resolve("scratch"),
        (number, cells, problem) ->
            rows.add(
                number
                    + ":"
                    + String.join("|", Arrays.asList(cells).subList(0, 3))
                    + (problem == null ? "" : " !" + problem)));
  }

  private RowFormat.Seen read(String name, String text) throws Exception {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private void refused(String name, byte[] bytes, String... parts) {
    assertThatThrownBy(() -> read(name, bytes))
        .isInstanceOf(BadFile.class)
        .message()
        .contains(parts);
  }

  private void refused(String name, String text, String... parts) {
    refused(name, text.getBytes(StandardCharsets.UTF_8), parts);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void theUsualEncodingsAreReadAlike() throws Exception {
    for (byte[] bytes :
        List.of(
            GOOD.getBytes(StandardCharsets.UTF_8),
            ("\ufeff" + GOOD).getBytes(StandardCharsets.UTF_8),
            GOOD.getBytes(GB18030))) {
      read("a.csv", bytes);
      assertThat(rows).containsExactly("1:1|甲公司|5", "2:2|乙公司|6");
    }
    assertThat(read("a.csv", GOOD.getBytes(GB18030)).charset()).isEqualTo("GB18030");
    assertThat(read("a.csv.gz", gzip(GOOD)).rows()).isEqualTo(2);
  }

  @Test
  void bytesThatNoEncodingHasAreRefused() {
    byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length - 2] = (byte) 0xff;
    refused("a.csv", bytes, "neither UTF-8 nor GB18030", "save it");
  }

  @Test
  void aCutOrFalseGzipIsRefused() throws Exception {
    byte[] whole = gzip(GOOD.repeat(50));
    refused("a.csv.gz", Arrays.copyOf(whole, whole.length - 12), "cut or no gzip", "again");
    refused("a.csv.gz", GOOD, "cut or no gzip", "again");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "a.tsv", "a.jsonl"})
  void anEmptyFileIsRefused(String name) {
    refused(name, "", "the file is empty", "at least the header");
  }

  @Test
  void aHeaderAloneIsADeliveryOfNoRows() throws Exception {
    assertThat(read("a.csv", "文号,名称,金额\n").rows()).isZero();
  }

  @Test
  void aMissingRequiredColumnIsNamedAndSoIsADoubledOne() {
    refused("a.csv", "文号,金额\n1,5\n", "required column '名称' is missing", "aliases");
    refused("a.csv", "文号,名称,名称\n1,甲,乙\n", "'名称' stands twice");
    refused("a.docx", GOOD, "a.docx", ".csv");
  }

  @Test
  void aliasesAreAcceptedAndUnknownColumnsReported() throws Exception {
    RowFormat.Seen seen = read("a.csv", "编号,备注, 名称 \n1,x,甲\n");
    assertThat(rows).containsExactly("1:1|甲|null");
    assertThat(seen.unknown()).containsExactly("备注");
    read("a.jsonl", "{\"编号\":\"1\",\"名称\":\"甲\",\"备注\":1}\n");
    assertThat(rows).containsExactly("1:1|甲|null");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void theDelimiterIsFoundWhateverTheFileIsCalled(String delimiter) throws Exception {
    read("a.csv", GOOD.replace(",", delimiter));
    assertThat(rows).containsExactly("1:1|甲公司|5", "2:2|乙公司|6");
  }

  @Test
  void newlinesInQuotesKeepTheRowNumbers() throws Exception {
    read("a.csv", "文号,名称,金额\n1,\"甲\n公司\",5\n2,\"乙,\"\"丙\"\"\",6\n");
    assertThat(rows).containsExactly("1:1|甲\n公司|5", "2:2|乙,\"丙\"|6");
  }

  @Test
  void aQuoteThatIsNeverClosedRefusesTheFileByItsLine() throws Exception {
    String head = "文号,名称,金额\n1,\"甲\n公司\",5\n";
    refused("a.csv", head + "2,\"乙,6\n3,丙,7\n", "the quote that opens in line 4 is never closed");
    refused("a.csv", head + "\"2\n\",\"乙\"\"", "opens in line 5 is never closed", "double");
    refused("a.csv", "文号,\"名称,金额\n1,甲,5\n", "opens in line 1 is never closed");
    refused("a.csv", head + "2,\"乙,6\n3,\"丙\",7\n", "line 4", "after closing quote", "not closed");
    read("a.csv", head + "2,\"\",\"\"\"6\"");
    assertThat(rows).containsExactly("1:1|甲\n公司|5", "2:2||\"6");
  }

  @Test
  void aQuoteThatRunsOverFurtherRecordsRefusesTheFileByItsLine() throws Exception {
    String open = "文号,名称,金额,撤销\n1,\"甲,5,\n2,乙,6,\n3,丙,7,\n4,丁\",8,\n";
    refused("a.csv", open + "5,戊,9,\n", "opens in line 2 runs on to line 5", "close it");
    refused(
        "a.csv", "文号,名称\n1,\"甲" + "\n".repeat(300) + "\"\n", "opens in line 2 runs on to line 302");
    read("a.csv", "文号,名称,金额\n1,\"甲\n一,二\n三,四,五\n" + "六\n".repeat(100) + "\",5\n");
    assertThat(rows).hasSize(1);
  }

  @Test
  void whatIsNoHeaderIsToldInPart() throws Exception {
    assertThatThrownBy(() -> read("a.csv", "x".repeat(100_000)))
        .isInstanceOf(BadFile.class)
        .message()
        .contains("is missing")
        .hasSizeLessThan(300);
  }

  @Test
  void aRaggedRowIsAProblemOfThatRowAlone() throws Exception {
    read("a.csv", "文号,名称,金额\n1,甲\n2,乙,6,7\n3,丙,8\n");
    assertThat(rows)
        .containsExactly(
            "1:1|甲|null !2 cells instead of 3", "2:2|乙|6 !4 cells instead of 3", "3:3|丙|8");
  }

  @Test
  void aLineThatIsNoJsonObjectIsAProblemOfThatLineAlone() throws Exception {
    RowFormat.Seen seen =
        read(
            "a.jsonl",
            """
            {"文号":"1","名称":"甲","金额":5}
            {"文号":"2","名称":
            [1,2]
            {"文号":"4","名称":"丁"} {"文号":"5","名称":"戊"}
            {"文号":"6","文号":"7","名称":"己"}

            {"文号":"8","名称":null}
            """);
    assertThat(seen.rows()).isEqualTo(6);
    assertThat(rows.get(0)).isEqualTo("1:1|甲|5");
    assertThat(rows.subList(1, 5)).allMatch(r -> r.contains(" !not "));
    assertThat(rows.get(2)).contains("not a JSON object: array");
    assertThat(rows.get(3)).contains("more follows it in its line");
    assertThat(rows.get(5)).isEqualTo("6:8|null|null");
  }

  @Test
  void aLineWithTwoValuesForOneColumnIsReadByNeither() throws Exception {
    read(
        "a.jsonl",
        """
        {"文号":"1","编号":"2","名称":"甲"}
        {"文号":"3","编号":"3","名称":"乙"}
        {"文号":null,"编号":"4","名称":"丙"}
        """);
    assertThat(rows.get(0)).contains("!not one value: '编号' is another name of 文号");
    assertThat(rows.subList(1, 3)).containsExactly("2:3|乙|null", "3:4|丙|null");
  }

  @Test
  void jsonWithoutLinesIsRefused() {
    refused("a.jsonl", "[" + "{\"文号\":1},".repeat(2_000_000) + "]", "one JSON object a line");
  }

  @Test
  void endingsMayBeInCapitals() throws Exception {
    assertThat(read("A.CSV.GZ", gzip(GOOD)).rows()).isEqualTo(2);
  }

  @Test
  void noDigitOfAJsonNumberIsLost() throws Exception {
    read("a.jsonl", "{\"文号\":440301103097413,\"名称\":1.10,\"金额\":1234567890123456.78}\n");
    assertThat(rows).containsExactly("1:440301103097413|1.10|1234567890123456.78");
    read("a.jsonl", "{\"文号\":2000.00,\"名称\":1e3,\"金额\":1e999999999}\n");
    assertThat(rows).containsExactly("1:2000.00|1000|1E+999999999");
  }

  @Test
  void formulasAndMarkupAreTextAndStayAsTheyAre() throws Exception {
    read("a.csv", "文号,名称,金额\n=1+1,<script>alert(1)</script>,@x\n+2,-甲&amp;,6\n");
    assertThat(rows).containsExactly("1:=1+1|<script>alert(1)</script>|@x", "2:+2|-甲&amp;|6");
  }
}
