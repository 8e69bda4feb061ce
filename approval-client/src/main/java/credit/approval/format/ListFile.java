package credit.approval.format;

import java.util.Arrays;
import java.util.List;

/**
 * The files of one list version, with their columns and the columns that order the rows. The name
 * in a manifest must be one of these, so a manifest can name no other path.
 */
// List.of and the never-shared array are immutable in effect; the checker knows neither.
@SuppressWarnings("ImmutableEnumChecker")
public enum ListFile {
  RESTRICTIONS(
      "restrictions.csv",
      List.of("id_scheme", "code", "entry_id", "mode", "item"),
      "entry_id",
      "id_scheme",
      "code",
      "name",
      "mode",
      "item",
      "effective_from",
      "effective_until",
      "cause",
      "basis",
      "act_no",
      "act_authority",
      "act_date",
      "source_records"),
  BLACKLIST(
      "blacklist.csv",
      List.of("id_scheme", "code", "entry_id"),
      "entry_id",
      "id_scheme",
      "code",
      "name",
      "effective_from",
      "effective_until",
      "cause",
      "basis",
      "act_no",
      "act_authority",
      "act_date",
      "source_records"),
  INCENTIVES(
      "incentives.csv",
      List.of("id_scheme", "code", "entry_id", "measure", "item"),
      "entry_id",
      "id_scheme",
      "code",
      "name",
      "measure",
      "item",
      "effective_from",
      "effective_until",
      "cause",
      "basis",
      "act_no",
      "act_authority",
      "act_date",
      "source_records"),
  SUBJECTS(
      "subjects.csv",
      List.of("id_scheme", "code", "valid_from"),
      "id_scheme",
      "code",
      "valid_from",
      "valid_until"),
  COVERAGE(
      "coverage.csv",
      List.of("source", "authority", "territory"),
      "source",
      "authority",
      "territory",
      "required",
      "complete_through",
      "interval_days"),
  ITEMS("items.csv", List.of("item", "mode"), "item", "mode", "excluded", "new_applicant", "basis"),
  DELTA("delta.csv", List.of("file", "op", "row"), "file", "op", "row");

  private final String fileName;
  private final List<String> columns;
  private final int[] key;

  ListFile(String fileName, List<String> key, String... columns) {
    this.fileName = fileName;
    this.columns = List.of(columns);
    this.key = key.stream().mapToInt(this.columns::indexOf).toArray();
  }

  /** The name below the version's folder. */
  public String fileName() {
    return fileName;
  }

  /** The columns, in order. */
  public List<String> columns() {
    return columns;
  }

  /** The columns that order the rows and are unique together. */
  public List<String> keyColumns() {
    return Arrays.stream(key).mapToObj(columns::get).toList();
  }

  /** Whether the file holds rows of its own, as against the difference from the version before. */
  public boolean isContent() {
    return this != DELTA;
  }

  int keyLength() {
    return key.length;
  }

  int keyColumn(int position) {
    return key[position];
  }

  /**
   * The file of that name.
   *
   * @throws ListException with {@code file_unknown} if the name is not one of the fixed set
   */
  public static ListFile of(String fileName) {
    for (ListFile file : values()) {
      if (file.fileName.equals(fileName)) {
        return file;
      }
    }
    throw new ListException(
        "file_unknown", "'" + fileName + "' is not a file of a list version; it is not opened");
  }
}
