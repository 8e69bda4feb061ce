package credit.jobs.warehouse;

import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Conditions of rule files, analysed before anything runs. A condition speaks of one row of its
 * table and of {@code as_of}, the day results are for; it is refused with file, line, rule and
 * remedy where it names unknown columns or functions, is no condition, or could yield another
 * answer for the same row (clock, chance, subqueries, other rows, Java methods).
 */
public final class RuleConditions {
  private static final String AS_OF = "as_of";

  /**
   * Columns that are not there yet when a file's rules are asked: they and later ones make them.
   */
  private static final Map<String, Set<String>> MADE_LATER =
      Map.of(
          "severity", Set.of("severity", "exempt", "marks"),
          "exemptions", Set.of("exempt", "marks"));

  private RuleConditions() {}

  /**
   * A rule's condition over a table.
   *
   * @param schema the table's columns, see {@link #columns(Schemas, RuleFile)}
   * @throws Failure (exit code 2) if it is refused
   */
  public static Column condition(SparkSession spark, RuleFile file, Rule rule, StructType schema) {
    check(spark, file, rule, "when", rule.when(), schema, SqlExpression.Kind.BOOLEAN);
    return functions.expr(rule.when());
  }

  /** Whether a rule's condition looks at the day, so that its answer may change with no new row. */
  public static boolean speaksOfTheDay(
      SparkSession spark, Schemas schemas, RuleFile file, Rule rule) {
    return SqlExpression.mentions(spark, columns(schemas, file), rule.when(), AS_OF);
  }

  /**
   * What rules compare with the day, each comparison once: of a row of which all have the same
   * value on two days, every rule says the same on both. One with another value need not make a
   * rule say another thing.
   *
   * @param rules rules of the file that {@link #speaksOfTheDay}
   */
  public static Collection<Column> comparisonsWithTheDay(
      SparkSession spark, Schemas schemas, RuleFile file, List<Rule> rules) {
    StructType columns = columns(schemas, file);
    DayParts day = new DayParts(AS_OF);
    Map<String, Column> comparisons = new LinkedHashMap<>();
    for (Rule rule : rules) {
      Expression condition = SqlExpression.parsed(spark, rule.when());
      comparisons.putAll(
          day.comparisons(spark, columns, condition)
              .orElseGet(() -> Map.of(rule.when(), day.guarded(condition))));
    }
    return comparisons.values();
  }

  /**
   * A value that a rule's effect computes from a row, such as the day on which a ban ends.
   *
   * @param key the effect's key under which the expression stands
   * @throws Failure (exit code 2) if it is refused or yields no date
   */
  public static Column date(
      SparkSession spark, RuleFile file, Rule rule, String key, StructType schema) {
    String sql = rule.effect(key);
    if (sql == null) {
      return functions.lit(null).cast(DataTypes.DateType);
    }
    check(spark, file, rule, key, sql, schema, SqlExpression.Kind.DATE);
    return functions.expr(sql).cast(DataTypes.DateType);
  }

  /** As {@link #date}, for a number. */
  public static Column number(
      SparkSession spark, RuleFile file, Rule rule, String key, StructType schema) {
    String sql = rule.effect(key);
    check(spark, file, rule, key, sql, schema, SqlExpression.Kind.NUMBER);
    return functions.expr(sql);
  }

  /** As {@link #date}, for a text. */
  public static Column text(
      SparkSession spark, RuleFile file, Rule rule, String key, StructType schema) {
    String sql = rule.effect(key);
    if (sql == null) {
      return functions.lit(null).cast(DataTypes.StringType);
    }
    check(spark, file, rule, key, sql, schema, SqlExpression.Kind.TEXT);
    return functions.expr(sql).cast(DataTypes.StringType);
  }

  /**
   * A value of a rule's effect that must be there.
   *
   * @throws Failure (exit code 2) if it is not
   */
  public static String required(RuleFile file, Rule rule, String key) {
    String value = rule.effect(key);
    if (value == null) {
      throw Failure.usage(
          "%s:%d: rule '%s' has no '%s' in its effect; add it",
          file.file(), rule.line(), rule.id(), key);
    }
    return value;
  }

  /**
   * Columns over which a rule file's conditions speak: its table's, without those that are made
   * from what its rules say, and {@code as_of}. A file over {@code table.column} speaks of each
   * element of that column, with the other columns of the row beside it; see {@link #elements}.
   */
  public static StructType columns(Schemas schemas, RuleFile file) {
    int dot = file.table().indexOf('.');
    String table = dot < 0 ? file.table() : file.table().substring(0, dot);
    requireTable(schemas, file, table);
    StructType columns = Tables.schemaOf(Tables.contract(schemas, table));
    if (dot >= 0) {
      columns = elementColumns(file, columns, file.table().substring(dot + 1));
    }
    columns = without(MADE_LATER.getOrDefault(file.id(), Set.of()), columns);
    boolean dated = Set.of(columns.fieldNames()).contains(AS_OF);
    return dated ? columns : columns.add(AS_OF, DataTypes.DateType);
  }

  private static void requireTable(Schemas schemas, RuleFile file, String table) {
    if (!schemas.tables().containsKey(table) && StagedContract.source(schemas, table) == null) {
      throw Failure.usage(
          "%s: there is no table '%s'; name one of %s or staged_<source>",
          file.place("table"), table, String.join(", ", schemas.tables().keySet()));
    }
  }

  /** One row for each element of a nested column, with the other columns of its row beside it. */
  public static Dataset<Row> elements(Dataset<Row> rows, String column) {
    Column[] kept = Arrays.copyOf(others(rows, column), rows.columns().length);
    kept[kept.length - 1] = functions.explode(functions.col(column)).as("element");
    Column[] flat = others(rows, column);
    Dataset<Row> exploded = rows.select(kept);
    Column[] all = Arrays.copyOf(flat, flat.length + 1);
    all[flat.length] = functions.col("element.*");
    return exploded.select(all);
  }

  private static Column[] others(Dataset<Row> rows, String column) {
    return Arrays.stream(rows.columns())
        .filter(name -> !name.equals(column))
        .map(functions::col)
        .toArray(Column[]::new);
  }

  private static StructType elementColumns(RuleFile file, StructType columns, String column) {
    boolean nested = Set.of(columns.fieldNames()).contains(column);
    if (!nested
        || !(columns.apply(column).dataType() instanceof ArrayType array)
        || !(array.elementType() instanceof StructType element)) {
      throw Failure.usage(
          "%s: table '%s': '%s' is no column with nested rows; name one of %s",
          file.place("table"), file.table(), column, String.join(", ", columns.fieldNames()));
    }
    StructType all = without(Set.of(column), columns);
    for (StructField field : element.fields()) {
      all = all.add(field);
    }
    return all;
  }

  private static StructType without(Set<String> names, StructType columns) {
    return new StructType(
        Arrays.stream(columns.fields())
            .filter(field -> !names.contains(field.name()))
            .toArray(StructField[]::new));
  }

  /**
   * Analyses the conditions of all rules of a jurisdiction.
   *
   * @throws Failure (exit code 2) at the first that is refused
   */
  public static void checkAll(SparkSession spark, Schemas schemas) {
    for (RuleFile file : schemas.rules().values()) {
      if (file.table() == null) {
        refuseConditionsWithoutTable(file);
        continue;
      }
      StructType columns = columns(schemas, file);
      file.rules().forEach(rule -> condition(spark, file, rule, columns));
    }
  }

  private static void refuseConditionsWithoutTable(RuleFile file) {
    file.rules().stream()
        .filter(rule -> !rule.when().equals("true"))
        .findFirst()
        .ifPresent(
            rule -> {
              throw Failure.usage(
                  "%s:%d: rule '%s' has a condition but its file names no table; add 'table: …' to"
                      + " the file",
                  file.file(), rule.line(), rule.id());
            });
  }

  private static void check(
      SparkSession spark,
      RuleFile file,
      Rule rule,
      String key,
      String sql,
      StructType schema,
      SqlExpression.Kind kind) {
    SqlExpression.refusal(spark, schema, sql, kind)
        .ifPresent(
            r -> {
              throw Failure.usage(
                  "%s:%d: rule '%s': '%s' is refused: %s; %s",
                  file.file(), rule.line(), rule.id(), key, r.problem(), r.remedy());
            });
  }
}
