package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import credit.schemas.Schemas;
import credit.schemas.TableContract;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A score never punishes: neither directly nor through any table does it reach tier or list. */
class ScoreClosureTest {
  private static final Schemas SCHEMAS = Schemas.bundled();

  private static Collection<TableContract> contracts() {
    return Stream.concat(
            SCHEMAS.tables().values().stream(),
            SCHEMAS.sources().values().stream().map(s -> Tables.contract(SCHEMAS, s.stagedTable())))
        .toList();
  }

  /** Tables into which a stage that can see scores could have carried them. */
  private static Set<String> carriers() {
    Set<String> carriers = new TreeSet<>(Set.of("scores"));
    Set<String> stages = new TreeSet<>(Set.of("risk"));
    int before = 0;
    while (before < carriers.size() + stages.size()) {
      before = carriers.size() + stages.size();
      for (TableContract table : contracts()) {
        if (stages.contains(table.writer())) {
          carriers.add(table.name());
        }
        if (carriers.contains(table.name())) {
          stages.addAll(table.readers());
        }
      }
    }
    return carriers;
  }

  @Test
  void scoresReachTheRiskClassAndThePlan() {
    assertThat(carriers()).contains("scores", "risk_classes", "warnings", "inspection_plan");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tier", "list", "publish"})
  void noTableThatCouldCarryAScoreIsOpenToTierListOrPublish(String stage) {
    assertThat(contracts())
        .filteredOn(table -> carriers().contains(table.name()))
        .allSatisfy(table -> assertThat(table.readableBy(stage)).as(table.name()).isFalse());
  }
}
