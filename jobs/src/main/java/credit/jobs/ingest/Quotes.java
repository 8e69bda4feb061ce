package credit.jobs.ingest;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds quotes that were opened and not closed where their cell ends. The rows that such a cell
 * swallows would be missing, and nobody would know: the file is refused, with the line.
 */
final class Quotes {
  private static final Pattern LINE_END = Pattern.compile("\r\n|\n|\r");
  private static final String REMEDY =
      "; close it where its cell ends, and double the quotes that belong to a text";

  /** Longer than any text of an officer. */
  private static final int MOST_LINES = 200;

  /** A line of a text may hold as many delimiters as a record by chance, if these are few. */
  private static final int BY_CHANCE = 4;

  private final char delimiter;
  private final int columns;

  /**
   * For one file.
   *
   * @param columns cells of its header
   */
  Quotes(char delimiter, int columns) {
    this.delimiter = delimiter;
    this.columns = columns;
  }

  /** Refuses a record with a cell that runs over what looks like further records. */
  void check(CsvRecord record, CsvRecord next) throws BadFile {
    if (next.getStartingLineNumber() - record.getStartingLineNumber() <= 1) {
      return;
    }
    long line = record.getStartingLineNumber();
    for (String cell : record.getFields()) {
      String[] lines = LINE_END.split(cell, -1);
      if (lines.length > MOST_LINES || holdsRecords(lines)) {
        throw new BadFile(
            "the quote that opens in line %d runs on to line %d, over what look like further records%s"
                .formatted(line, line + lines.length - 1, REMEDY));
      }
      line += lines.length - 1;
    }
  }

  /** Whether whole lines have the delimiters of a record, too many of them to be chance. */
  private boolean holdsRecords(String[] lines) {
    long delimiters = 0;
    for (int i = 1; i + 1 < lines.length; i++) {
      long found = lines[i].chars().filter(c -> c == delimiter).count();
      delimiters += found == columns - 1 ? found : 0;
    }
    return delimiters > BY_CHANCE;
  }

  /** For the last record of a file, whose last cell never ended. */
  static BadFile unclosed(CsvRecord record) {
    List<String> before = record.getFields().subList(0, record.getFieldCount() - 1);
    long line = record.getStartingLineNumber();
    for (String cell : before) {
      line += LINE_END.split(cell, -1).length - 1;
    }
    return new BadFile("the quote that opens in line " + line + " is never closed" + REMEDY);
  }

  /** For a quote that ends a cell in its middle. */
  static BadFile misplaced(CsvParseException e) {
    String cause = e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")";
    return new BadFile(
        "not readable as CSV: "
            + e.getMessage()
            + cause
            + "; a quote there is not closed, or not doubled");
  }
}
