package credit.approval.format;

import java.time.LocalDate;
import java.util.List;

/**
 * One incentive that good credit earns.
 *
 * @param item the item it is for; empty: all items
 * @param effectiveUntil first day without it; null: until an event
 */
public record Incentive(
    String entryId,
    String idScheme,
    String code,
    String name,
    String measure,
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
  public Incentive {
    Rows.requireKey(idScheme, code);
    Rows.requireInterval(entryId, effectiveFrom, effectiveUntil);
    Rows.requireText(entryId, "measure", measure);
    item = Rows.orEmpty(item);
    sourceRecords = List.copyOf(sourceRecords);
  }

  @Override
  public ListFile file() {
    return ListFile.INCENTIVES;
  }

  @Override
  public List<String> fields() {
    return List.of(
        entryId,
        idScheme,
        code,
        Rows.orEmpty(name),
        measure,
        item,
        effectiveFrom.toString(),
        Rows.date(effectiveUntil),
        Rows.orEmpty(cause),
        Rows.orEmpty(basis),
        Rows.orEmpty(actNo),
        Rows.orEmpty(actAuthority),
        Rows.date(actDate),
        Rows.joined(sourceRecords));
  }

  static Incentive of(List<String> f) {
    return new Incentive(
        f.get(0),
        f.get(1),
        f.get(2),
        f.get(3),
        f.get(4),
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
