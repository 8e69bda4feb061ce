package credit.jobs.ingest;

import credit.schemas.Column;
import credit.schemas.SourceContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** Rows of a Parquet file; of its columns only those are read that the contract stores. */
final class ParquetRows {
  private static final int FOOTER = 12;
  private static final List<String> SEPARATORS = List.of(";", ",", "|", "、", "；", "，", "/", " ");

  private final Header header;
  private final MessageType asked;
  private final List<Converter> converters = new ArrayList<>();
  private String[] cells;
  private String problem;

  private ParquetRows(SourceContract source, MessageType schema) throws BadFile {
    this.header = Header.match(source, schema.getFields().stream().map(Type::getName).toList());
    List<Type> fields = new ArrayList<>();
    for (int i = 0; i < source.columns().size(); i++) {
      Column column = source.columns().get(i);
      if (header.cells().get(i) >= 0 && column.stored()) {
        Type field = schema.getType(header.cells().get(i));
        fields.add(field);
        converters.add(converter(column, i, field));
      }
    }
    if (fields.isEmpty()) {
      throw new BadFile(
          "it has none of the contract's columns; found " + header.unknown() + "; correct them");
    }
    this.asked = new MessageType(schema.getName(), fields);
  }

  static RowFormat.Seen read(SourceContract source, Path file, RowFormat.Sink sink)
      throws IOException, BadFile {
    try (ParquetFileReader reader = open(file)) {
      ParquetRows rows = of(source, reader);
      return rows.read(reader, sink);
    }
  }

  private static ParquetRows of(SourceContract source, ParquetFileReader reader) throws BadFile {
    try {
      ParquetRows rows = new ParquetRows(source, reader.getFileMetaData().getSchema());
      rows.requireMemory(reader.getRowGroups());
      reader.setRequestedSchema(rows.asked);
      return rows;
    } catch (RuntimeException e) {
      throw unreadable(e);
    }
  }

  private static ParquetFileReader open(Path file) throws IOException, BadFile {
    LocalInputFile input = new LocalInputFile(file);
    if (input.getLength() < FOOTER) {
      throw new BadFile("the file is empty or cut; deliver it again");
    }
    try {
      return ParquetFileReader.open(
          input,
          ParquetReadOptions.builder(new PlainParquetConfiguration())
              .usePageChecksumVerification()
              .build());
    } catch (RuntimeException | OutOfMemoryError e) {
      throw unreadable(e);
    }
  }

  /** Sizes in a damaged file ask for memory that nobody has: such a request harms nothing. */
  private static BadFile unreadable(Throwable e) {
    return new BadFile(
        "the file is cut or no Parquet file (" + RowFormat.rootMessage(e) + "); deliver it again");
  }

  /** What is asked of a row group is held in memory at once. */
  private void requireMemory(List<BlockMetaData> groups) throws BadFile {
    long most = Runtime.getRuntime().maxMemory() / 3;
    for (BlockMetaData group : groups) {
      long size = 0;
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        boolean wanted = asked.containsField(chunk.getPath().toArray()[0]);
        size += wanted ? chunk.getTotalSize() : 0;
      }
      if (size > most) {
        throw new BadFile(
            ("a row group takes %d MiB, and there is memory for %d; deliver smaller row groups,"
                    + " or give more memory with CREDIT_JAVA_OPTS")
                .formatted(size >> 20, most >> 20));
      }
    }
  }

  private RowFormat.Seen read(ParquetFileReader reader, RowFormat.Sink sink)
      throws IOException, BadFile {
    long number = 0;
    for (PageReadStore pages = next(reader); pages != null; pages = next(reader)) {
      RecordReader<String[]> records = records(reader, pages);
      for (long i = 0; i < pages.getRowCount(); i++) {
        problem = null;
        String[] row = next(records);
        sink.row(++number, row, problem);
      }
    }
    return new RowFormat.Seen(null, number, header.unknown());
  }

  private static PageReadStore next(ParquetFileReader reader) throws IOException, BadFile {
    try {
      return reader.readNextRowGroup();
    } catch (RuntimeException | OutOfMemoryError e) {
      throw unreadable(e);
    }
  }

  private RecordReader<String[]> records(ParquetFileReader reader, PageReadStore pages)
      throws BadFile {
    try {
      return new ColumnIOFactory()
          .getColumnIO(asked, reader.getFileMetaData().getSchema())
          .getRecordReader(pages, new Rows());
    } catch (RuntimeException | OutOfMemoryError e) {
      throw unreadable(e);
    }
  }

  private static String[] next(RecordReader<String[]> records) throws BadFile {
    try {
      return records.read();
    } catch (RuntimeException | OutOfMemoryError e) {
      throw unreadable(e);
    }
  }

  private Converter converter(Column column, int cell, Type field) throws BadFile {
    Type item = item(field);
    if (!item.isPrimitive() || !ParquetValue.isReadable(item.asPrimitiveType())) {
      throw new BadFile(
          "the column '%s' holds %s; deliver it as plain values"
              .formatted(field.getName(), String.valueOf(item).replaceAll("\\s+", " ")));
    }
    PrimitiveType type = item.asPrimitiveType();
    if (field.isPrimitive() && !field.isRepetition(Type.Repetition.REPEATED)) {
      return new ParquetValue(
          type, text -> cells[cell] = text, what -> refuse(field.getName(), what));
    }
    if (column.type() != Column.Type.ARRAY) {
      throw new BadFile(
          "the column '" + field.getName() + "' holds lists; deliver one value for each row");
    }
    Items items = new Items(column, field, cell);
    Converter each = new ParquetValue(type, items::add, what -> refuse(field.getName(), what));
    for (Type level = field; !level.isPrimitive(); level = level.asGroupType().getType(0)) {
      each = within(each);
    }
    return each;
  }

  /** What a list holds, however its writer nested it; the field itself where it is no list. */
  private static Type item(Type field) {
    if (field.isPrimitive()
        || !(field.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)) {
      return field;
    }
    GroupType list = field.asGroupType();
    Type repeated = list.getFieldCount() == 1 ? list.getType(0) : list;
    boolean wrapped = !repeated.isPrimitive() && repeated.asGroupType().getFieldCount() == 1;
    return wrapped ? repeated.asGroupType().getType(0) : repeated;
  }

  private static GroupConverter within(Converter inner) {
    return new GroupConverter() {
      @Override
      public Converter getConverter(int field) {
        return inner;
      }

      @Override
      public void start() {}

      @Override
      public void end() {}
    };
  }

  private void refuse(String column, String what) {
    String told = "'" + column + "' " + what;
    problem = problem == null ? told : problem + "; " + told;
  }

  /** Items become one cell, as a contract's list is written elsewhere. */
  private final class Items {
    private final Pattern separates;
    private final String separator;
    private final String name;
    private final int cell;

    Items(Column column, Type field, int cell) throws BadFile {
      this.separates = Cell.separator(column);
      this.separator =
          SEPARATORS.stream()
              .filter(s -> separates.matcher(s).matches())
              .findFirst()
              .orElseThrow(
                  () ->
                      new BadFile(
                          "lists of '" + column.name() + "' cannot be joined; deliver texts"));
      this.name = field.getName();
      this.cell = cell;
    }

    void add(String item) {
      if (separates.matcher(item).find()) {
        refuse(name, "has an item that would become two; deliver it without separators");
      }
      cells[cell] = cells[cell] == null ? item : cells[cell] + separator + item;
    }
  }

  private final class Rows extends RecordMaterializer<String[]> {
    @Override
    public String[] getCurrentRecord() {
      return cells;
    }

    @Override
    public GroupConverter getRootConverter() {
      return new GroupConverter() {
        @Override
        public Converter getConverter(int field) {
          return converters.get(field);
        }

        @Override
        public void start() {
          cells = new String[header.cells().size()];
        }

        @Override
        public void end() {}
      };
    }
  }
}
