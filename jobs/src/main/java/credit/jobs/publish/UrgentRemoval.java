package credit.jobs.publish;

import credit.approval.format.ListContent;
import credit.approval.format.ListFile;
import credit.approval.format.PublishedFiles;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** One annulled act taken off the last version, every other row as it was. */
final class UrgentRemoval {
  private UrgentRemoval() {}

  /**
   * Rows that name the act.
   *
   * @param removed those that left
   * @param kept those that stay, since the tables still have them in force
   */
  record Rows(int removed, int kept) {
    boolean isNone() {
      return removed + kept == 0;
    }
  }

  /** The content without the act, and what that concerned. */
  record Outcome(ListContent content, Rows rows) {}

  /**
   * Takes off the rows of an act that the lists no longer have in force.
   *
   * @param published the last version's content
   * @param actNo document number, in whatever width its brackets are written
   * @param entries all entries of the tables as they stand now
   */
  static Outcome of(ListContent published, String actNo, Collection<ListedEntry> entries) {
    String wanted = normal(actNo);
    Set<String> inForce =
        entries.stream()
            .filter(ListedEntry::isListed)
            .map(e -> e.list().table() + "/" + e.entryId())
            .collect(Collectors.toCollection(HashSet::new));
    Counter counter = new Counter(wanted, inForce);
    ListContent content =
        ListContent.of(
            PublishedFiles.restrictions(published.bytes(ListFile.RESTRICTIONS)).stream()
                .filter(r -> counter.keeps("restrictions", r.entryId(), r.actNo()))
                .toList(),
            PublishedFiles.blacklist(published.bytes(ListFile.BLACKLIST)).stream()
                .filter(r -> counter.keeps("blacklist", r.entryId(), r.actNo()))
                .toList(),
            PublishedFiles.incentives(published.bytes(ListFile.INCENTIVES)).stream()
                .filter(r -> counter.keeps("incentives", r.entryId(), r.actNo()))
                .toList(),
            PublishedFiles.subjects(published.bytes(ListFile.SUBJECTS)),
            PublishedFiles.coverage(published.bytes(ListFile.COVERAGE)),
            PublishedFiles.items(published.bytes(ListFile.ITEMS)));
    return new Outcome(content, new Rows(counter.removed, counter.kept));
  }

  /** The act's rows on the public face, of which a newer one shows perhaps none. */
  static Rows shown(PublicFace standing, PublicFace newer, String actNo) {
    int before = standing.naming(actNo);
    int kept = standing.stillIn(newer).naming(actNo);
    return new Rows(before - kept, kept);
  }

  private static final class Counter {
    private final String wanted;
    private final Set<String> inForce;
    private int removed;
    private int kept;

    private Counter(String wanted, Set<String> inForce) {
      this.wanted = wanted;
      this.inForce = inForce;
    }

    private boolean keeps(String table, String entryId, String actNo) {
      if (!normal(actNo).equals(wanted)) {
        return true;
      }
      boolean keep = inForce.contains(table + "/" + entryId);
      if (keep) {
        kept++;
      } else {
        removed++;
      }
      return keep;
    }
  }

  /** A document number, in whatever width or brackets it is written. */
  static String normal(String actNo) {
    return Normalizer.normalize(actNo, Normalizer.Form.NFKC)
        .replaceAll("\\s", "")
        .replace('〔', '[')
        .replace('〕', ']')
        .replace('【', '[')
        .replace('】', ']')
        .replace('(', '[')
        .replace(')', ']')
        .toUpperCase(Locale.ROOT);
  }
}
