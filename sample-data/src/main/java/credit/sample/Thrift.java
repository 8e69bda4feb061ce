package credit.sample;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A struct in Thrift's compact protocol, in which Parquet writes what it says of itself. */
final class Thrift {
  private static final int INT32 = 5;
  private static final int INT64 = 6;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int STRUCT = 12;
  private static final int SHORT_LIST = 15;

  private final ByteArrayOutputStream out;
  private int last;

  private Thrift(ByteArrayOutputStream out) {
    this.out = out;
  }

  /** Bytes of a struct whose fields are put in the order of their numbers. */
  static byte[] struct(Consumer<Thrift> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, fields);
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, Consumer<Thrift> fields) {
    fields.accept(new Thrift(out));
    out.write(0);
  }

  Thrift i32(int field, int value) {
    header(field, INT32);
    zigzag(value);
    return this;
  }

  Thrift i64(int field, long value) {
    header(field, INT64);
    zigzag(value);
    return this;
  }

  Thrift text(int field, String value) {
    header(field, BINARY);
    text(value);
    return this;
  }

  Thrift struct(int field, Consumer<Thrift> fields) {
    header(field, STRUCT);
    write(out, fields);
    return this;
  }

  Thrift numbers(int field, List<Integer> items) {
    return list(field, INT32, items, (item, of) -> of.zigzag(item));
  }

  Thrift texts(int field, List<String> items) {
    return list(field, BINARY, items, (item, of) -> of.text(item));
  }

  <T> Thrift structs(int field, List<T> items, BiConsumer<T, Thrift> fields) {
    return list(field, STRUCT, items, (item, of) -> write(out, t -> fields.accept(item, t)));
  }

  private <T> Thrift list(int field, int type, List<T> items, BiConsumer<T, Thrift> item) {
    header(field, LIST);
    if (items.size() < SHORT_LIST) {
      out.write(items.size() << 4 | type);
    } else {
      out.write(SHORT_LIST << 4 | type);
      varint(out, items.size());
    }
    items.forEach(i -> item.accept(i, this));
    return this;
  }

  private void header(int field, int type) {
    out.write((field - last) << 4 | type);
    last = field;
  }

  private void text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private void zigzag(long value) {
    varint(out, value << 1 ^ value >> 63);
  }

  /** Seven bits a byte, the lowest first. */
  static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }
}
