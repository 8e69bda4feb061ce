package credit.jobs.firm;

import static credit.jobs.firm.ToldActs.DAY;
import static credit.jobs.firm.ToldActs.REPAIRED;
import static credit.jobs.firm.ToldActs.RULED;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What repairs, objections, remedies and withdrawals make of an act, and since when. */
@ExtendWith(SparkExtension.class)
class EventStatusTest {
  private static final LocalDate FEBRUARY = LocalDate.of(2026, 2, 1);
  private static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);
  private static final LocalDate TOMORROW = DAY.plusDays(1);

  private static final ToldActs TOLD = new ToldActs();

  private static ToldActs.Timelines events;

  private static ToldActs.Firm penalized(String firm) {
    return TOLD.firm(firm).penalty();
  }

  static {
    penalized("REPAIRED").repair("approved", "target_act_no", "珠市监罚字(2025)12号");
    penalized("REPAIR REFUSED").repair("refused");
    penalized("REPAIR TAKEN BACK").repair("approved", "ended", true);
    penalized("REPAIR OF OTHER KIND").repair("approved", "target_kind", "serious_violation");
    penalized("REPAIR ELSEWHERE").repair("approved", "target_authority", "珠海市应急管理局");
    penalized("REPAIR SENT AGAIN")
        .repair("pending", "declared_on", REPAIRED, "known_at", REPAIRED)
        .again(REPAIRED.plusMonths(1), REPAIRED.plusMonths(1), "outcome", "approved")
        .again(REPAIRED.plusMonths(2), REPAIRED.plusMonths(2));

    penalized("OBJECTED").objection("pending");
    penalized("OBJECTION REJECTED").objection("rejected", "decided_on", RULED);
    penalized("ANNULLED").repair("approved").objection("upheld", "decided_on", RULED);
    penalized("ANNULLED LATER").repair("approved").objection("upheld", "decided_on", TOMORROW);

    penalized("REMEDY FILED").remedy("pending");
    penalized("SUSPENDED").remedy("pending", "suspended_on", RULED).objection("pending");
    resumed("RESUMED", RULED.plusDays(9));
    resumed("RESUMES TOMORROW", TOMORROW);
    resumed("RESUMED TODAY", DAY);
    resumed("NEVER HELD", RULED);
    suspendedUntil("DECIDED TOMORROW", "upheld", TOMORROW);
    suspendedUntil("REMEDY LOST", "upheld", RULED.plusDays(9));
    suspendedUntil("REMEDY WON", "annulled", RULED.plusDays(9));

    TOLD.firm("WITHDRAWN").penalty("ended", true, "known_at", LocalDate.of(2025, 6, 30));
    TOLD.firm("WITHDRAWN LATER").penalty("ended", true, "known_at", TOMORROW).repair("approved");
    withdrawnInFebruary("WITHDRAWN TWICE").again(MARCH, MARCH).again(MAY, MAY);
    withdrawnInFebruary("WITHDRAWN ANEW")
        .again(MARCH, MARCH, "ended", false)
        .again(MAY, MAY, "ended", true);
    // March's file came in June, when May's was known.
    withdrawnInFebruary("TOLD LATE")
        .again(MARCH, JUNE, "ended", false)
        .again(MAY, MAY, "ended", true);
  }

  private static void resumed(String firm, LocalDate on) {
    penalized(firm).remedy("pending", "suspended_on", RULED, "resumed_on", on);
  }

  private static void suspendedUntil(String firm, String outcome, LocalDate decided) {
    penalized(firm).remedy(outcome, "suspended_on", RULED, "decided_on", decided);
  }

  private static ToldActs.Firm withdrawnInFebruary(String firm) {
    return TOLD.firm(firm).penalty("ended", true, "declared_on", FEBRUARY, "known_at", FEBRUARY);
  }

  @BeforeAll
  static void build(SparkSession spark) {
    events = TOLD.timelines(spark);
  }

  @Test
  void aRepairChangesTheStatusOnTheDayItWasDecided() {
    events.assertStatus("REPAIRED", "repaired", REPAIRED);
    assertThat(events.day("REPAIRED", "status_known_at")).isEqualTo(REPAIRED.plusDays(29));
  }

  @Test
  void onlyAnApprovedRepairOfThisActRepairsIt() {
    events.assertStatus("REPAIR REFUSED", "active", null);
    events.assertStatus("REPAIR TAKEN BACK", "active", null);
    events.assertStatus("REPAIR OF OTHER KIND", "active", null);
    events.assertStatus("REPAIR ELSEWHERE", "active", null);
  }

  @Test
  void aRepairThatIsSentAgainIsKnownSinceItWasFirstTold() {
    events.assertStatus("REPAIR SENT AGAIN", "repaired", REPAIRED);
    assertThat(events.day("REPAIR SENT AGAIN", "status_known_at"))
        .isEqualTo(REPAIRED.plusMonths(1));
  }

  @Test
  void anObjectionIsShownAndARejectedOneIsNot() {
    events.assertStatus("OBJECTED", "under_objection", RULED.minusDays(20));
    events.assertStatus("OBJECTION REJECTED", "active", null);
  }

  @Test
  void annulledWinsOverRepaired() {
    events.assertStatus("ANNULLED", "annulled", RULED);
  }

  @Test
  void aChangeThatIsStillToComeHidesNoneThatHolds() {
    events.assertStatus("ANNULLED LATER", "repaired", REPAIRED);
    events.assertStatus("WITHDRAWN LATER", "repaired", REPAIRED);
  }

  @Test
  void aRemedyChangesAnActOnlyByASuspensionOrderOrByAnnullingIt() {
    events.assertStatus("REMEDY FILED", "active", null);
    events.assertStatus("SUSPENDED", "suspended", RULED);
    events.assertStatus("RESUMED", "active", null);
    events.assertStatus("REMEDY LOST", "active", null);
    events.assertStatus("REMEDY WON", "annulled", RULED.plusDays(9));
  }

  @Test
  void aSuspensionHoldsUntilTheDayOnWhichItIsLiftedOrTheRemedyDecided() {
    events.assertStatus("RESUMES TOMORROW", "suspended", RULED);
    events.assertStatus("DECIDED TOMORROW", "suspended", RULED);
    events.assertStatus("RESUMED TODAY", "active", null);
    events.assertStatus("NEVER HELD", "active", null);
  }

  @Test
  void aWithdrawnRecordEndsItsEvent() {
    events.assertStatus("WITHDRAWN", "withdrawn", LocalDate.of(2025, 6, 30));
  }

  @Test
  void aRecordIsWithdrawnSinceTheFirstVersionThatSaidSoWithoutABreak() {
    events.assertStatus("WITHDRAWN TWICE", "withdrawn", FEBRUARY);
    events.assertStatus("WITHDRAWN ANEW", "withdrawn", MAY);
  }

  @Test
  void aVersionThatCameTooLateToBeBelievedBreaksNoWithdrawal() {
    events.assertStatus("TOLD LATE", "withdrawn", FEBRUARY);
  }
}
