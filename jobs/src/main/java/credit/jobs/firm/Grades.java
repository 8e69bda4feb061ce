package credit.jobs.firm;

import credit.jobs.warehouse.RuleSettings;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.util.List;

/** What severity and exemption rules may say of an event. */
final class Grades {
  /** As the contract of {@code events} names them; what is none of them would count for nothing. */
  private static final List<String> SEVERITIES = List.of("heavy", "general", "minor", "none");

  private static final String OTHERWISE = "otherwise";

  private Grades() {}

  /** The severity of an event for which no rule holds. */
  static String otherwise(RuleFile file) {
    RuleSettings settings = RuleSettings.of(file);
    return settings.has(OTHERWISE) ? settings.oneOf(OTHERWISE, SEVERITIES) : "none";
  }

  /**
   * Whether all rules say what they can.
   *
   * @throws credit.jobs.warehouse.Failure (exit code 2) at the first that does not
   */
  static void check(Schemas schemas) {
    RuleFile severity = schemas.rules().get("severity");
    if (severity != null) {
      otherwise(severity);
      severity.rules().forEach(rule -> check(severity, rule, "severity", SEVERITIES));
    }
    RuleFile exemptions = schemas.rules().get("exemptions");
    if (exemptions != null) {
      // A rule that held exempts; 'false' would read as if it did not.
      exemptions.rules().forEach(rule -> check(exemptions, rule, "exempt", List.of("true")));
    }
  }

  private static void check(RuleFile file, Rule rule, String key, List<String> known) {
    RuleSettings.effectOf(file, rule).allow(key).oneOf(key, known);
  }
}
