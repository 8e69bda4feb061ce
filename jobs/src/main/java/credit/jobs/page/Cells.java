package credit.jobs.page;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Cells of a CSV file (RFC 4180). What departments wrote is not trusted: in a file that people open
 * in a spreadsheet, a text that it would run as a formula gets an apostrophe before it.
 */
public final class Cells {
  /** Stands at the head of a file for spreadsheets, so that they read it as UTF-8. */
  public static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final Pattern FORMULA = Pattern.compile("(?s)[=+\\-@\t\r\n].*");
  private static final Pattern QUOTED = Pattern.compile("(?s).*[\",\r\n].*");

  private Cells() {}

  /** One record for a spreadsheet, with its line end. */
  public static String line(List<?> values) {
    return String.join(",", values.stream().map(Cells::cell).toList()) + "\r\n";
  }

  /** One cell: defused where it is text, quoted where it must be. */
  private static String cell(Object value) {
    return quoted(value instanceof Number ? value.toString() : defused(value.toString()));
  }

  /** One record for a program, which runs no formulas: texts stay as they are. */
  public static String plainLine(List<String> cells) {
    return String.join(",", cells.stream().map(Cells::quoted).toList()) + "\r\n";
  }

  /** The text, in quotes where a comma, a quote or a line end makes that needed. */
  private static String quoted(String text) {
    return QUOTED.matcher(text).matches() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  /** The text with an apostrophe before it where a spreadsheet would take it for a formula. */
  public static String defused(String text) {
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  /** What {@link #defused} made of a text, undone. */
  public static String undefused(String text) {
    return text.startsWith("'") && FORMULA.matcher(text.substring(1)).matches()
        ? text.substring(1)
        : text;
  }
}
