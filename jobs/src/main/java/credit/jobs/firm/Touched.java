package credit.jobs.firm;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.Increment;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import credit.schemas.SourceContract;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The firms whose events or file may be others than at the last result: those with other records,
 * another row in the register, or a date that has passed since. One too many costs a little time,
 * one too few would leave a wrong file.
 */
final class Touched {
  private static final String[] FIRM = {"id_scheme", "code"};
  private static final String[] LINK = {"record_id", "id_scheme", "code", "first_known_at"};

  private final Run run;
  private final Stage stage;
  private final Increment increment;

  Touched(Run run, Stage stage, Increment increment) {
    this.run = run;
    this.stage = stage;
    this.increment = increment;
  }

  /** {@code id_scheme, code}, each once. */
  Dataset<Row> firms() {
    Dataset<Row> firms = relinked();
    if (!increment.arrived().isEmpty()) {
      firms = firms.union(retold());
    }
    SourceContract register = run.schemas().register();
    if (increment.sources().contains(register.id())) {
      firms =
          firms.union(
              increment
                  .changedRecords(run.read(stage, register.stagedTable()))
                  .select(lit(RegisterRows.scheme(register)).as("id_scheme"), col("code")));
    }
    if (increment.asOf().isBefore(run.asOf())) {
      firms = firms.union(dated());
    }
    return firms.distinct();
  }

  /** Firms that lost or won a record; one whose link was written again as it was did not. */
  private Dataset<Row> relinked() {
    Column came =
        when(col(Tables.CHANGE).isin("insert", "update_postimage"), 1L).otherwise(lit(-1L));
    return run.tables()
        .changes(stage.name(), "links", increment.since().tableVersions().get("links"))
        .groupBy(columns(LINK))
        .agg(sum(came).as("balance"))
        .where(col("balance").notEqual(0))
        .select(columns(FIRM));
  }

  /**
   * Firms of records that a delivery told which came since, though it counts as known before. It
   * need not be the newest to move the day since which a step or a status is known.
   */
  private Dataset<Row> retold() {
    Dataset<Row> links = run.read(stage, "links");
    return run.schemas().sources().values().stream()
        .filter(s -> s.links() && increment.sources().contains(s.id()))
        .map(s -> run.read(stage, s.stagedTable()).where(increment.fresh()).select("record_key"))
        .map(keys -> links.join(keys, new String[] {"record_key"}, "left_semi"))
        .map(firms -> firms.select(columns(FIRM)))
        .reduce(Dataset::union)
        .orElseGet(() -> links.select(columns(FIRM)).limit(0));
  }

  /**
   * Firms for which a day of {@link #by}, of a withdrawal, of a change of status or of {@link
   * RegisterRows#turns} has come.
   */
  private Dataset<Row> dated() {
    LocalDate before = increment.asOf();
    LocalDate now = run.asOf();
    Dataset<Row> links = run.read(stage, "links");
    Dataset<Row> changes =
        FirmJob.changes(run, FirmJob.linked(run), s -> run.read(stage, s.stagedTable()))
            .where(changes(before, now))
            .select("record_id")
            .distinct();
    return run.read(stage, "events")
        .where(by(before, now))
        .select(columns(FIRM))
        .union(
            links
                .where(mayEnd(before, now).or(col("record_id").isin(changes)))
                .select(columns(FIRM)))
        .union(
            run.read(stage, "firm_file")
                .where(RegisterRows.turns(day -> passes(day, before, now)))
                .select(columns(FIRM)));
  }

  /**
   * Whether an event makes another file of its firm, or becomes another event, for the mere reason
   * that a day has come. What {@link Events} and {@link FirmFiles} compare with the day:
   *
   * <ul>
   *   <li>{@code event_date}: the event has happened, and is no longer in the future;
   *   <li>{@code event_date} a window's months ago: a counter no longer counts it;
   *   <li>{@code effective_from}, {@code effective_until}: a listing or honour begins or ends, a
   *       licence expires;
   *   <li>{@code effective_until} some days ahead: a licence is expiring;
   *   <li>the day after {@code effective_until}: a duty is overdue;
   *   <li>{@code status_date}: from then on a record may no longer be used.
   * </ul>
   *
   * <p>An event tells the change of status that counts, not those that it outweighs or that are
   * still to come, nor always the day since which it is known to have ended. Those days are looked
   * for beside it, in the changes and links.
   *
   * @param before the day of the last result
   * @param now the day of this one, not earlier
   */
  static Column by(LocalDate before, LocalDate now) {
    Column until = col("effective_until");
    Column any =
        passes(col("event_date"), before, now)
            .or(passes(col("effective_from"), before, now))
            .or(passes(until, before, now))
            .or(passes(until, before.minusDays(1), now.minusDays(1)))
            .or(
                passes(
                    until,
                    before.plusDays(FirmFiles.EXPIRING_DAYS),
                    now.plusDays(FirmFiles.EXPIRING_DAYS)))
            .or(passes(col("status_date"), before, now));
    for (int months : FirmFiles.WINDOWS) {
      any = any.or(between(col("event_date"), monthsAgo(before, months), monthsAgo(now, months)));
    }
    return any;
  }

  /** Whether a change of status begins to hold, or ends. */
  static Column changes(LocalDate before, LocalDate now) {
    return passes(col("changed_on"), before, now)
        .or(coalesce(passes(col("changed_until"), before, now), lit(false)));
  }

  /**
   * Whether a day came on which a linked record may have ended. A link tells when its record was
   * known first and when its newest version was; the withdrawal lies between.
   */
  private Column mayEnd(LocalDate before, LocalDate now) {
    Object[] sources =
        run.schemas().sources().values().stream()
            .filter(s -> s.endedWhen() != null)
            .map(SourceContract::id)
            .toArray();
    return col("source")
        .isin(sources)
        .and(col("known_at").gt(lit(before)))
        .and(col("first_known_at").leq(lit(now)));
  }

  /** As the counters of {@link FirmFiles} look back; at a month's end this has no inverse. */
  private static Column monthsAgo(LocalDate day, int months) {
    return add_months(lit(day), -months);
  }

  /** Whether a day came between two results: after the one, on or before the other. */
  private static Column passes(Column day, LocalDate before, LocalDate now) {
    return between(day, lit(before), lit(now));
  }

  private static Column between(Column day, Column after, Column upTo) {
    return day.gt(after).and(day.leq(upTo));
  }

  private static Column[] columns(String... names) {
    return java.util.Arrays.stream(names).map(n -> col(n)).toArray(Column[]::new);
  }
}
