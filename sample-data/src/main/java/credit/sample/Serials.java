package credit.sample;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Running numbers of documents, by series. */
final class Serials {
  private final Map<String, Integer> last = new TreeMap<>();

  int next(String series) {
    return last.merge(series, 1, Integer::sum);
  }

  /** Such as {@code JC2025000017}. */
  String number(String prefix, int year) {
    return String.format(Locale.ROOT, "%s%d%06d", prefix, year, next(prefix + year));
  }

  /** Such as {@code 珠市监处罚〔2025〕17号}. */
  String document(String prefix, int year) {
    return prefix + "〔" + year + "〕" + next(prefix + year) + "号";
  }
}
