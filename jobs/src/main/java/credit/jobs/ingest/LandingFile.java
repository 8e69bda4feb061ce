package credit.jobs.ingest;

import credit.schemas.Column;
import credit.schemas.SourceContract;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.types.StructType;

/** The Parquet form of landed rows: the contract's types, so that Spark reads them as they are. */
final class LandingFile extends WriteSupport<LandedRow> {
  static final String DELIVERY = "_delivery";
  static final String KNOWN = "_known_at";
  static final String DECLARED = "_declared_on";
  static final String ROW = "_row";
  static final String HASH = "_hash";
  static final String REPAIRED = "_repaired";
  static final String PROBLEMS = "_problems";

  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+), ?(\\d+)\\)");
  private static final int LONG_DIGITS = 18;

  private final MessageType schema;
  private final List<BiConsumer<RecordConsumer, String>> cells = new ArrayList<>();
  private RecordConsumer out;

  private LandingFile(List<Column> columns) {
    List<Type> fields = new ArrayList<>();
    for (Column column : columns) {
      fields.add(field(column));
      cells.add(writer(column));
    }
    fields.add(text(DELIVERY));
    fields.add(date(KNOWN));
    fields.add(date(DECLARED));
    fields.add(Types.required(PrimitiveTypeName.INT64).named(ROW));
    fields.add(text(HASH));
    fields.add(text(REPAIRED));
    fields.add(text(PROBLEMS));
    this.schema = new MessageType("landing", fields);
  }

  /** A writer of one source's landed rows. */
  static ParquetWriter<LandedRow> writer(SourceContract source, OutputFile file)
      throws java.io.IOException {
    return new Builder(file, new LandingFile(source.storedColumns()))
        .withCompressionCodec(CompressionCodecName.SNAPPY)
        .build();
  }

  /** The schema of one source's landed rows, for Spark. */
  static StructType schema(SourceContract source) {
    StringBuilder ddl = new StringBuilder();
    source
        .storedColumns()
        .forEach(c -> ddl.append('`').append(c.name()).append("` ").append(type(c)).append(", "));
    return StructType.fromDDL(
        ddl
            + "%s STRING, %s DATE, %s DATE, %s BIGINT, %s STRING, %s STRING, %s STRING"
                .formatted(DELIVERY, KNOWN, DECLARED, ROW, HASH, REPAIRED, PROBLEMS));
  }

  /** What Spark reads before a column is cast to its contract's type. */
  private static String type(Column column) {
    return switch (column.type()) {
      case DATE -> "DATE";
      case BOOLEAN -> "BOOLEAN";
      case ARRAY -> "ARRAY<STRING>";
      case INTEGER -> "BIGINT";
      case NUMBER -> isShortDecimal(column) ? column.sparkType() : "STRING";
      case STRING, OBJECT, TIMESTAMP -> "STRING";
    };
  }

  private static Type field(Column column) {
    String name = column.name();
    return switch (column.type()) {
      case DATE -> date(name);
      case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(name);
      case INTEGER -> Types.optional(PrimitiveTypeName.INT64).named(name);
      case ARRAY ->
          Types.optionalList()
              .optionalElement(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(name);
      case NUMBER ->
          isShortDecimal(column)
              ? Types.optional(PrimitiveTypeName.INT64)
                  .as(LogicalTypeAnnotation.decimalType(scale(column), precision(column)))
                  .named(name)
              : text(name);
      case STRING, OBJECT, TIMESTAMP -> text(name);
    };
  }

  private static BiConsumer<RecordConsumer, String> writer(Column column) {
    return switch (column.type()) {
      case DATE -> (out, text) -> out.addInteger((int) LocalDate.parse(text).toEpochDay());
      case BOOLEAN -> (out, text) -> out.addBoolean(Boolean.parseBoolean(text));
      case INTEGER -> (out, text) -> out.addLong(Long.parseLong(text));
      case ARRAY -> (out, text) -> addItems(out, text);
      case NUMBER -> isShortDecimal(column) ? decimals(scale(column)) : texts();
      case STRING, OBJECT, TIMESTAMP -> texts();
    };
  }

  private static BiConsumer<RecordConsumer, String> decimals(int scale) {
    return (out, text) ->
        out.addLong(new BigDecimal(text).setScale(scale).unscaledValue().longValueExact());
  }

  private static BiConsumer<RecordConsumer, String> texts() {
    return LandingFile::addText;
  }

  private static boolean isShortDecimal(Column column) {
    return DECIMAL.matcher(column.sparkType()).matches() && precision(column) <= LONG_DIGITS;
  }

  private static int precision(Column column) {
    return part(column, 1);
  }

  private static int scale(Column column) {
    return part(column, 2);
  }

  private static int part(Column column, int group) {
    Matcher decimal = DECIMAL.matcher(column.sparkType());
    if (!decimal.matches()) {
      throw new IllegalStateException(column.sparkType());
    }
    return Integer.parseInt(decimal.group(group));
  }

  private static Type text(String name) {
    return Types.optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  private static Type date(String name) {
    return Types.optional(PrimitiveTypeName.INT32).as(LogicalTypeAnnotation.dateType()).named(name);
  }

  private static void addText(RecordConsumer out, String text) {
    out.addBinary(Binary.fromString(text));
  }

  private static void addItems(RecordConsumer out, String text) {
    out.startGroup();
    out.startField("list", 0);
    for (String item : text.split(String.valueOf(Cell.ITEM), -1)) {
      out.startGroup();
      out.startField("element", 0);
      addText(out, item);
      out.endField("element", 0);
      out.endGroup();
    }
    out.endField("list", 0);
    out.endGroup();
  }

  /** The library still demands the old form beside the new one. */
  @Override
  @SuppressWarnings("deprecation")
  public WriteContext init(Configuration configuration) {
    return new WriteContext(schema, Map.of());
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(schema, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.out = consumer;
  }

  @Override
  public void write(LandedRow row) {
    out.startMessage();
    int at = 0;
    for (String value : row.values()) {
      add(at, value, cells.get(at));
      at++;
    }
    add(at++, row.file().sha256(), texts());
    addDay(at++, row.knownAt());
    addDay(at++, row.file().declaredOn());
    out.startField(ROW, at);
    out.addLong(row.number());
    out.endField(ROW, at++);
    add(at++, row.hash(), texts());
    add(at++, row.repaired().isEmpty() ? null : String.join(",", row.repaired()), texts());
    add(at, row.problems(), texts());
    out.endMessage();
  }

  private void add(int at, String value, BiConsumer<RecordConsumer, String> writer) {
    if (value != null) {
      String name = schema.getFieldName(at);
      out.startField(name, at);
      writer.accept(out, value);
      out.endField(name, at);
    }
  }

  private void addDay(int at, LocalDate day) {
    String name = schema.getFieldName(at);
    out.startField(name, at);
    out.addInteger((int) day.toEpochDay());
    out.endField(name, at);
  }

  private static final class Builder extends ParquetWriter.Builder<LandedRow, Builder> {
    private final LandingFile form;

    Builder(OutputFile file, LandingFile form) {
      super(file);
      this.form = form;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation")
    protected WriteSupport<LandedRow> getWriteSupport(Configuration configuration) {
      return form;
    }

    @Override
    protected WriteSupport<LandedRow> getWriteSupport(ParquetConfiguration configuration) {
      return form;
    }
  }
}
