package credit.jobs.firm;

import static credit.jobs.firm.ToldActs.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What readers of an event must know of its day. */
@ExtendWith(SparkExtension.class)
class MarkedEventsTest {
  private static final LocalDate ESTABLISHED = LocalDate.of(2010, 1, 1);
  private static final LocalDate CLOSED = LocalDate.of(2024, 12, 31);

  private static final ToldActs TOLD = new ToldActs();

  private static ToldActs.Timelines events;

  static {
    decided("EARLY", ESTABLISHED.minusDays(1)).life(ESTABLISHED, null);
    decided("ON ITS FIRST DAY", ESTABLISHED).life(ESTABLISHED, null);
    decided("ON ITS LAST DAY", CLOSED).life(ESTABLISHED, CLOSED);
    decided("LATE", CLOSED.plusDays(1)).life(ESTABLISHED, CLOSED);
    decided("TOMORROW", DAY.plusDays(1)).life(ESTABLISHED, null);
    decided("TODAY", DAY);
  }

  private static ToldActs.Firm decided(String firm, LocalDate on) {
    return TOLD.firm(firm).penalty("decided_on", on);
  }

  @BeforeAll
  static void build(SparkSession spark) {
    events = TOLD.timelines(spark);
  }

  @Test
  void anEventOutsideTheFirmsLifeIsMarked() {
    assertThat(events.marks("EARLY")).containsExactly("before_established");
    assertThat(events.marks("ON ITS FIRST DAY")).isEmpty();
    assertThat(events.marks("ON ITS LAST DAY")).isEmpty();
    assertThat(events.marks("LATE")).containsExactly("after_deregistration");
  }

  @Test
  void anEventThatIsStillToComeIsMarked() {
    assertThat(events.marks("TOMORROW")).containsExactly("in_the_future");
    assertThat(events.marks("TODAY")).isEmpty();
  }
}
