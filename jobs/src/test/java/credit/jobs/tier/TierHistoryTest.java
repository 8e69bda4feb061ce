package credit.jobs.tier;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the table of tiers holds after each day's ratings. */
@ExtendWith(SparkExtension.class)
class TierHistoryTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 6, 1);
  private static final LocalDate SECOND = LocalDate.of(2026, 6, 8);
  private static final LocalDate THIRD = LocalDate.of(2026, 6, 9);

  private SparkSession spark;
  private Dataset<Row> history;

  @BeforeEach
  void nobodyIsRatedYet(SparkSession shared) {
    spark = shared;
    history = table(spark, "tiers");
  }

  private void rated(LocalDate day, String... tierByFirm) {
    Map<?, ?>[] rows = new Map<?, ?>[tierByFirm.length];
    for (int i = 0; i < rows.length; i++) {
      String firm = tierByFirm[i].substring(0, 1);
      String tier = tierByFirm[i].substring(1);
      rows[i] =
          row(
              "id_scheme", "uscc",
              "code", firm,
              "valid_from", day,
              "tier", tier,
              "reasons", List.of(row("rule", "T-" + tier, "points", 1L)));
    }
    Dataset<Row> ratings = table(spark, "tiers", rows).drop("valid_until");
    history = TierHistory.after(history, ratings, day).localCheckpoint();
  }

  private List<String> told() {
    return history
        .orderBy("code", "valid_from")
        .selectExpr("concat_ws(' ', code, tier, valid_from, valid_until)")
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .toList();
  }

  @Test
  void aRatingHoldsUntilTheDayThatBringsAnother() {
    rated(FIRST, "1A", "2B");
    rated(SECOND, "1C", "2B");
    rated(THIRD, "1A", "2B");
    assertThat(told())
        .containsExactly(
            "1 A 2026-06-01 2026-06-08",
            "1 C 2026-06-08 2026-06-09",
            "1 A 2026-06-09",
            "2 B 2026-06-01");
  }

  @Test
  void anotherReasonIsAnotherRatingThoughTheTierIsTheSame() {
    rated(FIRST, "1A");
    Dataset<Row> other =
        table(
                spark,
                "tiers",
                row(
                    "id_scheme", "uscc",
                    "code", "1",
                    "valid_from", SECOND,
                    "tier", "A",
                    "reasons", List.of(row("rule", "T-Z", "points", 1L))))
            .drop("valid_until");
    history = TierHistory.after(history, other, SECOND);
    assertThat(told()).containsExactly("1 A 2026-06-01 2026-06-08", "1 A 2026-06-08");
  }

  @Test
  void ratingAnEarlierDayAgainTakesBackWhatWasSaidForItAndForLaterOnes() {
    rated(FIRST, "1A", "2B");
    rated(SECOND, "1C", "2B");
    rated(THIRD, "1D", "2C");
    rated(SECOND, "1A", "2D");
    assertThat(told())
        .containsExactly("1 A 2026-06-01", "2 B 2026-06-01 2026-06-08", "2 D 2026-06-08");
  }

  @Test
  void aFirmThatIsNoLongerInTheRegisterIsRatedNoMore() {
    rated(FIRST, "1A", "2B");
    rated(SECOND, "2B");
    rated(THIRD, "1A", "2B");
    assertThat(told())
        .containsExactly("1 A 2026-06-01 2026-06-08", "1 A 2026-06-09", "2 B 2026-06-01");
  }
}
