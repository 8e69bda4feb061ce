package credit.jobs.list;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Stage {@code list}: from events and names of firms to {@code blacklist}, {@code restrictions},
 * {@code incentives} and {@code public_penalties}. Entries whose interval is over stay, for
 * questions about a past day.
 */
public final class ListJob implements Stage {
  @Override
  public String name() {
    return "list";
  }

  @Override
  public Map<String, Long> run(Run run) {
    Dataset<Row> events = run.read(this, "events");
    Dataset<Row> firms = run.read(this, "firm_file");
    Dataset<Row> blacklist =
        write(run, "blacklist", entries(run, events, firms, "blacklist", null));
    Dataset<Row> restrictions =
        write(run, "restrictions", entries(run, events, firms, "restrictions", "mode"));
    Dataset<Row> earned = entries(run, events, firms, "incentives", "measure");
    Dataset<Row> incentives =
        write(
            run,
            "incentives",
            Incentives.unlessListed(earned, blacklist, restrictions, run.asOf()));
    Dataset<Row> penalties =
        write(
            run,
            "public_penalties",
            PublicPenalties.of(
                events,
                firms,
                PublicationRules.of(
                    run.spark(), run.schemas(), run.asOf(), run.settings().allowPending())));
    Map<String, Long> figures = new TreeMap<>();
    count(figures, "blacklist", blacklist);
    count(figures, "restrictions", restrictions);
    count(figures, "incentives", incentives);
    count(figures, "public_penalties", penalties);
    return figures;
  }

  @Override
  public void check(SparkSession spark, Schemas schemas) {
    ListRules.check(spark, schemas, "blacklist", null);
    ListRules.check(spark, schemas, "restrictions", "mode");
    ListRules.check(spark, schemas, "incentives", "measure");
    PublicationRules.of(spark, schemas, LocalDate.MAX, true);
  }

  private Dataset<Row> entries(
      Run run, Dataset<Row> events, Dataset<Row> firms, String list, String scope) {
    ListRules rules =
        ListRules.of(
            run.spark(), run.schemas(), list, scope, run.asOf(), run.settings().allowPending());
    return rules.rules().isEmpty()
        ? run.spark().createDataFrame(List.of(), Tables.schemaOf(run.tables().contract(list)))
        : Entries.of(events, firms, rules);
  }

  private Dataset<Row> write(Run run, String table, Dataset<Row> rows) {
    String id = rows.columns()[0];
    run.write(this, table, rows.coalesce(1).sortWithinPartitions(id));
    return run.read(this, table).where(col("as_of").equalTo(lit(run.asOf())));
  }

  private static void count(Map<String, Long> figures, String list, Dataset<Row> rows) {
    rows.groupBy("state")
        .count()
        .collectAsList()
        .forEach(row -> figures.put(list + "_" + row.getString(0), row.getLong(1)));
  }
}
