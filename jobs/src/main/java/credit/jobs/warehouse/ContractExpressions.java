package credit.jobs.warehouse;

import credit.jobs.warehouse.SqlExpression.Kind;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Expressions of source contracts, analysed against the columns of the staged table before anything
 * runs, under the same rules as {@link RuleConditions}.
 */
public final class ContractExpressions {
  private final SparkSession spark;
  private final SourceContract source;
  private final StructType columns;

  private ContractExpressions(SparkSession spark, SourceContract source, StructType columns) {
    this.spark = spark;
    this.source = source;
    this.columns = columns;
  }

  /**
   * Analyses the expressions of all source contracts of a jurisdiction.
   *
   * @throws Failure (exit code 2) at the first that is refused
   */
  public static void checkAll(SparkSession spark, Schemas schemas) {
    for (SourceContract source : schemas.sources().values()) {
      StructType columns = Tables.schemaOf(Tables.contract(schemas, source.stagedTable()));
      new ContractExpressions(spark, source, columns).check();
    }
  }

  private void check() {
    check("natural_person_when", 0, source.delivery().naturalPersonWhen(), Kind.BOOLEAN);
    check("ended_when", 0, source.endedWhen(), Kind.BOOLEAN);
    if (source.firm() != null) {
      firm(source.firm());
    }
    source.events().forEach(this::event);
    if (source.statusChange() != null) {
      statusChange(source.statusChange());
    }
    source.quality().forEach(q -> check(q.name(), q.line(), q.condition(), Kind.BOOLEAN));
  }

  private void firm(SourceContract.FirmReference firm) {
    check("firm.code", 0, firm.code(), Kind.TEXT);
    check("firm.name", 0, firm.name(), Kind.TEXT);
    check("firm.district", 0, firm.district(), Kind.TEXT);
    check("firm.date", 0, firm.date(), Kind.DATE);
    check("firm.person_or_shop", 0, firm.notAFirm(), Kind.BOOLEAN);
  }

  private void event(SourceContract.EventMapping event) {
    int line = event.line();
    check("when", line, event.when(), Kind.BOOLEAN);
    check("date", line, event.date(), Kind.DATE);
    check("from", line, event.from(), Kind.DATE);
    check("until", line, event.until(), Kind.DATE);
    check("act_no", line, event.actNo(), Kind.TEXT);
    check("other_no", line, event.otherNo(), Kind.TEXT);
    check("authority", line, event.authority(), Kind.TEXT);
    check("categories", line, event.categories(), Kind.TEXTS);
    check("amount", line, event.amount(), Kind.NUMBER);
    check("outcome", line, event.outcome(), Kind.TEXT);
    check("domain", line, event.domain(), Kind.TEXT);
    check("item", line, event.item(), Kind.TEXT);
    event.steps().forEach((step, day) -> check("steps." + step, line, day, Kind.DATE));
    Set<String> known = Set.of(columns.fieldNames());
    event.details().stream()
        .filter(column -> !known.contains(column))
        .findFirst()
        .ifPresent(column -> refuse("details", line, "there is no column '" + column + "'"));
  }

  private void statusChange(SourceContract.StatusChange change) {
    check("status_change.act_no", change.line(), change.actNo(), Kind.TEXT);
    check("status_change.authority", change.line(), change.authority(), Kind.TEXT);
    check("status_change.event_type", change.line(), change.eventType(), Kind.TEXT);
    status(change);
    check("status_change.date", change.line(), change.date(), Kind.DATE);
    check("status_change.until", change.line(), change.until(), Kind.DATE);
    change
        .steps()
        .forEach(
            (step, day) -> check("status_change.steps." + step, change.line(), day, Kind.DATE));
  }

  /** A status that no rule of use knows would bar nothing: the act would count on. */
  private void status(SourceContract.StatusChange change) {
    check("status_change.status", change.line(), change.status(), Kind.TEXT);
    if (change.status() != null) {
      SqlExpression.texts(spark, columns, change.status()).stream()
          .filter(status -> !UseRules.STATUSES.contains(status))
          .findFirst()
          .ifPresent(
              status ->
                  refuse(
                      "status_change.status",
                      change.line(),
                      "no record has the status '%s'; use one of %s"
                          .formatted(status, String.join(", ", UseRules.STATUSES))));
    }
  }

  private void check(String key, int line, String sql, Kind kind) {
    if (sql != null) {
      SqlExpression.refusal(spark, columns, sql, kind)
          .ifPresent(r -> refuse(key, line, r.problem() + "; " + r.remedy()));
    }
  }

  private void refuse(String key, int line, String why) {
    String place = line == 0 ? source.file() : source.file() + ":" + line;
    throw Failure.usage("%s: '%s' is refused: %s", place, key, why);
  }
}
