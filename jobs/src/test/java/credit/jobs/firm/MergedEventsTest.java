package credit.jobs.firm;

import static credit.jobs.firm.ToldActs.DAY;
import static credit.jobs.firm.ToldActs.KNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the copies of one act say together. */
@ExtendWith(SparkExtension.class)
class MergedEventsTest {
  private static final ToldActs TOLD = new ToldActs();

  private static ToldActs.Timelines events;

  static {
    TOLD.firm("BOTH LAYOUTS").penalty().penaltyOf2016();
    TOLD.firm("OLD LAYOUT ONLY").penaltyOf2016();
    TOLD.firm("NO PENALTY IN 2016").penaltyOf2016("categories", List.of("no_penalty"));
    layoutsThatCame("OLD FIRST", KNOWN.minusDays(9));
    layoutsThatCame("NEW FIRST", KNOWN.plusDays(9));

    TOLD.firm("AMOUNT LEFT OUT")
        .penalty("fine", null)
        .penalty("fine", new BigDecimal("50000"), "known_at", DAY);
    TOLD.firm("TWO AMOUNTS").penalty("confiscation", new BigDecimal("700"));
    TOLD.firm("CONFISCATED").penalty("fine", null, "confiscation", BigDecimal.TEN);

    TOLD.firm("CONTRADICTION").penalty().penalty("fine", new BigDecimal("50000.00"));
    TOLD.firm("WORDED ALIKE")
        .penalty("categories", List.of("fine", "warning"))
        .penalty("categories", List.of("warning", "fine", "fine"));
    TOLD.firm("TWO ENDS").penalty("valid_until", DAY).penalty("valid_until", DAY.plusDays(1));
    TOLD.firm("DISPLAYED")
        .penaltyOf2016("public_until", DAY.plusDays(90))
        .penalty("public_until", DAY.plusDays(30))
        .penalty();

    TOLD.firm("KIND WITHDRAWN").penalty("ended", true, "categories", List.of("close")).penalty();
    TOLD.firm("ONE COPY WITHDRAWN").penalty("ended", true, "fine", BigDecimal.ONE).penalty();
  }

  /** A penalty of which each layout tells what the other leaves out. */
  private static void layoutsThatCame(String firm, LocalDate old) {
    TOLD.firm(firm)
        .penaltyOf2016("categories_2", null, "basis", "第一条", "known_at", old)
        .penalty(
            "categories",
            List.of("revoke_permit", "fine"),
            "valid_until",
            DAY,
            "licence_action",
            "吊销");
  }

  @BeforeAll
  static void build(SparkSession spark) {
    events = TOLD.timelines(spark);
  }

  @Test
  void oneActInBothPenaltyLayoutsIsOneEventWithTheAmountThatOneOfThemStates() {
    assertThat(events.sources("BOTH LAYOUTS", "source"))
        .containsExactly("penalties", "penalties_2016");
    assertThat(events.only("BOTH LAYOUTS").<String>getAs("event_type")).isEqualTo("penalty");
    assertThat(events.day("BOTH LAYOUTS", "known_at")).isEqualTo(KNOWN.minusMonths(1));
    assertThat(events.amount("BOTH LAYOUTS")).isEqualByComparingTo("5000");
    assertThat(events.categories("BOTH LAYOUTS")).containsExactly("confiscate_income", "fine");
    assertThat(events.marks("BOTH LAYOUTS")).containsExactly("contradiction");
  }

  @Test
  void theOldLayoutAloneMakesAPenaltyOfUnknownAmountAndNoneWhereNoneWasImposed() {
    assertThat(events.amount("OLD LAYOUT ONLY")).isNull();
    assertThat(events.of("NO PENALTY IN 2016")).isEmpty();
  }

  @Test
  void anActIsOfTheKindsThatAnyOfItsCopiesTellsWhicheverCameFirst() {
    for (String firm : List.of("OLD FIRST", "NEW FIRST")) {
      assertThat(events.categories(firm)).as(firm).containsExactly("fine", "revoke_permit");
      assertThat(events.day(firm, "effective_until")).as(firm).isEqualTo(DAY);
      assertThat(events.details(firm))
          .as(firm)
          .containsEntry("basis", "第一条")
          .containsEntry("licence_action", "吊销");
      assertThat(events.marks(firm)).as(firm).containsExactly("contradiction");
    }
  }

  @Test
  void aCopyWhoseCellsOfMoneyAreEmptyStatesNoAmountAndNotNought() {
    assertThat(events.amount("AMOUNT LEFT OUT")).isEqualByComparingTo("50000");
    assertThat(events.marks("AMOUNT LEFT OUT")).isEmpty();
    assertThat(events.amount("TWO AMOUNTS")).isEqualByComparingTo("5700");
    assertThat(events.amount("CONFISCATED")).isEqualByComparingTo("10");
  }

  @Test
  void copiesThatDisagreeAreMarked() {
    assertThat(events.marks("CONTRADICTION")).containsExactly("contradiction");
  }

  @Test
  void copiesThatSayTheSameInAnotherOrderDoNotDisagree() {
    assertThat(events.marks("WORDED ALIKE")).isEmpty();
    assertThat(events.marks("TWO ENDS")).containsExactly("contradiction");
  }

  @Test
  void theDisplayEndsOnTheFirstDayThatAnyCopyOfTheActNames() {
    assertThat(events.day("DISPLAYED", "known_at")).isEqualTo(KNOWN.minusMonths(1));
    assertThat(events.details("DISPLAYED"))
        .containsEntry("public_until", DAY.plusDays(30).toString())
        .containsKey("violation");
  }

  @Test
  void aKindThatOnlyAWithdrawnCopyTellsIsNoneOfTheAct() {
    assertThat(events.categories("KIND WITHDRAWN")).containsExactly("fine");
  }

  @Test
  void anActStandsWhileOneCopyStandsAndThatCopySpeaks() {
    events.assertStatus("ONE COPY WITHDRAWN", "active", null);
    assertThat(events.amount("ONE COPY WITHDRAWN")).isEqualByComparingTo("5000");
    assertThat(events.marks("ONE COPY WITHDRAWN")).containsExactly("contradiction");
  }
}
