package credit.jobs.cli;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.PublicationSettings;
import credit.jobs.warehouse.SparkExtension;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class PublicEventsTest {
  private static final UseRules USE =
      UseRules.of(Schemas.bundled(), LocalDate.of(2026, 6, 30), true);

  private static Map<String, Object> event(String id, String type, String status) {
    return row("event_id", id, "event_type", type, "status", status);
  }

  @Test
  void whatNoRuleNamesIsNotToldToThePublic(SparkSession spark) {
    assertThat(PublicationSettings.of(Schemas.bundled()).fileEvents())
        .contains("licence", "serious_violation")
        .doesNotContain("complaint", "judgment", "promise", "duty", "enforcement_case", "penalty");
    assertThat(
            PublicEvents.ids(
                List.of("licence"),
                table(
                    spark,
                    "events",
                    event("licence", "licence", "active"),
                    event("a complaint", "complaint", "active"),
                    event("a suit", "judgment", "active")),
                table(spark, "public_penalties"),
                USE))
        .containsExactly("licence");
  }

  @Test
  void aFirmsPublicFileTellsAPenaltyAsLongAsThePublicFaceShowsIt(SparkSession spark) {
    assertThat(
            PublicEvents.ids(
                List.of("licence", "serious_violation", "listing_notice"),
                table(
                    spark,
                    "events",
                    event("shown", "penalty", "active"),
                    event("over", "penalty", "active"),
                    event("without a rule", "penalty", "active"),
                    event("licence", "licence", "active"),
                    event("repaired", "serious_violation", "repaired"),
                    event("no act yet", "listing_notice", "announced")),
                table(
                    spark,
                    "public_penalties",
                    row("event_id", "shown", "state", "shown"),
                    row("event_id", "over", "state", "ended")),
                USE))
        .containsExactlyInAnyOrder("shown", "licence");
  }
}
