package credit.jobs.plan;

import java.util.Locale;

/** Why a firm is inspected, in the order in which causes are served. */
enum Cause {
  DUE_PROMISE,
  LEAD,
  FULL_COVERAGE,
  RISK_CLASS,
  RANDOM,
  EXPLORATION;

  /** Name in the plan's table and rule file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
