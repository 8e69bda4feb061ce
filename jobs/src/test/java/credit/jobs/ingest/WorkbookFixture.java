package credit.jobs.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A workbook part by part, as Excel and others write them, also with what they do wrong. */
final class WorkbookFixture {
  private static final String MAIN =
      "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  private static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

  private final Map<String, List<String>> sheets = new LinkedHashMap<>();
  private final Map<String, String> states = new LinkedHashMap<>();
  private String properties = "";
  private String merged = "";
  private String texts;
  private List<String> rows;

  /** Styles: 0 as it comes, 1 a built-in day, 2 a Chinese day, 3 money, 4 six digits. */
  private static final String STYLES =
      "<styleSheet "
          + MAIN
          + "><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/>"
          + "<numFmt numFmtId=\"177\" formatCode=\"[Red]#,##0.00&quot;dym&quot;\"/>"
          + "<numFmt numFmtId=\"178\" formatCode=\"000000\"/></numFmts><cellXfs>"
          + "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/><xf numFmtId=\"177\"/>"
          + "<xf numFmtId=\"178\"/></cellXfs></styleSheet>";

  static WorkbookFixture sheet(String name) {
    return new WorkbookFixture().and(name);
  }

  WorkbookFixture and(String name) {
    rows = new ArrayList<>();
    sheets.put(name, rows);
    return this;
  }

  WorkbookFixture hidden() {
    states.put(List.copyOf(sheets.keySet()).get(sheets.size() - 1), " state=\"hidden\"");
    return this;
  }

  /** Cells of all sheets that are merged, such as {@code A1:D1}. */
  WorkbookFixture merged(String... cells) {
    merged =
        "<mergeCells count=\"1\"><mergeCell ref=\""
            + String.join("\"/><mergeCell ref=\"", cells)
            + "\"/></mergeCells>";
    return this;
  }

  WorkbookFixture from1904() {
    properties = "<workbookPr date1904=\"1\"/>";
    return this;
  }

  /** Texts that cells of type {@code s} name by their number. */
  WorkbookFixture texts(String... items) {
    texts = "<sst " + MAIN + "><si>" + String.join("</si><si>", items) + "</si></sst>";
    return this;
  }

  /** A row of cells: {@code text("甲")}, {@code number("5")}, null for none. */
  WorkbookFixture row(String... cells) {
    return rowAt(rows.size() + 1, cells);
  }

  WorkbookFixture rowAt(int number, String... cells) {
    StringBuilder row = new StringBuilder("<row r=\"" + number + "\">");
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] != null) {
        String address = "r=\"" + (char) ('A' + i) + number + "\"";
        row.append(cells[i].replaceFirst("<c", "<c " + address));
      }
    }
    rows.add(row.append("</row>").toString());
    return this;
  }

  static String text(String text) {
    return "<c t=\"inlineStr\"><is><t xml:space=\"preserve\">"
        + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        + "</t></is></c>";
  }

  /** Text as Excel keeps it: what XML cannot hold, by its number. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.replace("_x", "_x005F_x").toCharArray()) {
      boolean held = (c >= ' ' && c < '\uFFFE') || c == '\n' || c == '\t';
      escaped.append(held ? String.valueOf(c) : "_x%04X_".formatted((int) c));
    }
    return escaped.toString();
  }

  static String shared(int item) {
    return "<c t=\"s\"><v>" + item + "</v></c>";
  }

  static String number(String raw) {
    return number(raw, 0);
  }

  static String number(String raw, int style) {
    return "<c s=\"" + style + "\"><v>" + raw + "</v></c>";
  }

  static String cell(String type, String raw) {
    return "<c t=\"" + type + "\"><v>" + raw + "</v></c>";
  }

  static String formula(String type, String raw) {
    return "<c t=\"" + type + "\"><f>A1+1</f><v>" + raw + "</v></c>";
  }

  Map<String, String> parts() {
    Map<String, String> parts = new LinkedHashMap<>();
    StringBuilder types = new StringBuilder();
    StringBuilder relations = new StringBuilder();
    StringBuilder list = new StringBuilder();
    int at = 0;
    for (Map.Entry<String, List<String>> sheet : sheets.entrySet()) {
      at++;
      String part = "worksheets/sheet" + at + ".xml";
      relations.append(relation(at, "worksheet", part));
      list.append("<sheet name=\"" + sheet.getKey() + "\" sheetId=\"" + at + "\" r:id=\"rId" + at)
          .append("\"" + states.getOrDefault(sheet.getKey(), "") + "/>");
      parts.put(
          "xl/" + part,
          "<worksheet "
              + MAIN
              + "><sheetData>"
              + String.join("", sheet.getValue())
              + "</sheetData>"
              + merged
              + "</worksheet>");
    }
    types.append(override("workbook.xml", "sheet.main+xml"));
    types.append(override("styles.xml", "styles+xml"));
    relations.append(relation(98, "styles", "styles.xml"));
    parts.put("xl/styles.xml", STYLES);
    if (texts != null) {
      types.append(override("sharedStrings.xml", "sharedStrings+xml"));
      relations.append(relation(99, "sharedStrings", "sharedStrings.xml"));
      parts.put("xl/sharedStrings.xml", texts);
    }
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            + types
            + "</Types>");
    parts.put(
        "xl/workbook.xml",
        "<workbook "
            + MAIN
            + " xmlns:r=\""
            + RELATIONS
            + "\">"
            + properties
            + "<sheets>"
            + list
            + "</sheets></workbook>");
    parts.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + relations
            + "</Relationships>");
    return parts;
  }

  private static String override(String part, String type) {
    return "<Override PartName=\"/xl/" + part + "\" ContentType=\"" + TYPE + type + "\"/>";
  }

  private static String relation(int id, String type, String target) {
    return "<Relationship Id=\"rId%d\" Type=\"%s/%s\" Target=\"%s\"/>"
        .formatted(id, RELATIONS, type, target);
  }

  byte[] bytes() {
    return zip(parts());
  }

  static byte[] zip(Map<String, String> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
