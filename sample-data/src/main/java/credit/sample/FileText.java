package credit.sample;

import credit.schemas.Column;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A file's bytes from its lines, in the department's layout. */
final class FileText {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private FileText() {}

  static byte[] bytes(Sheet sheet, List<Line> lines) {
    return bytes(sheet, sheet.layout(), lines, Variation.none());
  }

  static byte[] bytes(Sheet sheet, Layout layout, List<Line> lines, Variation variation) {
    byte[] plain =
        switch (layout.form()) {
          case CSV, TSV -> encoded(layout, csv(sheet, layout, lines, variation));
          case JSONL -> encoded(layout, json(sheet, lines));
          case XLSX -> FileWorkbook.bytes(sheet, lines);
          case PARQUET -> FileParquet.bytes(sheet, lines);
        };
    return layout.gzip() ? Gzip.store(plain) : plain;
  }

  private static byte[] encoded(Layout layout, String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 2);
    if (layout.mark()) {
      out.writeBytes(MARK);
    }
    out.writeBytes(text.getBytes(layout.charset()));
    return out.toByteArray();
  }

  private static String csv(Sheet sheet, Layout layout, List<Line> lines, Variation variation) {
    char separator = layout.form() == Layout.Form.TSV ? '\t' : ',';
    boolean extra = !variation.extra().isEmpty();
    StringWriter text = new StringWriter();
    try (CsvWriter csv =
        CsvWriter.builder()
            .fieldSeparator(variation.separator() == null ? separator : variation.separator())
            .lineDelimiter(layout.windows() ? LineDelimiter.CRLF : LineDelimiter.LF)
            .build(text)) {
      csv.writeRecord(header(sheet, variation));
      for (Line line : lines) {
        csv.writeRecord(extra ? with(line.cells(), "2026-01-01 08:30:00") : line.cells());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static List<String> header(Sheet sheet, Variation variation) {
    List<String> header = new ArrayList<>();
    for (Column column : sheet.columns()) {
      header.add(variation.headers().getOrDefault(column.name(), column.physicalName()));
    }
    if (!variation.extra().isEmpty()) {
      header.add(variation.extra());
    }
    return header;
  }

  private static String[] with(String[] cells, String last) {
    String[] more = Arrays.copyOf(cells, cells.length + 1);
    more[cells.length] = last;
    return more;
  }

  private static String json(Sheet sheet, List<Line> lines) {
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      char before = '{';
      for (int i = 0; i < line.cells().length; i++) {
        if (!line.cells()[i].isEmpty()) {
          text.append(before).append(quoted(sheet.columns().get(i).physicalName()));
          text.append(':').append(quoted(line.cells()[i]));
          before = ',';
        }
      }
      text.append("}\n");
    }
    return text.toString();
  }

  static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        default -> quoted.append(c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
      }
    }
    return quoted.append('"').toString();
  }
}
