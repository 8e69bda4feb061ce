package credit.approval;

import credit.approval.format.CsvCursor;
import credit.approval.format.EntryLine;
import credit.approval.format.FileBytes;
import credit.approval.format.ListException;
import credit.approval.format.ListFile;
import credit.approval.format.RowCheck;
import credit.approval.id.IdScheme;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The rows of one verified file, in which those of one firm stand together, without an object per
 * row. A row is told by one number: 40 bits where it begins, 16 its length less one, one whether
 * more rows of the firm follow. 0 is no row, since a file begins with its header. A firm's only row
 * of subjects is told by its {@link Term}, which is all that it says.
 */
final class RowFile {
  /** No row. */
  static final long NONE = 0;

  /** Bytes of the shortest row that any file can hold. */
  private static final long SHORTEST_ROW = 16;

  private static final long POSITION = (1L << 40) - 1;
  private static final int LENGTH_SHIFT = 40;
  private static final long MORE = 1L << 56;

  private final ListFile file;
  private final FileBytes bytes;
  private final long promised;
  private final int keyColumn;

  /**
   * Rows that are not checked yet; {@link #readFirms} checks them.
   *
   * @param promised rows that the manifest says there are
   */
  RowFile(ListFile file, FileBytes bytes, long promised) {
    this.file = file;
    this.bytes = bytes;
    this.promised = promised;
    this.keyColumn = file.columns().indexOf("id_scheme");
  }

  /** Takes the first row of each firm. */
  interface Firms {
    void take(FirmKey firm, long firstRow);
  }

  /**
   * Checks all rows and hands out each firm's first one, when all of the firm's are read.
   *
   * @throws ListException if a row is not canonical, or there are more or fewer than promised
   */
  void readFirms(Firms firms) {
    CsvCursor cursor = new CsvCursor(file, bytes);
    RowCheck check = new RowCheck(file, cursor);
    IdScheme scheme = null;
    FirmKey firm = null;
    long first = NONE;
    while (cursor.next()) {
      check.require();
      requireRows(cursor.rows() <= promised, cursor.rows());
      boolean isSameScheme = cursor.isAsBefore(keyColumn);
      if (isSameScheme && cursor.isAsBefore(keyColumn + 1)) {
        first |= MORE;
        continue;
      }
      if (firm != null) {
        firms.take(firm, number(first, firm));
      }
      scheme = isSameScheme ? scheme : IdScheme.of(cursor.field(keyColumn));
      firm = FirmKey.of(scheme, code(cursor));
      first = row(cursor.rowStart(), cursor.rowLength());
    }
    if (firm != null) {
      firms.take(firm, number(first, firm));
    }
    requireRows(cursor.rows() == promised, cursor.rows());
  }

  /** A code that was checked is ASCII. */
  private String code(CsvCursor cursor) {
    int start = cursor.fieldStart(keyColumn + 1);
    int length = cursor.fieldEnd(keyColumn + 1) - start;
    return new String(cursor.data(), start, length, StandardCharsets.ISO_8859_1);
  }

  /** A hashed key needs the row itself, which says whose it is. */
  private long number(long first, FirmKey firm) {
    boolean isAlone = file == ListFile.SUBJECTS && (first & MORE) == 0 && firm.isWhole();
    return isAlone ? Term.at(data(first), start(first) + firm.length()) : first;
  }

  private void requireRows(boolean asPromised, long rows) {
    if (!asPromised) {
      throw new ListException(
          "rows_mismatch", file.fileName() + " has " + rows + " rows, not " + promised);
    }
  }

  /** Rows at most, whatever the manifest promises. */
  long most() {
    return Math.min(promised, bytes.length() / SHORTEST_ROW);
  }

  /** Rows of the file. */
  long rows() {
    return promised;
  }

  /** The firm's row after this one, or {@link #NONE}. */
  long next(long row, FirmKey firm) {
    if (Term.is(row)) {
      return NONE;
    }
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

  /** Whether the row is the firm's; scheme and code are neighbours and never quoted. */
  boolean hasKey(long row, FirmKey firm) {
    byte[] data = data(row);
    int start = start(row);
    return firm.isAt(data, keyColumn == 0 ? start : EntryLine.skip(data, start));
  }

  /**
   * Whether the row holds on that day, which stands behind its key: {@code key, from, until}.
   *
   * @param row a number of {@link ListFile#SUBJECTS}
   */
  boolean holdsOn(long row, FirmKey firm, int packedDay) {
    long term = Term.is(row) ? row : Term.at(data(row), start(row) + firm.length());
    return Term.holdsOn(term, packedDay);
  }

  /** A copy of the row's line, with its line feed. */
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
    return (int) ((row >>> LENGTH_SHIFT) & 0xffff) + 1;
  }

  private static long row(long position, int length) {
    return position | ((long) (length - 1) << LENGTH_SHIFT);
  }
}
