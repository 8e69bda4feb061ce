package credit.approval.format;

import credit.approval.id.IdScheme;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Fields to text and back, and what every row must hold. */
final class Rows {
  private static final String RECORD_SEPARATOR = ";";

  private Rows() {}

  static void requireKey(String idScheme, String code) {
    if (!IdScheme.of(idScheme).isValid(code)) {
      throw new IllegalArgumentException(
          "code '" + code + "' does not pass the check of scheme " + idScheme);
    }
  }

  static void requireInterval(String entry, LocalDate from, LocalDate until) {
    if (from == null) {
      throw new IllegalArgumentException(entry + ": the first day is missing");
    }
    if (until != null && !until.isAfter(from)) {
      throw new IllegalArgumentException(
          entry + ": the interval [" + from + ", " + until + ") is empty; leave the row out");
    }
  }

  static void requireText(String entry, String column, String value) {
    if (value == null || value.isEmpty()) {
      throw new IllegalArgumentException(entry + ": " + column + " is missing");
    }
  }

  static String orEmpty(String value) {
    return value == null ? "" : value;
  }

  static String date(LocalDate date) {
    return date == null ? "" : date.toString();
  }

  static LocalDate date(String text) {
    return text.isEmpty() ? null : requiredDate(text);
  }

  /** An ISO date of ten characters; a year beyond 9999 or a sign is not one. */
  static LocalDate requiredDate(String text) {
    try {
      if (text.length() == 10) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("'" + text + "' is not a date (yyyy-mm-dd)", e);
    }
    throw new IllegalArgumentException("'" + text + "' is not a date (yyyy-mm-dd)");
  }

  static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "' is not true or false");
    };
  }

  static int days(String text) {
    if (!text.matches("0|[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException("'" + text + "' is not a number of days");
    }
    return Integer.parseInt(text);
  }

  static String joined(List<String> records) {
    for (String record : records) {
      if (record.isEmpty() || record.contains(RECORD_SEPARATOR)) {
        throw new IllegalArgumentException(
            "record id '" + record + "' is empty or holds ';', which separates record ids");
      }
    }
    return String.join(RECORD_SEPARATOR, records);
  }

  static List<String> split(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(RECORD_SEPARATOR, -1));
  }
}
