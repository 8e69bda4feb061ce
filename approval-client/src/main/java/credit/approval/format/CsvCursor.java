package credit.approval.format;

import java.nio.ByteBuffer;
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

  /** Bytes at which plain text stops: separators, quotes, and controls other than the tab. */
  private static final boolean[] STOPS = stops();

  private final ListFile file;
  private final FileBytes bytes;
  private final int width;
  private byte[] data;
  private int end;
  private int position;
  private int rowStart;
  private long base;
  private long rows;
  private Fields fields;
  private Fields previous;

  /** Where the fields of a row lie. */
  private static final class Fields {
    final int[] starts;
    final int[] ends;
    final boolean[] quoted;
    byte[] data;

    Fields(int width) {
      starts = new int[width];
      ends = new int[width];
      quoted = new boolean[width];
    }

    String text(int column) {
      int length = ends[column] - starts[column];
      String text = new String(data, starts[column], length, StandardCharsets.UTF_8);
      return quoted[column] ? text.replace("\"\"", "\"") : text;
    }
  }

  /** A cursor before the first row; the header is checked at once. */
  public CsvCursor(ListFile file, FileBytes bytes) {
    this.file = file;
    this.bytes = bytes;
    this.width = file.columns().size();
    this.fields = new Fields(width);
    this.previous = new Fields(width);
    enter(0);
    byte[] header = PublishedFiles.header(file);
    if (end < header.length || !Arrays.equals(data, 0, header.length, header, 0, header.length)) {
      throw refused("its header is not " + String.join(",", file.columns()));
    }
    position = header.length;
  }

  /** A cursor over bytes in one array. */
  public CsvCursor(ListFile file, byte[] bytes) {
    this(file, FileBytes.of(bytes));
  }

  private void enter(long at) {
    data = bytes.segmentAt(at);
    end = bytes.endAt(at);
    position = bytes.offsetAt(at);
    base = at - position;
  }

  /** Moves to the next row; false after the last one. */
  public boolean next() {
    if (bytes.isBeyondSegment(position) && base + position < bytes.length()) {
      enter(base + position);
    }
    if (position == end) {
      return false;
    }
    swap();
    rows++;
    rowStart = position;
    readRow();
    if (position - rowStart > MAX_ROW_BYTES) {
      throw refused("the row is longer than " + MAX_ROW_BYTES + " bytes");
    }
    if (rows > 1 && compareKeys(previous) <= 0) {
      throw refused("the row is not after the one before it by " + file.keyColumns());
    }
    return true;
  }

  private void readRow() {
    int at = position;
    for (int column = 0; column < width; column++) {
      boolean quoted = at < end && data[at] == '"';
      at = quoted ? readQuoted(column, at + 1) : readPlain(column, at);
      byte separator = column == width - 1 ? (byte) '\n' : (byte) ',';
      if (at >= end || data[at] != separator) {
        throw refused("the row does not have " + width + " columns or is cut off");
      }
      at++;
    }
    position = at;
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

  /** Where the current row begins in the file. */
  public long rowStart() {
    return base + rowStart;
  }

  /** Bytes of the current row, with its line feed. */
  public int rowLength() {
    return position - rowStart;
  }

  /** The bytes of the current row, with its line feed. */
  ByteBuffer row() {
    return ByteBuffer.wrap(data, rowStart, rowLength());
  }

  /** The array in which the current row lies. */
  public byte[] data() {
    return data;
  }

  /** Where the field's text begins in {@link #data}, past an opening quote. */
  public int fieldStart(int column) {
    return fields.starts[column];
  }

  /** Where the field's text ends in {@link #data}, before a closing quote. */
  public int fieldEnd(int column) {
    return fields.ends[column];
  }

  /** The field's text. */
  public String field(int column) {
    return fields.text(column);
  }

  /** The row's fields. */
  public List<String> fields() {
    String[] texts = new String[width];
    for (int column = 0; column < width; column++) {
      texts[column] = field(column);
    }
    return List.of(texts);
  }

  /** Whether the field is the same, byte by byte, as in the row before. */
  public boolean isAsBefore(int column) {
    return rows > 1
        && Arrays.equals(
            data,
            fields.starts[column],
            fields.ends[column],
            previous.data,
            previous.starts[column],
            previous.ends[column]);
  }

  /** The order of the current rows of two cursors over the same kind of file. */
  int compareTo(CsvCursor other) {
    return compareKeys(other.fields);
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

  private int readPlain(int column, int from) {
    int at = from;
    byte seen = 0;
    while (at < end && !STOPS[data[at] & 0xff]) {
      seen |= data[at++];
    }
    if (at < end && data[at] != ',' && data[at] != '\n') {
      throw refused("a quote or control character stands in an unquoted field");
    }
    set(column, from, at, false);
    if (seen < 0) {
      Utf8.require(data, from, at, this::refused);
    }
    return at;
  }

  /** Reads to the closing quote and returns what is behind it. */
  private int readQuoted(int column, int from) {
    int at = from;
    boolean needed = false;
    for (; at < end; at++) {
      byte b = data[at];
      if (b == '"') {
        if (at + 1 >= end || data[at + 1] != '"') {
          break;
        }
        needed = true;
        at++;
      } else if (b == ',' || b == '\n') {
        needed = true;
      } else if (STOPS[b & 0xff]) {
        throw refused("a control character stands in a quoted field");
      }
    }
    if (at >= end) {
      throw refused("a quoted field is not closed");
    }
    if (!needed) {
      throw refused("a field is quoted without need");
    }
    set(column, from, at, true);
    Utf8.require(data, from, at, this::refused);
    return at + 1;
  }

  private void set(int column, int start, int endOfText, boolean quoted) {
    fields.starts[column] = start;
    fields.ends[column] = endOfText;
    fields.quoted[column] = quoted;
  }

  private static boolean[] stops() {
    boolean[] stops = new boolean[256];
    Arrays.fill(stops, 0, 0x20, true);
    stops['\t'] = false;
    stops[0x7f] = true;
    stops[','] = true;
    stops['"'] = true;
    return stops;
  }

  private int compareKeys(Fields other) {
    for (int k = 0; k < file.keyLength(); k++) {
      int column = file.keyColumn(k);
      int order =
          other.quoted[column] || fields.quoted[column]
              ? Utf8.compare(fields.text(column), other.text(column))
              : compareBytes(other, column);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int compareBytes(Fields other, int column) {
    return Arrays.compareUnsigned(
        data,
        fields.starts[column],
        fields.ends[column],
        other.data,
        other.starts[column],
        other.ends[column]);
  }

  private void swap() {
    Fields before = previous;
    previous = fields;
    fields = before;
    fields.data = data;
  }
}
