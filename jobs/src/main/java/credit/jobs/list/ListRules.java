package credit.jobs.list;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.RuleSettings;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The rules of one list, ready to be put to events.
 *
 * @param list the list's name, part of an entry's id
 * @param scope the effect's key that tells its rules' entries apart: mode, measure, or null
 * @param rules every rule that was in force on the day or before, in file order
 * @param use what a record may still be used for
 * @param asOf the day the list speaks for
 */
record ListRules(String list, String scope, List<Entry> rules, UseRules use, LocalDate asOf) {
  /**
   * One rule.
   *
   * @param rule the rule
   * @param works whether it is put to work; else it runs in shadow
   * @param condition events that make an entry
   * @param from first day of the entry
   * @param until day on which the entry no longer holds; null: until an event
   * @param item item to which it is narrowed; null: all
   */
  record Entry(
      Rule rule, boolean works, Column condition, Column from, Column until, Column item) {}

  /** What a jurisdiction asks of a list; without the rule file the list is empty. */
  static ListRules of(
      SparkSession spark,
      Schemas schemas,
      String list,
      String scope,
      LocalDate asOf,
      boolean allowPending) {
    UseRules use = UseRules.of(schemas, asOf, allowPending);
    RuleFile file = schemas.rules().get(list);
    if (file == null) {
      return new ListRules(list, scope, List.of(), use, asOf);
    }
    requireEvents(file);
    StructType columns = RuleConditions.columns(schemas, file);
    List<Entry> entries = new ArrayList<>();
    for (Rule rule : file.rules()) {
      if (!rule.effectiveFrom().isAfter(asOf)) {
        requireEffect(file, rule, scope);
        entries.add(entry(spark, file, rule, columns, rule.confirmed() || allowPending));
      }
    }
    return new ListRules(list, scope, List.copyOf(entries), use, asOf);
  }

  /** Analyses all rules of a list, those of days to come included. */
  static void check(SparkSession spark, Schemas schemas, String list, String scope) {
    of(spark, schemas, list, scope, LocalDate.MAX, true);
  }

  private static Entry entry(
      SparkSession spark, RuleFile file, Rule rule, StructType columns, boolean works) {
    Column start =
        rule.effect("from") == null
            ? functions.coalesce(functions.col("effective_from"), functions.col("event_date"))
            : RuleConditions.date(spark, file, rule, "from", columns);
    return new Entry(
        rule,
        works,
        RuleConditions.condition(spark, file, rule, columns),
        // A rule binds on its own days only.
        functions.greatest(start, functions.lit(rule.effectiveFrom())),
        functions.least(
            RuleConditions.date(spark, file, rule, "until", columns),
            functions.lit(rule.effectiveUntil()).cast("date")),
        RuleConditions.text(spark, file, rule, "item", columns));
  }

  static void requireEvents(RuleFile file) {
    if (!"events".equals(file.table())) {
      throw Failure.usage(
          "%s: its table is '%s', but entries come from legal acts only; write 'table: events'",
          file.place("table"), file.table());
    }
  }

  /** A mode that nobody asks for would let a barred firm pass. */
  private static void requireEffect(RuleFile file, Rule rule, String scope) {
    RuleSettings.effectOf(file, rule)
        .allow(
            Stream.of(scope, "cause", "from", "until", "item")
                .filter(Objects::nonNull)
                .toArray(String[]::new));
    RuleConditions.required(file, rule, "cause");
    if (scope == null) {
      return;
    }
    String value = RuleConditions.required(file, rule, scope);
    RuleSettings settings = RuleSettings.of(file);
    String known = scope + "s";
    if (settings.has(known) && !settings.texts(known).contains(value)) {
      throw Failure.usage(
          "%s:%d: rule '%s': %s '%s' is none of settings.%s %s; correct one of them",
          file.file(), rule.line(), rule.id(), scope, value, known, settings.texts(known));
    }
  }
}
