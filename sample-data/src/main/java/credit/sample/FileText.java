package credit.sample;

import credit.schemas.Column;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A file's bytes from its lines, in the department's layout. */
final class FileText {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private FileText() {}

  static byte[] bytes(Sheet sheet, List<Line> lines) {
    Layout layout = sheet.layout();
    String text = layout.form() == Layout.Form.JSONL ? json(sheet, lines) : csv(sheet, lines);
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() * 2);
    if (layout.mark()) {
      out.writeBytes(MARK);
    }
    out.writeBytes(text.getBytes(layout.charset()));
    return layout.gzip() ? Gzip.store(out.toByteArray()) : out.toByteArray();
  }

  private static String csv(Sheet sheet, List<Line> lines) {
    Layout layout = sheet.layout();
    StringWriter text = new StringWriter();
    try (CsvWriter csv =
        CsvWriter.builder()
            .fieldSeparator(layout.form() == Layout.Form.TSV ? '\t' : ',')
            .lineDelimiter(layout.windows() ? LineDelimiter.CRLF : LineDelimiter.LF)
            .build(text)) {
      csv.writeRecord(sheet.columns().stream().map(Column::physicalName).toList());
      for (Line line : lines) {
        csv.writeRecord(line.cells());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
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
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
