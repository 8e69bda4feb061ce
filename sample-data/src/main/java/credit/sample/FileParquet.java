package credit.sample;

import credit.schemas.Column;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file in Parquet's plainest form: one row group, one page a column, no compression. Days are
 * days and figures numbers where all of a column's are; one that is none makes the column text.
 */
final class FileParquet {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};
  private static final int INT32 = 1;
  private static final int DOUBLE = 5;
  private static final int BYTE_ARRAY = 6;
  private static final int OPTIONAL = 1;
  private static final int REPEATED = 2;
  private static final int UTF8 = 0;
  private static final int AS_LIST = 3;
  private static final int AS_DATE = 6;
  private static final int NONE = -1;

  /** Definition level of an item that is there. */
  private static final int ITEM = 3;

  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final Pattern FIGURE = Pattern.compile("-?(0|[1-9]\\d{0,11})(\\.\\d{1,3})?");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Element> schema = new ArrayList<>();
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<Line> lines;

  private FileParquet(List<Line> lines) {
    this.lines = lines;
  }

  /** An element of the schema; -1 where it has no such part. */
  private record Element(String name, int type, int repetition, int children, int meaning) {}

  /** A column as it lies in the file. */
  private record Chunk(int type, List<String> path, int values, int at, int size) {}

  static byte[] bytes(Sheet sheet, List<Line> lines) {
    return new FileParquet(lines).write(sheet.columns());
  }

  private byte[] write(List<Column> columns) {
    out.writeBytes(MAGIC);
    schema.add(new Element("rows", NONE, NONE, columns.size(), NONE));
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      switch (column.type()) {
        case ARRAY -> list(column, i);
        case DATE -> days(column, i);
        case NUMBER, INTEGER -> figures(column, i);
        default -> texts(column, i);
      }
    }
    byte[] footer = Thrift.struct(this::footer);
    out.writeBytes(footer);
    little(out, footer.length, Integer.BYTES);
    out.writeBytes(MAGIC);
    return out.toByteArray();
  }

  private void days(Column column, int at) {
    if (filled(at).allMatch(l -> l.isDay(column.name()))) {
      plain(
          new Element(column.physicalName(), INT32, OPTIONAL, NONE, AS_DATE),
          at,
          (page, line) -> {
            LocalDate day = LocalDate.parse(line.row().cell(column.name()));
            little(page, day.toEpochDay(), Integer.BYTES);
          });
    } else {
      texts(column, at);
    }
  }

  private void figures(Column column, int at) {
    if (filled(at).allMatch(l -> FIGURE.matcher(l.cells()[at]).matches())) {
      plain(
          new Element(column.physicalName(), DOUBLE, OPTIONAL, NONE, NONE),
          at,
          (page, line) -> {
            double figure = Double.parseDouble(line.cells()[at]);
            little(page, Double.doubleToLongBits(figure), Double.BYTES);
          });
    } else {
      texts(column, at);
    }
  }

  private void texts(Column column, int at) {
    plain(
        new Element(column.physicalName(), BYTE_ARRAY, OPTIONAL, NONE, UTF8),
        at,
        (page, line) -> text(page, line.cells()[at]));
  }

  private Stream<Line> filled(int at) {
    return lines.stream().filter(l -> !l.cells()[at].isEmpty());
  }

  private void plain(Element element, int at, BiConsumer<ByteArrayOutputStream, Line> value) {
    schema.add(element);
    Levels defined = new Levels();
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    for (Line line : lines) {
      boolean filled = !line.cells()[at].isEmpty();
      defined.add(filled ? 1 : 0);
      if (filled) {
        value.accept(values, line);
      }
    }
    page(element.type(), List.of(element.name()), lines.size(), List.of(defined), values);
  }

  /** A group of a repeated group of items, as the format asks of lists. */
  private void list(Column column, int at) {
    String name = column.physicalName();
    schema.add(new Element(name, NONE, OPTIONAL, 1, AS_LIST));
    schema.add(new Element("list", NONE, REPEATED, 1, NONE));
    schema.add(new Element("element", BYTE_ARRAY, OPTIONAL, NONE, UTF8));
    Levels repeated = new Levels();
    Levels defined = new Levels();
    ByteArrayOutputStream values = new ByteArrayOutputStream();
    int count = 0;
    for (Line line : lines) {
      String cell = line.cells()[at];
      String[] items = cell.isEmpty() ? new String[] {""} : cell.split(column.separator(), -1);
      for (int i = 0; i < items.length; i++) {
        repeated.add(i == 0 ? 0 : 1);
        defined.add(cell.isEmpty() ? 0 : ITEM);
        if (!cell.isEmpty()) {
          text(values, items[i]);
        }
        count++;
      }
    }
    page(BYTE_ARRAY, List.of(name, "list", "element"), count, List.of(repeated, defined), values);
  }

  private void page(
      int type, List<String> path, int count, List<Levels> levels, ByteArrayOutputStream values) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    levels.forEach(l -> l.write(page));
    page.writeBytes(values.toByteArray());
    byte[] header =
        Thrift.struct(
            t ->
                t.i32(1, 0)
                    .i32(2, page.size())
                    .i32(3, page.size())
                    .struct(5, d -> d.i32(1, count).i32(2, PLAIN).i32(3, RLE).i32(4, RLE)));
    chunks.add(new Chunk(type, path, count, out.size(), header.length + page.size()));
    out.writeBytes(header);
    out.writeBytes(page.toByteArray());
  }

  /** For every value whether it is there, or begins a list: runs of the same level. */
  private static final class Levels {
    private final ByteArrayOutputStream runs = new ByteArrayOutputStream();
    private int level = NONE;
    private int length;

    void add(int next) {
      if (next != level) {
        end();
        level = next;
      }
      length++;
    }

    private void end() {
      if (length > 0) {
        Thrift.varint(runs, (long) length << 1);
        runs.write(level);
      }
      length = 0;
    }

    void write(ByteArrayOutputStream page) {
      end();
      little(page, runs.size(), Integer.BYTES);
      page.writeBytes(runs.toByteArray());
    }
  }

  private void footer(Thrift footer) {
    long size = chunks.stream().mapToLong(Chunk::size).sum();
    footer
        .i32(1, 1)
        .structs(2, schema, FileParquet::element)
        .i64(3, lines.size())
        .structs(
            4,
            List.of(chunks),
            (group, t) ->
                t.structs(1, group, FileParquet::chunk).i64(2, size).i64(3, lines.size()));
  }

  private static void element(Element element, Thrift thrift) {
    if (element.type() != NONE) {
      thrift.i32(1, element.type());
    }
    if (element.repetition() != NONE) {
      thrift.i32(3, element.repetition());
    }
    thrift.text(4, element.name());
    if (element.children() != NONE) {
      thrift.i32(5, element.children());
    }
    if (element.meaning() != NONE) {
      thrift.i32(6, element.meaning());
    }
  }

  private static void chunk(Chunk chunk, Thrift thrift) {
    thrift
        .i64(2, chunk.at())
        .struct(
            3,
            meta ->
                meta.i32(1, chunk.type())
                    .numbers(2, List.of(PLAIN, RLE))
                    .texts(3, chunk.path())
                    .i32(4, 0)
                    .i64(5, chunk.values())
                    .i64(6, chunk.size())
                    .i64(7, chunk.size())
                    .i64(9, chunk.at()));
  }

  private static void text(ByteArrayOutputStream page, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    little(page, bytes.length, Integer.BYTES);
    page.writeBytes(bytes);
  }

  private static void little(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (8 * i)) & 0xff);
    }
  }
}
