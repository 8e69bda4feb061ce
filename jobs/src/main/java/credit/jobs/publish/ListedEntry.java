package credit.jobs.publish;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * An entry as the stage {@code list} wrote it.
 *
 * @param list which of the three lists
 * @param scope mode of a restriction, measure of an incentive; null on the blacklist
 * @param item item it is narrowed to; null: all
 * @param until null: until an event
 * @param rule id of the rule that made it
 * @param pending whether that rule still awaits review
 * @param state upcoming, listed, shadow, or how it ended: ended, removed, repaired, withdrawn,
 *     suspended, annulled
 * @param nextState state from the next day on which it changes; null: until an event
 */
record ListedEntry(
    ListName list,
    String entryId,
    String idScheme,
    String code,
    String name,
    String scope,
    String item,
    LocalDate from,
    LocalDate until,
    String cause,
    String basis,
    String actNo,
    String actAuthority,
    LocalDate actDate,
    List<String> sourceRecords,
    String rule,
    boolean pending,
    String state,
    String nextState) {

  /** The lists, and the tables that hold them. */
  enum ListName {
    RESTRICTIONS("restrictions", "mode"),
    BLACKLIST("blacklist", null),
    INCENTIVES("incentives", "measure");

    private final String table;
    private final String scopeColumn;

    ListName(String table, String scopeColumn) {
      this.table = table;
      this.scopeColumn = scopeColumn;
    }

    String table() {
      return table;
    }

    /** Column that narrows an entry; null: there is none. */
    String scopeColumn() {
      return scopeColumn;
    }
  }

  ListedEntry {
    sourceRecords = sourceRecords == null ? List.of() : List.copyOf(sourceRecords);
  }

  private static final Set<String> STANDING = Set.of("upcoming", "listed");

  /** Over by its term or by a decision: it held until then, and past days are answered by it. */
  private static final Set<String> HELD = Set.of("ended", "removed");

  boolean isListed() {
    return STANDING.contains(state);
  }

  boolean isShadow() {
    return state.equals("shadow");
  }

  /** Off the list by law: by its term or a decision, or by what became of its act. */
  boolean isLawfullyGone() {
    return !isListed() && !isShadow();
  }

  /**
   * Whether the entry goes out: from the day it is known to be listed, and after its term while the
   * lists still answer for days on which it held. What was repaired, withdrawn, suspended or
   * annulled goes out no more, nor does a shadow; what is listed again after a suspension does, for
   * the days from then on.
   */
  boolean goesOut(LocalDate firstDay) {
    return isListed()
        || "listed".equals(nextState)
        || (HELD.contains(state) && until != null && until.isAfter(firstDay));
  }

  @Override
  public String toString() {
    return list.table() + " entry " + entryId + " of " + code + " (rule " + rule + ")";
  }
}
