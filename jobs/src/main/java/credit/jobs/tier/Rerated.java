package credit.jobs.tier;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import credit.jobs.warehouse.Increment;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The firms whose rating or measures may be others than at the last result: those with another
 * file, and those of which a rule says another thing for the mere reason that a day has come. When
 * that is cannot be told from a rule, which may compare any date with the day in any way. So what a
 * rule says of the day is asked for both days.
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
              .union(turned(counting(files, rules), dated("tiers_firm", of(rules.byFirm()))))
              .union(turned(files, ofMeasures()));
    }
    return firms.distinct();
  }

  /** Files as rules over a firm see them. On both days the same events count, or one has turned. */
  private Dataset<Row> counting(Dataset<Row> files, TierRules rules) {
    return Tiers.counting(files.withColumn(AS_OF, lit(run.asOf())), rules);
  }

  /** Conditions over an event, and what makes one count from a day on or no longer. */
  private List<Column> ofEvents(TierRules rules) {
    List<Column> conditions = dated("tiers", of(rules.byEvent()));
    conditions.add(col("event_date").leq(col(AS_OF)));
    conditions.add(col("status_date").leq(col(AS_OF)));
    return conditions;
  }

  /** What rules say of the day; those that do not speak of it say the same on both days. */
  private List<Column> dated(String id, List<Rule> rules) {
    RuleFile file = run.schemas().rules().get(id);
    return rules.stream()
        .filter(r -> RuleConditions.speaksOfTheDay(run.spark(), run.schemas(), file, r))
        .map(r -> RuleConditions.partOfTheDay(run.spark(), r))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static List<Rule> of(List<TierRules.Entry> entries) {
    return entries.stream().map(TierRules.Entry::rule).toList();
  }

  private List<Column> ofMeasures() {
    RuleFile file = run.schemas().rules().get("measures");
    return file == null
        ? List.of()
        : dated("measures", file.inForce(run.asOf(), run.settings().allowPending()));
  }

  /** Firms with a row of which something else is said on the one day than on the other. */
  private Dataset<Row> turned(Dataset<Row> rows, List<Column> said) {
    if (said.isEmpty()) {
      return firmsOf(rows.limit(0));
    }
    Column all = array(said.toArray(Column[]::new));
    return firmsOf(
        rows.withColumn(AS_OF, lit(increment.asOf()))
            .withColumn("then", all)
            .withColumn(AS_OF, lit(run.asOf()))
            .withColumn("now", all)
            .where(not(col("then").equalTo(col("now")))));
  }

  private static Dataset<Row> firmsOf(Dataset<Row> rows) {
    return rows.select("id_scheme", "code");
  }
}
