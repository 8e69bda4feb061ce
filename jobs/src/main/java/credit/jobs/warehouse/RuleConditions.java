package credit.jobs.warehouse;

import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Conditions of rule files, analysed before anything runs. A condition speaks of one row of its
 * table and of {@code as_of}, the day results are for; it is refused with file, line, rule and
 * remedy where it names unknown columns or functions, is no condition, or could yield another
 * answer for the same row (clock, chance, subqueries, other rows, Java methods).
 */
public final class RuleConditions {
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

  /** Columns over which a rule file's conditions speak: its table's, and {@code as_of}. */
  public static StructType columns(Schemas schemas, RuleFile file) {
    StructType columns = Tables.schemaOf(Tables.contract(schemas, file.table()));
    boolean dated = Set.of(columns.fieldNames()).contains("as_of");
    return dated ? columns : columns.add("as_of", DataTypes.DateType);
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
