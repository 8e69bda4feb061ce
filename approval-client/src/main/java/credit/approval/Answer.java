package credit.approval;

import credit.approval.format.Coverage;
import credit.approval.format.Incentive;
import credit.approval.format.ItemRule;
import credit.approval.format.Mode;
import credit.approval.format.Restriction;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What was answered, on which list, and why.
 *
 * @param historical answered from an archived version; it shows what was known and never permits
 * @param idScheme scheme of the code; empty where no list names a default
 * @param code the code as looked up; empty for a new applicant
 * @param reasons stable reason codes, such as {@code source_incomplete:court}
 * @param restrictions the entries that bar the firm
 * @param itemRule the item's rule for the mode; null where none was asked or known
 * @param sources the sources searched, where the firm's record was looked at
 * @param incentives what the firm's good credit earns on that day
 * @param related answers for the entities that a new applicant names
 * @param list the list behind the answer; null where there is none
 */
public record Answer(
    Outcome outcome,
    boolean historical,
    String idScheme,
    String code,
    Mode mode,
    String item,
    LocalDate at,
    List<String> reasons,
    List<Restriction> restrictions,
    ItemRule itemRule,
    List<Coverage> sources,
    List<Incentive> incentives,
    List<Answer> related,
    ListStamp list,
    Instant checkedAt) {

  /**
   * The list version behind an answer.
   *
   * @param keyId the key that signed the manifest
   * @param expiresAt until when the version counts as current; null for an archived one
   * @param rulesPendingReview rules put to work although no officer confirmed them
   */
  public record ListStamp(
      String list,
      String scope,
      long version,
      String manifestSha256,
      String keyId,
      LocalDate asOf,
      LocalDate knownAt,
      Instant expiresAt,
      List<String> rulesPendingReview) {
    public ListStamp {
      rulesPendingReview = List.copyOf(rulesPendingReview);
    }
  }

  public Answer {
    reasons = Lines.unchangeable(reasons);
    restrictions = Lines.unchangeable(restrictions);
    sources = List.copyOf(sources);
    incentives = Lines.unchangeable(incentives);
    related = List.copyOf(related);
  }

  /**
   * Whether the simplified handling may be used: only where the outcome is CLEAR on a live list.
   */
  public boolean permitted() {
    return outcome == Outcome.CLEAR && !historical;
  }

  /** The answer as JSON, without blanks. */
  public String toJson() {
    return AnswerJson.write(this);
  }
}
