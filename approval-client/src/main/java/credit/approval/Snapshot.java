package credit.approval;

import credit.approval.format.Coverage;
import credit.approval.format.CsvCursor;
import credit.approval.format.ItemRule;
import credit.approval.format.ListContent;
import credit.approval.format.ListException;
import credit.approval.format.ListFile;
import credit.approval.format.Mode;
import credit.approval.format.PublishedFiles;
import credit.approval.format.RowCheck;
import credit.approval.id.IdScheme;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One verified list version in memory; immutable, so that any number of threads may ask it. */
final class Snapshot {
  private static final int RESTRICTION = 0;
  private static final int SUBJECT = 1;

  private final SignedManifest signed;
  private final ListContent content;
  private final RowFile subjects;
  private final RowFile restrictions;
  private final RowFile incentives;
  private final FirmTable firms;
  private final FirmTable leaders;
  private final List<Coverage> coverage;
  private final LocalDate completeThrough;
  private final LocalDate lastDay;
  private final Map<String, Map<Mode, ItemRule>> items;
  private final IdScheme scheme;

  private Snapshot(SignedManifest signed, ListContent content) {
    this.signed = signed;
    this.content = content;
    this.scheme = IdScheme.of(signed.manifest().idScheme());
    this.lastDay = signed.manifest().lastDay();
    this.subjects = rowFile(ListFile.SUBJECTS);
    this.restrictions = rowFile(ListFile.RESTRICTIONS);
    this.incentives = rowFile(ListFile.INCENTIVES);
    // A firm that is barred is found by its bar, and its subject's row is not looked at.
    this.firms = FirmTable.of(restrictions, subjects);
    this.leaders = FirmTable.of(incentives);
    firms.mark(leaders);
    this.coverage = List.copyOf(PublishedFiles.coverage(content.bytes(ListFile.COVERAGE)));
    this.completeThrough = completeThrough(coverage);
    this.items = new HashMap<>();
    for (ItemRule rule : PublishedFiles.items(content.bytes(ListFile.ITEMS))) {
      items.computeIfAbsent(rule.item(), i -> new EnumMap<>(Mode.class)).put(rule.mode(), rule);
    }
    // The blacklist bars nothing by itself; its rows are only checked.
    requireRows(ListFile.BLACKLIST, checkedRows(ListFile.BLACKLIST));
    requireRows(ListFile.COVERAGE, coverage.size());
    requireRows(ListFile.ITEMS, items.values().stream().mapToInt(Map::size).sum());
  }

  /** A snapshot of bytes that have been verified against the manifest. */
  static Snapshot of(SignedManifest signed, ListContent content) {
    return new Snapshot(signed, content);
  }

  SignedManifest signed() {
    return signed;
  }

  /** The verified bytes, from which the next version's deltas start. */
  ListContent content() {
    return content;
  }

  /** The scheme of codes that are asked without one. */
  IdScheme scheme() {
    return scheme;
  }

  List<Coverage> coverage() {
    return coverage;
  }

  /** The last day for which all required sources are complete; null: there is no such day. */
  LocalDate completeThrough() {
    return completeThrough;
  }

  long restrictionRows() {
    return restrictions.rows();
  }

  long subjectRows() {
    return subjects.rows();
  }

  /** The last day that the list can answer for. */
  LocalDate lastDay() {
    return lastDay;
  }

  RowFile subjects() {
    return subjects;
  }

  RowFile restrictions() {
    return restrictions;
  }

  RowFile incentives() {
    return incentives;
  }

  /** Where {@link #firstSubject} and {@link #firstRestriction} find the firm's rows. */
  int find(FirmKey firm) {
    return firms.find(firm);
  }

  /** The first row of {@link #subjects()} for the firm found, or {@link RowFile#NONE}. */
  long firstSubject(int found) {
    return firms.row(found, SUBJECT);
  }

  /** The first row of {@link #restrictions()} for the firm found, or {@link RowFile#NONE}. */
  long firstRestriction(int found) {
    return firms.row(found, RESTRICTION);
  }

  /** The first row of {@link #incentives()} for the firm, or {@link RowFile#NONE}. */
  long firstIncentive(int found, FirmKey firm) {
    boolean isNone = found != FirmTable.NOWHERE && !firms.isMarked(found);
    return isNone ? RowFile.NONE : leaders.row(leaders.find(firm), 0);
  }

  /** Whether the catalogue has the item at all. */
  boolean hasItem(String item) {
    return items.containsKey(item);
  }

  /** The item's rule for the mode, or null. */
  ItemRule itemRule(String item, Mode mode) {
    Map<Mode, ItemRule> rules = items.get(item);
    return rules == null ? null : rules.get(mode);
  }

  private static LocalDate completeThrough(List<Coverage> coverage) {
    LocalDate earliest = null;
    for (Coverage source : coverage) {
      if (source.required()) {
        LocalDate last = source.reachesThrough();
        if (last == null) {
          return null;
        }
        earliest = earliest == null || last.isBefore(earliest) ? last : earliest;
      }
    }
    return earliest;
  }

  private long checkedRows(ListFile file) {
    CsvCursor cursor = new CsvCursor(file, content.file(file));
    RowCheck check = new RowCheck(file, cursor);
    while (cursor.next()) {
      check.require();
    }
    return cursor.rows();
  }

  private void requireRows(ListFile file, long rows) {
    long promised = signed.manifest().entry(file).rows();
    if (rows != promised) {
      throw new ListException(
          "rows_mismatch", file.fileName() + " has " + rows + " rows, not " + promised);
    }
  }

  private RowFile rowFile(ListFile file) {
    return new RowFile(file, content.file(file), signed.manifest().entry(file).rows());
  }
}
