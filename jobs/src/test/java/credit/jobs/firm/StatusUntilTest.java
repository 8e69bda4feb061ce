package credit.jobs.firm;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From which day on the status of an act is no longer so; each firm is a case with one act. */
@ExtendWith(SparkExtension.class)
class StatusUntilTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 30);
  private static final String ACTS =
      """
      SELECT code AS event_id, 'none' AS id_scheme, code, 'penalty' AS event_type,
             'Office' AS authority, array('1') AS numbers, false AS announcement,
             code = 'WITHDRAWN' AS ended, 'withdrawn' AS ended_means,
             DATE'2026-06-01' AS ended_known_at
      FROM VALUES ('SUSPENDED'), ('TWO ORDERS'), ('ONE IS OPEN'), ('ANNULLED'), ('TO COME'),
                  ('WITHDRAWN'), ('ACTIVE') AS t(code)
      """;
  private static final String CHANGES =
      """
      SELECT code, 'none' AS id_scheme, '1' AS act_number, CAST(NULL AS STRING) AS change_authority,
             CAST(NULL AS STRING) AS change_type, new_status, CAST(day AS DATE) AS changed_on,
             CAST(until AS DATE) AS changed_until, DATE'2026-06-02' AS change_known_at
      FROM VALUES
        ('SUSPENDED', 'suspended', '2026-05-01', '2026-07-09'),
        ('SUSPENDED', 'under_objection', '2026-05-01', NULL),
        ('TWO ORDERS', 'suspended', '2026-05-01', '2026-07-09'),
        ('TWO ORDERS', 'suspended', '2026-05-08', '2026-08-01'),
        ('TWO ORDERS', 'suspended', '2026-09-01', '2026-10-01'),
        ('ONE IS OPEN', 'suspended', '2026-05-01', '2026-07-09'),
        ('ONE IS OPEN', 'suspended', '2026-05-08', NULL),
        ('ANNULLED', 'suspended', '2026-05-01', '2026-07-09'),
        ('ANNULLED', 'annulled', '2026-06-01', NULL),
        ('TO COME', 'suspended', '2026-07-05', '2026-07-09'),
        ('WITHDRAWN', 'suspended', '2026-05-01', '2026-07-09')
        AS t(code, new_status, day, until)
      """;

  @Test
  void aSuspensionIsOverWhereTheLastOrderThatHoldsIs(SparkSession spark) {
    Dataset<Row> events = Events.withStatus(spark.sql(ACTS), spark.sql(CHANGES), DAY);
    Map<String, String> until =
        events.collectAsList().stream()
            .collect(
                Collectors.toMap(
                    r -> r.getAs("code"),
                    r -> r.getAs("status") + " " + r.<LocalDate>getAs("status_until")));
    assertThat(until)
        .containsEntry("SUSPENDED", "suspended 2026-07-09")
        .containsEntry("TWO ORDERS", "suspended 2026-08-01")
        .containsEntry("ONE IS OPEN", "suspended null")
        .containsEntry("ANNULLED", "annulled null")
        .containsEntry("TO COME", "suspended 2026-07-09")
        .containsEntry("WITHDRAWN", "withdrawn null")
        .containsEntry("ACTIVE", "active null");
  }
}
