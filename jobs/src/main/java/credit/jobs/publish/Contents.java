package credit.jobs.publish;

import credit.approval.format.BlacklistEntry;
import credit.approval.format.Coverage;
import credit.approval.format.Incentive;
import credit.approval.format.ItemRule;
import credit.approval.format.ListContent;
import credit.approval.format.Mode;
import credit.approval.format.Restriction;
import credit.approval.format.Subject;
import credit.approval.id.IdScheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Rows of the tables to the content of a list version. */
final class Contents {
  private Contents() {}

  /**
   * A firm of the firm file.
   *
   * @param individual whether it counts as a person, and is masked in public
   */
  record Firm(
      String idScheme,
      String code,
      LocalDate established,
      LocalDate firstKnownAt,
      LocalDate closedOn,
      boolean individual) {}

  /** An item of the catalogue. */
  record Item(
      String item, List<String> excludedModes, String excludedBasis, List<String> newApplicant) {}

  /**
   * The content of a version.
   *
   * @param entries entries that go out, as the gates passed them
   */
  static ListContent of(
      Collection<ListedEntry> entries,
      Collection<Subject> subjects,
      Collection<Coverage> coverage,
      Collection<Item> items) {
    List<Restriction> restrictions = new ArrayList<>();
    List<BlacklistEntry> blacklist = new ArrayList<>();
    List<Incentive> incentives = new ArrayList<>();
    for (ListedEntry entry : entries) {
      switch (entry.list()) {
        case RESTRICTIONS -> restrictions.add(restriction(entry));
        case BLACKLIST -> blacklist.add(blacklisted(entry));
        case INCENTIVES -> incentives.add(incentive(entry));
      }
    }
    return ListContent.of(
        restrictions, blacklist, incentives, subjects, coverage, itemRules(items));
  }

  /**
   * The firms that the lists speak for. One whose code does not pass its scheme's check is left
   * out: no answer about it can be clear, since such a code is refused before any look-up.
   */
  static List<Subject> subjects(Collection<Firm> firms) {
    List<Subject> subjects = new ArrayList<>(firms.size());
    for (Firm firm : firms) {
      LocalDate from = firm.established() != null ? firm.established() : firm.firstKnownAt();
      boolean lived = firm.closedOn() == null || firm.closedOn().isAfter(from);
      if (lived && IdScheme.of(firm.idScheme()).isValid(firm.code())) {
        subjects.add(new Subject(firm.idScheme(), firm.code(), from, firm.closedOn()));
      }
    }
    return subjects;
  }

  /** A row for every item and mode: what is not in the file is out of coverage. */
  static List<ItemRule> itemRules(Collection<Item> items) {
    List<ItemRule> rules = new ArrayList<>();
    for (Item item : items) {
      for (Mode mode : Mode.values()) {
        boolean excluded = item.excludedModes().contains(mode.label());
        rules.add(
            new ItemRule(
                item.item(),
                mode,
                excluded,
                !excluded && item.newApplicant().contains(mode.label()),
                excluded ? clean(item.excludedBasis()) : ""));
      }
    }
    return rules;
  }

  private static Restriction restriction(ListedEntry e) {
    return new Restriction(
        e.entryId(),
        e.idScheme(),
        e.code(),
        clean(e.name()),
        Mode.of(e.scope()),
        e.item(),
        e.from(),
        e.until(),
        e.cause(),
        clean(e.basis()),
        clean(e.actNo()),
        clean(e.actAuthority()),
        e.actDate(),
        e.sourceRecords());
  }

  private static BlacklistEntry blacklisted(ListedEntry e) {
    return new BlacklistEntry(
        e.entryId(),
        e.idScheme(),
        e.code(),
        clean(e.name()),
        e.from(),
        e.until(),
        e.cause(),
        clean(e.basis()),
        clean(e.actNo()),
        clean(e.actAuthority()),
        e.actDate(),
        e.sourceRecords());
  }

  private static Incentive incentive(ListedEntry e) {
    return new Incentive(
        e.entryId(),
        e.idScheme(),
        e.code(),
        clean(e.name()),
        e.scope(),
        e.item(),
        e.from(),
        e.until(),
        e.cause(),
        clean(e.basis()),
        clean(e.actNo()),
        clean(e.actAuthority()),
        e.actDate(),
        e.sourceRecords());
  }

  /** Departments' texts hold line ends and control characters; a published field holds none. */
  static String clean(String text) {
    return text == null ? "" : text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
  }
}
