package credit.schemas;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Working days: Monday to Friday, less the holidays, plus the weekend days worked in exchange.
 *
 * @param holidays weekdays and weekend days off
 * @param workdays weekend days worked in exchange
 */
public record HolidayCalendar(Set<LocalDate> holidays, Set<LocalDate> workdays) {

  /** Whether offices are open. */
  public boolean isWorkingDay(LocalDate day) {
    boolean weekend =
        day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    return workdays.contains(day) || (!weekend && !holidays.contains(day));
  }

  static HolidayCalendar weekendsOnly() {
    return new HolidayCalendar(Set.of(), Set.of());
  }

  private static final List<String> HEADER = List.of("date", "kind", "name");

  static HolidayCalendar of(String file, String text) {
    Set<LocalDate> holidays = new TreeSet<>();
    Set<LocalDate> workdays = new TreeSet<>();
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      for (NamedCsvRecord row : reader) {
        int line = (int) row.getStartingLineNumber();
        if (!row.getHeader().equals(HEADER)) {
          throw SchemaException.at(file, 1, "the header is wrong", "write " + HEADER);
        }
        if (row.getFieldCount() != HEADER.size()) {
          throw SchemaException.at(
              file, line, "the row has a wrong number of cells", "write " + HEADER);
        }
        LocalDate day = date(file, line, row.getField("date"));
        switch (row.getField("kind")) {
          case "holiday" -> holidays.add(day);
          case "workday" -> workdays.add(day);
          default ->
              throw SchemaException.at(
                  file, line, "kind is '" + row.getField("kind") + "'", "write holiday or workday");
        }
      }
    } catch (CsvParseException e) {
      throw SchemaException.at(file, 1, "not CSV: " + e.getMessage(), "correct the file");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new HolidayCalendar(
        Collections.unmodifiableSet(holidays), Collections.unmodifiableSet(workdays));
  }

  private static LocalDate date(String file, int line, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw SchemaException.at(file, line, "'" + text + "' is not a date", "write yyyy-mm-dd");
    }
  }
}
