package credit.jobs.publish;

import credit.schemas.RuleFile;
import credit.schemas.SchemaException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The settings of {@code rules/publish.yaml}.
 *
 * @param scope the jurisdiction
 * @param idScheme scheme of a code for which none is named
 * @param maxLagDays days after the as-of day for which the lists answer
 * @param answerBackDays days before the as-of day for which they answer, at most
 * @param validity validity of a timestamp
 * @param limits how much may change between two versions
 * @param entryRules rule files that an entry may name
 * @param manifestRules rule files that the manifest names by hash
 */
record PublishSettings(
    String scope,
    String idScheme,
    int maxLagDays,
    int answerBackDays,
    Duration validity,
    ChangeLimits limits,
    List<String> entryRules,
    List<String> manifestRules) {

  /**
   * How much of a file may change between two versions without an approver.
   *
   * @param addedShare rows added, as a share of the rows before
   * @param removedShare rows removed otherwise than by law, as a share of the rows before
   * @param alwaysAllowed rows that never wait
   */
  record ChangeLimits(BigDecimal addedShare, BigDecimal removedShare, int alwaysAllowed) {}

  static PublishSettings of(RuleFile file) {
    Reader in = new Reader(file.file(), file.settings(), "");
    Reader limits = in.inner("change_limits");
    int hours = in.integer("timestamp_hours", 24, 48);
    return new PublishSettings(
        in.text("scope"),
        in.text("id_scheme"),
        in.integer("max_lag_days", 0, 366),
        in.integer("answer_back_days", 0, 36_600),
        Duration.ofHours(hours),
        new ChangeLimits(
            limits.share("added_share"),
            limits.share("removed_share"),
            limits.integer("always_allowed", 0, 1_000_000)),
        in.texts("entry_rules"),
        in.texts("manifest_rules"));
  }

  private record Reader(String file, Map<String, Object> settings, String prefix) {
    private String text(String key) {
      Object value = settings.get(key);
      boolean single = value instanceof String || value instanceof Number;
      if (single && !value.toString().isEmpty()) {
        return value.toString();
      }
      throw refuse(key, "is missing or no single value", "write one value");
    }

    private int integer(String key, int from, int to) {
      String text = text(key);
      try {
        int number = Integer.parseInt(text);
        if (number >= from && number <= to) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        throw refuse(key, "is '" + text + "'", "write a whole number");
      }
      throw refuse(key, "is " + text, "write a number from " + from + " to " + to);
    }

    private BigDecimal share(String key) {
      String text = text(key);
      try {
        BigDecimal share = new BigDecimal(text);
        if (share.signum() >= 0 && share.compareTo(BigDecimal.ONE) <= 0) {
          return share;
        }
      } catch (NumberFormatException notANumber) {
        throw refuse(key, "is '" + text + "'", "write a share from 0 to 1");
      }
      throw refuse(key, "is " + text, "write a share from 0 to 1");
    }

    private List<String> texts(String key) {
      if (settings.get(key) instanceof List<?> list
          && list.stream().allMatch(String.class::isInstance)) {
        return list.stream().map(String.class::cast).toList();
      }
      throw refuse(key, "is missing or no list", "write [a, b]");
    }

    @SuppressWarnings("unchecked")
    private Reader inner(String key) {
      if (settings.get(key) instanceof Map<?, ?> map) {
        return new Reader(file, (Map<String, Object>) map, prefix + key + ".");
      }
      throw refuse(key, "is missing or no mapping", "write 'key: value' lines below it");
    }

    private SchemaException refuse(String key, String problem, String remedy) {
      return new SchemaException(
          file + ": settings." + prefix + key + " " + problem + "; " + remedy);
    }
  }
}
