package credit.jobs.ingest;

import credit.schemas.CodeList;
import credit.schemas.Column;
import credit.schemas.SourceContract;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * Writes one source's rows in canonical text into a Parquet file on their way to the staged table:
 * read cell by cell, numbered, hashed, without personal columns. It is thrown away once the ledger
 * has the deliveries.
 */
final class Landing implements Closeable {
  static final String DELIVERY = "_delivery";
  static final String ROW = "_row";
  static final String HASH = "_hash";
  static final String PROBLEMS = "_problems";

  /** Between the problems of a row, and between the parts of a problem. */
  static final String PROBLEM = "\u001E";

  static final String PART = "\u001F";

  private final List<Column> columns;
  private final List<Cell> cells;
  private final MessageType schema;
  private final ParquetWriter<Group> writer;
  private final MessageDigest sha256;

  Landing(SourceContract source, Map<String, CodeList> codes, PersonalData personal, Path file)
      throws IOException {
    this.columns = source.columns();
    this.cells =
        columns.stream().map(c -> new Cell(c, mapping(c, codes, source.id()), personal)).toList();
    this.schema = schema(source);
    Files.createDirectories(file.getParent());
    this.writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build();
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

  private static MessageType schema(SourceContract source) {
    Types.MessageTypeBuilder builder = Types.buildMessage();
    builder.required(PrimitiveTypeName.INT64).named(ROW);
    List<String> texts = new ArrayList<>(List.of(DELIVERY, HASH, PROBLEMS));
    source.storedColumns().forEach(c -> texts.add(c.name()));
    for (String text : texts) {
      builder.optional(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(text);
    }
    return builder.named("landing");
  }

  /**
   * One row of a file.
   *
   * @param values cells in the contract's order
   * @param malformed why the row is no row of the contract, or null
   */
  void write(DeliveredFile file, long number, String[] values, String malformed)
      throws IOException {
    Group group = new SimpleGroup(schema);
    List<Cell.Problem> problems = new ArrayList<>();
    if (malformed != null) {
      problems.add(new Cell.Problem("row_malformed", "", "", malformed));
    }
    for (int i = 0; i < values.length; i++) {
      Column column = columns.get(i);
      if (!column.stored()) {
        continue;
      }
      Cell.Reading reading = cells.get(i).read(values[i]);
      if (reading.problem() != null) {
        problems.add(reading.problem());
      }
      hash(reading);
      if (reading.value() != null) {
        group.append(column.name(), reading.value());
      }
    }
    group.append(DELIVERY, file.sha256());
    group.append(ROW, number);
    group.append(HASH, HexFormat.of().formatHex(sha256.digest()));
    if (!problems.isEmpty()) {
      group.append(PROBLEMS, encode(problems));
    }
    writer.write(group);
  }

  private void hash(Cell.Reading reading) {
    String seen = reading.problem() == null ? reading.value() : reading.problem().value();
    sha256.update((seen == null ? "" : seen).getBytes(StandardCharsets.UTF_8));
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
