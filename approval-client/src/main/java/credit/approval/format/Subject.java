package credit.approval.format;

import java.time.LocalDate;
import java.util.List;

/**
 * A firm that the lists speak for, in one half-open interval of its life.
 *
 * @param validUntil first day on which they no longer speak for it; null: open
 */
public record Subject(String idScheme, String code, LocalDate validFrom, LocalDate validUntil)
    implements ListRow {
  public Subject {
    Rows.requireKey(idScheme, code);
    Rows.requireInterval(code, validFrom, validUntil);
  }

  /** Whether the lists speak for the firm on that day. */
  public boolean covers(LocalDate day) {
    return !day.isBefore(validFrom) && (validUntil == null || day.isBefore(validUntil));
  }

  @Override
  public ListFile file() {
    return ListFile.SUBJECTS;
  }

  @Override
  public List<String> fields() {
    return List.of(idScheme, code, validFrom.toString(), Rows.date(validUntil));
  }

  static Subject of(List<String> f) {
    return new Subject(f.get(0), f.get(1), Rows.requiredDate(f.get(2)), Rows.date(f.get(3)));
  }
}
