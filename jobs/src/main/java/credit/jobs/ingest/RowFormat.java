package credit.jobs.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import credit.schemas.Column;
import credit.schemas.SourceContract;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipException;

/** Reads a delivered file's rows in the order of its contract's columns. */
final class RowFormat {
  private static final char[] DELIMITERS = {',', '\t', ';', '|'};
  private static final int LONGEST_SCALE = 1000;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private RowFormat() {}

  /** Takes the rows of a file one by one. */
  interface Sink {
    /**
     * One data row.
     *
     * @param number 1 for the first row after the header
     * @param cells one for each column of the contract; null where the file has none
     * @param problem why the row cannot be read as the contract says, or null
     */
    void row(long number, String[] cells, String problem) throws IOException;
  }

  /**
   * What was seen of a file as a whole.
   *
   * @param charset its encoding
   * @param rows data rows
   * @param unknown headers that no column claims
   */
  record Seen(String charset, long rows, List<String> unknown) {}

  static Seen read(DeliveredFile file, Sink sink) throws BadFile {
    String name = file.path().getFileName().toString().replaceFirst("\\.gz$", "");
    try {
      Charset charset = Text.detect(file.path());
      if (name.endsWith(".csv") || name.endsWith(".tsv") || name.endsWith(".txt")) {
        return csv(file, charset, sink);
      }
      if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
        return jsonLines(file, charset, sink);
      }
      throw new BadFile(
          "files ending like '" + name + "' are not read; deliver .csv, .tsv or .jsonl");
    } catch (EOFException | ZipException e) {
      throw new BadFile("the file is cut or no gzip (" + e.getMessage() + "); deliver it again");
    } catch (CharacterCodingException e) {
      throw new BadFile("the text has bytes that no character has; save it as UTF-8");
    } catch (CsvParseException e) {
      throw new BadFile("not readable as CSV: " + rootMessage(e));
    } catch (UncheckedIOException | IOException e) {
      throw new BadFile("the file cannot be read to its end: " + rootMessage(e));
    }
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }

  private static Seen csv(DeliveredFile file, Charset charset, Sink sink)
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
      return new Seen(charset.name(), number, header.unknown());
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

  private static Seen jsonLines(DeliveredFile file, Charset charset, Sink sink)
      throws IOException, BadFile {
    List<Column> columns = file.source().columns();
    try (BufferedReader lines = new BufferedReader(Text.open(file.path(), charset))) {
      long number = 0;
      java.util.Set<String> unknown = new java.util.TreeSet<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isBlank()) {
          continue;
        }
        number++;
        String[] cells = new String[columns.size()];
        sink.row(number, cells, jsonRow(file.source(), line, cells, unknown));
      }
      if (number == 0) {
        throw new BadFile("the file is empty; deliver at least the header, as .csv");
      }
      return new Seen(charset.name(), number, new ArrayList<>(unknown));
    }
  }

  /** Fills the cells; the problem is null where the line is one JSON object. */
  private static String jsonRow(
      SourceContract source, String line, String[] cells, java.util.Set<String> unknown) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      return "not JSON: " + e.getOriginalMessage();
    }
    if (!node.isObject()) {
      return "not a JSON object";
    }
    java.util.Set<String> left = new java.util.TreeSet<>();
    node.fieldNames().forEachRemaining(left::add);
    for (int i = 0; i < cells.length; i++) {
      Column column = source.columns().get(i);
      List<String> names = new ArrayList<>(List.of(column.physicalName()));
      names.addAll(column.aliases());
      for (String name : names) {
        JsonNode value = node.get(name);
        if (left.remove(name) && cells[i] == null && !value.isNull()) {
          cells[i] = text(value);
        }
      }
    }
    unknown.addAll(left);
    return null;
  }

  /** A value as it stands there: no digit of a number is lost on the way. */
  private static String text(JsonNode value) {
    if (value.isBigDecimal()) {
      BigDecimal number = value.decimalValue();
      return Math.abs((long) number.scale()) > LONGEST_SCALE
          ? number.toString()
          : number.toPlainString();
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** Whether a path ends like a file that can be read. */
  static boolean readable(Path file) {
    return file.getFileName().toString().matches(".*\\.(csv|tsv|txt|jsonl|ndjson)(\\.gz)?");
  }
}
