package credit.jobs.kpi;

import credit.jobs.kpi.Aggregates.Sum;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** From sums to values: plain arithmetic on the few rows that the grouping left. */
final class Values {
  private static final int DIGITS = 6;

  private Values() {}

  /** Values of all definitions in a fixed order: definition, period, dimension, member. */
  static List<KpiValue> of(List<Definition> definitions, List<Sum> sums, Periods periods) {
    Map<String, List<Sum>> byKpi = sums.stream().collect(Collectors.groupingBy(Sum::kpi));
    List<KpiValue> values = new ArrayList<>();
    for (Definition definition : definitions) {
      List<Sum> own = byKpi.getOrDefault(definition.id(), List.of());
      List<KpiValue> rows = new ArrayList<>();
      own.forEach(
          sum -> dimensions(definition, sum).forEach(d -> rows.add(value(definition, sum, d))));
      if (definition.fixedMix() != null) {
        rows.addAll(fixedMix(definition, own, periods));
      }
      rows.sort(
          Comparator.comparing(KpiValue::period)
              .thenComparing(KpiValue::dimension)
              .thenComparing(KpiValue::member));
      values.addAll(rows);
    }
    return List.copyOf(values);
  }

  /** What the definition calls the grouping of a sum; none: another definition asked for it. */
  private static List<String> dimensions(Definition definition, Sum sum) {
    if (sum.members().isEmpty()) {
      return List.of(Definition.CITY);
    }
    List<String> grouped = List.copyOf(sum.members().keySet());
    return definition.by().stream().filter(by -> Aggregates.parts(by).equals(grouped)).toList();
  }

  private static KpiValue value(Definition definition, Sum sum, String dimension) {
    String member =
        sum.members().isEmpty()
            ? Definition.CITY
            : List.of(dimension.split("\\+")).stream()
                .map(part -> sum.members().get(part))
                .collect(Collectors.joining(Definition.JOINT));
    boolean quotient = definition.denominator() != null;
    return new KpiValue(
        definition.id(),
        sum.period(),
        dimension,
        member,
        rounded(sum.numerator()),
        quotient ? rounded(sum.denominator()) : null,
        quotient ? quotient(sum.numerator(), sum.denominator()) : rounded(sum.numerator()),
        sum.n(),
        definition.unit().id(),
        definition.version());
  }

  /**
   * The rate with the mix held: each member's own rate, weighted by its share of the denominator
   * over the last twelve months. Members without cases in a period are left out of its weights.
   */
  private static List<KpiValue> fixedMix(Definition definition, List<Sum> sums, Periods periods) {
    List<KpiValue> rows = new ArrayList<>();
    scopes(definition, sums)
        .forEach(
            (scope, own) -> {
              Map<String, Double> weights = weights(definition, own, periods.year());
              own.stream()
                  .collect(Collectors.groupingBy(Sum::period, TreeMap::new, Collectors.toList()))
                  .forEach(
                      (period, of) -> rows.add(heldMix(definition, scope, period, of, weights)));
            });
    return rows;
  }

  /** Sums by member of the mix, for the city and for each district. */
  private static Map<String, List<Sum>> scopes(Definition definition, List<Sum> sums) {
    List<String> ofCity = List.of(definition.fixedMix());
    List<String> ofDistrict = Aggregates.parts("district+" + definition.fixedMix());
    Map<String, List<Sum>> scopes = new TreeMap<>();
    for (Sum sum : sums) {
      List<String> grouped = List.copyOf(sum.members().keySet());
      if (grouped.equals(ofCity)) {
        scopes.computeIfAbsent(Definition.CITY, k -> new ArrayList<>()).add(sum);
      } else if (grouped.equals(ofDistrict)) {
        scopes.computeIfAbsent(sum.members().get("district"), k -> new ArrayList<>()).add(sum);
      }
    }
    return scopes;
  }

  private static Map<String, Double> weights(Definition definition, List<Sum> sums, String year) {
    return sums.stream()
        .filter(s -> s.period().equals(year))
        .collect(Collectors.toMap(s -> s.members().get(definition.fixedMix()), Sum::denominator));
  }

  private static KpiValue heldMix(
      Definition definition,
      String scope,
      String period,
      List<Sum> sums,
      Map<String, Double> weights) {
    double weighted = 0;
    double weight = 0;
    long n = 0;
    for (Sum sum :
        sums.stream().sorted(Comparator.comparing(s -> s.members().toString())).toList()) {
      Double own = weights.get(sum.members().get(definition.fixedMix()));
      if (own != null && sum.denominator() != 0) {
        weighted += own * sum.numerator() / sum.denominator();
        weight += own;
        n += sum.n();
      }
    }
    return new KpiValue(
        definition.id(),
        period,
        Definition.FIXED_MIX,
        scope,
        null,
        null,
        quotient(weighted, weight),
        n,
        definition.unit().id(),
        definition.version());
  }

  private static Double quotient(double numerator, double denominator) {
    return denominator == 0 ? null : rounded(numerator / denominator);
  }

  private static Double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN).doubleValue();
  }

  /** The value of a definition, or null where there is none. */
  static KpiValue find(
      List<KpiValue> values, String kpi, String period, String dimension, String member) {
    return values.stream()
        .filter(
            v ->
                v.kpi().equals(kpi)
                    && v.period().equals(period)
                    && v.dimension().equals(dimension)
                    && Objects.equals(v.member(), member))
        .findFirst()
        .orElse(null);
  }
}
