package credit.jobs.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import credit.schemas.Column;
import credit.schemas.SourceContract;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Rows of JSON Lines: one object a line, found by its keys. */
final class JsonRows {
  private static final int LONGEST_SCALE = 1000;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private JsonRows() {}

  static RowFormat.Seen read(DeliveredFile file, Charset charset, RowFormat.Sink sink)
      throws IOException, BadFile {
    List<Column> columns = file.source().columns();
    try (BufferedReader lines = new BufferedReader(new Lines(Text.open(file.path(), charset)))) {
      long number = 0;
      Set<String> unknown = new TreeSet<>();
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
      return new RowFormat.Seen(charset.name(), number, new ArrayList<>(unknown));
    }
  }

  /** Fills the cells; the problem is null where the line is one object with one value a column. */
  private static String jsonRow(
      SourceContract source, String line, String[] cells, Set<String> unknown) {
    JsonNode node;
    try {
      node = JSON.readTree(line);
    } catch (MismatchedInputException e) {
      return "not one JSON object: more follows it in its line";
    } catch (JsonProcessingException e) {
      return "not JSON: " + e.getOriginalMessage();
    }
    if (!node.isObject()) {
      return "not a JSON object: " + node.getNodeType().name().toLowerCase(Locale.ROOT);
    }
    String problem = null;
    Set<String> left = new TreeSet<>();
    node.fieldNames().forEachRemaining(left::add);
    for (int i = 0; i < cells.length; i++) {
      Column column = source.columns().get(i);
      List<String> names = new ArrayList<>(List.of(column.physicalName()));
      names.addAll(column.aliases());
      for (String name : names) {
        if (!left.remove(name) || node.get(name).isNull()) {
          continue;
        }
        String value = text(node.get(name));
        if (cells[i] == null) {
          cells[i] = value;
        } else if (!cells[i].equals(value)) {
          problem = "not one value: '" + name + "' is another name of " + column.physicalName();
        }
      }
    }
    unknown.addAll(left);
    return problem;
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

  /** Text whose lines have an end: one without would be read into memory whole. */
  private static final class Lines extends FilterReader {
    private static final int LONGEST = 1 << 24;

    private int length;

    Lines(Reader text) {
      super(text);
    }

    @Override
    public int read(char[] buffer, int offset, int count) throws IOException {
      int read = super.read(buffer, offset, count);
      for (int i = offset; i < offset + read; i++) {
        length = buffer[i] == '\n' || buffer[i] == '\r' ? 0 : length + 1;
        if (length > LONGEST) {
          throw new IOException(
              "a line is longer than " + LONGEST + " characters; write one JSON object a line");
        }
      }
      return read;
    }
  }
}
