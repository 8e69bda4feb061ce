package credit.jobs.increment;

import static credit.jobs.warehouse.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.link.LinkJob;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.Stage;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An officer decides on a record, of which each delivery may bring a version with another id. */
@Tag("slow")
@ExtendWith(SparkExtension.class)
class JudgedRecordsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final String NAME = "甲贸易有限公司";

  @TempDir Path folder;
  private TwoWarehouses warehouses;
  private int runs;

  @BeforeEach
  void open(SparkSession spark) {
    warehouses = TwoWarehouses.ofASmallTown(spark, folder);
  }

  @AfterEach
  void close() {
    warehouses.close();
  }

  @Test
  void aDecisionHoldsForAllVersionsOfTheRecord() {
    hear(
        1, "register", entry("F", NAME), "acts", act("open", NAME), "more_acts", act("open", "甲记"));
    assertThat(links()).isEqualTo(Map.of("acts", "F"));

    hear(2, "link_judgements", judgement("acts/1", "NOT_LINK", DAY));
    hear(2, "link_judgements", judgement("more_acts/1", "LINK", DAY));
    assertThat(links()).isEqualTo(Map.of("more_acts", "F"));

    hear(3, "acts", act("settled", NAME), "more_acts", act("settled", "甲记"));
    assertThat(links()).isEqualTo(Map.of("more_acts", "F"));
  }

  @Test
  void decisionsOnTwoVersionsAreOfOneRecordAndTheLaterOneHolds() {
    hear(1, "register", entry("F", NAME), "acts", act("open", NAME));
    hear(2, "acts", act("settled", NAME));
    assertThat(links()).isEqualTo(Map.of("acts", "F"));

    hear(3, "link_judgements", judgement("acts/1", "NOT_LINK", DAY));
    assertThat(links()).isEmpty();

    hear(4, "link_judgements", judgement("acts/2", "LINK", DAY.plusDays(1)));
    assertThat(links()).isEqualTo(Map.of("acts", "F"));
  }

  private static Map<String, Object> entry(String code, String name) {
    return row("entry_no", code, "code", code, "name", name);
  }

  private static Map<String, Object> act(String outcome, String name) {
    return row("no", "1", "kind", "penalty", "name", name, "outcome", outcome);
  }

  private static Map<String, Object> judgement(String record, String decision, LocalDate on) {
    return row(
        "no", record,
        "judged_record", record,
        "decision", decision,
        "code", "F",
        "decided_on", on);
  }

  /** A row each of some sources becomes known on the n-th day; its id names source and day. */
  private void hear(int day, Object... sourcesAndRows) {
    LocalDate known = DAY.plusDays(day);
    Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
    List<Map<String, Object>> deliveries = new ArrayList<>();
    row(sourcesAndRows)
        .forEach(
            (source, columns) -> {
              String id = source + "/" + day;
              rows.put("staged_" + source, List.of(staged((Map<?, ?>) columns, id, known)));
              deliveries.add(delivery(source, id, known));
            });
    rows.put("deliveries", deliveries);
    List<Stage> stages = List.of(new SmallTown.Delivered(rows), new LinkJob());
    warehouses.run("run " + ++runs, stages, known, null);
  }

  private static Map<String, Object> staged(Map<?, ?> columns, String id, LocalDate known) {
    Map<String, Object> row =
        row(
            "record_id", id,
            "delivery_id", id,
            "row_hash", id,
            "known_at", known,
            "declared_on", known);
    columns.forEach((name, value) -> row.put((String) name, value));
    return row;
  }

  private static Map<String, Object> delivery(String source, String id, LocalDate known) {
    return row(
        "delivery_id", id,
        "source", source,
        "path", id,
        "declared_on", known,
        "known_at", known,
        "run_id", "",
        "status", "accepted");
  }

  /** The firm of each source's record: the same whether all was decided again or what changed. */
  private Map<String, String> links() {
    warehouses.assertAlike(List.of("links"), rows -> rows, "after run " + runs);
    Map<String, String> links = new HashMap<>();
    warehouses
        .goingOn()
        .tables()
        .read("cli", "links")
        .collectAsList()
        .forEach(r -> links.put(r.getAs("source"), r.getAs("code")));
    return links;
  }
}
