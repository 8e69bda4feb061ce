package credit.approval;

import credit.approval.format.Coverage;
import credit.approval.format.Incentive;
import credit.approval.format.ItemRule;
import credit.approval.format.Manifest;
import credit.approval.format.Restriction;
import credit.approval.format.Subject;
import credit.approval.id.IdScheme;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One question against one list. The first that holds is the answer: invalid code, stale, before
 * the first day, item not eligible, new applicant, restricted, out of coverage, clear.
 */
final class Evaluation {
  private static final int MAX_ECHO = 64;

  private final Snapshot snapshot;
  private final Manifest manifest;
  private final Query query;
  private final Instant now;
  private final Instant expiresAt;
  private final boolean historical;
  private final IdScheme scheme;
  private final String code;
  private final LocalDate at;
  private final List<String> reasons = new ArrayList<>();
  private List<Restriction> restrictions = List.of();
  private List<Incentive> incentives = List.of();
  private List<Coverage> sources = List.of();
  private List<Answer> related = List.of();
  private ItemRule itemRule;

  private Evaluation(
      Snapshot snapshot, Query query, Instant now, Instant expiresAt, boolean historical) {
    this.snapshot = snapshot;
    this.manifest = snapshot.signed().manifest();
    this.query = query;
    this.now = now;
    this.expiresAt = expiresAt;
    this.historical = historical;
    this.scheme = query.scheme() == null ? IdScheme.of(manifest.idScheme()) : query.scheme();
    this.code = query.isNewApplicant() ? "" : scheme.normalise(query.code());
    this.at = query.at() == null ? Calendar.day(now) : query.at();
  }

  /** The answer of a live list, which counts as current until {@code expiresAt}. */
  static Answer live(Snapshot snapshot, Query query, Instant now, Instant expiresAt) {
    return new Evaluation(snapshot, query, now, expiresAt, false).answer();
  }

  /** The answer of an archived version: what was known then. */
  static Answer historical(Snapshot snapshot, Query query, Instant now) {
    return new Evaluation(snapshot, query, now, null, true).answer();
  }

  /** The answer where no list could be verified. */
  static Answer unavailable(Query query, Instant now, String reason) {
    return new Answer(
        Outcome.UNAVAILABLE,
        false,
        query.scheme() == null ? "" : query.scheme().label(),
        query.isNewApplicant() ? "" : echo(query.code()),
        query.mode(),
        query.item(),
        query.at() == null ? Calendar.day(now) : query.at(),
        List.of(reason),
        List.of(),
        null,
        List.of(),
        List.of(),
        query.related().stream()
            .map(relatedCode -> unavailable(query.forRelated(relatedCode), now, reason))
            .toList(),
        null,
        now);
  }

  private Answer answer() {
    related = query.related().stream().map(this::related).toList();
    Outcome outcome = outcome();
    return new Answer(
        outcome,
        historical,
        scheme.label(),
        echo(code),
        query.mode(),
        query.item(),
        at,
        reasons,
        restrictions,
        itemRule,
        sources,
        incentives,
        related,
        stamp(snapshot, expiresAt),
        now);
  }

  private Outcome outcome() {
    if (!query.isNewApplicant() && !scheme.isValid(code)) {
      return because(Outcome.INVALID_CODE, "check_failed:" + scheme.label());
    }
    if (!historical && !now.isBefore(expiresAt)) {
      return because(Outcome.STALE, "timestamp_expired");
    }
    if (at.isAfter(manifest.lastDay())) {
      return because(Outcome.STALE, "at_beyond_list");
    }
    if (at.isBefore(manifest.firstDay())) {
      return because(Outcome.OUT_OF_COVERAGE, "before_first_day");
    }
    itemRule = snapshot.itemRule(query.item(), query.mode());
    if (itemRule != null && itemRule.excluded()) {
      return because(Outcome.ITEM_NOT_ELIGIBLE, "item_excluded");
    }
    return query.isNewApplicant() ? newApplicant() : firm();
  }

  private Outcome newApplicant() {
    String rule =
        itemRule == null ? "unknown" : itemRule.newApplicantPermitted() ? "permitted" : "refused";
    return because(Outcome.NEW_APPLICANT, "new_applicant_" + rule + "_by_item");
  }

  private Outcome firm() {
    sources = snapshot.coverage();
    incentives =
        snapshot.incentives(scheme.label(), code).stream()
            .filter(i -> holds(i.effectiveFrom(), i.effectiveUntil()) && concerns(i.item()))
            .toList();
    restrictions =
        snapshot.restrictions(scheme.label(), code).stream()
            .filter(r -> r.mode() == query.mode())
            .filter(r -> holds(r.effectiveFrom(), r.effectiveUntil()) && concerns(r.item()))
            .toList();
    if (!restrictions.isEmpty()) {
      restrictions.forEach(r -> reasons.add(reasonOf(r)));
      return Outcome.RESTRICTED;
    }
    checkCoverage();
    return reasons.isEmpty() ? because(Outcome.CLEAR, "no_entry") : Outcome.OUT_OF_COVERAGE;
  }

  private void checkCoverage() {
    List<Subject> subjects = snapshot.subjects(scheme.label(), code);
    if (subjects.isEmpty()) {
      reasons.add("subject_unknown");
    } else if (subjects.stream().noneMatch(s -> s.covers(at))) {
      reasons.add("subject_not_covered_then");
    }
    if (!query.item().isEmpty() && itemRule == null) {
      reasons.add("item_unknown");
    }
    LocalDate needed = at.isBefore(manifest.asOf()) ? at : manifest.asOf();
    if (sources.stream().noneMatch(Coverage::required)) {
      reasons.add("no_required_source");
    }
    for (Coverage source : sources) {
      if (source.required() && !source.reaches(needed)) {
        reasons.add("source_incomplete:" + source.source());
      }
    }
  }

  /** Half-open: the first day counts, the last does not. */
  private boolean holds(LocalDate from, LocalDate until) {
    return !at.isBefore(from) && (until == null || at.isBefore(until));
  }

  /** Without an item, and for an item that the catalogue does not have, every scope concerns. */
  private boolean concerns(String item) {
    return item.isEmpty()
        || query.item().isEmpty()
        || item.equals(query.item())
        || !snapshot.hasItem(query.item());
  }

  private static String reasonOf(Restriction r) {
    String cause = r.cause().isEmpty() ? "listed" : r.cause();
    return r.item().isEmpty() ? cause : cause + ":" + r.item();
  }

  private Answer related(String relatedCode) {
    return new Evaluation(snapshot, query.forRelated(relatedCode), now, expiresAt, historical)
        .answer();
  }

  private Outcome because(Outcome outcome, String reason) {
    reasons.add(reason);
    return outcome;
  }

  /** The list version as answers name it. */
  static Answer.ListStamp stamp(Snapshot snapshot, Instant expiresAt) {
    Manifest manifest = snapshot.signed().manifest();
    return new Answer.ListStamp(
        manifest.list(),
        manifest.scope(),
        manifest.version(),
        snapshot.signed().sha256(),
        snapshot.signed().kid(),
        manifest.asOf(),
        manifest.knownAt(),
        expiresAt,
        manifest.rulesPendingReview());
  }

  private static String echo(String code) {
    return code.length() <= MAX_ECHO ? code : code.substring(0, MAX_ECHO);
  }
}
