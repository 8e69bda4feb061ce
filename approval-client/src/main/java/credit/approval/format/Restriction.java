package credit.approval.format;

import java.time.LocalDate;
import java.util.List;

/**
 * One entry's bar on one mode.
 *
 * @param item the item barred; empty: all items
 * @param effectiveFrom first day of the bar
 * @param effectiveUntil first day after the bar; null: until an event, such as a repair
 * @param sourceRecords the records behind the entry
 */
public record Restriction(
    String entryId,
    String idScheme,
    String code,
    String name,
    Mode mode,
    String item,
    LocalDate effectiveFrom,
    LocalDate effectiveUntil,
    String cause,
    String basis,
    String actNo,
    String actAuthority,
    LocalDate actDate,
    List<String> sourceRecords)
    implements ListRow {
  public Restriction {
    Rows.requireKey(idScheme, code);
    Rows.requireInterval(entryId, effectiveFrom, effectiveUntil);
    Rows.requireText(entryId, "basis", basis);
    Rows.requireText(entryId, "act_no", actNo);
    item = Rows.orEmpty(item);
    sourceRecords = List.copyOf(sourceRecords);
  }

  @Override
  public ListFile file() {
    return ListFile.RESTRICTIONS;
  }

  @Override
  public List<String> fields() {
    return List.of(
        entryId,
        idScheme,
        code,
        Rows.orEmpty(name),
        mode.label(),
        item,
        effectiveFrom.toString(),
        Rows.date(effectiveUntil),
        Rows.orEmpty(cause),
        basis,
        actNo,
        Rows.orEmpty(actAuthority),
        Rows.date(actDate),
        Rows.joined(sourceRecords));
  }

  static Restriction of(List<String> f) {
    return new Restriction(
        f.get(0),
        f.get(1),
        f.get(2),
        f.get(3),
        Mode.of(f.get(4)),
        f.get(5),
        Rows.requiredDate(f.get(6)),
        Rows.date(f.get(7)),
        f.get(8),
        f.get(9),
        f.get(10),
        f.get(11),
        Rows.date(f.get(12)),
        Rows.split(f.get(13)));
  }
}
