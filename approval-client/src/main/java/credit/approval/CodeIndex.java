package credit.approval;

import credit.approval.format.CsvCursor;
import credit.approval.format.EntryLine;
import credit.approval.format.FileBytes;
import credit.approval.format.ListException;
import credit.approval.format.ListFile;
import credit.approval.format.RowCheck;
import java.util.Arrays;

/**
 * Finds the rows of a firm in the verified bytes of one file, without an object per row. The rows
 * of one code stand together, and an open hash table leads to the first of them.
 *
 * <p>A row is told by one number, also in the table: 40 bits where it begins, 16 its length less
 * one, one whether more rows of the firm may follow, 7 of its hash, so that a look-up reads the
 * file only where the row is most likely the one. 0 is no row, since a file begins with its header.
 */
final class CodeIndex {
  /** No row of the firm. */
  static final long NONE = 0;

  private static final long POSITION = (1L << 40) - 1;
  private static final int LENGTH_SHIFT = 40;
  private static final long MORE = 1L << 56;
  private static final int TAG_SHIFT = 57;

  /** Bytes of the shortest row that a file can hold, so that no promise makes the table larger. */
  private static final int SHORTEST_ROW = 16;

  private final FileBytes bytes;
  private final boolean keyIsFirst;
  private final long[] table;
  private long rows;

  private CodeIndex(ListFile file, FileBytes bytes, long promised) {
    this.bytes = bytes;
    this.keyIsFirst = file.columns().indexOf("id_scheme") == 0;
    long most = Math.min(promised, bytes.length() / SHORTEST_ROW);
    this.table = new long[(int) Math.min(1L << 30, Long.highestOneBit(most + most / 2 + 1) * 2)];
  }

  /**
   * Indexes a canonical file, and checks every row on the way.
   *
   * @param promised rows that the manifest says there are
   * @throws ListException if a row is not canonical, or there are more or fewer
   */
  static CodeIndex of(ListFile file, FileBytes bytes, long promised) {
    CodeIndex index = new CodeIndex(file, bytes, promised);
    index.fill(file, promised);
    return index;
  }

  private void fill(ListFile file, long promised) {
    int code = file.columns().indexOf("code");
    CsvCursor cursor = new CsvCursor(file, bytes);
    RowCheck check = new RowCheck(file, cursor);
    int slot = -1;
    while (cursor.next()) {
      check.require();
      if (++rows > promised || rows >= table.length) {
        throw otherRows(file, "more", promised);
      }
      if (cursor.isAsBefore(code) && cursor.isAsBefore(code - 1)) {
        table[slot] |= MORE;
      } else {
        long hash = FirmKey.hash(cursor.data(), cursor.fieldStart(code), cursor.fieldEnd(code));
        slot = freeSlot(hash);
        table[slot] = row(cursor.rowStart(), cursor.rowLength()) | hash >>> TAG_SHIFT << TAG_SHIFT;
      }
    }
    if (rows != promised) {
      throw otherRows(file, Long.toString(rows), promised);
    }
  }

  private static ListException otherRows(ListFile file, String has, long promised) {
    return new ListException(
        "rows_mismatch", file.fileName() + " has " + has + " rows, not " + promised);
  }

  long rows() {
    return rows;
  }

  /** The firm's first row, or {@link #NONE}. */
  long first(FirmKey firm) {
    long hash = firm.hash();
    int mask = table.length - 1;
    for (int slot = (int) hash & mask; ; slot = (slot + 1) & mask) {
      long row = table[slot];
      if (row == NONE) {
        return NONE;
      }
      if ((row ^ hash) >>> TAG_SHIFT == 0 && hasKey(row & POSITION, firm)) {
        return row;
      }
    }
  }

  /** The firm's row after this one, or {@link #NONE}. */
  long next(long row, FirmKey firm) {
    long position = (row & POSITION) + length(row);
    if ((row & MORE) == 0 || position == bytes.length() || !hasKey(position, firm)) {
      return NONE;
    }
    byte[] data = bytes.segmentAt(position);
    int start = bytes.offsetAt(position);
    int end = start;
    do {
      end = EntryLine.skip(data, end);
    } while (data[end - 1] != '\n');
    return row(position, end - start) | MORE;
  }

  /** The row's line, with its line feed. */
  byte[] line(long row) {
    int start = start(row);
    return Arrays.copyOfRange(data(row), start, start + length(row));
  }

  /** The array in which the row lies. */
  byte[] data(long row) {
    return bytes.segmentAt(row & POSITION);
  }

  /** Where the row begins in {@link #data}. */
  int start(long row) {
    return bytes.offsetAt(row & POSITION);
  }

  private static int length(long row) {
    return (int) (row >>> LENGTH_SHIFT & 0xffff) + 1;
  }

  private static long row(long position, int length) {
    return position | (long) (length - 1) << LENGTH_SHIFT;
  }

  private int freeSlot(long hash) {
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    while (table[slot] != NONE) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Scheme and code are neighbours and never quoted, so a key is one run of bytes. */
  private boolean hasKey(long position, FirmKey firm) {
    byte[] data = bytes.segmentAt(position);
    int start = bytes.offsetAt(position);
    return firm.isAt(data, keyIsFirst ? start : EntryLine.skip(data, start));
  }
}
