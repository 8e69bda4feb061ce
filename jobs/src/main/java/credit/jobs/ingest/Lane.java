package credit.jobs.ingest;

import credit.schemas.CodeList;
import credit.schemas.Column;
import credit.schemas.SourceContract;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;

/** Reads rows of one source cell by cell, hashes them and writes them into one file. */
final class Lane implements Closeable {
  /** Between the problems of a row, and between the parts of a problem. */
  static final String PROBLEM = "\u001E";

  static final String PART = "\u001F";

  private final List<Column> columns;
  private final Cell[] cells;
  private final int stored;
  private final ParquetWriter<LandedRow> writer;
  private final MessageDigest sha256;

  Lane(SourceContract source, Map<String, CodeList> codes, PersonalData personal, Path file)
      throws IOException {
    this.columns = source.columns();
    this.cells =
        columns.stream()
            .map(c -> c.stored() ? new Cell(c, mapping(c, codes, source.id()), personal) : null)
            .toArray(Cell[]::new);
    this.stored = source.storedColumns().size();
    this.writer = LandingFile.writer(source, new LocalOutputFile(file));
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> mapping(
      Column column, Map<String, CodeList> codes, String source) {
    return column.codes() == null ? null : codes.get(column.codes()).mapping(source);
  }

  /**
   * One row of a file. Where cells may stand in the wrong columns none is kept: a phone could lie
   * under any header.
   *
   * @param delivered cells in the contract's order
   * @param malformed why the row is no row of the contract, or null
   */
  void write(
      DeliveredFile file, LocalDate knownAt, long number, List<String> delivered, String malformed)
      throws IOException {
    List<Cell.Problem> problems = new ArrayList<>(0);
    if (malformed != null) {
      problems.add(new Cell.Problem("row_malformed", "", "", malformed));
    }
    List<String> repaired = new ArrayList<>(0);
    String[] values = new String[stored];
    int at = 0;
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] == null) {
        continue;
      }
      Cell.Reading reading =
          malformed == null ? cells[i].read(delivered.get(i)) : new Cell.Reading(null, null);
      if (reading.problem() != null) {
        problems.add(reading.problem());
      }
      if (reading.repaired()) {
        repaired.add(columns.get(i).name());
      }
      hash(reading);
      values[at++] = reading.value();
    }
    String hash = HexFormat.of().formatHex(sha256.digest());
    writer.write(
        new LandedRow(
            file,
            knownAt,
            number,
            Arrays.asList(values),
            hash,
            repaired,
            problems.isEmpty() ? null : encode(problems)));
  }

  private void hash(Cell.Reading reading) {
    String seen = reading.problem() == null ? reading.value() : reading.problem().value();
    if (seen != null) {
      sha256.update(seen.getBytes(StandardCharsets.UTF_8));
    }
    sha256.update((byte) 0x1E);
  }

  private static String encode(List<Cell.Problem> problems) {
    return problems.stream()
        .map(p -> List.of(p.reason(), p.column(), p.value(), p.detail()))
        .map(
            parts ->
                parts.stream()
                    .map(p -> p.replace(PROBLEM, " ").replace(PART, " "))
                    .map(
                        p -> new String(p.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .collect(Collectors.joining(PART)))
        .collect(Collectors.joining(PROBLEM));
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
