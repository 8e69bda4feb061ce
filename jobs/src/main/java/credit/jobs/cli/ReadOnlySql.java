package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.jdk.javaapi.CollectionConverters;

/**
 * One statement that reads the pipeline's tables and does nothing else. What is allowed is listed:
 * a part of Spark's language that is not known to be harmless is refused.
 */
final class ReadOnlySql {
  /** Parts of a parsed query that read rows and make rows of them. */
  private static final Set<String> READING =
      Set.of(
          "Aggregate",
          "CTERelationDef",
          "CTERelationRef",
          "Distinct",
          "Except",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LimitAll",
          "LocalLimit",
          "LocalRelation",
          "Offset",
          "OneRowRelation",
          "Pivot",
          "Project",
          "ResolvedInlineTable",
          "Sample",
          "Sort",
          "SubqueryAlias",
          "Union",
          "Unpivot",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "UnresolvedQualify",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTableValuedFunction",
          "UnresolvedWith",
          "Window",
          "WithCTE",
          "WithWindowDefinition");

  /** They call any method of any class. */
  private static final Set<String> JAVA = Set.of("reflect", "java_method", "try_reflect");

  /** Functions in FROM that make rows of their arguments; others look into files and logs. */
  private static final Set<String> ROW_MAKERS =
      Set.of(
          "range",
          "explode",
          "explode_outer",
          "posexplode",
          "posexplode_outer",
          "inline",
          "inline_outer",
          "stack",
          "json_tuple");

  private final Set<String> known;
  private final Set<String> named = new TreeSet<>();
  private final Set<String> withNames = new TreeSet<>();

  private ReadOnlySql(Set<String> known) {
    this.known = known;
  }

  /**
   * The tables that a statement names.
   *
   * @param known names of all tables there are
   * @throws Failure (exit code 2) if it is not one statement that only reads those
   */
  static Set<String> tables(SparkSession spark, String sql, Set<String> known) {
    ReadOnlySql check = new ReadOnlySql(known);
    check.plan(parsed(spark, sql));
    check.named.removeAll(check.withNames);
    for (String name : check.named) {
      if (!known.contains(name)) {
        throw Failure.usage(
            "there is no table '%s'; './credit sql' without a statement lists them", name);
      }
    }
    return check.named;
  }

  /** The parser's exceptions are not declared to Java; hence the broad clause. */
  private static LogicalPlan parsed(SparkSession spark, String sql) {
    try {
      return spark.sessionState().sqlParser().parsePlan(sql);
    } catch (Exception e) {
      throw refused(e);
    }
  }

  /** What Spark said about a statement, in one line. */
  static Failure refused(Exception e) {
    String line =
        String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("").replace("%", "%%");
    int state = line.indexOf(" SQLSTATE");
    return Failure.usage(
        "the statement is refused: %s; write one SELECT over the pipeline's tables",
        state < 0 ? line : line.substring(0, state));
  }

  private void plan(LogicalPlan plan) {
    String kind = plan.getClass().getSimpleName();
    if (!READING.contains(kind)) {
      throw Failure.usage(
          "'sql' takes one statement that only reads, and this one holds %s; write one SELECT",
          words(kind));
    }
    if (plan instanceof UnresolvedRelation relation) {
      table(CollectionConverters.asJava(relation.multipartIdentifier()), relation.isStreaming());
    }
    if (plan instanceof UnresolvedTableValuedFunction function) {
      rowMaker(CollectionConverters.asJava(function.name()));
    }
    if (plan instanceof UnresolvedWith with) {
      CollectionConverters.asJava(with.innerChildren()).forEach(this::withName);
    }
    CollectionConverters.asJava(plan.expressions()).forEach(this::expression);
    CollectionConverters.asJava(plan.children()).forEach(this::plan);
  }

  private void withName(LogicalPlan query) {
    if (query instanceof SubqueryAlias alias) {
      withNames.add(alias.alias().toLowerCase(Locale.ROOT));
    }
    plan(query);
  }

  private void table(List<String> name, boolean streaming) {
    if (name.size() != 1 || streaming) {
      throw Failure.usage(
          "'%s' is no table of the pipeline: files and other catalogues are not read here; name one"
              + " of %s",
          String.join(".", name), String.join(", ", known));
    }
    named.add(name.get(0).toLowerCase(Locale.ROOT));
  }

  private void rowMaker(List<String> name) {
    if (!ROW_MAKERS.contains(last(name))) {
      throw Failure.usage(
          "the function '%s' may not stand in FROM; use one of %s",
          String.join(".", name), String.join(", ", new TreeSet<>(ROW_MAKERS)));
    }
  }

  private void expression(Expression expression) {
    if (expression instanceof UnresolvedFunction function) {
      function(CollectionConverters.asJava(function.nameParts()));
    }
    if (expression instanceof UnresolvedGenerator generator) {
      function(List.of(generator.name().funcName()));
    }
    if (expression instanceof PlanExpression<?> query && query.plan() instanceof LogicalPlan plan) {
      plan(plan);
    }
    CollectionConverters.asJava(expression.children()).forEach(this::expression);
  }

  private static void function(List<String> name) {
    if (JAVA.contains(last(name))) {
      throw Failure.usage(
          "the function '%s' calls Java and is refused; use Spark's other functions",
          String.join(".", name));
    }
  }

  private static String last(List<String> name) {
    return name.get(name.size() - 1).toLowerCase(Locale.ROOT);
  }

  /** {@code InsertIntoStatement} → {@code 'insert into statement'}. */
  private static String words(String kind) {
    return "'" + kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT) + "'";
  }
}
