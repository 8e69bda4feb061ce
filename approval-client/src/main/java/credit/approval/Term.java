package credit.approval;

import credit.approval.format.PackedDay;

/**
 * From when until when a row holds, half-open, as one number: 27 bits the first day, 27 the day
 * after the last. It is negative, and so never taken for a row's number.
 */
final class Term {
  private static final long IS_TERM = 1L << 63;
  private static final int BITS = 27;
  private static final long OPEN = (1L << BITS) - 1;

  private Term() {}

  /** The term that stands at that place of checked bytes: {@code from,until} or {@code from,}. */
  static long at(byte[] data, int from) {
    int until = from + PackedDay.LENGTH + 1;
    long end = isDigit(data[until]) ? PackedDay.at(data, until) : OPEN;
    return IS_TERM | (long) PackedDay.at(data, from) << BITS | end;
  }

  static boolean is(long number) {
    return number < 0;
  }

  static boolean holdsOn(long term, int packedDay) {
    long until = term & OPEN;
    return (term & ~IS_TERM) >>> BITS <= packedDay && (until == OPEN || packedDay < until);
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }
}
