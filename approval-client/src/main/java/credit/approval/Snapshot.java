package credit.approval;

import credit.approval.format.Coverage;
import credit.approval.format.Incentive;
import credit.approval.format.ItemRule;
import credit.approval.format.ListContent;
import credit.approval.format.ListException;
import credit.approval.format.ListFile;
import credit.approval.format.Mode;
import credit.approval.format.PublishedFiles;
import credit.approval.format.Restriction;
import credit.approval.format.Subject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One verified list version in memory; immutable, so that any number of threads may ask it. */
final class Snapshot {
  private final SignedManifest signed;
  private final ListContent content;
  private final CodeIndex restrictions;
  private final CodeIndex incentives;
  private final CodeIndex subjects;
  private final List<Coverage> coverage;
  private final Map<String, Map<Mode, ItemRule>> items;

  private Snapshot(SignedManifest signed, ListContent content) {
    this.signed = signed;
    this.content = content;
    this.restrictions = index(content, ListFile.RESTRICTIONS);
    this.incentives = index(content, ListFile.INCENTIVES);
    this.subjects = index(content, ListFile.SUBJECTS);
    this.coverage = PublishedFiles.coverage(content.bytes(ListFile.COVERAGE));
    this.items = new HashMap<>();
    for (ItemRule rule : PublishedFiles.items(content.bytes(ListFile.ITEMS))) {
      items.computeIfAbsent(rule.item(), i -> new EnumMap<>(Mode.class)).put(rule.mode(), rule);
    }
    // The blacklist bars nothing by itself; its rows are only checked.
    int listed = PublishedFiles.blacklist(content.bytes(ListFile.BLACKLIST)).size();
    requireRows(ListFile.BLACKLIST, listed);
    requireRows(ListFile.RESTRICTIONS, restrictions.rows());
    requireRows(ListFile.INCENTIVES, incentives.rows());
    requireRows(ListFile.SUBJECTS, subjects.rows());
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

  List<Coverage> coverage() {
    return coverage;
  }

  int restrictionRows() {
    return restrictions.rows();
  }

  int subjectRows() {
    return subjects.rows();
  }

  List<Restriction> restrictions(String scheme, String code) {
    return restrictions.lines(scheme, code).stream().map(PublishedFiles::restriction).toList();
  }

  List<Incentive> incentives(String scheme, String code) {
    return incentives.lines(scheme, code).stream().map(PublishedFiles::incentive).toList();
  }

  List<Subject> subjects(String scheme, String code) {
    return subjects.lines(scheme, code).stream().map(PublishedFiles::subject).toList();
  }

  /** Whether the catalogue has the item at all. */
  boolean hasItem(String item) {
    return items.containsKey(item);
  }

  /** The item's rule for the mode, or null. */
  ItemRule itemRule(String item, Mode mode) {
    return items.getOrDefault(item, Map.of()).get(mode);
  }

  private void requireRows(ListFile file, int rows) {
    long promised = signed.manifest().entry(file).rows();
    if (rows != promised) {
      throw new ListException(
          "rows_mismatch", file.fileName() + " has " + rows + " rows, not " + promised);
    }
  }

  private static CodeIndex index(ListContent content, ListFile file) {
    return CodeIndex.of(file, content.bytes(file));
  }
}
