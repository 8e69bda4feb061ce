package credit.jobs.ingest;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipException;

/** Reads a delivered file's rows in the order of its contract's columns. */
final class RowFormat {
  private RowFormat() {}

  /** Takes the rows of a file one by one. */
  interface Sink {
    /**
     * One data row.
     *
     * @param number 1 for the first row after the header
     * @param cells one for each column of the contract; null where the file has none
     * @param problem why the row cannot be read as the contract says, or null
     */
    void row(long number, String[] cells, String problem) throws IOException;
  }

  /**
   * What was seen of a file as a whole.
   *
   * @param charset its encoding; null where the format leaves no choice
   * @param rows data rows
   * @param unknown headers that no column claims
   */
  record Seen(String charset, long rows, List<String> unknown) {}

  /**
   * Reads a file to its end.
   *
   * @param scratch a folder for what must be unpacked first; nothing stays in it
   * @throws BadFile if the file must stay out whole
   */
  static Seen read(DeliveredFile file, Path scratch, Sink sink) throws BadFile {
    try {
      return read(file, name(file), scratch, sink);
    } catch (EOFException | ZipException e) {
      throw new BadFile("the file is cut or no gzip (" + e.getMessage() + "); deliver it again");
    } catch (CharacterCodingException e) {
      throw new BadFile("the text has bytes that no character has; save it as UTF-8");
    } catch (UncheckedIOException | IOException e) {
      throw new BadFile("the file cannot be read to its end: " + rootMessage(e));
    }
  }

  private static String name(DeliveredFile file) {
    String name = file.path().getFileName().toString().toLowerCase(Locale.ROOT);
    return name.replaceFirst("\\.gz$", "");
  }

  private static Seen read(DeliveredFile file, String name, Path scratch, Sink sink)
      throws IOException, BadFile {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "csv", "tsv", "txt" -> CsvRows.read(file, Text.detect(file.path()), sink);
      case "jsonl", "ndjson" -> JsonRows.read(file, Text.detect(file.path()), sink);
      case "xlsx" -> {
        try (Unpacked workbook = Unpacked.of(file, scratch)) {
          yield WorkbookRows.read(file.source(), workbook.path(), sink);
        }
      }
      case "parquet" -> {
        try (Unpacked plain = Unpacked.of(file, scratch)) {
          yield ParquetRows.read(file.source(), plain.path(), sink);
        }
      }
      case "xls" ->
          throw new BadFile(
              "workbooks of the old kind (.xls) are not read; open it and save it as .xlsx");
      default ->
          throw new BadFile(
              "files ending like '"
                  + name
                  + "' are not read; deliver .csv, .tsv, .jsonl, .xlsx or .parquet");
    };
  }

  /** What went wrong at first. */
  static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
