package credit.jobs.list;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.PublicationSettings;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.RuleSettings;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The rules by which penalties are shown to the public, ready to be put to events.
 *
 * @param rules every rule in file order: which of them are in force, a document's own date says
 * @param sourceUntil detail of an event under which its source says when to end the display; null:
 *     none does
 * @param use what a record may still be used for
 * @param asOf the day for which it is asked
 */
record PublicationRules(List<Entry> rules, String sourceUntil, UseRules use, LocalDate asOf) {
  private static final String FILE = "publication";

  /**
   * One rule.
   *
   * @param works whether it is put to work; else it runs in shadow
   * @param holds documents of its days for which its condition holds
   * @param months longest time on show, from the date of the document; 0: never shown
   */
  record Entry(Rule rule, boolean works, Column holds, int months) {}

  /** What a jurisdiction lets the public see; without the rule file, nothing. */
  static PublicationRules of(
      SparkSession spark, Schemas schemas, LocalDate asOf, boolean allowPending) {
    RuleFile file = schemas.rules().get(FILE);
    UseRules use = UseRules.of(schemas, asOf, allowPending);
    if (file == null) {
      return new PublicationRules(List.of(), null, use, asOf);
    }
    ListRules.requireEvents(file);
    StructType columns = RuleConditions.columns(schemas, file);
    List<Entry> entries = new ArrayList<>();
    for (Rule rule : file.rules()) {
      RuleSettings.effectOf(file, rule).allow("band", "months").text("band");
      entries.add(
          new Entry(
              rule,
              rule.confirmed() || allowPending,
              ofItsDays(rule).and(RuleConditions.condition(spark, file, rule, columns)),
              months(file, rule)));
    }
    return new PublicationRules(
        List.copyOf(entries), PublicationSettings.of(schemas).sourceUntil(), use, asOf);
  }

  private static Column ofItsDays(Rule rule) {
    Column begun = functions.col("event_date").geq(functions.lit(rule.effectiveFrom()));
    return rule.effectiveUntil() == null
        ? begun
        : begun.and(functions.col("event_date").lt(functions.lit(rule.effectiveUntil())));
  }

  private static int months(RuleFile file, Rule rule) {
    String text = RuleConditions.required(file, rule, "months");
    if (!text.matches("[0-9]{1,3}")) {
      throw Failure.usage(
          "%s:%d: rule '%s': months is '%s'; write a whole number, 0 for what is never shown",
          file.file(), rule.line(), rule.id(), text);
    }
    return Integer.parseInt(text);
  }
}
