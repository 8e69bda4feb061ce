package credit.jobs.ingest;

import credit.schemas.Column;
import credit.schemas.SourceContract;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
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
 * Writes one source's rows as text into a Parquet file on their way to the staged table: numbered,
 * hashed, without personal columns. It is thrown away once the ledger has the deliveries.
 */
final class Landing implements Closeable {
  static final String DELIVERY = "_delivery";
  static final String ROW = "_row";
  static final String HASH = "_hash";
  static final String PROBLEM = "_problem";

  private final SourceContract source;
  private final PersonalData personal;
  private final MessageType schema;
  private final ParquetWriter<Group> writer;
  private final MessageDigest sha256;

  Landing(SourceContract source, PersonalData personal, Path file) throws IOException {
    this.source = source;
    this.personal = personal;
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

  private static MessageType schema(SourceContract source) {
    Types.MessageTypeBuilder builder = Types.buildMessage();
    builder
        .required(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(DELIVERY);
    builder.required(PrimitiveTypeName.INT64).named(ROW);
    builder.required(PrimitiveTypeName.BINARY).as(LogicalTypeAnnotation.stringType()).named(HASH);
    builder
        .optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(PROBLEM);
    for (Column column : source.storedColumns()) {
      builder
          .optional(PrimitiveTypeName.BINARY)
          .as(LogicalTypeAnnotation.stringType())
          .named(column.name());
    }
    return builder.named("landing");
  }

  void write(DeliveredFile file, long number, String[] cells, String problem) throws IOException {
    Group group = new SimpleGroup(schema);
    group.append(DELIVERY, file.sha256());
    group.append(ROW, number);
    if (problem != null) {
      group.append(PROBLEM, problem);
    }
    List<Column> columns = source.columns();
    for (int i = 0; i < cells.length; i++) {
      Column column = columns.get(i);
      if (!column.stored()) {
        continue;
      }
      String value = clean(column, cells[i]);
      sha256.update((value == null ? "" : value).getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0x1F);
      if (value != null) {
        group.append(column.name(), value);
      }
    }
    group.append(HASH, HexFormat.of().formatHex(sha256.digest()));
    writer.write(group);
  }

  /** A cell as it may be stored: trimmed, half-width where it is a value, without persons. */
  private String clean(Column column, String cell) {
    if (cell == null) {
      return null;
    }
    String text = cell.strip().replace("\u0000", "");
    if (text.isEmpty()) {
      return null;
    }
    return switch (column.personal()) {
      case REDACT -> PersonalData.redact(text);
      case HMAC -> personal.key(text);
      case NONE, DROP ->
          isFreeText(column) ? text : Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
    };
  }

  private static boolean isFreeText(Column column) {
    return column.type() == Column.Type.STRING && column.codes() == null && column.check() == null;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
