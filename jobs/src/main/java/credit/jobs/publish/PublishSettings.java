package credit.jobs.publish;

import credit.jobs.warehouse.RuleSettings;
import credit.schemas.RuleFile;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

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
    RuleSettings in = RuleSettings.of(file);
    RuleSettings limits = in.section("change_limits");
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
}
