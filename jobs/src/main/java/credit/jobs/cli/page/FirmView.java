package credit.jobs.cli.page;

import credit.jobs.tier.TierOutlook;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * One firm's file on a day, before it is decided who sees what.
 *
 * @param identity who the firm is
 * @param windows counters of 3, 12 and 36 months
 * @param tier credit tier; null: none was made for this file
 * @param history days on which the tier or its reasons changed, oldest first
 * @param outlook what would change the tier, by the rules that made it; null: no tier, or its rules
 *     cannot be read
 * @param consequences measures and incentives that follow
 * @param score risk score; null: none computed, or not asked for
 * @param lists entries of blacklist and restriction list; null: none were made for this file
 * @param notices prior notices of a listing, newest first
 * @param duties promises, supplements, verifications
 * @param licences licences with their state
 * @param relations other firms that are related to it
 * @param timeline events, newest first
 * @param unmet changes of status that meet no act of the firm, newest first
 * @param publicEvents ids of the events that may be public
 * @param standings of which day, knowledge and rules the file, the tier and the lists are
 */
public record FirmView(
    Identity identity,
    List<Window> windows,
    Tier tier,
    List<Change> history,
    Outlook outlook,
    Consequences consequences,
    Score score,
    List<Listing> lists,
    List<Notice> notices,
    List<Duty> duties,
    List<Licence> licences,
    List<Relation> relations,
    List<Event> timeline,
    List<UnmetChange> unmet,
    Set<String> publicEvents,
    Standings standings) {

  /** Day of the file. */
  public LocalDate asOf() {
    return standings.file().asOf();
  }

  /** Knowledge date of the file. */
  public LocalDate knownAt() {
    return standings.file().knownAt();
  }

  /** Whether pending rules were at work in what is shown. */
  public boolean pendingRules() {
    return standings.pendingRules();
  }

  /** Who the firm is, with its register row. */
  public record Identity(
      String scheme,
      String code,
      String name,
      List<Name> names,
      String entityType,
      Category district,
      String area,
      Category industry,
      LocalDate established,
      String registerStatus,
      LocalDate closedOn,
      String address,
      String parentCode,
      Source register) {

    /** Individual businesses count as persons. */
    boolean person() {
      return "individual".equals(entityType) || ("uscc".equals(scheme) && code.startsWith("92"));
    }
  }

  /** A name and when it held. */
  public record Name(String name, LocalDate from, LocalDate until) {}

  /** A counter, with its values of the last 3, 12 and 36 months. */
  public record Window(String counter, Number months3, Number months12, Number months36) {}

  /** Tier, points, cause, and reasons whose points sum to it. */
  public record Tier(String tier, long points, String cause, List<Reason> reasons) {}

  /** A reason of the tier; {@code bound} is floor or ceiling where it set one. */
  public record Reason(
      String rule,
      String titleZh,
      String titleEn,
      long points,
      String basis,
      String bound,
      List<String> records) {

    String title(String language) {
      return language.equals("en") ? titleEn : titleZh;
    }
  }

  /** A change of the rating; before the first nothing is known. */
  public record Change(
      LocalDate day,
      String before,
      String after,
      Long pointsBefore,
      long pointsAfter,
      List<Reason> lost,
      List<Reason> gained) {}

  /** What a repair would change; {@code event} is null where all are repaired. */
  public record Repair(Event event, Change change) {}

  /** What would change the tier, looked for until a day. */
  public record Outlook(
      List<TierOutlook.Distance> distances,
      List<Repair> repairs,
      List<Change> passing,
      LocalDate until) {}

  /** Score, its rank, the share of firms below it, and the largest contributions. */
  public record Score(
      String model, double score, long rank, double percentile, List<Contribution> reasons) {}

  /** What an indicator adds to the log-odds; {@code value} may be null: unknown. */
  public record Contribution(
      String indicator, String titleZh, String titleEn, Double value, double contribution) {

    String title(String language) {
      return language.equals("en") ? titleEn : titleZh;
    }
  }

  /**
   * An entry of a list; {@code mode} is null but for restrictions. {@code nextOn} is the next day
   * on which its state changes by what is known, or null.
   */
  public record Listing(
      String mode,
      String item,
      LocalDate from,
      LocalDate until,
      String cause,
      String basis,
      String actNo,
      String authority,
      LocalDate actDate,
      String state,
      LocalDate nextOn,
      String nextState,
      boolean pending,
      List<String> records) {}

  /**
   * A prior notice of a listing; it lists nobody.
   *
   * @param objectionUntil last day on which the firm may be heard; null: unknown
   * @param state open, over or unknown (the window, while nothing is decided); listed, not_listed
   *     or notice_withdrawn
   * @param decidedOn day of that outcome, or null
   * @param decisionNo the decision that listed; null: none on file
   * @param early whether the decision came while the firm could still be heard
   * @param nextOn next day on which the state changes by what is known, or null
   */
  public record Notice(
      String number,
      String authority,
      LocalDate notifiedOn,
      LocalDate objectionUntil,
      String state,
      LocalDate decidedOn,
      String decisionNo,
      boolean early,
      LocalDate nextOn,
      String nextState,
      List<Source> sources) {}

  /** A follow-up duty. */
  public record Duty(String kind, String item, LocalDate due, String state, String record) {}

  /** A licence. */
  public record Licence(
      String number,
      String name,
      String authority,
      LocalDate from,
      LocalDate until,
      String state,
      String record) {}

  /** Another firm and how it is related; {@code since} is known of successions only. */
  public record Relation(
      String relation, String code, String name, String registerStatus, LocalDate since) {}

  /** What kind of event within its type, with its labels. */
  public record Category(String code, String zh, String en) {
    String label(String language) {
      return language.equals("en") ? en : zh;
    }

    /** The label with its code; the code alone where it has no label. */
    String full(String language) {
      return label(language).equals(code) ? code : label(language) + " (" + code + ")";
    }
  }

  /** An event with its sources. */
  public record Event(
      String id,
      String type,
      LocalDate date,
      LocalDate knownAt,
      LocalDate until,
      String actNo,
      String authority,
      List<Category> categories,
      BigDecimal amount,
      String outcome,
      String severity,
      String status,
      LocalDate statusDate,
      List<Step> steps,
      List<Source> sources) {
    /** The event without the severity that our rules give it. */
    Event ungraded() {
      return new Event(
          id,
          type,
          date,
          knownAt,
          until,
          actNo,
          authority,
          categories,
          amount,
          outcome,
          null,
          status,
          statusDate,
          steps,
          sources);
    }
  }

  /**
   * A repair, objection or remedy that meets no act and so changes nothing.
   *
   * @param day day from which it would hold
   * @param status what it would make of the act
   * @param type type of the event that it names; null: any
   * @param reason number, authority or kind: what of the act that it names fits none
   */
  public record UnmetChange(
      LocalDate day,
      String status,
      String type,
      String actNo,
      String authority,
      String reason,
      LocalDate knownAt,
      Source source) {}

  /** What befell an act, such as a notice, an objection or a repair. */
  public record Step(LocalDate day, String step, LocalDate knownAt, Source source) {}

  /**
   * Where a line comes from.
   *
   * @param source source contract
   * @param record record id
   * @param file path of the delivered file; null: not known here
   * @param row row in that file; null: not known
   * @param linkedBy tier of the link that attached it; null: the register itself
   */
  public record Source(String source, String record, String file, Long row, String linkedBy) {}
}
