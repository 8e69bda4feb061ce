package credit.jobs.warehouse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.AddMonths;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.LeafExpression;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MonthsBetween;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.UnresolvedNamedLambdaVariable;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What of a condition looks at one column, such as the day results are for. */
final class DayParts {
  /** Connect what is compared; of the same parts they make the same answer. */
  private static final List<String> CONNECTING =
      List.of("coalesce", "isnull", "isnotnull", "ifnull");

  private final String column;

  DayParts(String column) {
    this.column = column;
  }

  /**
   * The part of a condition that looks at the column, as an expression of its own: where its value
   * is the same for two values of that column, the condition's answer is the same too. Other parts
   * that stand before it still guard it.
   *
   * @param condition as it was parsed
   */
  Column guarded(Expression condition) {
    if (condition instanceof Not not) {
      return guarded(not.child());
    }
    if (condition instanceof And and && !isNamedIn(and.right())) {
      return guarded(and.left());
    }
    if (condition instanceof And and && !isNamedIn(and.left())) {
      Column guard = functions.coalesce(ExpressionUtils.column(and.left()), functions.lit(true));
      return functions.when(guard, guarded(and.right()));
    }
    return ExpressionUtils.column(condition);
  }

  /**
   * The comparisons with the column that a condition makes, without what guards them: where each
   * has the same value for two values of that column, the condition's answer is the same too. By
   * their text, so that what several conditions compare need be asked once only.
   *
   * @param condition as it was parsed
   * @return empty where a comparison might fail on a row from which its guard keeps it
   */
  Optional<Map<String, Column>> comparisons(
      SparkSession spark, StructType columns, Expression condition) {
    List<Expression> found = new ArrayList<>();
    collect(condition, found);
    Map<String, Column> comparisons = new LinkedHashMap<>();
    for (Expression comparison : found) {
      Column asked = ExpressionUtils.column(comparison);
      if (!neverFails(SqlExpression.analysed(spark, columns, asked))) {
        return Optional.empty();
      }
      comparisons.put(comparison.sql(), asked);
    }
    return Optional.of(comparisons);
  }

  private void collect(Expression part, List<Expression> comparisons) {
    if (!isNamedIn(part)) {
      return;
    }
    if (connects(part)) {
      CollectionConverters.asJava(part.children()).forEach(child -> collect(child, comparisons));
    } else {
      comparisons.add(part);
    }
  }

  private static boolean connects(Expression part) {
    return part instanceof And
        || part instanceof Or
        || part instanceof Not
        || (part instanceof UnresolvedFunction function
            && CONNECTING.contains(function.nameParts().last().toLowerCase(Locale.ROOT)));
  }

  /**
   * Whether it can be asked of every row: it compares days and casts nothing that might not fit.
   */
  private static boolean neverFails(Expression expression) {
    boolean safe =
        expression instanceof AttributeReference
            || expression instanceof Literal
            || expression instanceof Alias
            || expression instanceof BinaryComparison
            || expression instanceof MonthsBetween
            || expression instanceof AddMonths
            || expression instanceof Coalesce
            || expression instanceof Least
            || expression instanceof Greatest
            || (expression instanceof Cast cast
                && Cast.canUpCast(cast.child().dataType(), cast.dataType()));
    return safe
        && CollectionConverters.asJava(expression.children()).stream()
            .allMatch(DayParts::neverFails);
  }

  /** Whether the column could be looked at: by its name, or in a way that tells no name yet. */
  private boolean isNamedIn(Expression expression) {
    return expression.exists(
        part -> {
          if (part instanceof UnresolvedAttribute attribute) {
            return isAmong(attribute.nameParts());
          }
          // In a function over elements any name may be the element's, until it is looked up.
          if (part instanceof UnresolvedNamedLambdaVariable variable) {
            return isAmong(variable.nameParts());
          }
          boolean tellsNoName = part instanceof LeafExpression && !(part instanceof Literal);
          return tellsNoName || part instanceof ExpressionWithUnresolvedIdentifier;
        });
  }

  private boolean isAmong(Seq<String> nameParts) {
    return nameParts.exists(name -> name.equalsIgnoreCase(column));
  }
}
