package credit.jobs.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import credit.jobs.warehouse.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class IndicatorsTest {
  private static final LocalDate NONE = null;

  @Test
  void aReturnedCaseIsNotDoneInOneGo(SparkSession spark) {
    KpiValue rate =
        new Fixture(spark)
            .finished()
            .finished("returns", 1L)
            .finished("supplements", 1L)
            .finished("submissions", 2L)
            .june("one_go_rate");
    assertThat(rate.value()).isEqualTo(0.25);
    assertThat(rate.n()).isEqualTo(4);
  }

  @Test
  void aCaseWhoseReturnsAreUnknownCountsNeitherWay(SparkSession spark) {
    KpiValue rate = new Fixture(spark).finished().finished("returns", null).june("one_go_rate");
    assertThat(rate.value()).isEqualTo(1.0);
    assertThat(rate.n()).isEqualTo(1);
  }

  @Test
  void unratedDefaultAndMaliciousAreNeitherGoodNorBad(SparkSession spark) {
    List<KpiValue> values =
        new Fixture(spark)
            .finished("visits", 9L)
            .review("rating", 3L)
            .review("rating", 2L)
            .review("rating", null)
            .review("by_default", true)
            .review("rating", 1L, "validity", "malicious", "exclusion_reason", "核实")
            .values("satisfaction", "bad_rate", "excluded_reviews");
    assertThat(june(values, "satisfaction").value()).isEqualTo(0.5);
    assertThat(june(values, "satisfaction").n()).isEqualTo(2);
    assertThat(june(values, "bad_rate").value()).isEqualTo(0.5);
    assertThat(june(values, "excluded_reviews").numerator()).isEqualTo(1);
  }

  @Test
  void onlineTheLastRatingOfACaseStands(SparkSession spark) {
    KpiValue satisfaction =
        new Fixture(spark)
            .finished()
            .review("channel", "online", "rating", 1L)
            .review("channel", "online", "rating", 5L, "reviewed_on", LocalDate.of(2026, 6, 9))
            .june("satisfaction");
    assertThat(satisfaction.value()).isEqualTo(1.0);
    assertThat(satisfaction.n()).isEqualTo(1);
  }

  @Test
  void aCaseWithOnlyADefaultRatingIsUnreviewed(SparkSession spark) {
    KpiValue rate =
        new Fixture(spark)
            .finished()
            .finished()
            .review("by_default", true)
            .review("case_no", "C1")
            .june("no_review_rate");
    assertThat(rate.value()).isEqualTo(0.5);
  }

  @Test
  void aBaselineOfZeroGivesNoRate(SparkSession spark) {
    KpiValue cut = new Fixture(spark).item("A", 0, 8, 20).finished().june("fields_cut");
    assertThat(cut.value()).isNull();
    assertThat(cut.n()).isEqualTo(1);
  }

  @Test
  void aRiseIsShownAsANegativeReduction(SparkSession spark) {
    KpiValue cut = new Fixture(spark).finished("fields", 12L).june("fields_cut");
    assertThat(cut.value()).isEqualTo(-0.2);
  }

  @Test
  void theThreeReductionsOfTimeStandApart(SparkSession spark) {
    List<KpiValue> values =
        new Fixture(spark)
            .item("A", 10, 8, 10)
            .finished("statutory_days", 20L, "promised_days", 8L, "actual_days", 2L)
            .values("days_cut_before", "days_cut_statutory", "days_cut_promised");
    assertThat(june(values, "days_cut_before").value()).isEqualTo(0.8);
    assertThat(june(values, "days_cut_statutory").value()).isEqualTo(0.9);
    assertThat(june(values, "days_cut_promised").value()).isEqualTo(0.6);
  }

  @Test
  void fixedMixIsUnmovedByAChangeOfMix(SparkSession spark) {
    Fixture fixture = new Fixture(spark);
    LocalDate may = LocalDate.of(2026, 5, 6);
    for (int i = 0; i < 4; i++) {
      boolean many = i > 0;
      // In May mostly A (half cut), in June mostly B (nothing cut): each item stays as it is.
      fixture.finished(
          "item",
          many ? "A" : "B",
          "fields",
          many ? 5L : 10L,
          "first_submitted",
          may,
          "last_result",
          may);
      fixture.finished("item", many ? "B" : "A", "fields", many ? 10L : 5L);
    }
    List<KpiValue> values = fixture.values("fields_cut");
    assertThat(city(values, "2026-05").value()).isEqualTo(0.375);
    assertThat(city(values, "2026-06").value()).isEqualTo(0.125);
    assertThat(held(values, "2026-05").value()).isEqualTo(0.25);
    assertThat(held(values, "2026-06").value()).isEqualTo(0.25);
  }

  @Test
  void theRateOfEveryDistrictAddsUpToTheCitys(SparkSession spark) {
    List<KpiValue> values =
        new Fixture(spark)
            .finished()
            .finished("district", "440403", "returns", 1L)
            .finished("district", null)
            .values("one_go_rate");
    List<KpiValue> districts =
        values.stream()
            .filter(v -> v.dimension().equals("district") && v.period().equals("2026-06"))
            .toList();
    assertThat(districts)
        .extracting(KpiValue::member)
        .containsExactly("440402", "440403", "unknown");
    assertThat(districts.stream().mapToDouble(KpiValue::numerator).sum())
        .isEqualTo(city(values, "2026-06").numerator());
  }

  @Test
  void callbackAndRectificationAreCountedInWorkingDays(SparkSession spark) {
    LocalDate friday = LocalDate.of(2026, 6, 5);
    List<KpiValue> values =
        new Fixture(spark)
            .finished("visits", 9L)
            .review(
                "rating",
                1L,
                "reviewed_on",
                friday,
                "called_back_on",
                friday.plusDays(3),
                "rectified_on",
                friday.plusDays(20))
            .review("rating", 1L, "reviewed_on", friday, "called_back_on", friday.plusDays(4))
            .review("rating", 1L, "reviewed_on", friday)
            .values("callback_in_time", "rectified_in_time");
    assertThat(june(values, "callback_in_time").value()).isCloseTo(1 / 3.0, within(1e-6));
    assertThat(june(values, "rectified_in_time").numerator()).isEqualTo(1);
  }

  @Test
  void aBadReviewStillWithinItsTimeIsNotYetMissed(SparkSession spark) {
    KpiValue rate =
        new Fixture(spark)
            .finished()
            .review("rating", 1L, "reviewed_on", Fixture.AS_OF)
            .june("callback_in_time");
    assertThat(rate.value()).isNull();
    assertThat(rate.n()).isZero();
  }

  @Test
  void aCaseClosedAfterTheDayIsOpenOnIt(SparkSession spark) {
    List<KpiValue> values =
        new Fixture(spark)
            .finished("last_result", LocalDate.of(2026, 7, 2))
            .finished(
                "last_result",
                NONE,
                "case_status",
                "open",
                "first_submitted",
                LocalDate.of(2026, 4, 1))
            .finished()
            .values("open_cases", "open_age", "open_overdue", "one_go_rate");
    assertThat(june(values, "open_cases").value()).isEqualTo(2);
    assertThat(june(values, "open_overdue").value()).isEqualTo(1.0);
    assertThat(june(values, "one_go_rate").n()).isEqualTo(1);
    assertThat(
            Values.find(values, "open_cases", "2026-04", Definition.CITY, Definition.CITY).value())
        .isEqualTo(1);
  }

  @Test
  void bundlesAreComparedFromFirstSubmissionToLastResult(SparkSession spark) {
    List<KpiValue> values =
        new Fixture(spark)
            .finished("bundle_id", "X", "last_result", LocalDate.of(2026, 6, 2))
            .finished("bundle_id", "X", "item", "B", "visits", 2L)
            .finished("bundle_id", "Y", "case_status", "open", "last_result", NONE)
            .finished("bundle_id", "Y", "item", "B")
            .values("bundle_days", "bundle_fields", "bundle_visits");
    assertThat(june(values, "bundle_days").n()).isEqualTo(1);
    assertThat(june(values, "bundle_days").value()).isEqualTo(2);
    assertThat(june(values, "bundle_fields").value()).isEqualTo(10);
    assertThat(june(values, "bundle_visits").value()).isEqualTo(2);
    assertThat(Values.find(values, "bundle_days", "2026-06", "item_set+track", "A+B|one_licence"))
        .isNotNull();
  }

  @Test
  void aFirmWithTwoEntriesIsListedOnce(SparkSession spark) {
    List<KpiValue> values =
        new Fixture(spark)
            .other("blacklist", entry("1", "listed", null))
            .other("blacklist", entry("2", "listed", LocalDate.of(2027, 1, 1)))
            .other("blacklist", entry("3", "ended", null))
            .other("blacklist", entry("4", "shadow", null))
            .other("blacklist", entry("5", "listed", Fixture.AS_OF))
            .values("listed_firms", "listed_entries");
    assertThat(june(values, "listed_firms").value()).isEqualTo(1);
    assertThat(june(values, "listed_entries").value()).isEqualTo(2);
  }

  @Test
  void aPromiseIsCheckedOnlyOnceTheDayHasCome(SparkSession spark) {
    LocalDate due = LocalDate.of(2026, 6, 10);
    List<KpiValue> values =
        new Fixture(spark)
            .other("staged_promises", "check_due", due, "outcome", "kept", "checked_on", due)
            .other("staged_promises", "check_due", due, "outcome", "false", "checked_on", due)
            .other("staged_promises", "check_due", due, "outcome", "open")
            .other(
                "staged_promises",
                "check_due",
                due,
                "outcome",
                "kept",
                "checked_on",
                due.plusDays(30))
            .values("promise_checks_done", "false_promises");
    assertThat(june(values, "promise_checks_done").value()).isEqualTo(0.5);
    assertThat(june(values, "false_promises").value()).isEqualTo(0.5);
  }

  private static Object[] entry(String id, String state, LocalDate until) {
    return new Object[] {
      "entry_id",
      id,
      "as_of",
      Fixture.AS_OF,
      "id_scheme",
      "uscc",
      "code",
      "91440400192548256N",
      "cause",
      "serious_violation",
      "state",
      state,
      "effective_from",
      LocalDate.of(2026, 1, 1),
      "effective_until",
      until
    };
  }

  private static KpiValue june(List<KpiValue> values, String id) {
    return Values.find(values, id, "2026-06", Definition.CITY, Definition.CITY);
  }

  private static KpiValue city(List<KpiValue> values, String period) {
    return Values.find(values, values.get(0).kpi(), period, Definition.CITY, Definition.CITY);
  }

  private static KpiValue held(List<KpiValue> values, String period) {
    return Values.find(values, values.get(0).kpi(), period, Definition.FIXED_MIX, Definition.CITY);
  }
}
