package credit.jobs.kpi;

import credit.jobs.page.Texts;
import credit.schemas.CodeList;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a report is made of.
 *
 * @param definitions definitions in force
 * @param values computed values
 * @param itemNames names of the reform items by code
 * @param codes code lists with the labels of members
 * @param coverage how far each source goes
 * @param listVersion newest published list version; null: none yet
 * @param asOf day the report speaks for
 * @param knownAt knowledge date
 * @param allowPending whether pending rules were put to work
 */
record ReportData(
    Definitions definitions,
    List<KpiValue> values,
    Map<String, String> itemNames,
    Map<String, CodeList> codes,
    List<Coverage> coverage,
    Long listVersion,
    LocalDate asOf,
    LocalDate knownAt,
    boolean allowPending) {

  /** How far a source goes: its authority, the day of its newest accepted delivery, its rows. */
  record Coverage(
      String source, String authority, LocalDate through, long rows, long quarantined) {}

  /** Values by their key, for the many look-ups of a report. */
  record Index(Map<List<String>, KpiValue> byKey) {
    KpiValue find(String kpi, String period, String dimension, String member) {
      return byKey.get(List.of(kpi, period, dimension, member));
    }

    KpiValue city(String kpi, String period) {
      return find(kpi, period, Definition.CITY, Definition.CITY);
    }

    Double cityValue(String kpi, String period) {
      KpiValue found = city(kpi, period);
      return found == null ? null : found.value();
    }

    /** Members of a dimension that any of the indicators has in a period, in order. */
    List<String> members(List<Definition> definitions, String period, String dimension) {
      List<String> ids = definitions.stream().map(Definition::id).toList();
      return byKey.values().stream()
          .filter(v -> ids.contains(v.kpi()))
          .filter(v -> v.period().equals(period) && v.dimension().equals(dimension))
          .map(KpiValue::member)
          .distinct()
          .sorted()
          .toList();
    }
  }

  Index index() {
    return new Index(
        values.stream()
            .collect(
                Collectors.toMap(
                    v -> List.of(v.kpi(), v.period(), v.dimension(), v.member()), v -> v)));
  }

  Periods periods() {
    return new Periods(asOf);
  }

  /** Label of a member of a dimension. */
  String label(Texts texts, String dimension, String member) {
    if (member.equals("unknown")) {
      return texts.get("unknown");
    }
    if (dimension.equals("item")) {
      String name = itemNames.get(member);
      return name == null ? member : member + " " + name;
    }
    if (dimension.equals("batch")) {
      return texts.get("batch", member);
    }
    CodeList list = codes.get(definitions.labels().getOrDefault(dimension, ""));
    return list == null ? texts.label(dimension, member) : list.label(member, texts.language());
  }

  /** A value in its unit. */
  static String written(Texts texts, Definition definition, KpiValue value) {
    return value == null ? texts.orNone(null) : written(texts, definition, value.value());
  }

  /** A number in the unit of its definition. */
  static String written(Texts texts, Definition definition, Double value) {
    return switch (definition.unit()) {
      case SHARE -> texts.percent(value);
      case COUNT -> texts.count(value);
      default -> texts.decimal(value);
    };
  }
}
