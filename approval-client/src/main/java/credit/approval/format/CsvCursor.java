package credit.approval.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a canonical CSV file from bytes in memory, row by row and without copying. Whatever the
 * writer would not have written is refused: another header, a ragged or over-long row, needless or
 * missing quotes, carriage returns and control characters, broken UTF-8, rows out of order or
 * twice, a missing last line feed.
 */
public final class CsvCursor {
  /** Bytes of the longest row that is taken. */
  public static final int MAX_ROW_BYTES = 65_536;

  private final ListFile file;
  private final byte[] data;
  private final int width;
  private int[] starts;
  private int[] ends;
  private boolean[] quoted;
  private int[] previousStarts;
  private int[] previousEnds;
  private boolean[] previousQuoted;
  private int position;
  private int rowStart;
  private long rows;

  /** A cursor before the first row; the header is checked at once. */
  public CsvCursor(ListFile file, byte[] data) {
    this.file = file;
    this.data = data;
    this.width = file.columns().size();
    this.starts = new int[width];
    this.ends = new int[width];
    this.quoted = new boolean[width];
    this.previousStarts = new int[width];
    this.previousEnds = new int[width];
    this.previousQuoted = new boolean[width];
    byte[] header = (String.join(",", file.columns()) + "\n").getBytes(StandardCharsets.UTF_8);
    if (data.length < header.length
        || !Arrays.equals(data, 0, header.length, header, 0, header.length)) {
      throw refused("its header is not " + String.join(",", file.columns()));
    }
    position = header.length;
  }

  /** Moves to the next row; false after the last one. */
  public boolean next() {
    if (position == data.length) {
      return false;
    }
    swap();
    rowStart = position;
    rows++;
    for (int column = 0; column < width; column++) {
      readField(column);
      byte separator = column == width - 1 ? (byte) '\n' : (byte) ',';
      if (position >= data.length || data[position] != separator) {
        throw refused("the row does not have " + width + " columns or is cut off");
      }
      position++;
    }
    if (position - rowStart > MAX_ROW_BYTES) {
      throw refused("the row is longer than " + MAX_ROW_BYTES + " bytes");
    }
    Utf8.require(data, rowStart, position, this::refused);
    if (rows > 1 && compareWithPrevious() <= 0) {
      throw refused("the row is not after the one before it by " + file.keyColumns());
    }
    return true;
  }

  /** Reads what is left and counts the rows of the file. */
  public long readAll() {
    boolean more;
    do {
      more = next();
    } while (more);
    return rows;
  }

  /** Rows read so far. */
  public long rows() {
    return rows;
  }

  /** Where the current row begins in the data. */
  public int rowStart() {
    return rowStart;
  }

  /** Where the field's text begins in the data, past an opening quote. */
  public int fieldStart(int column) {
    return starts[column];
  }

  /** Where the field's text ends in the data, before a closing quote. */
  public int fieldEnd(int column) {
    return ends[column];
  }

  /** The field's text. */
  public String field(int column) {
    return text(data, starts[column], ends[column], quoted[column]);
  }

  /** The row's fields. */
  public List<String> fields() {
    String[] fields = new String[width];
    for (int column = 0; column < width; column++) {
      fields[column] = field(column);
    }
    return List.of(fields);
  }

  ListException refused(String what) {
    return new ListException(
        "not_canonical",
        file.fileName()
            + (rows == 0 ? "" : ", row " + rows)
            + ": "
            + what
            + "; the list is refused, fetch it again or ask its publisher");
  }

  private void readField(int column) {
    boolean inQuotes = position < data.length && data[position] == '"';
    quoted[column] = inQuotes;
    if (inQuotes) {
      readQuoted(column);
      return;
    }
    starts[column] = position;
    while (position < data.length && data[position] != ',' && data[position] != '\n') {
      byte b = data[position];
      if (b == '"' || isControl(b)) {
        throw refused("a quote or control character stands in an unquoted field");
      }
      position++;
    }
    ends[column] = position;
  }

  private void readQuoted(int column) {
    position++;
    starts[column] = position;
    boolean needed = false;
    while (position < data.length) {
      byte b = data[position];
      if (b == '"') {
        if (position + 1 >= data.length || data[position + 1] != '"') {
          break;
        }
        needed = true;
        position++;
      } else if (b == ',' || b == '\n') {
        needed = true;
      } else if (isControl(b)) {
        throw refused("a control character stands in a quoted field");
      }
      position++;
    }
    if (position >= data.length) {
      throw refused("a quoted field is not closed");
    }
    if (!needed) {
      throw refused("a field is quoted without need");
    }
    ends[column] = position;
    position++;
  }

  /** A line feed is handled before; a tab is text. */
  private static boolean isControl(byte b) {
    return (b >= 0 && b < 0x20 && b != '\t') || b == 0x7f;
  }

  private int compareWithPrevious() {
    for (int k = 0; k < file.keyLength(); k++) {
      int c = file.keyColumn(k);
      int order = previousQuoted[c] || quoted[c] ? compareText(c) : compareBytes(c);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int compareBytes(int c) {
    return Arrays.compareUnsigned(
        data, starts[c], ends[c], data, previousStarts[c], previousEnds[c]);
  }

  private int compareText(int c) {
    String previous = text(data, previousStarts[c], previousEnds[c], previousQuoted[c]);
    return Utf8.compare(field(c), previous);
  }

  private void swap() {
    int[] s = previousStarts;
    previousStarts = starts;
    starts = s;
    int[] e = previousEnds;
    previousEnds = ends;
    ends = e;
    boolean[] q = previousQuoted;
    previousQuoted = quoted;
    quoted = q;
  }

  private static String text(byte[] data, int start, int end, boolean quoted) {
    String text = new String(data, start, end - start, StandardCharsets.UTF_8);
    return quoted ? text.replace("\"\"", "\"") : text;
  }
}
