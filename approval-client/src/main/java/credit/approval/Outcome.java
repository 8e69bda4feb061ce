package credit.approval;

/** The answer to "may the simplified handling be used?". Only {@link #CLEAR} permits. */
public enum Outcome {
  /** Nothing bars the firm on that day, in all sources that the answer needs. */
  CLEAR,
  /** An entry of the list bars the firm. */
  RESTRICTED,
  /** The mode is not open for the item, whoever applies; it says nothing about the firm. */
  ITEM_NOT_ELIGIBLE,
  /** The applicant has no code yet, so no list can speak for it. */
  NEW_APPLICANT,
  /** The code does not pass its scheme's check: nearly always a typing error. */
  INVALID_CODE,
  /** The lists do not speak for this firm, item or day, or a source is not complete. */
  OUT_OF_COVERAGE,
  /** The list is too old for an answer. */
  STALE,
  /** There is no list that could be verified. */
  UNAVAILABLE
}
