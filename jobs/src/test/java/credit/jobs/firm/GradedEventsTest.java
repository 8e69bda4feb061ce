package credit.jobs.firm;

import static credit.jobs.warehouse.Rows.row;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Rows;
import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Rule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How grave an event is, and whether it is spared, by rules in the order of their file. */
@ExtendWith(SparkExtension.class)
class GradedEventsTest {
  private static final List<Rule> SEVERITIES =
      List.of(
          rule("amount >= 100000", Map.of("severity", "heavy")),
          rule("amount >= 1000", Map.of("severity", "general")));
  private static final List<Rule> EXEMPTIONS =
      List.of(rule("item = 'first'", Map.of()), rule("domain = 'training'", Map.of()));

  private final SparkSession spark;

  GradedEventsTest(SparkSession spark) {
    this.spark = spark;
  }

  private static Rule rule(String when, Map<String, Object> effect) {
    return new Rule(
        "R", "规", "rule", when, effect, "", List.of(), LocalDate.EPOCH, null, false, null, null, 1);
  }

  private Row graded(Object... event) {
    return Events.graded(
            Rows.table(spark, "events", row(event)).drop("severity", "exempt"),
            SEVERITIES,
            EXEMPTIONS,
            "minor",
            rule -> expr(rule.when()),
            rule -> expr(rule.when()))
        .first();
  }

  private String severity(String amount) {
    return graded("amount", amount == null ? null : new BigDecimal(amount)).getAs("severity");
  }

  @Test
  void theFirstRuleThatHoldsSaysHowGraveAnEventIs() {
    assertThat(severity("100000")).isEqualTo("heavy");
    assertThat(severity("99999.99")).isEqualTo("general");
  }

  @Test
  void whereNoRuleHoldsOrCanTellAnEventIsOfTheGradeForAllOthers() {
    assertThat(severity("999.99")).isEqualTo("minor");
    assertThat(severity(null)).isEqualTo("minor");
  }

  @Test
  void anyExemptionSparesAnEventAndOneThatCannotTellDoesNot() {
    assertThat(graded("item", "first", "domain", null).<Boolean>getAs("exempt")).isTrue();
    assertThat(graded("item", null, "domain", "training").<Boolean>getAs("exempt")).isTrue();
    assertThat(graded("item", "second", "domain", null).<Boolean>getAs("exempt")).isFalse();
  }
}
