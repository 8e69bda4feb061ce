package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.expr;

import credit.schemas.SourceContract;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How complete a source is, and how well it keeps to what was agreed.
 *
 * @param timeliness its deliveries against its interval
 * @param quarantined share of its rows that its contract refused
 * @param limit share above which a delivery stays out whole
 * @param open quarantined rows that still wait for a correction
 */
record SourceHealth(Timeliness timeliness, BigDecimal quarantined, BigDecimal limit, long open) {
  static final List<String> HEADER =
      List.of(
          "source",
          "last delivery",
          "every days",
          "state",
          "missed",
          "quarantined %",
          "limit %",
          "rows that wait");

  /** Every source of the jurisdiction, also those that never delivered. */
  static List<SourceHealth> of(Workspace workspace, LocalDate asOf) {
    Map<String, Row> ledger = new HashMap<>();
    workspace
        .table("deliveries")
        .groupBy("source")
        .agg(
            collect_set(expr("CASE WHEN status <> 'refused' THEN declared_on END")).as("taken"),
            expr("sum(CASE WHEN status <> 'resent' THEN rows_in END)").as("rows"),
            expr("sum(CASE WHEN status <> 'resent' THEN quarantined END)").as("quarantined"))
        .collectAsList()
        .forEach(row -> ledger.put(row.getAs("source"), row));
    Map<String, Long> open = open(workspace);
    return workspace.schemas().sources().values().stream()
        .map(s -> of(s, ledger.get(s.id()), open.getOrDefault(s.id(), 0L), asOf))
        .toList();
  }

  private static SourceHealth of(SourceContract source, Row ledger, long open, LocalDate asOf) {
    List<LocalDate> taken = ledger == null ? List.of() : ledger.getList(ledger.fieldIndex("taken"));
    return new SourceHealth(
        Timeliness.of(source, taken, asOf),
        ledger == null ? BigDecimal.ZERO : share(ledger.getAs("quarantined"), ledger.getAs("rows")),
        source.delivery().maxQuarantineShare(),
        open);
  }

  private static BigDecimal share(Long part, Long whole) {
    return whole == null || whole == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 6, RoundingMode.HALF_UP);
  }

  private static Map<String, Long> open(Workspace workspace) {
    Map<String, Long> open = new HashMap<>();
    if (workspace.tables().exists("quarantine")) {
      Dataset<Row> states =
          Quarantined.states(workspace.table("quarantine"), workspace.table("deliveries"));
      states
          .where(col("state").equalTo(Quarantined.OPEN))
          .groupBy("source")
          .agg(expr("count(DISTINCT delivery_id, row_number)").as("rows"))
          .collectAsList()
          .forEach(row -> open.put(row.getAs("source"), row.<Long>getAs("rows")));
    }
    return open;
  }

  List<String> cells() {
    return List.of(
        timeliness.source(),
        timeliness.last() == null ? "" : timeliness.last().toString(),
        String.valueOf(timeliness.intervalDays()),
        timeliness.state(),
        String.valueOf(timeliness.missed()),
        percent(quarantined),
        percent(limit),
        String.valueOf(open));
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).setScale(2, RoundingMode.HALF_UP).toPlainString();
  }

  /** For programs: dates as texts, shares as numbers. */
  Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("source", timeliness.source());
    object.put("last_delivery", timeliness.last() == null ? null : timeliness.last().toString());
    object.put("interval_days", timeliness.intervalDays());
    object.put("overdue_days", timeliness.overdueDays());
    object.put("missed", timeliness.missed());
    object.put("gaps", timeliness.gaps().stream().map(SourceHealth::object).toList());
    object.put("quarantined_share", quarantined);
    object.put("max_quarantine_share", limit);
    object.put("rows_that_wait", open);
    return object;
  }

  private static Map<String, Object> object(Timeliness.Gap gap) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("after", gap.after().toString());
    object.put("before", gap.before().toString());
    object.put("missed", gap.missed());
    return object;
  }
}
