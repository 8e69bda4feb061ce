package credit.jobs.warehouse;

import credit.schemas.Schemas;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of a table for tests: a test names the columns that matter, the contract gives the rest its
 * emptiest value.
 */
public final class Rows {
  private Rows() {}

  /** Column values by name. */
  public static Map<String, Object> row(Object... namesAndValues) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }

  /** A row with further or other values. */
  public static Map<String, Object> with(Map<String, Object> row, Object... namesAndValues) {
    Map<String, Object> copy = new LinkedHashMap<>(row);
    copy.putAll(row(namesAndValues));
    return copy;
  }

  /** A table of the bundled jurisdiction with some rows. */
  public static Dataset<Row> table(SparkSession spark, String table, Map<?, ?>... rows) {
    return table(spark, Schemas.bundled(), table, rows);
  }

  /** A table of a jurisdiction with some rows. */
  public static Dataset<Row> table(
      SparkSession spark, Schemas schemas, String table, Map<?, ?>... rows) {
    StructType schema = Tables.schemaOf(Tables.contract(schemas, table));
    return spark.createDataFrame(Arrays.stream(rows).map(r -> of(schema, r)).toList(), schema);
  }

  private static Row of(StructType schema, Map<?, ?> values) {
    List<String> known = List.of(schema.fieldNames());
    if (!known.containsAll(values.keySet())) {
      throw new IllegalArgumentException(values.keySet() + " are not all columns of " + known);
    }
    return RowFactory.create(Arrays.stream(schema.fields()).map(f -> value(f, values)).toArray());
  }

  private static Object value(StructField field, Map<?, ?> values) {
    Object value = values.get(field.name());
    if (value == null) {
      return field.nullable() ? emptyList(field.dataType()) : emptiest(field.dataType());
    }
    return nested(field.dataType(), value);
  }

  /** Lists inside a nested row are written as empty, not as null. */
  private static Object emptyList(DataType type) {
    return type instanceof ArrayType ? List.of() : null;
  }

  private static Object nested(DataType type, Object value) {
    if (type instanceof StructType struct) {
      return of(struct, (Map<?, ?>) value);
    }
    if (type instanceof ArrayType array) {
      return ((List<?>) value).stream().map(v -> nested(array.elementType(), v)).toList();
    }
    return value;
  }

  private static Object emptiest(DataType type) {
    if (type instanceof ArrayType) {
      return List.of();
    }
    if (type instanceof MapType) {
      return Map.of();
    }
    return switch (type.typeName()) {
      case "string" -> "";
      case "long" -> 0L;
      case "double" -> 0.0;
      case "boolean" -> false;
      case "date" -> LocalDate.EPOCH;
      case "timestamp" -> Instant.EPOCH;
      default -> BigDecimal.ZERO;
    };
  }
}
