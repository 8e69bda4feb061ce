package credit.jobs.publish;

import credit.approval.format.Manifest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What a version says of itself beside its content: the part of its manifest that does not come
 * from its place in the chain.
 */
record Statement(
    String scope,
    LocalDate asOf,
    LocalDate knownAt,
    LocalDate firstDay,
    int maxLagDays,
    List<Manifest.RuleEntry> rules,
    List<String> rulesPendingReview,
    String idScheme) {
  Statement {
    rules = List.copyOf(rules);
    rulesPendingReview = List.copyOf(rulesPendingReview);
  }

  static Statement of(Manifest manifest) {
    return new Statement(
        manifest.scope(),
        manifest.asOf(),
        manifest.knownAt(),
        manifest.firstDay(),
        manifest.maxLagDays(),
        manifest.rules(),
        manifest.rulesPendingReview(),
        manifest.idScheme());
  }

  /**
   * Whether a reader would get the same answers for the same reasons. The knowledge date does not
   * count: what became known since and changed no file gives no new version.
   */
  boolean saysTheSameAs(Statement other) {
    return withKnownAt(other.knownAt).equals(other);
  }

  private Statement withKnownAt(LocalDate day) {
    return new Statement(
        scope, asOf, day, firstDay, maxLagDays, rules, rulesPendingReview, idScheme);
  }

  Manifest manifest(
      long version, String previousSha256, List<Manifest.FileEntry> files, Instant issuedAt) {
    return new Manifest(
        Manifest.APPROVAL_LIST,
        scope,
        version,
        asOf,
        knownAt,
        previousSha256,
        firstDay,
        maxLagDays,
        files,
        rules,
        rulesPendingReview,
        issuedAt,
        idScheme);
  }
}
