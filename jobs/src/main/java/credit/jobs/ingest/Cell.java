package credit.jobs.ingest;

import credit.approval.id.IdScheme;
import credit.schemas.Column;
import credit.schemas.SchemaException;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the cells of one column as its contract says. A value is never guessed: a cell is read
 * exactly, or refused with a reason.
 */
final class Cell {
  /** Stands between the items of a list, where no text has it. */
  static final char ITEM = '\u001F';

  private static final LocalDate NO_END = LocalDate.of(2099, 12, 31);
  private static final int FIRST_YEAR = 1900;
  private static final int SHOWN = 200;
  private static final int LONGEST_NUMBER = 60;
  private static final Pattern DATE =
      Pattern.compile(
          "(\\d{4})(?:-(\\d{1,2})-(\\d{1,2})|/(\\d{1,2})/(\\d{1,2})|\\.(\\d{1,2})\\.(\\d{1,2})"
              + "|年(\\d{1,2})月(\\d{1,2})日|(\\d{2})(\\d{2}))(?:[ T]\\d{1,2}:\\d{2}.*)?");
  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d{1,18}(?:\\.\\d{1,6})?");
  private static final Pattern GROUPED = Pattern.compile("[-+]?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+), ?(\\d+)\\)");

  private final Column column;
  private final Map<String, String> codes;
  private final IdScheme scheme;
  private final Pattern separator;
  private final Pattern pattern;
  private final PersonalData personal;

  /**
   * A reader of one column.
   *
   * @param codes what the source may write → canonical code; null where any text will do
   */
  Cell(Column column, Map<String, String> codes, PersonalData personal) {
    this.column = column;
    this.codes = codes == null ? null : halfWidth(codes);
    this.scheme = column.check() == null ? null : scheme(column);
    this.separator = separator(column);
    this.pattern = column.pattern() == null ? null : Pattern.compile(column.pattern());
    this.personal = personal;
  }

  /** What parts the items of a list. */
  static Pattern separator(Column column) {
    return Pattern.compile(column.separator() == null ? "[;；,，、]" : column.separator());
  }

  private static IdScheme scheme(Column column) {
    try {
      return IdScheme.of(column.check());
    } catch (IllegalArgumentException e) {
      throw new SchemaException(
          "column '" + column.name() + "': " + e.getMessage() + "; correct its 'check'");
    }
  }

  /** Why a cell cannot be read; the value is masked where it is personal. */
  record Problem(String reason, String column, String value, String detail) {}

  /**
   * What a cell is: a value in canonical spelling (null: empty), or a problem.
   *
   * @param repaired the value is not what stands in the cell, but what its check digit proves
   */
  record Reading(String value, Problem problem, boolean repaired) {
    Reading(String value, Problem problem) {
      this(value, problem, false);
    }
  }

  /** Reads a cell. */
  Reading read(String cell) {
    String text = cell == null ? "" : CellText.strip(cell.replace("\u0000", "").replace(ITEM, ' '));
    if (text.isEmpty()) {
      return empty();
    }
    if (CellText.hasHalfCharacter(text)) {
      return refuse("text_unreadable", "***", "characters; half a character stands here");
    }
    if (text.codePointCount(0, text.length()) > column.maxLength()) {
      return refuse("text_too_long", text, "at most " + column.maxLength() + " characters");
    }
    return switch (column.personal()) {
      case REDACT -> new Reading(PersonalData.redact(text), null);
      case HMAC -> new Reading(personal.key(text), null);
      case NONE, DROP -> typed(text);
    };
  }

  private Reading empty() {
    return column.required() ? refuse("value_missing", "", "a value") : new Reading(null, null);
  }

  private Reading typed(String text) {
    String plain = isFreeText() ? text : Normalizer.normalize(text, Normalizer.Form.NFKC);
    plain = isFreeText() ? plain : CellText.strip(plain);
    if (plain.isEmpty()) {
      return empty();
    }
    if (pattern != null && !pattern.matcher(plain).matches()) {
      return refuse("pattern_mismatch", text, "what matches " + pattern);
    }
    return switch (column.type()) {
      case DATE -> CellText.hasNoPlainDigit(text) ? unreadableDate(text) : date(plain);
      case INTEGER, NUMBER ->
          CellText.hasNoPlainDigit(text) ? unreadableNumber(text) : number(plain);
      case BOOLEAN -> truth(plain);
      case ARRAY -> items(plain);
      case STRING, OBJECT, TIMESTAMP -> string(plain);
    };
  }

  private boolean isFreeText() {
    return column.type() == Column.Type.STRING && codes == null && scheme == null;
  }

  private Reading string(String text) {
    if (codes != null) {
      String code = codes.get(text);
      return code == null
          ? refuse("code_unknown", text, "a code of list " + column.codes())
          : new Reading(code, null);
    }
    return scheme == null ? new Reading(text, null) : identifier(text);
  }

  /**
   * O and I, which no scheme uses, are read as 0 and 1 where the check digit then proves the
   * reading. A person's identity number is no firm's code: it is left empty, or refused where a
   * value must stand, and never shown.
   */
  private Reading identifier(String text) {
    String code = scheme.normalise(text);
    String repaired = code.replace('O', '0').replace('I', '1');
    if (isPersons(text)) {
      return column.required() || column.key() || !column.keepUnchecked()
          ? refuse("code_of_a_person", "***", "a firm's code, not a person's identity number")
          : new Reading(null, null);
    }
    if (scheme.isValid(code)) {
      return new Reading(code, null);
    }
    if (scheme.isValid(repaired)) {
      return new Reading(repaired, null, true);
    }
    if (PersonalData.isResidentId(code)) {
      return column.keepUnchecked()
          ? new Reading(null, null)
          : refuse("code_check_digit", "***", "a firm's code; this is a person's number");
    }
    return column.keepUnchecked()
        ? new Reading(text, null)
        : refuse("code_check_digit", text, "a valid code of scheme " + column.check());
  }

  private static boolean isPersons(String text) {
    String code = IdScheme.USCC.normalise(text);
    return ResidentNumber.isValid(code)
        || ResidentNumber.isValid(code.replace('O', '0').replace('I', '1'));
  }

  private Reading items(String text) {
    List<String> items = new ArrayList<>();
    for (String part : separator.split(text, -1)) {
      String item = CellText.strip(part);
      if (item.isEmpty()) {
        continue;
      }
      String value = codes == null ? item : codes.get(item);
      if (value == null) {
        return refuse("code_unknown", text, "codes of list " + column.codes());
      }
      items.add(value);
    }
    if (items.isEmpty()) {
      return empty();
    }
    return new Reading(String.join(String.valueOf(ITEM), items), null);
  }

  /** The five usual spellings; a time of day behind the date is cut off. */
  private Reading date(String text) {
    Matcher parts = DATE.matcher(text);
    LocalDate day = parts.matches() ? day(parts) : null;
    if (day == null || day.getYear() < FIRST_YEAR) {
      return unreadableDate(text);
    }
    return new Reading(column.noEnd() && day.equals(NO_END) ? null : day.toString(), null);
  }

  private Reading unreadableDate(String text) {
    return refuse("date_unreadable", text, "a day such as 2026-06-30");
  }

  private Reading unreadableNumber(String text) {
    return refuse("number_unreadable", text, "a number");
  }

  private static LocalDate day(Matcher parts) {
    for (int month = 2; month < parts.groupCount(); month += 2) {
      if (parts.group(month) != null) {
        try {
          return LocalDate.of(
              Integer.parseInt(parts.group(1)),
              Integer.parseInt(parts.group(month)),
              Integer.parseInt(parts.group(month + 1)));
        } catch (DateTimeException noSuchDay) {
          return null;
        }
      }
    }
    return null;
  }

  /** Exact: what would lose a digit is refused, not rounded. */
  private Reading number(String text) {
    String digits = text.replaceAll("[\\s元¥]", "");
    if (digits.length() > LONGEST_NUMBER) {
      return unreadableNumber(text);
    }
    if (GROUPED.matcher(digits).matches()) {
      digits = digits.replace(",", "");
    }
    if (!NUMBER.matcher(digits).matches()) {
      return unreadableNumber(text);
    }
    BigDecimal value = new BigDecimal(digits);
    BigDecimal number = (column.wanYuan() ? value.movePointRight(4) : value).stripTrailingZeros();
    if (number.scale() > scale()) {
      return refuse("number_too_fine", text, "at most " + scale() + " decimals");
    }
    if (!fits(number)) {
      return refuse("number_too_large", text, "what " + column.sparkType() + " holds");
    }
    if (column.minimum() != null && number.compareTo(column.minimum()) < 0) {
      return refuse("number_too_small", text, "at least " + column.minimum());
    }
    if (column.maximum() != null && number.compareTo(column.maximum()) > 0) {
      return refuse("number_too_large", text, "at most " + column.maximum());
    }
    return new Reading(number.toPlainString(), null);
  }

  /** What the staged table cannot hold must not reach it: there it would end the run. */
  private boolean fits(BigDecimal number) {
    Matcher decimal = DECIMAL.matcher(column.sparkType());
    if (decimal.matches()) {
      int whole = Integer.parseInt(decimal.group(1)) - Integer.parseInt(decimal.group(2));
      return number.precision() - number.scale() <= whole;
    }
    int bits = column.sparkType().equals("INT") ? Integer.SIZE : Long.SIZE;
    return column.type() != Column.Type.INTEGER || number.toBigInteger().bitLength() < bits;
  }

  private int scale() {
    if (column.type() == Column.Type.INTEGER) {
      return 0;
    }
    Matcher decimal = DECIMAL.matcher(column.sparkType());
    return decimal.matches() ? Integer.parseInt(decimal.group(2)) : 6;
  }

  private Reading truth(String text) {
    return switch (text) {
      case "是", "1", "true", "TRUE", "Y", "y", "有" -> new Reading("true", null);
      case "否", "0", "false", "FALSE", "N", "n", "无" -> new Reading("false", null);
      default -> refuse("flag_unknown", text, "是 or 否");
    };
  }

  private Reading refuse(String reason, String value, String expected) {
    boolean masked =
        column.personal() != Column.Personal.NONE || PersonalData.hasNumberOfAPerson(value);
    String shown = masked ? "***" : start(value);
    return new Reading(null, new Problem(reason, column.name(), shown, expected));
  }

  /** The beginning, as long as a ledger needs; no character is cut in half. */
  private static String start(String value) {
    int end = Math.min(value.length(), SHOWN);
    boolean half = end < value.length() && Character.isHighSurrogate(value.charAt(end - 1));
    return value.substring(0, half ? end - 1 : end);
  }

  /** Cells are half-width when they are compared; so must be what they are compared with. */
  private static Map<String, String> halfWidth(Map<String, String> codes) {
    Map<String, String> narrow = new TreeMap<>();
    codes.forEach(
        (code, canonical) ->
            narrow.put(Normalizer.normalize(code, Normalizer.Form.NFKC).strip(), canonical));
    return narrow;
  }
}
