package credit.jobs.firm;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.with;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Rows;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Schemas;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Files of invented firms on one day; a firm is a case. */
@ExtendWith(SparkExtension.class)
class FirmFilesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  private static final List<Map<String, Object>> EVENTS = new ArrayList<>();
  private static final List<Map<String, Object>> FIRMS = new ArrayList<>();
  private static Map<String, Row> files;

  private static void firm(String code, Object... more) {
    FIRMS.add(
        with(
            row(
                "code",
                code,
                "name",
                "珠海市" + code,
                "entity_type",
                "enterprise",
                "register_status",
                "active",
                "established",
                LocalDate.of(2010, 1, 1),
                "address",
                "珠海市香洲区情侣中路1号",
                "record_id",
                "firm_register/" + code,
                "known_at",
                LocalDate.of(2023, 7, 1)),
            more));
  }

  private static void event(String firm, String type, LocalDate date, Object... more) {
    EVENTS.add(
        with(
            row(
                "event_id",
                "E-" + EVENTS.size(),
                "id_scheme",
                "uscc",
                "code",
                firm,
                "event_type",
                type,
                "event_date",
                date,
                "known_at",
                date,
                "effective_from",
                date,
                "severity",
                "general",
                "status",
                "active",
                "sources",
                List.of(row("source", type, "record_id", type + "/" + EVENTS.size()))),
            more));
  }

  private static void penalty(String firm, LocalDate date, Object... more) {
    event(firm, "penalty", date, with(row("amount", new BigDecimal("100.00")), more));
  }

  private static void event(String firm, String type, LocalDate date, Map<String, Object> more) {
    event(
        firm,
        type,
        date,
        more.entrySet().stream()
            .flatMap(e -> java.util.stream.Stream.of(e.getKey(), e.getValue()))
            .toArray());
  }

  private static void licence(String number, LocalDate until, Object... more) {
    event(
        "LICENCES",
        "licence",
        LocalDate.of(2024, 1, 1),
        with(row("act_no", number, "effective_until", until, "outcome", "valid"), more));
  }

  private static void duty(String item, LocalDate due, String outcome) {
    event(
        "DUTIES",
        "duty",
        LocalDate.of(2026, 1, 1),
        "item",
        item,
        "categories",
        List.of("supplement"),
        "effective_until",
        due,
        "outcome",
        outcome);
  }

  static {
    firm("WINDOWS");
    penalty("WINDOWS", DAY);
    penalty("WINDOWS", LocalDate.of(2026, 3, 31));
    penalty("WINDOWS", LocalDate.of(2026, 3, 30));
    penalty("WINDOWS", LocalDate.of(2025, 7, 1));
    penalty("WINDOWS", LocalDate.of(2025, 6, 30), "severity", "heavy");
    penalty("WINDOWS", LocalDate.of(2023, 7, 1));
    penalty("WINDOWS", LocalDate.of(2023, 6, 30));
    penalty("WINDOWS", DAY.plusDays(1));

    firm("STATUSES");
    penalty("STATUSES", DAY, "status", "under_objection", "status_date", DAY);
    penalty("STATUSES", DAY, "status", "repaired", "status_date", DAY);
    penalty("STATUSES", DAY, "status", "repaired", "status_date", DAY.plusDays(1));
    penalty("STATUSES", DAY, "status", "annulled", "status_date", DAY);
    penalty("STATUSES", DAY, "status", "withdrawn", "status_date", DAY);
    penalty("STATUSES", DAY, "exempt", true);

    firm("LISTED");
    for (LocalDate until : new LocalDate[] {null, DAY, DAY.plusDays(1)}) {
      event("LISTED", "abnormal_listing", LocalDate.of(2025, 1, 1), "effective_until", until);
    }
    event("LISTED", "serious_violation", DAY, "status", "repaired", "status_date", DAY);
    event("LISTED", "judgment_debtor", DAY, "effective_from", DAY.plusDays(1));

    firm("INSPECTED");
    event("INSPECTED", "inspection", LocalDate.of(2026, 5, 1), "outcome", "breach");
    event("INSPECTED", "inspection", LocalDate.of(2026, 6, 1), "outcome", "pass");
    event("INSPECTED", "inspection", DAY.plusDays(1), "outcome", "breach");
    event("INSPECTED", "complaint", LocalDate.of(2026, 6, 1), "outcome", "verified");
    event("INSPECTED", "complaint", LocalDate.of(2026, 6, 2), "outcome", "open");

    firm("LICENCES");
    firm("WITHDRAWN TOMORROW");
    licence("endless", null);
    licence("expired", DAY);
    licence("last day", DAY.plusDays(1));
    licence("thirty days", DAY.plusDays(30));
    licence("longer", DAY.plusDays(31));
    licence("revoked", null, "outcome", "revoked");
    licence("withdrawn", null, "status", "withdrawn", "status_date", DAY);
    event(
        "WITHDRAWN TOMORROW",
        "licence",
        LocalDate.of(2024, 1, 1),
        "act_no",
        "licence",
        "outcome",
        "withdrawn",
        "status",
        "withdrawn",
        "status_date",
        DAY.plusDays(1));

    firm("DUTIES");
    duty("due yesterday", DAY.minusDays(1), "open");
    duty("due today", DAY, "open");
    duty("done", DAY.minusDays(1), "done");
    duty("failed", DAY.minusDays(9), "failed");

    firm("QUIET");
    firm("SHOP", "entity_type", "individual");
    firm("RENAMED", "former_names", List.of("乙@2022-05-01", "甲@2018-02-03"));
    firm("RENAMED TOMORROW", "former_names", List.of("乙@" + DAY.plusDays(1), "甲@" + DAY));
    firm("CLOSES TODAY", "register_status", "revoked", "closed_on", DAY);
    firm("CLOSES TOMORROW", "register_status", "deregistered", "closed_on", DAY.plusDays(1));
  }

  @BeforeAll
  static void build(SparkSession spark) {
    Schemas schemas = Schemas.bundled();
    files =
        new FirmFiles(DAY, UseRules.of(schemas, DAY, true))
                .build(
                    RegisterRows.of(
                        schemas.register(),
                        Rows.table(spark, "staged_firm_register", FIRMS.toArray(Map<?, ?>[]::new))
                            .withColumn("first_known_at", col("known_at")),
                        DAY),
                    Rows.table(spark, "events", EVENTS.toArray(Map<?, ?>[]::new)))
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(r -> r.getAs("code"), r -> r));
  }

  private static long count(String firm, String counter) {
    return files.get(firm).<Number>getAs(counter).longValue();
  }

  private static Map<String, String> states(String firm, String list, String named) {
    Row file = files.get(firm);
    return file.<Row>getList(file.fieldIndex(list)).stream()
        .collect(Collectors.toMap(r -> r.getAs(named), r -> r.getAs("state")));
  }

  @Test
  void everyFirmOfTheRegisterHasOneFile() {
    assertThat(files.keySet())
        .containsExactlyInAnyOrderElementsOf(
            FIRMS.stream().map(f -> (String) f.get("code")).toList());
    assertThat(count("QUIET", "penalties_36m")).isZero();
    assertThat(files.get("QUIET").<Object>getAs("last_inspected")).isNull();
  }

  @Test
  void windowsReachBackWholeMonthsWithoutTheirFirstDay() {
    assertThat(count("WINDOWS", "penalties_3m")).isEqualTo(2);
    assertThat(count("WINDOWS", "penalties_12m")).isEqualTo(4);
    assertThat(count("WINDOWS", "penalties_36m")).isEqualTo(6);
    assertThat(count("WINDOWS", "heavy_penalties_12m")).isZero();
    assertThat(count("WINDOWS", "heavy_penalties_36m")).isEqualTo(1);
    assertThat(files.get("WINDOWS").<BigDecimal>getAs("fines_12m")).isEqualByComparingTo("400");
  }

  @Test
  void anEventAfterTheDayIsNotCountedNorShown() {
    assertThat(count("WINDOWS", "records")).isEqualTo(7);
    assertThat(files.get("WINDOWS").getList(files.get("WINDOWS").fieldIndex("timeline")))
        .hasSize(7);
    assertThat(count("INSPECTED", "failed_inspections_3m")).isEqualTo(1);
    assertThat(files.get("INSPECTED").<LocalDate>getAs("last_inspected"))
        .isEqualTo(LocalDate.of(2026, 6, 1));
  }

  @Test
  void anObjectionLeavesAnEventInUseAndARepairEndsItFromItsDay() {
    assertThat(count("STATUSES", "penalties_12m")).isEqualTo(2);
    assertThat(count("STATUSES", "records")).isEqualTo(6);
  }

  @Test
  void aListingIsOpenFromItsFirstDayUntilTheDayItEnds() {
    assertThat(count("LISTED", "open_abnormal_listings")).isEqualTo(2);
    assertThat(count("LISTED", "open_serious_listings")).isZero();
    assertThat(count("LISTED", "open_debtor_records")).isZero();
  }

  @Test
  void complaintsCountAndVerifiedOnesApart() {
    assertThat(count("INSPECTED", "inspections_12m")).isEqualTo(2);
    assertThat(count("INSPECTED", "complaints_12m")).isEqualTo(2);
    assertThat(count("INSPECTED", "verified_complaints_12m")).isEqualTo(1);
  }

  @Test
  void aLicenceIsValidUntilItsLastDayAndExpiringForThirty() {
    assertThat(states("LICENCES", "licences", "licence_no"))
        .isEqualTo(
            Map.of(
                "endless", "valid",
                "expired", "expired",
                "last day", "expiring",
                "thirty days", "expiring",
                "longer", "valid",
                "revoked", "revoked",
                "withdrawn", "withdrawn"));
  }

  @Test
  void aLicenceThatIsWithdrawnTomorrowIsValidToday() {
    assertThat(states("WITHDRAWN TOMORROW", "licences", "licence_no"))
        .isEqualTo(Map.of("licence", "valid"));
  }

  @Test
  void anOpenDutyIsOverdueFromTheDayAfterItsDueDay() {
    assertThat(states("DUTIES", "duties", "item"))
        .isEqualTo(
            Map.of(
                "due yesterday", "overdue",
                "due today", "open",
                "done", "done",
                "failed", "failed"));
    assertThat(count("DUTIES", "overdue_duties")).isEqualTo(2);
  }

  @Test
  void theAddressOfAnIndividualBusinessIsNotKept() {
    assertThat(files.get("SHOP").<Object>getAs("address")).isNull();
    assertThat(files.get("QUIET").<Object>getAs("address")).isNotNull();
  }

  @Test
  void theNamesOfAFirmFollowOneAnother() {
    Row file = files.get("RENAMED");
    assertThat(file.<Row>getList(file.fieldIndex("names")).stream().map(Row::toString))
        .containsExactly(
            "[甲,2010-01-01,2018-02-03]",
            "[乙,2018-02-03,2022-05-01]",
            "[珠海市RENAMED,2022-05-01,null]");
  }

  @Test
  void aFirmIsActiveUntilTheDayOnWhichItCloses() {
    assertThat(files.get("CLOSES TODAY").<String>getAs("register_status")).isEqualTo("revoked");
    assertThat(files.get("CLOSES TOMORROW").<String>getAs("register_status")).isEqualTo("active");
    assertThat(files.get("CLOSES TOMORROW").<LocalDate>getAs("closed_on")).isAfter(DAY);
  }

  @Test
  void aFirmBearsTheNameThatHeldOnTheDay() {
    assertThat(files.get("RENAMED TOMORROW").<String>getAs("name")).isEqualTo("乙");
    assertThat(files.get("RENAMED").<String>getAs("name")).isEqualTo("珠海市RENAMED");
  }
}
