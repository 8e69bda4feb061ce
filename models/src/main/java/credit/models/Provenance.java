package credit.models;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Where a model's training rows came from. Part of the model's identity: another source, another
 * model id.
 *
 * @param asOf the day of the run that trained the model
 * @param knownAt the run's knowledge date
 * @param horizonDays days after an as-of day in which the outcome is looked for
 * @param outcome what a positive is, in words
 * @param indicatorsHash of the indicators' definitions
 * @param bundleHash of the rules, contracts and code lists in force
 * @param counts rows per source of the training data, by name
 */
public record Provenance(
    LocalDate asOf,
    LocalDate knownAt,
    int horizonDays,
    String outcome,
    String indicatorsHash,
    String bundleHash,
    Map<String, Long> counts) {
  public Provenance {
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(knownAt, "knownAt");
    Objects.requireNonNull(outcome, "outcome");
    Objects.requireNonNull(indicatorsHash, "indicatorsHash");
    Objects.requireNonNull(bundleHash, "bundleHash");
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    if (horizonDays < 0) {
      throw new ModelException("the horizon is %d days: it must be 0 or more", horizonDays);
    }
  }
}
