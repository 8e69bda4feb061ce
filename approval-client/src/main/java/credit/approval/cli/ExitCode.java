package credit.approval.cli;

import credit.approval.Answer;

/** The exit codes that scripts of an approval system rely on. */
final class ExitCode {
  static final int PERMITTED = 0;
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int BAD_INPUT = 3;
  static final int ENVIRONMENT = 6;
  static final int RESTRICTED = 10;
  static final int NO_SAFE_ANSWER = 11;

  private ExitCode() {}

  static int of(Answer answer) {
    if (answer.historical()) {
      return NO_SAFE_ANSWER;
    }
    return switch (answer.outcome()) {
      case CLEAR -> PERMITTED;
      case RESTRICTED, ITEM_NOT_ELIGIBLE -> RESTRICTED;
      case NEW_APPLICANT, INVALID_CODE, OUT_OF_COVERAGE, STALE, UNAVAILABLE -> NO_SAFE_ANSWER;
    };
  }
}
