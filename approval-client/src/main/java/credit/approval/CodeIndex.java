package credit.approval;

import credit.approval.format.CsvCursor;
import credit.approval.format.ListFile;
import credit.approval.format.PublishedFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the rows of a firm in the verified bytes of one file, without an object per row: the rows
 * of one code stand together, and an open hash table of row numbers leads to the first of them.
 */
final class CodeIndex {
  private final byte[] data;
  private final int[] rowStarts;
  private final int[] keyStarts;
  private final int rows;
  private final int[] slots;

  private CodeIndex(byte[] data, int[] rowStarts, int[] keyStarts, int rows) {
    this.data = data;
    this.rowStarts = rowStarts;
    this.keyStarts = keyStarts;
    this.rows = rows;
    this.slots = new int[Integer.highestOneBit(Math.max(2, rows)) * 4];
    for (int row = 0; row < rows; row++) {
      if (row == 0 || !sameKey(row - 1, row)) {
        insert(row);
      }
    }
  }

  /** Indexes a canonical file, and checks every row on the way. */
  static CodeIndex of(ListFile file, byte[] csv) {
    int scheme = file.columns().indexOf("id_scheme");
    int[] rowStarts = new int[1024];
    int[] keyStarts = new int[1024];
    int rows = 0;
    CsvCursor cursor = new CsvCursor(file, csv);
    while (cursor.next()) {
      PublishedFiles.row(file, cursor);
      if (rows + 1 == rowStarts.length) {
        rowStarts = Arrays.copyOf(rowStarts, rows * 2);
        keyStarts = Arrays.copyOf(keyStarts, rows * 2);
      }
      rowStarts[rows] = cursor.rowStart();
      keyStarts[rows] = cursor.fieldStart(scheme);
      rows++;
    }
    rowStarts[rows] = csv.length;
    return new CodeIndex(
        csv, Arrays.copyOf(rowStarts, rows + 1), Arrays.copyOf(keyStarts, rows), rows);
  }

  int rows() {
    return rows;
  }

  /** The lines of the firm's rows, each with its line feed; empty where there is none. */
  List<byte[]> lines(String scheme, String code) {
    // The two columns are neighbours and never quoted, so a key is one run of bytes.
    byte[] key = (scheme + "," + code + ",").getBytes(StandardCharsets.UTF_8);
    int row = find(key);
    if (row < 0) {
      return List.of();
    }
    List<byte[]> lines = new ArrayList<>(2);
    for (; row < rows && hasKey(row, key); row++) {
      lines.add(Arrays.copyOfRange(data, rowStarts[row], rowStarts[row + 1]));
    }
    return lines;
  }

  private int find(byte[] key) {
    int mask = slots.length - 1;
    for (int slot = spread(hash(key, 0, key.length)) & mask; ; slot = (slot + 1) & mask) {
      int row = slots[slot] - 1;
      if (row < 0 || hasKey(row, key)) {
        return row;
      }
    }
  }

  private void insert(int row) {
    int mask = slots.length - 1;
    int start = keyStarts[row];
    int slot = spread(hash(data, start, start + keyLength(row))) & mask;
    while (slots[slot] != 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = row + 1;
  }

  private boolean hasKey(int row, byte[] key) {
    int start = keyStarts[row];
    int end = start + key.length;
    return end <= data.length && Arrays.equals(data, start, end, key, 0, key.length);
  }

  private boolean sameKey(int a, int b) {
    int length = keyLength(b);
    int start = keyStarts[a];
    return Arrays.equals(data, start, start + length, data, keyStarts[b], keyStarts[b] + length);
  }

  /** Bytes of {@code scheme,code,}. */
  private int keyLength(int row) {
    int commas = 0;
    int i = keyStarts[row];
    while (commas < 2) {
      commas += data[i++] == ',' ? 1 : 0;
    }
    return i - keyStarts[row];
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9e3779b9;
    return mixed ^ (mixed >>> 15);
  }
}
