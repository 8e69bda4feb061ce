package credit.approval.format;

import credit.approval.id.IdScheme;
import java.nio.charset.StandardCharsets;

/**
 * Checks each row of a file as its typed record does. Rows of the two large files are checked from
 * their bytes, since making some millions of records only to drop them would take most of the time
 * in which a list gets ready.
 */
public final class RowCheck {
  private final ListFile file;
  private final CsvCursor row;
  private IdScheme scheme;

  /** Checks the rows on which the cursor will stand. */
  public RowCheck(ListFile file, CsvCursor row) {
    this.file = file;
    this.row = row;
  }

  /**
   * Checks the row under the cursor.
   *
   * @throws ListException with {@code not_canonical} if it is not a row of that file
   */
  public void require() {
    try {
      switch (file) {
        case SUBJECTS -> requireSubject();
        case RESTRICTIONS -> requireRestriction();
        default -> PublishedFiles.row(file, row);
      }
    } catch (IllegalArgumentException e) {
      throw row.refused(e.getMessage());
    }
  }

  private void requireSubject() {
    requireKey(0, 1);
    requireInterval(2, 3);
  }

  private void requireRestriction() {
    requireKey(1, 2);
    if (!row.isAsBefore(4)) {
      Mode.of(row.field(4));
    }
    requireInterval(6, 7);
    requireText(9);
    requireText(10);
    if (!isEmpty(12)) {
      day(12);
    }
  }

  private void requireKey(int schemeColumn, int codeColumn) {
    if (scheme == null || !row.isAsBefore(schemeColumn)) {
      scheme = IdScheme.of(row.field(schemeColumn));
    }
    int start = row.fieldStart(codeColumn);
    int length = row.fieldEnd(codeColumn) - start;
    // A code of any scheme is ASCII; another character is not one of Latin-1's that pass.
    if (!scheme.isValid(new String(row.data(), start, length, StandardCharsets.ISO_8859_1))) {
      throw new IllegalArgumentException(
          "code '" + row.field(codeColumn) + "' does not pass the check of its scheme");
    }
  }

  private void requireInterval(int fromColumn, int untilColumn) {
    int from = day(fromColumn);
    if (!isEmpty(untilColumn) && day(untilColumn) <= from) {
      throw new IllegalArgumentException("its interval is empty; leave the row out");
    }
  }

  private void requireText(int column) {
    if (isEmpty(column)) {
      throw new IllegalArgumentException(file.columns().get(column) + " is missing");
    }
  }

  private boolean isEmpty(int column) {
    return row.fieldStart(column) == row.fieldEnd(column);
  }

  private int day(int column) {
    int start = row.fieldStart(column);
    if (row.fieldEnd(column) - start == PackedDay.LENGTH) {
      int day = PackedDay.read(row.data(), start);
      if (PackedDay.isInEveryMonth(day)) {
        return day;
      }
    }
    return PackedDay.of(Rows.requiredDate(row.field(column)));
  }
}
