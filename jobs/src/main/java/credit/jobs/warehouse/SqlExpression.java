package credit.jobs.warehouse;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A Spark SQL expression that stands in a contract or rule file. It is analysed on an empty frame
 * of its table before anything runs, and refused where its value could depend on anything but the
 * row: on the clock, on chance, on other rows, on other tables or on Java.
 */
final class SqlExpression {
  /** What an expression must yield. */
  enum Kind {
    BOOLEAN("a condition (boolean)"),
    DATE("a date"),
    TEXT("one value"),
    NUMBER("a number"),
    TEXTS("an array of text");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    private boolean accepts(DataType type) {
      return switch (this) {
        case BOOLEAN -> type.equals(DataTypes.BooleanType);
        case DATE -> type instanceof DateType;
        case NUMBER -> type instanceof NumericType;
        case TEXTS ->
            type instanceof ArrayType array && array.elementType().equals(DataTypes.StringType);
        case TEXT ->
            !(type instanceof ArrayType
                || type instanceof StructType
                || type instanceof org.apache.spark.sql.types.MapType);
      };
    }
  }

  /** What is wrong with an expression, and what to do. */
  record Refusal(String problem, String remedy) {}

  /** Classes of Spark's expressions whose value is not the row's alone. */
  private static final Set<String> NOT_OF_THE_ROW =
      Set.of(
          "CallMethodViaReflection",
          "TryReflect",
          "CurrentDate",
          "CurrentTime",
          "CurrentTimestamp",
          "Now",
          "LocalTimestamp",
          "CurrentTimeZone",
          "CurrentUser",
          "CurrentDatabase",
          "CurrentCatalog",
          "CurrentPath",
          "SparkVersion",
          "RaiseError",
          "InputFileName",
          "InputFileBlockStart",
          "InputFileBlockLength");

  /** {@code date 'today'} is replaced by the clock's day while it is parsed. */
  private static final Pattern CLOCK_WORD =
      Pattern.compile("['\"]\\s*(now|today|tomorrow|yesterday)\\b", Pattern.CASE_INSENSITIVE);

  private SqlExpression() {}

  /** Why an expression is refused over a table's columns; empty: it is not. */
  static Optional<Refusal> refusal(SparkSession spark, StructType columns, String sql, Kind kind) {
    if (CLOCK_WORD.matcher(sql).find()) {
      return clock("a word of the clock such as 'today'");
    }
    LogicalPlan plan;
    try {
      plan = analysed(spark, columns, sql);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      return Optional.of(unanalysable(e, columns));
    }
    if (!(plan instanceof Project project)
        || !project.child().children().isEmpty()
        || project.projectList().size() != 1) {
      return Optional.of(
          new Refusal(
              "it looks at more than one row or yields more than one value",
              "use no aggregate, window or row-making function and no '*'"));
    }
    Expression expression = (Expression) project.projectList().head();
    Optional<Refusal> part = refusedPart(expression);
    if (part.isPresent()) {
      return part;
    }
    DataType type = expression.dataType();
    if (!kind.accepts(type) && !(type instanceof NullType && kind != Kind.BOOLEAN)) {
      return Optional.of(
          new Refusal(
              "it yields " + type.simpleString() + " where " + kind.words + " is needed",
              "correct or cast it"));
    }
    return Optional.empty();
  }

  /** Whether an expression that is not refused looks at a column. */
  static boolean mentions(SparkSession spark, StructType columns, String sql, String column) {
    try {
      return CollectionConverters.asJava(analysed(spark, columns, sql).references().toSeq())
          .stream()
          .anyMatch(attribute -> attribute.name().equalsIgnoreCase(column));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Texts that an expression that is not refused yields as they stand in it, on whatever branch;
   * what it takes from columns is not known before a row is there.
   */
  static Set<String> texts(SparkSession spark, StructType columns, String sql) {
    Set<String> texts = new TreeSet<>();
    addTexts(analysed(spark, columns, functions.expr(sql)), texts);
    return texts;
  }

  private static void addTexts(Expression expression, Set<String> texts) {
    if (expression instanceof Literal literal && literal.value() instanceof UTF8String text) {
      texts.add(text.toString());
    } else if (expression instanceof CaseWhen choice) {
      CollectionConverters.asJava(choice.branches()).forEach(b -> addTexts(b._2(), texts));
      CollectionConverters.asJava(choice.elseValue().toList()).forEach(e -> addTexts(e, texts));
    } else if (expression instanceof If choice) {
      addTexts(choice.trueValue(), texts);
      addTexts(choice.falseValue(), texts);
    } else if (expression instanceof Alias
        || expression instanceof Cast
        || expression instanceof Coalesce) {
      CollectionConverters.asJava(expression.children()).forEach(e -> addTexts(e, texts));
    }
  }

  /** A condition as it was parsed, its names not yet looked up. */
  static Expression parsed(SparkSession spark, String sql) {
    try {
      return ((org.apache.spark.sql.classic.SparkSession) spark)
          .sessionState()
          .sqlParser()
          .parseExpression(sql);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** An expression that is not refused, its names looked up among a table's columns. */
  static Expression analysed(SparkSession spark, StructType columns, Column expression) {
    Dataset<Row> frame = spark.createDataFrame(java.util.List.of(), columns).select(expression);
    LogicalPlan plan =
        ((org.apache.spark.sql.classic.Dataset<Row>) frame).queryExecution().analyzed();
    return (Expression) ((Project) plan).projectList().head();
  }

  /** The checked exceptions of the analyser are not declared to Java; hence the broad clause. */
  private static LogicalPlan analysed(SparkSession spark, StructType columns, String sql)
      throws Exception {
    Dataset<Row> frame =
        spark.createDataFrame(java.util.List.of(), columns).select(functions.expr(sql));
    return ((org.apache.spark.sql.classic.Dataset<Row>) frame).queryExecution().analyzed();
  }

  private static Optional<Refusal> refusedPart(Expression expression) {
    String name = expression.getClass().getSimpleName();
    if (expression instanceof SubqueryExpression) {
      return Optional.of(
          new Refusal("it holds a subquery", "speak of the table's own columns only"));
    }
    if (NOT_OF_THE_ROW.contains(name)
        || (!expression.deterministic() && leafOfChance(expression))) {
      return clock("'" + expression.prettyName() + "'");
    }
    if (expression instanceof ScalaUDF) {
      return Optional.of(
          new Refusal(
              "it calls '" + expression.prettyName() + "', which is not Spark's own",
              "use built-in functions"));
    }
    for (Expression child : CollectionConverters.asJava(expression.children())) {
      Optional<Refusal> part = refusedPart(child);
      if (part.isPresent()) {
        return part;
      }
    }
    return Optional.empty();
  }

  /** A function is not deterministic by itself, or since it holds one that is not. */
  private static boolean leafOfChance(Expression expression) {
    return CollectionConverters.asJava(expression.children()).stream()
        .allMatch(Expression::deterministic);
  }

  private static Optional<Refusal> clock(String what) {
    return Optional.of(
        new Refusal(
            "it uses " + what + ", whose value is not the row's alone",
            "use the table's columns and as_of instead"));
  }

  private static Refusal unanalysable(Exception e, StructType columns) {
    String condition = e instanceof AnalysisException a ? a.getCondition() : "";
    String problem = firstSentence(e.getMessage());
    if (condition != null && condition.startsWith("UNRESOLVED_COLUMN")) {
      String column = ((AnalysisException) e).getMessageParameters().get("objectName");
      return new Refusal(
          "there is no column " + column, "use one of " + String.join(", ", columns.fieldNames()));
    }
    if (condition != null && condition.startsWith("UNRESOLVED_ROUTINE")) {
      String routine = ((AnalysisException) e).getMessageParameters().get("routineName");
      return new Refusal("there is no function " + routine, "use one of Spark's built-in ones");
    }
    return new Refusal("it cannot be analysed: " + problem, "correct the expression");
  }

  private static String firstSentence(String message) {
    String line = message.strip().lines().findFirst().orElse("");
    int state = line.toUpperCase(Locale.ROOT).indexOf(" SQLSTATE");
    return state < 0 ? line : line.substring(0, state);
  }
}
