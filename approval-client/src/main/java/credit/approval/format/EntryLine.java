package credit.approval.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an answer hangs on, read from the bytes of a checked row of restrictions or incentives
 * without making a record of it: {@code entry_id, id_scheme, code, name, mode or measure, item,
 * effective_from, effective_until, …}.
 */
public final class EntryLine {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long COMMAS = ',' * ONES;
  private static final long HIGH_BITS = ONES << 7;

  private final byte[] line;
  private final int mode;
  private final int item;
  private final int from;

  /**
   * A row that stands alone, with its line feed.
   *
   * @param keyLength bytes of {@code id_scheme,code,}
   */
  public EntryLine(byte[] line, int keyLength) {
    this.line = line;
    this.mode = behindComma(line, behindComma(line, 0) + keyLength);
    this.item = behindComma(line, mode);
    this.from = behindComma(line, item);
  }

  /**
   * The same as {@link #skip} for a field with a day somewhere behind it, so that eight bytes can
   * be looked at at once.
   */
  private static int behindComma(byte[] data, int field) {
    if (data[field] == '"') {
      return closingQuote(data, field) + 2;
    }
    for (int at = field; ; at += Long.BYTES) {
      long differs = (long) EIGHT_BYTES.get(data, at) ^ COMMAS;
      // The lowest high bit stands in the first byte that is a comma (Mycroft).
      long commas = (differs - ONES) & ~differs & HIGH_BITS;
      if (commas != 0) {
        return at + Long.numberOfTrailingZeros(commas) / Byte.SIZE + 1;
      }
    }
  }

  /** Where the field behind the one at that offset begins. */
  public static int skip(byte[] data, int field) {
    int at = field;
    if (data[at] == '"') {
      at = closingQuote(data, at) + 1;
    } else {
      while (data[at] != ',' && data[at] != '\n') {
        at++;
      }
    }
    return at + 1;
  }

  private static int closingQuote(byte[] data, int opening) {
    int at = opening + 1;
    while (data[at] != '"' || data[at + 1] == '"') {
      at += data[at] == '"' ? 2 : 1;
    }
    return at;
  }

  /** Whether it bars that mode. */
  public boolean isFor(Mode asked) {
    byte[] label = asked.bytes();
    return item - 1 - mode == label.length
        && Arrays.equals(line, mode, item - 1, label, 0, label.length);
  }

  /** Half-open: the first day counts, the last does not. */
  public boolean holdsOn(int packedDay) {
    int until = from + PackedDay.LENGTH + 1;
    return PackedDay.at(line, from) <= packedDay
        && (line[until] == ',' || packedDay < PackedDay.at(line, until));
  }

  /** Its item; empty: all items. */
  public String item() {
    int end = from - 1;
    if (end == item) {
      return "";
    }
    boolean quoted = line[item] == '"';
    String text = new String(line, item, end - item, StandardCharsets.UTF_8);
    return quoted ? text.substring(1, text.length() - 1).replace("\"\"", "\"") : text;
  }
}
