package credit.jobs.tier;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import credit.jobs.warehouse.Increment;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The firms whose rating or measures may be others than at the last result: those with another
 * file, and those of which a rule says another thing for the mere reason that a day has come. When
 * that is cannot be told from a rule, which may compare any date with the day in any way. So what
 * rules compare with the day is asked for both days. One firm too many costs a little time.
 */
final class Rerated {
  private static final String AS_OF = "as_of";

  private final Run run;
  private final Stage stage;
  private final Increment increment;

  Rerated(Run run, Stage stage, Increment increment) {
    this.run = run;
    this.stage = stage;
    this.increment = increment;
  }

  /** {@code id_scheme, code}, each once. */
  Dataset<Row> firms(TierRules rules) {
    long before = increment.since().tableVersions().get(TierJob.FIRM_FILE);
    Dataset<Row> firms = firmsOf(run.tables().changes(stage.name(), TierJob.FIRM_FILE, before));
    if (increment.asOf().isBefore(run.asOf())) {
      Dataset<Row> files = run.read(stage, TierJob.FIRM_FILE);
      firms =
          firms
              .union(turned(RuleConditions.elements(files, "timeline"), ofEvents(rules)))
              .union(turned(counting(files, rules), compared("tiers_firm", of(rules.byFirm()))))
              .union(turned(files, ofMeasures()));
    }
    return firms.distinct();
  }

  /** Files as rules over a firm see them. On both days the same events count, or one has turned. */
  private Dataset<Row> counting(Dataset<Row> files, TierRules rules) {
    return Tiers.counting(files.withColumn(AS_OF, lit(run.asOf())), rules);
  }

  /** What is compared of an event, and what makes one count from a day on or no longer. */
  private Collection<Column> ofEvents(TierRules rules) {
    return Stream.concat(
            Stream.of(col("event_date").leq(col(AS_OF)), col("status_date").leq(col(AS_OF))),
            compared("tiers", of(rules.byEvent())).stream())
        .toList();
  }

  private static List<Rule> of(List<TierRules.Entry> entries) {
    return entries.stream().map(TierRules.Entry::rule).toList();
  }

  private Collection<Column> ofMeasures() {
    RuleFile file = run.schemas().rules().get("measures");
    return file == null
        ? List.of()
        : compared("measures", file.inForce(run.asOf(), run.settings().allowPending()));
  }

  /** What rules compare with the day; those that do not speak of it say the same on both days. */
  private Collection<Column> compared(String id, List<Rule> rules) {
    RuleFile file = run.schemas().rules().get(id);
    List<Rule> dated =
        rules.stream()
            .filter(r -> RuleConditions.speaksOfTheDay(run.spark(), run.schemas(), file, r))
            .toList();
    return dated.isEmpty()
        ? List.of()
        : RuleConditions.comparisonsWithTheDay(run.spark(), run.schemas(), file, dated);
  }

  /**
   * Firms with a row of which a comparison says another thing on the one day than on the other. No
   * other column of the row is read: a file's timeline is most of the warehouse.
   */
  private Dataset<Row> turned(Dataset<Row> rows, Collection<Column> comparisons) {
    Map<String, Column> then = new LinkedHashMap<>();
    Column turned = lit(false);
    for (Column comparison : comparisons) {
      String name = "then_" + then.size();
      then.put(name, comparison);
      turned = turned.or(not(col(name).eqNullSafe(comparison)));
    }
    return firmsOf(
        rows.withColumn(AS_OF, lit(increment.asOf()))
            .withColumns(then)
            .withColumn(AS_OF, lit(run.asOf()))
            .where(turned));
  }

  private static Dataset<Row> firmsOf(Dataset<Row> rows) {
    return rows.select("id_scheme", "code");
  }
}
