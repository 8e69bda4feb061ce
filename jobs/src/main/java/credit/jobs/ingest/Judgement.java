package credit.jobs.ingest;

import credit.jobs.ingest.Landing.Landed;
import credit.jobs.warehouse.Failure;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.spark.sql.Row;

/** What becomes of a delivery, from what became of its rows. */
final class Judgement {
  /** A handful of bad rows never keeps a small delivery out. */
  private static final long TOLERATED_ROWS = 5;

  private Judgement() {}

  /**
   * The ledger row of a landed file.
   *
   * @param tally its rows by verdict, see {@link Verdicts#tally}; null: none
   */
  static DeliveryRow of(DeliveredFile file, LocalDate knownAt, Landed landed, Row tally) {
    if (landed.refusal() != null) {
      return landed.controlSha256() == null
          ? DeliveryRow.refused(file, knownAt, landed.refusal(), null, 0)
          : DeliveryRow.refusedForItsControl(
              file, knownAt, landed.refusal(), landed.controlSha256());
    }
    RowFormat.Seen seen = landed.seen();
    long rows = figure(tally, Verdicts.ROWS);
    if (rows != seen.rows()) {
      throw Failure.badInput(
          "%s: %,d rows were read and %,d accounted for; nothing was written",
          file.relative(), seen.rows(), rows);
    }
    long quarantined = figure(tally, Verdicts.QUARANTINED);
    if (isOverLimit(file, quarantined, rows)) {
      String reason =
          "%,d of %,d rows quarantined, limit %s; see ./credit quarantine --delivery %s"
              .formatted(
                  quarantined,
                  rows,
                  percent(file.source().delivery().maxQuarantineShare()),
                  file.shortId());
      return DeliveryRow.refused(file, knownAt, reason, seen.charset(), rows);
    }
    long dropped = figure(tally, Verdicts.DROPPED);
    long duplicate = figure(tally, Verdicts.DUPLICATE);
    return new DeliveryRow(
        file,
        knownAt,
        DeliveryRow.ACCEPTED,
        seen.unknown().isEmpty() ? null : "unknown columns left out: " + seen.unknown(),
        seen.charset(),
        rows,
        rows - dropped - duplicate - quarantined,
        figure(tally, Verdicts.SUPERSEDED),
        figure(tally, Verdicts.REPAIRED),
        duplicate,
        quarantined,
        dropped,
        landed.control().corrects(),
        landed.control().correctedRows(),
        null);
  }

  private static long figure(Row tally, String name) {
    return tally == null ? 0 : tally.<Long>getAs(name);
  }

  private static boolean isOverLimit(DeliveredFile file, long quarantined, long rows) {
    BigDecimal limit = file.source().delivery().maxQuarantineShare();
    return quarantined > TOLERATED_ROWS
        && BigDecimal.valueOf(quarantined).compareTo(limit.multiply(BigDecimal.valueOf(rows))) > 0;
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}
