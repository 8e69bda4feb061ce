package credit.approval.format;

import java.time.LocalDate;

/**
 * Days as numbers such as 20260630, which have the days' order, read from bytes without objects.
 */
public final class PackedDay {
  /** Bytes of a day in a file. */
  public static final int LENGTH = 10;

  private static final int NONE = -1;

  private PackedDay() {}

  /** A day beyond the year 9999, which no file can name, is after all that files name. */
  public static int of(LocalDate day) {
    int year = Math.max(-9_999, Math.min(day.getYear(), 99_999));
    return year * 10_000 + day.getMonthValue() * 100 + day.getDayOfMonth();
  }

  /** The day that stands at an offset of bytes that were checked before. */
  public static int at(byte[] data, int offset) {
    return digits(data, offset, 4) * 10_000
        + digits(data, offset + 5, 2) * 100
        + digits(data, offset + 8, 2);
  }

  /** The same of bytes that were not; negative if they are not digits with hyphens between. */
  static int read(byte[] data, int offset) {
    if (data[offset + 4] != '-' || data[offset + 7] != '-') {
      return NONE;
    }
    int year = checked(data, offset, 4);
    int month = checked(data, offset + 5, 2);
    int day = checked(data, offset + 8, 2);
    return year < 0 || month < 0 || day < 0 ? NONE : year * 10_000 + month * 100 + day;
  }

  /** Whether it is a day without a look at the calendar: one that each month of each year has. */
  static boolean isInEveryMonth(int packed) {
    int month = packed / 100 % 100;
    int day = packed % 100;
    return packed > 0 && month >= 1 && month <= 12 && day >= 1 && day <= 28;
  }

  private static int checked(byte[] data, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      if (data[i] < '0' || data[i] > '9') {
        return NONE;
      }
    }
    return digits(data, offset, count);
  }

  private static int digits(byte[] data, int offset, int count) {
    int value = 0;
    for (int i = offset; i < offset + count; i++) {
      value = value * 10 + data[i] - '0';
    }
    return value;
  }
}
