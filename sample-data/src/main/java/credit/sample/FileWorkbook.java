package credit.sample;

import credit.schemas.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A file as an Excel workbook, as a department would make it: a title over merged cells, the header
 * in the third row, days and figures as numbers, a second sheet with remarks. Stored, not deflated,
 * and without a clock: the same lines give the same bytes.
 */
final class FileWorkbook {
  private static final String MAIN =
      " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  private static final LocalDateTime NO_CLOCK = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

  /** What Excel makes a number of as it is typed, and shows as it was. */
  private static final Pattern NUMBER = Pattern.compile("-?[1-9]\\d{0,11}(\\.\\d{0,3}[1-9])?");

  private static final int DAY_STYLE = 1;
  private static final int HEADER_ROW = 3;

  private final Map<String, Integer> texts = new LinkedHashMap<>();
  private final StringBuilder rows = new StringBuilder();
  private int row;

  private FileWorkbook() {}

  static byte[] bytes(Sheet sheet, List<Line> lines) {
    return new FileWorkbook().write(sheet, lines);
  }

  private byte[] write(Sheet sheet, List<Line> lines) {
    List<Column> columns = sheet.columns();
    begin();
    text(0, sheet.contract().delivery().authority() + "数据报送表");
    end();
    row = HEADER_ROW - 1;
    begin();
    for (int i = 0; i < columns.size(); i++) {
      text(i, columns.get(i).physicalName());
    }
    end();
    for (Line line : lines) {
      begin();
      for (int i = 0; i < columns.size(); i++) {
        cell(i, columns.get(i), line);
      }
      end();
    }
    String merged =
        "<mergeCells count=\"1\"><mergeCell ref=\"A1:"
            + letters(columns.size() - 1)
            + "1\"/></mergeCells>";
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("[Content_Types].xml", types());
    parts.put("_rels/.rels", relations(Map.of("officeDocument", "xl/workbook.xml")));
    parts.put("xl/workbook.xml", workbook());
    parts.put("xl/_rels/workbook.xml.rels", workbookRelations());
    parts.put("xl/styles.xml", styles());
    parts.put(
        "xl/worksheets/sheet1.xml",
        "<worksheet" + MAIN + "><sheetData>" + rows + "</sheetData>" + merged + "</worksheet>");
    parts.put("xl/worksheets/sheet2.xml", remarks());
    parts.put("xl/sharedStrings.xml", sharedTexts());
    return zip(parts);
  }

  private void begin() {
    row++;
    rows.append("<row r=\"").append(row).append("\">");
  }

  private void end() {
    rows.append("</row>");
  }

  private void cell(int at, Column column, Line line) {
    String cell = line.cells()[at];
    if (cell.isEmpty()) {
      return;
    }
    if (line.isDay(column.name())) {
      LocalDate day = LocalDate.parse(line.row().cell(column.name()));
      number(at, DAY_STYLE, Long.toString(ChronoUnit.DAYS.between(DAY_ZERO, day)));
    } else if (NUMBER.matcher(cell).matches()) {
      number(at, 0, cell);
    } else {
      text(at, cell);
    }
  }

  private void number(int at, int style, String number) {
    rows.append("<c r=\"").append(letters(at)).append(row).append("\" s=\"").append(style);
    rows.append("\"><v>").append(number).append("</v></c>");
  }

  private void text(int at, String text) {
    Integer item = texts.computeIfAbsent(text, t -> texts.size());
    rows.append("<c r=\"").append(letters(at)).append(row).append("\" t=\"s\"><v>");
    rows.append(item).append("</v></c>");
  }

  private static String letters(int at) {
    String last = String.valueOf((char) ('A' + at % 26));
    return at < 26 ? last : letters(at / 26 - 1) + last;
  }

  private String sharedTexts() {
    StringBuilder shared = new StringBuilder("<sst" + MAIN + ">");
    texts.keySet().forEach(t -> shared.append(item("si", t)));
    return shared.append("</sst>").toString();
  }

  private static String item(String tag, String text) {
    return "<" + tag + "><t xml:space=\"preserve\">" + escaped(text) + "</t></" + tag + ">";
  }

  private static String escaped(String text) {
    return text.replace("_x", "_x005F_x")
        .replace("\r", "_x000D_")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private static String remarks() {
    return "<worksheet"
        + MAIN
        + "><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\">"
        + item("is", "填表说明：日期请按单元格格式填写")
        + "</c></row></sheetData></worksheet>";
  }

  private static String styles() {
    return "<styleSheet"
        + MAIN
        + "><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
  }

  private static String types() {
    return "<Types xmlns=\""
        + PACKAGE
        + "content-types\">"
        + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
        + override("workbook.xml", "sheet.main+xml")
        + override("worksheets/sheet1.xml", "worksheet+xml")
        + override("worksheets/sheet2.xml", "worksheet+xml")
        + override("styles.xml", "styles+xml")
        + override("sharedStrings.xml", "sharedStrings+xml")
        + "</Types>";
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"/xl/" + part + "\" ContentType=\"" + TYPE + type + "\"/>";
  }

  private static String workbook() {
    return "<workbook"
        + MAIN
        + " xmlns:r=\""
        + RELATIONS
        + "\"><sheets>"
        + "<sheet name=\"数据\" sheetId=\"1\" r:id=\"rId1\"/>"
        + "<sheet name=\"说明\" sheetId=\"2\" r:id=\"rId2\"/></sheets></workbook>";
  }

  private static String workbookRelations() {
    Map<String, String> targets = new LinkedHashMap<>();
    targets.put("worksheet", "worksheets/sheet1.xml");
    targets.put("worksheet ", "worksheets/sheet2.xml");
    targets.put("styles", "styles.xml");
    targets.put("sharedStrings", "sharedStrings.xml");
    return relations(targets);
  }

  private static String relations(Map<String, String> targets) {
    StringBuilder relations =
        new StringBuilder("<Relationships xmlns=\"" + PACKAGE + "relationships\">");
    int id = 0;
    for (Map.Entry<String, String> target : targets.entrySet()) {
      relations.append(
          "<Relationship Id=\"rId%d\" Type=\"%s/%s\" Target=\"%s\"/>"
              .formatted(++id, RELATIONS, target.getKey().strip(), target.getValue()));
    }
    return relations.append("</Relationships>").toString();
  }

  private static byte[] zip(Map<String, String> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        String xml =
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + part.getValue();
        byte[] content = xml.getBytes(StandardCharsets.UTF_8);
        zip.putNextEntry(stored(part.getKey(), content));
        zip.write(content);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static ZipEntry stored(String name, byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(NO_CLOCK);
    return entry;
  }
}
