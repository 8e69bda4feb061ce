package credit.approval;

import credit.approval.format.Coverage;
import credit.approval.format.EntryLine;
import credit.approval.format.Incentive;
import credit.approval.format.ItemRule;
import credit.approval.format.Manifest;
import credit.approval.format.Mode;
import credit.approval.format.PackedDay;
import credit.approval.format.PublishedFiles;
import credit.approval.format.Restriction;
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
  private static final List<String> NO_ENTRY = List.of("no_entry");

  private final Snapshot snapshot;
  private final Manifest manifest;
  private final Query query;
  private final Instant now;
  private final Answer.ListStamp stamp;
  private final boolean historical;
  private final IdScheme scheme;
  private final String code;
  private final boolean isCodeValid;
  private final LocalDate at;
  private List<String> reasons = List.of();
  private List<Restriction> restrictions = List.of();
  private List<Incentive> incentives = List.of();
  private List<Coverage> sources = List.of();
  private List<Answer> related = List.of();
  private ItemRule itemRule;

  private Evaluation(Snapshot snapshot, Answer.ListStamp stamp, Query query, Instant now) {
    this.snapshot = snapshot;
    this.manifest = snapshot.signed().manifest();
    this.query = query;
    this.now = now;
    this.stamp = stamp;
    this.historical = stamp.expiresAt() == null;
    this.scheme = query.scheme() == null ? snapshot.scheme() : query.scheme();
    boolean isValidAsGiven = !query.isNewApplicant() && scheme.isValid(query.code());
    this.code = isValidAsGiven ? query.code() : normalised();
    this.isCodeValid = isValidAsGiven || scheme.isValid(code);
    this.at = query.at() == null ? Calendar.day(now) : query.at();
  }

  /** A code that passes as it is given needs no other spelling. */
  private String normalised() {
    return query.isNewApplicant() ? "" : scheme.normalise(query.code());
  }

  /**
   * The answer of a list.
   *
   * @param stamp the list as the answer names it; without an expiry it is an archived version, and
   *     the answer what was known then
   */
  static Answer of(Snapshot snapshot, Answer.ListStamp stamp, Query query, Instant now) {
    return new Evaluation(snapshot, stamp, query, now).answer();
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
    if (!query.related().isEmpty()) {
      related = query.related().stream().map(this::related).toList();
    }
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
        stamp,
        now);
  }

  private Outcome outcome() {
    if (!query.isNewApplicant() && !isCodeValid) {
      return because(Outcome.INVALID_CODE, "check_failed:" + scheme.label());
    }
    if (!historical && !now.isBefore(stamp.expiresAt())) {
      return because(Outcome.STALE, "timestamp_expired");
    }
    if (at.isAfter(snapshot.lastDay())) {
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
    FirmKey firm = FirmKey.of(scheme, code);
    int day = PackedDay.of(at);
    sources = snapshot.coverage();
    int found = snapshot.find(firm);
    List<byte[]> bars =
        entries(snapshot.restrictions(), snapshot.firstRestriction(found), firm, day, query.mode());
    List<byte[]> earned =
        entries(snapshot.incentives(), snapshot.firstIncentive(found, firm), firm, day, null);
    if (!earned.isEmpty()) {
      incentives = new Lines<>(earned, PublishedFiles::incentive);
    }
    if (!bars.isEmpty()) {
      restrictions = new Lines<>(bars, PublishedFiles::restriction);
      reasons = new Lines<>(bars, line -> reasonOf(PublishedFiles.restriction(line)));
      return Outcome.RESTRICTED;
    }
    reasons = gaps(snapshot.firstSubject(found), firm, day);
    if (!reasons.isEmpty()) {
      return Outcome.OUT_OF_COVERAGE;
    }
    reasons = NO_ENTRY;
    return Outcome.CLEAR;
  }

  /**
   * Lines of the firm's entries that hold on that day and concern the item; of any mode if null.
   */
  private List<byte[]> entries(RowFile file, long first, FirmKey firm, int day, Mode mode) {
    List<byte[]> found = List.of();
    for (long row = first; row != RowFile.NONE; row = file.next(row, firm)) {
      // Copied first: its parts then come from memory at once, not one after the other.
      byte[] line = file.line(row);
      EntryLine entry = new EntryLine(line, firm.length());
      if ((mode == null || entry.isFor(mode)) && entry.holdsOn(day) && concerns(entry.item())) {
        found = with(found, line);
      }
    }
    return found;
  }

  private static List<byte[]> with(List<byte[]> lines, byte[] line) {
    if (lines.isEmpty()) {
      return List.of(line);
    }
    List<byte[]> more = new ArrayList<>(lines);
    more.add(line);
    return more;
  }

  /** Why the lists cannot speak for the firm, item or day; empty where they can. */
  private List<String> gaps(long subject, FirmKey firm, int day) {
    LocalDate needed = at.isBefore(manifest.asOf()) ? at : manifest.asOf();
    LocalDate complete = snapshot.completeThrough();
    boolean isItemKnown = query.item().isEmpty() || itemRule != null;
    boolean isCovered = isCovered(subject, firm, day);
    if (isCovered && isItemKnown && complete != null && !needed.isAfter(complete)) {
      return List.of();
    }
    List<String> gaps = new ArrayList<>();
    if (!isCovered) {
      gaps.add(subject == RowFile.NONE ? "subject_unknown" : "subject_not_covered_then");
    }
    if (!isItemKnown) {
      gaps.add("item_unknown");
    }
    addGapsOfSources(gaps, needed);
    return gaps;
  }

  private boolean isCovered(long subject, FirmKey firm, int day) {
    for (long row = subject; row != RowFile.NONE; row = snapshot.subjects().next(row, firm)) {
      if (snapshot.subjects().holdsOn(row, firm, day)) {
        return true;
      }
    }
    return false;
  }

  private void addGapsOfSources(List<String> gaps, LocalDate needed) {
    if (sources.stream().noneMatch(Coverage::required)) {
      gaps.add("no_required_source");
    }
    for (Coverage source : sources) {
      if (source.required() && !source.reaches(needed)) {
        gaps.add("source_incomplete:" + source.source());
      }
    }
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
    return of(snapshot, stamp, query.forRelated(relatedCode), now);
  }

  private Outcome because(Outcome outcome, String reason) {
    reasons = List.of(reason);
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

  /** What a caller sent, cut short, but not within a character. */
  private static String echo(String code) {
    if (code.length() <= MAX_ECHO) {
      return code;
    }
    boolean splits = Character.isHighSurrogate(code.charAt(MAX_ECHO - 1));
    return code.substring(0, splits ? MAX_ECHO - 1 : MAX_ECHO);
  }
}
