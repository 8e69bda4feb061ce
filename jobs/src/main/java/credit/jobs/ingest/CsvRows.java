package credit.jobs.ingest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;

/** Rows of delimited text: the delimiter that fits the contract's header best is the file's. */
final class CsvRows {
  private static final char[] DELIMITERS = {',', '\t', ';', '|'};
  private static final int LONGEST_CELL = 1 << 24;

  private final DeliveredFile file;
  private final Charset charset;
  private final char delimiter;

  private CsvRows(DeliveredFile file, Charset charset) throws IOException {
    this.file = file;
    this.charset = charset;
    this.delimiter = delimiter();
  }

  static RowFormat.Seen read(DeliveredFile file, Charset charset, RowFormat.Sink sink)
      throws IOException, BadFile {
    return new CsvRows(file, charset).read(sink);
  }

  private RowFormat.Seen read(RowFormat.Sink sink) throws IOException, BadFile {
    try (CsvReader<CsvRecord> reader = open(delimiter)) {
      Iterator<CsvRecord> records = reader.iterator();
      CsvRecord first = records.next();
      if (LastLine.is(first)) {
        throw new BadFile("the file is empty; deliver at least the header");
      }
      CsvRecord record = next(records, first);
      Header header = Header.match(file.source(), first.getFields());
      Quotes quotes = new Quotes(delimiter, first.getFieldCount());
      long number = 0;
      while (!LastLine.is(record)) {
        CsvRecord next = next(records, record);
        quotes.check(record, next);
        sink.row(++number, arrange(header, record.getFields()), problem(record, first));
        record = next;
      }
      return new RowFormat.Seen(charset.name(), number, header.unknown());
    } catch (CsvParseException e) {
      throw Quotes.misplaced(e);
    }
  }

  /** Behind every record comes another, if only the last line: else the record swallowed it. */
  private static CsvRecord next(Iterator<CsvRecord> records, CsvRecord record) throws BadFile {
    if (!records.hasNext()) {
      throw Quotes.unclosed(record);
    }
    return records.next();
  }

  private static String problem(CsvRecord record, CsvRecord header) {
    return record.getFieldCount() == header.getFieldCount()
        ? null
        : record.getFieldCount() + " cells instead of " + header.getFieldCount();
  }

  private CsvReader<CsvRecord> open(char separator) throws IOException {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .maxBufferSize(LONGEST_CELL)
        .allowExtraFields(true)
        .allowMissingFields(true)
        .ofCsvRecord(new LastLine(Text.open(file.path(), charset)));
  }

  private static String[] arrange(Header header, List<String> fields) {
    String[] cells = new String[header.cells().size()];
    for (int i = 0; i < cells.length; i++) {
      int at = header.cells().get(i);
      cells[i] = at >= 0 && at < fields.size() ? fields.get(at) : null;
    }
    return cells;
  }

  private char delimiter() throws IOException {
    char best = ',';
    long most = -1;
    for (char candidate : DELIMITERS) {
      long matches = headersMatched(candidate);
      if (matches > most) {
        most = matches;
        best = candidate;
      }
    }
    return best;
  }

  private long headersMatched(char candidate) throws IOException {
    try (CsvReader<CsvRecord> reader = open(candidate)) {
      return Header.matches(file.source(), reader.iterator().next().getFields());
    } catch (CsvParseException notThisDelimiter) {
      return 0;
    }
  }

  /** Text with one more line at its end, which only an open quote can keep from being a record. */
  private static final class LastLine extends Reader {
    private static final String MARK = "\uFFFF\uFFFEend";

    private final Reader text;
    private String left = "\n" + MARK;

    LastLine(Reader text) {
      this.text = text;
    }

    static boolean is(CsvRecord record) {
      return record.getFieldCount() == 1 && record.getField(0).equals(MARK);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      int read = text.read(buffer, offset, length);
      if (read >= 0 || left.isEmpty()) {
        return read;
      }
      int taken = Math.min(length, left.length());
      left.getChars(0, taken, buffer, offset);
      left = left.substring(taken);
      return taken;
    }

    @Override
    public void close() throws IOException {
      text.close();
    }
  }
}
