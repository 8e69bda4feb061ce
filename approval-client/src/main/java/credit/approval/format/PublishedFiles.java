package credit.approval.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Rows to canonical CSV and back: UTF-8, LF after every row, a header, quotes only where RFC 4180
 * needs them, rows ordered by the file's key columns. The same rows always give the same bytes.
 */
public final class PublishedFiles {
  private PublishedFiles() {}

  /**
   * The canonical bytes of the rows, in whatever order they are given.
   *
   * @throws IllegalArgumentException if a row belongs to another file, two rows have one key, or a
   *     field holds a carriage return or another control character
   */
  public static byte[] encode(ListFile file, Collection<? extends ListRow> rows) {
    List<List<String>> fields = new ArrayList<>(rows.size());
    for (ListRow row : rows) {
      if (row.file() != file) {
        throw new IllegalArgumentException(
            "a row of " + row.file().fileName() + " was given for " + file.fileName());
      }
      fields.add(row.fields());
    }
    return encodeFields(file, fields);
  }

  public static List<Restriction> restrictions(byte[] csv) {
    return decode(ListFile.RESTRICTIONS, csv, Restriction::of);
  }

  public static List<BlacklistEntry> blacklist(byte[] csv) {
    return decode(ListFile.BLACKLIST, csv, BlacklistEntry::of);
  }

  public static List<Incentive> incentives(byte[] csv) {
    return decode(ListFile.INCENTIVES, csv, Incentive::of);
  }

  public static List<Subject> subjects(byte[] csv) {
    return decode(ListFile.SUBJECTS, csv, Subject::of);
  }

  public static List<Coverage> coverage(byte[] csv) {
    return decode(ListFile.COVERAGE, csv, Coverage::of);
  }

  public static List<ItemRule> items(byte[] csv) {
    return decode(ListFile.ITEMS, csv, ItemRule::of);
  }

  /** The row under the cursor, typed and checked. */
  public static ListRow row(ListFile file, CsvCursor cursor) {
    try {
      List<String> fields = cursor.fields();
      return switch (file) {
        case RESTRICTIONS -> Restriction.of(fields);
        case BLACKLIST -> BlacklistEntry.of(fields);
        case INCENTIVES -> Incentive.of(fields);
        case SUBJECTS -> Subject.of(fields);
        case COVERAGE -> Coverage.of(fields);
        case ITEMS -> ItemRule.of(fields);
        case DELTA -> throw new IllegalArgumentException("a delta has no typed rows");
      };
    } catch (IllegalArgumentException e) {
      throw cursor.refused(e.getMessage());
    }
  }

  /** The typed row whose bytes stand alone, as {@code row} of a delta or of an index. */
  public static Restriction restriction(byte[] line) {
    return Restriction.of(single(ListFile.RESTRICTIONS, line));
  }

  /** See {@link #restriction}. */
  public static Incentive incentive(byte[] line) {
    return Incentive.of(single(ListFile.INCENTIVES, line));
  }

  static byte[] header(ListFile file) {
    return (String.join(",", file.columns()) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  static List<String> single(ListFile file, byte[] line) {
    byte[] header = header(file);
    byte[] csv = new byte[header.length + line.length];
    System.arraycopy(header, 0, csv, 0, header.length);
    System.arraycopy(line, 0, csv, header.length, line.length);
    CsvCursor cursor = new CsvCursor(file, csv);
    if (!cursor.next()) {
      throw new ListException("not_canonical", file.fileName() + ": the row is empty");
    }
    List<String> fields = cursor.fields();
    if (cursor.next()) {
      throw new ListException("not_canonical", file.fileName() + ": one row was expected");
    }
    return fields;
  }

  static byte[] encodeFields(ListFile file, List<List<String>> rows) {
    List<List<String>> sorted = new ArrayList<>(rows);
    Comparator<List<String>> byKey = byKey(file);
    sorted.sort(byKey);
    ByteArrayOutputStream out = new ByteArrayOutputStream(64 + rows.size() * 64);
    out.writeBytes(header(file));
    List<String> previous = null;
    for (List<String> row : sorted) {
      if (previous != null && byKey.compare(previous, row) == 0) {
        throw new IllegalArgumentException(
            file.fileName() + ": two rows have the key " + file.keyColumns() + ": " + row);
      }
      out.writeBytes(line(file, row).getBytes(StandardCharsets.UTF_8));
      previous = row;
    }
    return out.toByteArray();
  }

  /** One row as the file writes it, with its line feed. */
  static String line(ListFile file, List<String> row) {
    if (row.size() != file.columns().size()) {
      throw new IllegalArgumentException(file.fileName() + ": ragged row " + row);
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) {
        line.append(',');
      }
      append(line, file, i, row.get(i));
    }
    String text = line.append('\n').toString();
    if (text.getBytes(StandardCharsets.UTF_8).length > CsvCursor.MAX_ROW_BYTES) {
      throw new IllegalArgumentException(
          file.fileName() + ": a row is longer than " + CsvCursor.MAX_ROW_BYTES + " bytes: " + row);
    }
    return text;
  }

  private static void append(StringBuilder line, ListFile file, int column, String field) {
    boolean quote = false;
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      boolean control = (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f;
      if (control || isLoneSurrogate(field, i)) {
        throw new IllegalArgumentException(
            String.format(
                "%s: %s holds the character U+%04X, which no published file may hold; clean it",
                file.fileName(), file.columns().get(column), (int) c));
      }
      quote |= c == ',' || c == '"' || c == '\n';
    }
    if (quote) {
      line.append('"').append(field.replace("\"", "\"\"")).append('"');
    } else {
      line.append(field);
    }
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private static Comparator<List<String>> byKey(ListFile file) {
    return (a, b) -> {
      for (int k = 0; k < file.keyLength(); k++) {
        int column = file.keyColumn(k);
        int order = Utf8.compare(a.get(column), b.get(column));
        if (order != 0) {
          return order;
        }
      }
      return 0;
    };
  }

  private static <T> List<T> decode(ListFile file, byte[] csv, Function<List<String>, T> of) {
    CsvCursor cursor = new CsvCursor(file, csv);
    List<T> rows = new ArrayList<>();
    while (cursor.next()) {
      try {
        rows.add(of.apply(cursor.fields()));
      } catch (IllegalArgumentException e) {
        throw cursor.refused(e.getMessage());
      }
    }
    return rows;
  }
}
