package credit.jobs.kpi;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleConditions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Sums of numerators and denominators by period and dimension: one grouping-sets query for each
 * input, all of them one Spark job.
 */
final class Aggregates {
  private static final String UNKNOWN = "unknown";

  /**
   * One sum.
   *
   * @param kpi indicator
   * @param period period
   * @param members member by dimension; empty: the whole city
   * @param numerator sum of the numerators
   * @param denominator sum of the denominators; 0 where the definition has none
   * @param n rows behind it
   */
  record Sum(
      String kpi,
      String period,
      Map<String, String> members,
      double numerator,
      double denominator,
      long n) {}

  private Aggregates() {}

  /**
   * Computes all sums.
   *
   * @param inputs inputs by name; a definition whose input is not there has no sums
   * @throws Failure (exit code 2, with file and line) if a definition speaks of unknown columns
   */
  static List<Sum> of(Map<String, Dataset<Row>> inputs, List<Definition> definitions) {
    Map<String, List<Definition>> byInput =
        definitions.stream()
            .filter(d -> inputs.containsKey(d.from()))
            .collect(Collectors.groupingBy(Definition::from, TreeMap::new, Collectors.toList()));
    Map<String, List<String>> dimensions = new TreeMap<>();
    Optional<Dataset<Row>> all =
        byInput.entrySet().stream()
            .map(
                e -> {
                  dimensions.put(e.getKey(), dimensions(e.getValue()));
                  return query(e.getKey(), inputs.get(e.getKey()), e.getValue());
                })
            .reduce(Dataset::union);
    return all.map(rows -> decode(rows.collectAsList(), dimensions)).orElse(List.of());
  }

  private static List<String> dimensions(List<Definition> definitions) {
    return groupings(definitions).stream().flatMap(List::stream).distinct().sorted().toList();
  }

  /** Sets of dimensions to group by; holding the mix needs its dimension within each district. */
  private static Set<List<String>> groupings(List<Definition> definitions) {
    Set<List<String>> groupings = new LinkedHashSet<>();
    groupings.add(List.of());
    for (Definition definition : definitions) {
      definition.by().forEach(by -> groupings.add(parts(by)));
      if (definition.fixedMix() != null && definition.by().contains("district")) {
        groupings.add(parts("district+" + definition.fixedMix()));
      }
    }
    return groupings;
  }

  static List<String> parts(String dimension) {
    return Arrays.stream(dimension.split("\\+")).sorted().toList();
  }

  private static Dataset<Row> query(String name, Dataset<Row> input, List<Definition> definitions) {
    List<String> dimensions = dimensions(definitions);
    definitions.forEach(definition -> require(definition, input));
    List<Column> grouped = new ArrayList<>(List.of(functions.col("period")));
    dimensions.forEach(d -> grouped.add(functions.col(d)));
    List<Seq<Column>> sets =
        groupings(definitions).stream()
            .map(
                set -> {
                  List<Column> of = new ArrayList<>(List.of(functions.col("period")));
                  set.forEach(d -> of.add(functions.col(d)));
                  return seq(of);
                })
            .toList();
    List<Column> sums = new ArrayList<>();
    sums.add(functions.expr("grouping_id() AS grouping"));
    definitions.forEach(d -> sums.addAll(sums(d)));
    Dataset<Row> members =
        input.select(
            Arrays.stream(input.columns())
                .map(c -> dimensions.contains(c) ? known(c) : functions.col(c))
                .toArray(Column[]::new));
    return members
        .groupingSets(seq(sets), grouped.toArray(Column[]::new))
        .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new))
        .selectExpr(
            "'" + name + "' AS input",
            "period",
            "cast(grouping AS BIGINT) AS grouping",
            dimensions.isEmpty()
                ? "cast(array() AS ARRAY<STRING>) AS members"
                : "array(" + String.join(", ", dimensions) + ") AS members",
            definitions.stream()
                .map(Aggregates::struct)
                .collect(Collectors.joining(", ", "inline(array(", "))")));
  }

  private static Column known(String dimension) {
    return functions
        .coalesce(functions.col(dimension).cast("string"), functions.lit(UNKNOWN))
        .as(dimension);
  }

  /** Rows where either part is unknown are left out of both, and of n. */
  private static List<Column> sums(Definition d) {
    String denominator = d.denominator() == null ? "0" : number(d.denominator());
    String takesPart =
        "(%s) AND (%s) IS NOT NULL AND (%s) IS NOT NULL"
            .formatted(d.where(), d.numerator(), denominator);
    // A condition as denominator chooses rows: what it refuses is not in the numerator either.
    String numerator = number(d.numerator());
    String rows =
        d.denominator() == null ? takesPart : takesPart + " AND (%s) <> 0".formatted(denominator);
    boolean reduction = d.baseline() != null;
    return List.of(
        functions.expr(sum(numerator, reduction ? takesPart : rows) + " AS num_" + d.id()),
        functions.expr(sum(denominator, takesPart) + " AS den_" + d.id()),
        functions.expr("count_if(" + (reduction ? takesPart : rows) + ") AS n_" + d.id()));
  }

  private static String number(String expression) {
    return "cast((" + expression + ") AS DOUBLE)";
  }

  private static String sum(String value, String where) {
    return "coalesce(sum(CASE WHEN %s THEN %s END), 0D)".formatted(where, value);
  }

  private static String struct(Definition d) {
    return "named_struct('kpi', '%1$s', 'num', num_%1$s, 'den', den_%1$s, 'n', n_%1$s)"
        .formatted(d.id());
  }

  /**
   * Analyses definitions over their inputs.
   *
   * @throws Failure (exit code 2, with file and line) at the first that is refused
   */
  static void check(Map<String, Dataset<Row>> inputs, List<Definition> definitions) {
    for (Definition definition : definitions) {
      Dataset<Row> input = inputs.get(definition.from());
      if (input != null) {
        require(definition, input);
      }
    }
  }

  private static void require(Definition definition, Dataset<Row> input) {
    requireColumns(definition, Set.of(input.columns()));
    requireNumbers(definition, input);
  }

  private static void requireColumns(Definition definition, Set<String> columns) {
    for (String by : definition.by()) {
      for (String part : parts(by)) {
        if (!columns.contains(part)) {
          throw Failure.usage(
              "%s: indicator '%s' is to be split by '%s', which the input '%s' does not have;"
                  + " use columns among %s",
              definition.place(),
              definition.id(),
              part,
              definition.from(),
              columns.stream().sorted().toList());
        }
      }
    }
  }

  private static void requireNumbers(Definition definition, Dataset<Row> input) {
    if (!definition.id().matches("[a-z][a-z0-9_]*")) {
      throw Failure.usage(
          "%s: '%s' is no id of an indicator; use a-z, 0-9 and _",
          definition.place(), definition.id());
    }
    for (String key : List.of("where", "numerator", "denominator")) {
      if (definition.rule().effect(key) == null) {
        continue;
      }
      RuleConditions.text(
          input.sparkSession(), definition.file(), definition.rule(), key, input.schema());
      String sql = definition.rule().effect(key);
      DataType type = input.selectExpr("(" + sql + ") AS value").schema().apply(0).dataType();
      if (!(type.equals(DataTypes.BooleanType) || type instanceof NumericType)) {
        throw Failure.usage(
            "%s: indicator '%s': '%s' yields %s; write a condition or a number",
            definition.place(), definition.id(), key, type.simpleString());
      }
    }
  }

  private static List<Sum> decode(List<Row> rows, Map<String, List<String>> dimensions) {
    List<Sum> sums = new ArrayList<>();
    for (Row row : rows) {
      List<String> names = dimensions.get(row.<String>getAs("input"));
      List<String> values = row.getList(row.fieldIndex("members"));
      long grouping = row.<Long>getAs("grouping");
      Map<String, String> members = new TreeMap<>();
      for (int i = 0; i < names.size(); i++) {
        // The lowest bit is the last column; a set bit means: not grouped by.
        if ((grouping >> (names.size() - 1 - i) & 1) == 0) {
          members.put(names.get(i), values.get(i));
        }
      }
      sums.add(
          new Sum(
              row.getAs("kpi"),
              row.getAs("period"),
              members,
              row.<Double>getAs("num"),
              row.<Double>getAs("den"),
              row.<Long>getAs("n")));
    }
    return sums;
  }

  private static <T> Seq<T> seq(List<T> list) {
    return CollectionConverters.asScala(list).toSeq();
  }
}
