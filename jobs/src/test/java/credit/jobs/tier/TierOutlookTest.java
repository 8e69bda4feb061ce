package credit.jobs.tier;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static credit.jobs.warehouse.Rows.with;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.firm.SupposedFiles;
import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TierOutlookTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final String CODE = "91440400192548256N";

  private static final Map<String, Object> PASSED =
      event("inspection", LocalDate.of(2026, 5, 4), "outcome", "pass");
  private static final Map<String, Object> HEAVY =
      event("penalty", LocalDate.of(2025, 9, 15), "severity", "heavy");
  private static final Map<String, Object> FALSE_PROMISE =
      event("promise", LocalDate.of(2026, 1, 20), "outcome", "false", "severity", "general");

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession shared) {
    spark = shared;
  }

  private static Map<String, Object> event(String type, LocalDate date, Object... more) {
    Map<String, Object> event =
        row(
            "event_id",
            type + date,
            "id_scheme",
            "uscc",
            "code",
            CODE,
            "event_type",
            type,
            "event_date",
            date,
            "known_at",
            date,
            "severity",
            "none",
            "exempt",
            false,
            "status",
            "active",
            "sources",
            List.of(row("record_id", type + "/" + date)));
    return with(event, more);
  }

  private record Seen(Row rating, TierOutlook outlook) {
    TierOutlook.Repair repairOf(Map<String, Object> event) {
      return outlook.repairs().stream()
          .filter(r -> event.get("event_id").equals(r.event()))
          .findFirst()
          .orElseThrow();
    }
  }

  private Seen look(Map<?, ?>... events) {
    Dataset<Row> register =
        table(
                spark,
                "firm_file",
                row(
                    "id_scheme", "uscc",
                    "code", CODE,
                    "entity_type", "enterprise",
                    "register_status", "active",
                    "established", LocalDate.of(2010, 1, 1),
                    "register_record_id", "firm_register/1/1"))
            .drop("as_of")
            .withColumn("as_of", org.apache.spark.sql.functions.lit(DAY));
    Dataset<Row> life = table(spark, "events", events);
    TierRules rules = TierRules.of(spark, SCHEMAS, DAY, true);
    Dataset<Row> file =
        SupposedFiles.of(
                register,
                life.withColumn("as_of", org.apache.spark.sql.functions.lit(DAY)),
                rules.use())
            .localCheckpoint();
    Row rating = Tiers.rate(file, rules).first();
    return new Seen(
        rating, TierOutlook.of(SCHEMAS, file, life, rating, DAY, true, SupposedFiles::of));
  }

  @Test
  void aRepairIsWeighedFromTheFirstDayOnWhichItIsPossible() {
    Map<String, Object> heavy = penaltyOf(LocalDate.of(2026, 4, 15));
    Seen seen = look(PASSED, heavy);
    assertThat(seen.rating().<String>getAs("tier")).isEqualTo("C");
    TierChange repair = seen.repairOf(heavy).change();
    assertThat(repair.day()).isEqualTo(LocalDate.of(2027, 4, 15));
    assertThat(repair.after()).isEqualTo("A");
    assertThat(repair.pointsAfter()).isEqualTo(80 + 2 + 5);
    assertThat(repair.gained()).extracting(TierChange.Part::rule).contains("TF-31");
  }

  private static Map<String, Object> penaltyOf(LocalDate day) {
    return event("penalty", day, "severity", "heavy");
  }

  @Test
  void fromWhenARecordCanBeRepairedIsSaidByTheRulesOfItsDocumentsDay() {
    Map<String, Object> last = penaltyOf(LocalDate.of(2026, 3, 31));
    Map<String, Object> first = penaltyOf(LocalDate.of(2026, 4, 1));
    assertThat(look(PASSED, last).repairOf(last).change().day())
        .as("six months, Order 45")
        .isEqualTo(LocalDate.of(2026, 9, 30));
    assertThat(look(PASSED, first).repairOf(first).change().day())
        .as("a year, Order 36")
        .isEqualTo(LocalDate.of(2027, 4, 1));
  }

  @Test
  void aRecordOfBeforeTheFirstRuleCanBeRepairedByIt() {
    Map<String, Object> promise =
        event("promise", LocalDate.of(2020, 10, 26), "outcome", "false", "severity", "general");
    assertThat(look(PASSED, promise).repairOf(promise).change().day()).isEqualTo(DAY);
  }

  @Test
  void timeAloneLiftsAFirmWhenAnOffenceGrowsOldAndLowersItWhenAGoodRecordDoes() {
    Map<String, Object> passedAgain = with(PASSED, "event_id", "passed again");
    List<TierChange> passing = look(PASSED, passedAgain, HEAVY).outlook().passing();
    assertThat(passing)
        .extracting(c -> c.day() + " " + c.before() + c.after())
        .containsExactly("2026-09-15 CB", "2027-05-04 BC", "2028-09-15 CA");
    assertThat(passing.get(0).lost()).extracting(TierChange.Part::rule).containsExactly("TE-01");
    assertThat(passing.get(0).gained()).extracting(TierChange.Part::rule).containsExactly("TE-02");
    assertThat(passing.get(1).lost()).extracting(TierChange.Part::rule).containsExactly("TE-14");
  }

  @Test
  void aSuspensionEndsOnItsDayAndThePenaltyCountsAgain() {
    LocalDate again = DAY.plusDays(20);
    Map<String, Object> suspended =
        with(HEAVY, "status", "suspended", "status_date", DAY.minusDays(9), "status_until", again);
    Seen seen = look(PASSED, with(PASSED, "event_id", "passed again"), suspended);
    assertThat(seen.rating().<String>getAs("tier")).isEqualTo("A");
    assertThat(seen.outlook().passing())
        .extracting(c -> c.day() + " " + c.before() + c.after())
        .startsWith(again + " AC", "2026-09-15 CB");
  }

  @Test
  void whereTwoRecordsHoldAFirmDownOnlyTheRepairOfBothLiftsIt() {
    Map<String, Object> other = with(FALSE_PROMISE, "event_id", "other promise");
    Seen seen = look(PASSED, FALSE_PROMISE, other);
    assertThat(seen.rating().<String>getAs("cause")).isEqualTo("ceiling C TE-83");
    assertThat(seen.outlook().passing()).isEmpty();
    assertThat(seen.outlook().repairs()).hasSize(1);
    assertThat(seen.outlook().repairs().get(0).event()).isNull();
    assertThat(seen.outlook().repairs().get(0).change().after()).isEqualTo("A");
  }

  @Test
  void theDistanceToATierIsThePointsThatAreMissingOrToSpare() {
    Seen seen = look(PASSED, HEAVY);
    assertThat(seen.rating().<Long>getAs("points")).isEqualTo(47);
    assertThat(seen.outlook().distances())
        .containsExactly(
            new TierOutlook.Distance("A", 80, 33),
            new TierOutlook.Distance("B", 65, 18),
            new TierOutlook.Distance("C", 45, -2));
    assertThat(look().outlook().distances()).isEmpty();
  }

  @Test
  void aComparisonOfTwoDaysNamesOnlyFirmsWithAnotherTier() {
    Map<String, Object> steady = rating("1", "B", "TF-01", 70L);
    Dataset<Row> was = table(spark, "tiers", steady, rating("2", "A", "TF-01", 80L));
    Dataset<Row> is =
        table(spark, "tiers", steady, rating("2", "C", "TE-81", 0L), rating("3", "N", "TF-12", 0L));
    List<Row> changed = TierComparison.between(was, is).orderBy("code").collectAsList();
    assertThat(changed).extracting(r -> r.<String>getAs("code")).containsExactly("2", "3");
    TierChange fallen = TierComparison.change(changed.get(0));
    assertThat(fallen.lost()).extracting(TierChange.Part::rule).containsExactly("TF-01");
    assertThat(fallen.gained()).extracting(TierChange.Part::rule).containsExactly("TE-81");
    assertThat(TierComparison.change(changed.get(1)).before()).isNull();
  }

  private static Map<String, Object> rating(String code, String tier, String rule, long points) {
    return row(
        "id_scheme",
        "uscc",
        "code",
        code,
        "valid_from",
        DAY,
        "tier",
        tier,
        "points",
        points,
        "reasons",
        List.of(row("rule", rule, "points", points)));
  }

  @Test
  void aChangeTellsTheReasonsThatCameAndWent() {
    Row before = look(PASSED, HEAVY).rating();
    Row after = look(PASSED).rating();
    assertThat(TierChange.history(List.of(before, before, after)))
        .extracting(c -> Arrays.asList(c.before(), c.after()))
        .containsExactly(Arrays.asList(null, "C"), List.of("C", "A"));
    TierChange change = TierChange.between(before, after);
    assertThat(change.lost()).containsExactly(new TierChange.Part("TE-01", -35, null));
    assertThat(change.gained()).extracting(TierChange.Part::rule).contains("TF-31");
    long moved =
        change.gained().stream().mapToLong(TierChange.Part::points).sum()
            - change.lost().stream().mapToLong(TierChange.Part::points).sum();
    assertThat(change.pointsAfter() - change.pointsBefore()).isEqualTo(moved);
  }
}
