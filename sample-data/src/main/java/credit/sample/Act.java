package credit.sample;

import java.time.LocalDate;

/**
 * A legal act that stands against a firm and can be repaired, objected to or lifted.
 *
 * @param kind the department's word for its kind, as repairs name it
 * @param delivery the delivery that first brought it
 */
record Act(String kind, String number, String authority, LocalDate date, Row row, int delivery) {
  static final String PENALTY = "行政处罚";
  static final String SERIOUS = "严重违法失信";
  static final String PROMISE = "虚假承诺";
  static final String DEBTOR = "失信被执行人";
  static final String OTHER_DOMAIN = "其他领域严重失信";
}
