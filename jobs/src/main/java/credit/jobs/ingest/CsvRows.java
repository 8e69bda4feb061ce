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

  private CsvRows() {}

  static RowFormat.Seen read(DeliveredFile file, Charset charset, RowFormat.Sink sink)
      throws IOException, BadFile {
    char delimiter = delimiter(file, charset);
    try (Reader text = Text.open(file.path(), charset);
        CsvReader<CsvRecord> reader =
            CsvReader.builder()
                .fieldSeparator(delimiter)
                .maxBufferSize(1 << 24)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text)) {
      Iterator<CsvRecord> records = reader.iterator();
      if (!records.hasNext()) {
        throw new BadFile("the file is empty; deliver at least the header");
      }
      List<String> first = records.next().getFields();
      Header header = Header.match(file.source(), first);
      long number = 0;
      while (records.hasNext()) {
        List<String> fields = records.next().getFields();
        number++;
        String problem =
            fields.size() == first.size()
                ? null
                : fields.size() + " cells instead of " + first.size();
        sink.row(number, arrange(header, fields), problem);
      }
      return new RowFormat.Seen(charset.name(), number, header.unknown());
    }
  }

  private static String[] arrange(Header header, List<String> fields) {
    String[] cells = new String[header.cells().size()];
    for (int i = 0; i < cells.length; i++) {
      int at = header.cells().get(i);
      cells[i] = at >= 0 && at < fields.size() ? fields.get(at) : null;
    }
    return cells;
  }

  private static char delimiter(DeliveredFile file, Charset charset) throws IOException {
    char best = ',';
    long most = -1;
    for (char candidate : DELIMITERS) {
      long matches = headersMatched(file, charset, candidate);
      if (matches > most) {
        most = matches;
        best = candidate;
      }
    }
    return best;
  }

  private static long headersMatched(DeliveredFile file, Charset charset, char delimiter)
      throws IOException {
    try (Reader text = Text.open(file.path(), charset);
        CsvReader<CsvRecord> reader =
            CsvReader.builder().fieldSeparator(delimiter).ofCsvRecord(text)) {
      Iterator<CsvRecord> records = reader.iterator();
      return records.hasNext() ? Header.matches(file.source(), records.next().getFields()) : 0;
    } catch (CsvParseException notThisDelimiter) {
      return 0;
    }
  }
}
