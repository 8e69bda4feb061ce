package credit.jobs.ingest;

import credit.schemas.Column;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;

/**
 * The text of a workbook's cell as its column needs it: what a person sees there, or a problem.
 * Workbooks keep days as numbers and numbers with 15 digits; nothing that this spoilt is passed on.
 */
final class WorkbookCell {
  private static final Set<String> ERRORS =
      Set.of("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!");
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  /** Workbooks show, and keep for certain, so many digits. */
  private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_UP);

  private static final BigDecimal FIRST_UNCERTAIN = BigDecimal.TEN.pow(15);
  private static final int LONGEST_SCALE = 400;

  /** Without a date format, a number is a day from 1950 to 2099 or no day: 2025 is a year. */
  private static final int FIRST_PLAIN_DAY = 18_264;

  private static final int LAST_PLAIN_DAY = 73_050;

  private WorkbookCell() {}

  /** Why a cell cannot be passed on. */
  static final class Problem extends Exception {
    private static final long serialVersionUID = 1L;

    Problem(Cell cell, String what) {
      super(cell.getAddress() + " " + what, null, false, false);
    }
  }

  /** The text, as a label or a heading shows it; empty where there is none. */
  static String label(Cell cell) {
    Object value = cell == null ? null : cell.getValue();
    return value == null ? "" : unescaped(value.toString());
  }

  /**
   * The text for a column; null where the cell is empty.
   *
   * @param from1904 whether days are counted from 1904, as old Macs did
   */
  static String text(Cell cell, Column column, boolean from1904) throws Problem {
    Object value = cell.getValue();
    if (cell.getType() == CellType.ERROR || isFailedFormula(cell)) {
      throw new Problem(cell, "holds the error " + cell.getRawValue() + "; correct it");
    }
    if (isLost(cell)) {
      throw new Problem(cell, "names a text that the workbook has lost; write it anew");
    }
    if (value instanceof BigDecimal number) {
      return number(cell, column, number, from1904);
    }
    return value == null ? null : unescaped(value.toString());
  }

  /** Whether a person would see nothing there. */
  static boolean isBlank(Cell cell) {
    return cell.getType() != CellType.ERROR && !isLost(cell) && label(cell).isBlank();
  }

  /** A number of a shared text where no such text is. */
  private static boolean isLost(Cell cell) {
    return cell.getType() == CellType.STRING && cell.getValue() == null;
  }

  private static boolean isFailedFormula(Cell cell) {
    return cell.getType() == CellType.FORMULA
        && cell.getValue() instanceof String text
        && ERRORS.contains(text);
  }

  private static String number(Cell cell, Column column, BigDecimal number, boolean from1904)
      throws Problem {
    if (Math.abs((long) number.scale()) > LONGEST_SCALE
        || number.abs().compareTo(FIRST_UNCERTAIN) >= 0) {
      throw new Problem(
          cell,
          "is a number of more than 15 digits, of which a workbook loses some; write it as text");
    }
    boolean day = WorkbookDay.isShownBy(cell);
    return switch (column.type()) {
      case DATE ->
          day || isPlainDay(number)
              ? day(cell, number, from1904).toLocalDate().toString()
              : plain(number);
      case TIMESTAMP -> day ? day(cell, number, from1904).toString() : plain(number);
      default -> {
        if (day) {
          throw new Problem(cell, "is a day, and its column has none; write it as text");
        }
        yield padded(cell, plain(number));
      }
    };
  }

  private static LocalDateTime day(Cell cell, BigDecimal number, boolean from1904) throws Problem {
    return WorkbookDay.of(number, from1904)
        .orElseThrow(() -> new Problem(cell, "is a number that no day has; write the day"));
  }

  /** 1.1 is kept as 1.1000000000000001: as many digits as are shown say what was meant. */
  private static String plain(BigDecimal number) {
    return number.round(SHOWN).stripTrailingZeros().toPlainString();
  }

  /** A format of zeros shows the leading ones of a code that the number has lost. */
  private static String padded(Cell cell, String digits) {
    String format = cell.getDataFormatString();
    boolean pads = format != null && format.matches("0{2,}") && digits.matches("\\d+");
    return pads ? "0".repeat(Math.max(0, format.length() - digits.length())) + digits : digits;
  }

  private static boolean isPlainDay(BigDecimal number) {
    return number.compareTo(BigDecimal.valueOf(FIRST_PLAIN_DAY)) >= 0
        && number.compareTo(BigDecimal.valueOf(LAST_PLAIN_DAY + 1L)) < 0;
  }

  /** Characters that XML cannot hold, such as a carriage return, stand there by their number. */
  private static String unescaped(String text) {
    return text.contains("_x")
        ? ESCAPED
            .matcher(text)
            .replaceAll(
                m ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(m.group(1), 16))))
        : text;
  }
}
