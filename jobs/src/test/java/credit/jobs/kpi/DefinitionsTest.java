package credit.jobs.kpi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class DefinitionsTest {
  private static final RuleFile BUNDLED = Fixture.SCHEMAS.rule("kpi");

  /** The bundled file with other values in the effect of one rule. */
  private static RuleFile with(String id, Map<String, Object> different) {
    List<Rule> rules = new ArrayList<>();
    for (Rule r : BUNDLED.rules()) {
      Map<String, Object> effect = new HashMap<>(r.effect());
      if (r.id().equals(id)) {
        effect.putAll(different);
      }
      rules.add(
          new Rule(
              r.id(),
              r.titleZh(),
              r.titleEn(),
              r.when(),
              effect,
              r.basis(),
              r.basisStatus(),
              r.effectiveFrom(),
              r.effectiveUntil(),
              r.confirmed(),
              r.confirmedBy(),
              r.document(),
              r.line()));
    }
    return new RuleFile("kpi", "1", null, BUNDLED.settings(), rules, "rules/kpi.yaml", "0");
  }

  @Test
  void aTargetOnTheOnlineShareIsRefused() {
    assertThatThrownBy(
            () -> Definitions.of(with("online_share", Map.of("target", 0.9)), Fixture.AS_OF))
        .isInstanceOf(Failure.class)
        .hasMessageMatching("rules/kpi.yaml:\\d+: indicator 'online_share' sets 'target'.*");
  }

  @Test
  void aRankOrColourOnJointHandlingIsRefused() {
    for (String key : List.of("rank", "colour", "better")) {
      assertThatThrownBy(
              () -> Definitions.of(with("joint_share", Map.of(key, "high")), Fixture.AS_OF))
          .hasMessageContaining("firms choose freely");
    }
  }

  @Test
  void aTargetOnTheOnlineShareIsRefusedUnderAnotherNameToo() {
    Map<String, Object> disguised =
        Map.of("section", "reform", "numerator", "channel = 'online'", "target", 0.8);
    assertThatThrownBy(() -> Definitions.of(with("one_go_rate", disguised), Fixture.AS_OF))
        .hasMessageContaining("firms choose freely");
  }

  @Test
  void thePlansOwnTargetsOnTimeAreAllowed() {
    assertThat(Definitions.of(BUNDLED, Fixture.AS_OF).get("complex_days_cut").target())
        .isEqualByComparingTo("0.5");
  }

  @Test
  void anUnknownColumnIsNamedWithFileAndLine(SparkSession spark) {
    Definitions wrong =
        Definitions.of(with("one_go_rate", Map.of("numerator", "retruns = 0")), Fixture.AS_OF);
    assertThatThrownBy(
            () -> Aggregates.of(new Fixture(spark).inputs(), List.of(wrong.get("one_go_rate"))))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("rules/kpi.yaml:")
        .hasMessageContaining("retruns");
  }

  @Test
  void anExpressionThatLooksBeyondItsRowIsRefused(SparkSession spark) {
    for (String sql :
        List.of(
            "(SELECT count(*) FROM range(3))",
            "reflect('java.lang.System', 'lineSeparator') = 'x'",
            "first_submitted < current_date()",
            "rand() > 0.5")) {
      Definitions wrong =
          Definitions.of(with("return_rate", Map.of("numerator", sql)), Fixture.AS_OF);
      assertThatThrownBy(
              () -> Aggregates.of(new Fixture(spark).inputs(), List.of(wrong.get("return_rate"))))
          .as(sql)
          .isInstanceOf(Failure.class)
          .hasMessageContaining("rules/kpi.yaml:");
    }
  }

  @Test
  void anIndicatorIsANumber(SparkSession spark) {
    Definitions wrong =
        Definitions.of(
            with("return_rate", Map.of("numerator", "channel || '1'", "section", "reform")),
            Fixture.AS_OF);
    assertThatThrownBy(
            () -> Aggregates.of(new Fixture(spark).inputs(), List.of(wrong.get("return_rate"))))
        .hasMessageContaining("write a condition or a number");
  }

  @Test
  void anUnknownDimensionIsRefused(SparkSession spark) {
    Definitions wrong =
        Definitions.of(with("one_go_rate", Map.of("by", List.of("street", "item"))), Fixture.AS_OF);
    assertThatThrownBy(
            () -> Aggregates.of(new Fixture(spark).inputs(), List.of(wrong.get("one_go_rate"))))
        .hasMessageContaining("'street'");
  }

  @Test
  void anotherDefinitionHasAnotherVersion() {
    String before = Definitions.of(BUNDLED, Fixture.AS_OF).get("return_rate").version();
    RuleFile changed = with("return_rate", Map.of("numerator", "returns > 1"));
    assertThat(Definitions.of(changed, Fixture.AS_OF).get("return_rate").version())
        .isNotEqualTo(before);
  }

  @Test
  void aDefinitionSpeaksOnlyFromItsFirstDay() {
    assertThat(Definitions.of(BUNDLED, BUNDLED.rules().get(0).effectiveFrom().minusDays(1)).all())
        .isEmpty();
  }
}
