package credit.jobs.ingest;

import credit.jobs.warehouse.Today;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** The values of one Parquet column as text, exactly; what text cannot say exactly is a problem. */
final class ParquetValue extends PrimitiveConverter {
  /** From here on a floating-point number skips whole numbers, so it may be another one's. */
  private static final double FIRST_UNCERTAIN = 1L << 53;

  private static final double FIRST_UNCERTAIN_FLOAT = 1 << 24;
  private static final long JULIAN_1970 = 2_440_588;

  private final PrimitiveTypeName physical;
  private final LogicalTypeAnnotation meaning;
  private final Consumer<String> value;
  private final Consumer<String> problem;
  private Dictionary dictionary;
  private String[] looked;

  /**
   * A reader of one column.
   *
   * @param value takes each value
   * @param problem takes why a value cannot be told
   */
  ParquetValue(PrimitiveType type, Consumer<String> value, Consumer<String> problem) {
    this.physical = type.getPrimitiveTypeName();
    this.meaning = type.getLogicalTypeAnnotation();
    this.value = value;
    this.problem = problem;
  }

  /** Whether values of a type can be told as text. */
  static boolean isReadable(PrimitiveType type) {
    LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BOOLEAN, FLOAT, DOUBLE -> meaning == null;
      case INT96 -> true;
      case INT32 ->
          meaning == null || isNumber(meaning) || meaning instanceof DateLogicalTypeAnnotation;
      case INT64 ->
          meaning == null || isNumber(meaning) || meaning instanceof TimestampLogicalTypeAnnotation;
      case BINARY ->
          meaning == null || isText(meaning) || meaning instanceof DecimalLogicalTypeAnnotation;
      case FIXED_LEN_BYTE_ARRAY -> meaning instanceof DecimalLogicalTypeAnnotation;
    };
  }

  private static boolean isNumber(LogicalTypeAnnotation meaning) {
    return meaning instanceof IntLogicalTypeAnnotation
        || meaning instanceof DecimalLogicalTypeAnnotation;
  }

  private static boolean isText(LogicalTypeAnnotation meaning) {
    return meaning instanceof StringLogicalTypeAnnotation
        || meaning instanceof EnumLogicalTypeAnnotation
        || meaning instanceof JsonLogicalTypeAnnotation;
  }

  @Override
  public boolean hasDictionarySupport() {
    return physical == PrimitiveTypeName.BINARY;
  }

  @Override
  public void setDictionary(Dictionary values) {
    dictionary = values;
    looked = new String[values.getMaxId() + 1];
  }

  @Override
  public void addValueFromDictionary(int id) {
    if (looked[id] == null) {
      looked[id] = text(dictionary.decodeToBinary(id));
    }
    add(looked[id], "is no text in UTF-8");
  }

  @Override
  public void addBinary(Binary bytes) {
    add(text(bytes), "is no text in UTF-8");
  }

  @Override
  public void addBoolean(boolean flag) {
    value.accept(Boolean.toString(flag));
  }

  @Override
  public void addInt(int number) {
    if (meaning instanceof DateLogicalTypeAnnotation) {
      value.accept(LocalDate.ofEpochDay(number).toString());
    } else if (isUnsigned()) {
      value.accept(Integer.toUnsignedString(number));
    } else {
      value.accept(whole(number));
    }
  }

  @Override
  public void addLong(long number) {
    if (meaning instanceof TimestampLogicalTypeAnnotation moment) {
      value.accept(moment(moment, number));
    } else {
      value.accept(isUnsigned() ? Long.toUnsignedString(number) : whole(number));
    }
  }

  private boolean isUnsigned() {
    return meaning instanceof IntLogicalTypeAnnotation integer && !integer.isSigned();
  }

  private String whole(long number) {
    return meaning instanceof DecimalLogicalTypeAnnotation decimal
        ? BigDecimal.valueOf(number, decimal.getScale()).toPlainString()
        : Long.toString(number);
  }

  @Override
  public void addFloat(float number) {
    floating(Math.abs(number) < FIRST_UNCERTAIN_FLOAT, Float.toString(number));
  }

  @Override
  public void addDouble(double number) {
    floating(Math.abs(number) < FIRST_UNCERTAIN, Double.toString(number));
  }

  /** The shortest number that a floating-point value is nearest to: what was meant by it. */
  private void floating(boolean certain, String shortest) {
    String text = certain ? new BigDecimal(shortest).stripTrailingZeros().toPlainString() : null;
    add(text, "is a floating-point number that has lost digits, or none");
  }

  private void add(String text, String otherwise) {
    if (text == null) {
      problem.accept(otherwise);
    } else {
      value.accept(text);
    }
  }

  /** Null where the bytes are no text. */
  private String text(Binary bytes) {
    if (meaning instanceof DecimalLogicalTypeAnnotation decimal) {
      return new BigDecimal(new BigInteger(bytes.getBytesUnsafe()), decimal.getScale())
          .toPlainString();
    }
    if (physical == PrimitiveTypeName.INT96) {
      return moment96(bytes.toByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.toByteBuffer()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static String moment(TimestampLogicalTypeAnnotation type, long number) {
    long perSecond =
        switch (type.getUnit()) {
          case MILLIS -> 1_000L;
          case MICROS -> 1_000_000L;
          case NANOS -> 1_000_000_000L;
        };
    long seconds = Math.floorDiv(number, perSecond);
    long nanos = Math.floorMod(number, perSecond) * (1_000_000_000L / perSecond);
    return LocalDateTime.ofInstant(
            Instant.ofEpochSecond(seconds, nanos),
            type.isAdjustedToUTC() ? Today.CALENDAR : ZoneOffset.UTC)
        .toString();
  }

  /** The form of moments before there was a type for them: nanoseconds of a Julian day. */
  private static String moment96(ByteBuffer bytes) {
    long nanos = bytes.getLong();
    long day = Integer.toUnsignedLong(bytes.getInt()) - JULIAN_1970;
    return LocalDateTime.ofInstant(
            Instant.ofEpochSecond(Math.multiplyExact(day, 86_400L), nanos), Today.CALENDAR)
        .toString();
  }
}
