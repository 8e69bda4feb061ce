package credit.jobs.publish;

import java.time.LocalDate;
import java.util.List;

/**
 * An entry as the stage {@code list} wrote it.
 *
 * @param list which of the three lists
 * @param scope mode of a restriction, measure of an incentive; null on the blacklist
 * @param item item it is narrowed to; null: all
 * @param until null: until an event
 * @param rule id of the rule that made it
 * @param pending whether that rule still awaits review
 * @param state listed, ended, removed, annulled or shadow
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
    String state) {

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

  boolean isListed() {
    return state.equals("listed");
  }

  boolean isShadow() {
    return state.equals("shadow");
  }

  /** Off the list by law: by its date, by repair or withdrawal, or because its act was annulled. */
  boolean isLawfullyGone() {
    return state.equals("ended") || state.equals("removed") || state.equals("annulled");
  }

  /**
   * Whether the entry goes out: while it is listed, and after its end while the lists still answer
   * for days on which it held. What was repaired or annulled goes out no more, nor does a shadow.
   */
  boolean goesOut(LocalDate firstDay) {
    return isListed() || (state.equals("ended") && until != null && until.isAfter(firstDay));
  }

  @Override
  public String toString() {
    return list.table() + " entry " + entryId + " of " + code + " (rule " + rule + ")";
  }
}
