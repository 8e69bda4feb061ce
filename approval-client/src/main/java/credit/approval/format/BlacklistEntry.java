package credit.approval.format;

import java.time.LocalDate;
import java.util.List;

/**
 * One entry of the list of serious violations and its like. It informs; what it bars stands in the
 * restrictions.
 *
 * @param effectiveUntil first day off the list; null: until an event
 */
public record BlacklistEntry(
    String entryId,
    String idScheme,
    String code,
    String name,
    LocalDate effectiveFrom,
    LocalDate effectiveUntil,
    String cause,
    String basis,
    String actNo,
    String actAuthority,
    LocalDate actDate,
    List<String> sourceRecords)
    implements ListRow {
  public BlacklistEntry {
    Rows.requireKey(idScheme, code);
    Rows.requireInterval(entryId, effectiveFrom, effectiveUntil);
    Rows.requireText(entryId, "basis", basis);
    Rows.requireText(entryId, "act_no", actNo);
    sourceRecords = List.copyOf(sourceRecords);
  }

  @Override
  public ListFile file() {
    return ListFile.BLACKLIST;
  }

  @Override
  public List<String> fields() {
    return List.of(
        entryId,
        idScheme,
        code,
        Rows.orEmpty(name),
        effectiveFrom.toString(),
        Rows.date(effectiveUntil),
        Rows.orEmpty(cause),
        basis,
        actNo,
        Rows.orEmpty(actAuthority),
        Rows.date(actDate),
        Rows.joined(sourceRecords));
  }

  static BlacklistEntry of(List<String> f) {
    return new BlacklistEntry(
        f.get(0),
        f.get(1),
        f.get(2),
        f.get(3),
        Rows.requiredDate(f.get(4)),
        Rows.date(f.get(5)),
        f.get(6),
        f.get(7),
        f.get(8),
        f.get(9),
        Rows.date(f.get(10)),
        Rows.split(f.get(11)));
  }
}
