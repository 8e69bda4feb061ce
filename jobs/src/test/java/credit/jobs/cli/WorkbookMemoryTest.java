package credit.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large workbook through a real ingest, in a process of its own with a gigabyte of heap. */
@Tag("slow")
class WorkbookMemoryTest {
  private static final int ROWS = 300_000;
  private static final String MAIN =
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  private static final String REL =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";

  private static final Map<String, String> PARTS =
      Map.of(
          "[Content_Types].xml",
          "<Types xmlns=\"%scontent-types\">".formatted(PACKAGE)
              + "<Override PartName=\"/xl/workbook.xml\" ContentType=\"%ssheet.main+xml\"/>"
                  .formatted(TYPE)
              + "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"%ssharedStrings+xml\"/>"
                  .formatted(TYPE)
              + "</Types>",
          "xl/workbook.xml",
          "<workbook %s xmlns:r=\"%s\"><sheets><sheet name=\"检查\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
              .formatted(MAIN, REL),
          "xl/_rels/workbook.xml.rels",
          "<Relationships xmlns=\"%srelationships\"><Relationship Id=\"rId1\" Type=\"%s/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
              .formatted(PACKAGE, REL));

  private static final Pattern FULL = Pattern.compile("Pause Full.* \\d+M->(\\d+)M");

  @TempDir Path folder;

  @Test
  void aWorkbookOfThreeHundredThousandRowsIsIngestedWithinAGigabyteOfHeap() throws Exception {
    Path file = folder.resolve("deliveries/inspections/2026-06-30/inspections.xlsx");
    Files.createDirectories(file.getParent());
    write(file);
    long started = System.nanoTime();
    Process ingest = start();
    assertThat(ingest.waitFor(15, TimeUnit.MINUTES)).as("the ingest ends").isTrue();
    String output = Files.readString(folder.resolve("output"));
    assertThat(ingest.exitValue()).as(output).isZero();
    assertThat(output).contains("300,000", "refused files 0");
    System.out.printf(
        "%,d rows, %d MiB as .xlsx: %d s with -Xmx1g, most alive after a full collection %d MiB%n",
        ROWS, Files.size(file) >> 20, (System.nanoTime() - started) / 1_000_000_000, mostAlive());
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("target", "spark.jvmflags"));
    command.addAll(List.of("-Xmx1g", "-XX:+UseParallelGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-XX:ReservedCodeCacheSize=256m", "-Dfile.encoding=UTF-8"));
    command.add("-Xlog:gc:file=" + folder.resolve("gc.log"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("credit.jobs.cli.Main", "ingest"));
    command.addAll(List.of("--deliveries", folder.resolve("deliveries").toString()));
    command.addAll(List.of("--warehouse", folder.resolve("warehouse").toString()));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  /** In MiB: below it no heap would do. */
  private long mostAlive() throws IOException {
    long most = 0;
    for (String line : Files.readAllLines(folder.resolve("gc.log"))) {
      Matcher full = FULL.matcher(line);
      most = full.find() ? Math.max(most, Long.parseLong(full.group(1))) : most;
    }
    return most;
  }

  /** As Excel saves it: every text once in a table that cells name by number. */
  private static void write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> part : PARTS.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        put(zip, part.getValue());
      }
      zip.putNextEntry(new ZipEntry("xl/worksheets/sheet1.xml"));
      put(zip, "<worksheet " + MAIN + "><sheetData>");
      put(zip, "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>2026年检查结果</t></is></c></row>");
      put(zip, "<row r=\"2\">");
      String[] header = {"检查编号", "企业名称", "检查日期", "检查类型", "检查结果", "处理情况", "检查机关"};
      for (int i = 0; i < header.length; i++) {
        put(
            zip,
            "<c r=\"%c2\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted('A' + i, header[i]));
      }
      put(zip, "</row>");
      for (int i = 0; i < ROWS; i++) {
        put(zip, row(i));
      }
      put(zip, "</sheetData></worksheet>");
      zip.putNextEntry(new ZipEntry("xl/sharedStrings.xml"));
      put(zip, "<sst " + MAIN + "><si><t>双随机</t></si><si><t>1</t></si><si><t>珠海市市场监督管理局</t></si>");
      for (int i = 0; i < ROWS; i++) {
        put(zip, texts(i));
      }
      put(zip, "</sst>");
    }
  }

  private static String row(int i) {
    int at = i + 3;
    int first = 3 * i + 3;
    return ("<row r=\"%1$d\"><c r=\"A%1$d\" t=\"s\"><v>%2$d</v></c><c r=\"B%1$d\" t=\"s\"><v>%3$d</v></c>"
            + "<c r=\"C%1$d\"><v>%5$d</v></c><c r=\"D%1$d\" t=\"s\"><v>0</v></c>"
            + "<c r=\"E%1$d\" t=\"s\"><v>1</v></c><c r=\"F%1$d\" t=\"s\"><v>%4$d</v></c>"
            + "<c r=\"G%1$d\" t=\"s\"><v>2</v></c></row>")
        .formatted(at, first, first + 1, first + 2, 46_000 + i % 200);
  }

  private static String texts(int i) {
    return ("<si><t>JC%1$08d</t></si><si><t>珠海市第%1$d号试验贸易有限公司</t></si>"
            + "<si><t>现场检查时该单位正常经营，第%1$d次检查未发现问题，已告知应当按时公示年度报告</t></si>")
        .formatted(i);
  }

  private static void put(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
