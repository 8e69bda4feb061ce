package credit.jobs.ingest;

import credit.jobs.warehouse.Failure;
import credit.schemas.SourceContract;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of files as they stand there, for those who correct them. */
public final class DeliveredRows {
  /** The header by which a sheet of quarantined rows is told from a delivery. */
  public static final String SHEET_ROW = "quarantine_row";

  private static final char[] DELIMITERS = {',', ';', '\t'};

  private DeliveredRows() {}

  /** Takes rows one by one. */
  public interface Sink {
    /**
     * One data row.
     *
     * @param number 1 for the first row of the file
     * @param cells in the order of the contract's columns; null where the file has none
     * @param malformed whether the cells may stand in the wrong columns
     */
    void row(long number, List<String> cells, boolean malformed) throws IOException;
  }

  /**
   * Reads a delivered file again.
   *
   * @param sha256 what its bytes were when they were delivered
   * @throws Failure (exit code 3) if the file is gone, is another one by now, or cannot be read
   */
  public static void read(SourceContract source, Path file, String sha256, Sink sink) {
    if (!Files.isRegularFile(file) || !DeliveryFolder.sha256(file).equals(sha256)) {
      throw Failure.badInput(
          "%s is not there any more as it was delivered; put it back, or correct the whole file and"
              + " give it back with --correct",
          file);
    }
    String name = file.getFileName().toString();
    try {
      Path scratch = Files.createTempDirectory("credit-delivered");
      try {
        RowFormat.read(
            new DeliveredFile(source, file, name, LocalDate.EPOCH, sha256),
            scratch,
            (number, cells, problem) -> sink.row(number, Arrays.asList(cells), problem != null));
      } finally {
        Files.delete(scratch);
      }
    } catch (IOException e) {
      throw Failure.environment(
          e, "no temporary folder can be used (%s); free the disk", e.getMessage());
    } catch (BadFile e) {
      throw Failure.badInput(
          "%s: %s; correct the whole file and give it back with --correct", file, e.getMessage());
    }
  }

  /**
   * Whether a cell holds what looks like a person's identity number or a phone number, wherever it
   * stands.
   */
  public static boolean isPersonal(String cell) {
    return PersonalData.hasNumberOfAPerson(cell);
  }

  /**
   * The rows of a CSV file that somebody saved from a spreadsheet: in UTF-8 or GB18030, with
   * commas, semicolons or tabs.
   *
   * @param marker a header that tells such a file from others
   * @return cells by header; empty if the file has no such header
   * @throws Failure (exit code 2) if it cannot be read
   */
  public static Optional<List<Map<String, String>>> csv(Path file, String marker) {
    try {
      Charset charset = Text.detect(file);
      for (char delimiter : DELIMITERS) {
        List<List<String>> lines = lines(file, charset, delimiter);
        if (!lines.isEmpty() && lines.get(0).contains(marker)) {
          List<String> header = lines.get(0);
          return Optional.of(lines.stream().skip(1).map(line -> byHeader(header, line)).toList());
        }
      }
      return Optional.empty();
    } catch (BadFile e) {
      throw Failure.usage("%s: %s", file, e.getMessage());
    } catch (IOException | UncheckedIOException e) {
      throw Failure.usage("%s cannot be read (%s)", file, e.getMessage());
    }
  }

  private static List<List<String>> lines(Path file, Charset charset, char delimiter)
      throws IOException {
    try (Reader text = Text.open(file, charset);
        CsvReader<CsvRecord> rows =
            CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowMissingFields(true)
                .allowExtraFields(true)
                .ofCsvRecord(text)) {
      return rows.stream().map(CsvRecord::getFields).toList();
    } catch (CsvParseException notThisDelimiter) {
      return List.of();
    }
  }

  private static Map<String, String> byHeader(List<String> header, List<String> line) {
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(header.size(), line.size()); i++) {
      cells.put(header.get(i), line.get(i));
    }
    return cells;
  }
}
