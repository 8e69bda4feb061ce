package credit.jobs.ingest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;

/** Days in workbooks: numbers that a format shows as days. */
final class WorkbookDay {
  private static final LocalDate FROM_1900 = LocalDate.of(1899, 12, 30);
  private static final LocalDate FROM_1904 = LocalDate.of(1904, 1, 1);

  /** 1900 was no leap year, but workbooks count a 29 February of it. */
  private static final int NO_SUCH_DAY = 60;

  private static final int LAST_YEAR = 9999;
  private static final BigDecimal SECONDS = BigDecimal.valueOf(86_400);

  /** Quoted and escaped text of a format, and what stands in brackets. */
  private static final Pattern NO_CODE = Pattern.compile("\"[^\"]*\"|\\\\.|[_*].|\\[[^\\]]*\\]");

  private static final Pattern DAY_CODE = Pattern.compile("[ydmhs]");

  private WorkbookDay() {}

  /** Whether the cell's format shows its number as a day or a time. */
  static boolean isShownBy(Cell cell) {
    Integer id = cell.getDataFormatId();
    String format = cell.getDataFormatString();
    if (format != null) {
      String first = NO_CODE.matcher(format).replaceAll("").split(";", 2)[0];
      return DAY_CODE.matcher(first.toLowerCase(Locale.ROOT)).find();
    }
    return id != null && isBuiltIn(id);
  }

  /** The formats that have a number only: Western, East Asian, and times. */
  private static boolean isBuiltIn(int id) {
    return (id >= 14 && id <= 22)
        || (id >= 27 && id <= 36)
        || (id >= 45 && id <= 47)
        || (id >= 50 && id <= 58);
  }

  /** The moment that a serial number means, to the second; empty where there is none. */
  static Optional<LocalDateTime> of(BigDecimal number, boolean from1904) {
    long seconds = number.multiply(SECONDS).setScale(0, RoundingMode.HALF_UP).longValue();
    long day = Math.floorDiv(seconds, SECONDS.longValue());
    LocalDate first = from1904 ? FROM_1904 : FROM_1900.plusDays(day < NO_SUCH_DAY ? 1 : 0);
    boolean exists = from1904 ? day >= 0 : day >= 1 && day != NO_SUCH_DAY;
    LocalDate date = exists && day < 1L << 22 ? first.plusDays(day) : null;
    return date == null || date.getYear() > LAST_YEAR
        ? Optional.empty()
        : Optional.of(date.atTime(0, 0).plusSeconds(seconds - day * SECONDS.longValue()));
  }
}
