package credit.jobs.risk;

import credit.jobs.indicators.IndicatorRules;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.models.Gate;
import credit.models.ModelException;
import credit.models.ModelFile;
import credit.models.ModelRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Trains a challenger and keeps it in the registry. The first model of a warehouse goes into use by
 * itself; any other waits for an officer ({@code model approve}).
 */
public final class TrainJob implements Stage {
  @Override
  public String name() {
    return "train";
  }

  /**
   * @throws Failure with exit code 3 where there is too little to learn from, 4 where the gate
   *     refuses the model; it is kept in the registry all the same
   */
  @Override
  public Map<String, Long> run(Run run) {
    IndicatorRules rules =
        IndicatorRules.of(run.schemas(), run.asOf(), run.settings().allowPending());
    ModelRegistry registry = new ModelRegistry(run.warehouse().models());
    try {
      Optional<ModelFile> champion = registry.championModel();
      Training training = Training.forRun(run, rules);
      String id = registry.save(training.file());
      Gate.Verdict verdict = training.verdict(champion);
      run.progress().note("model " + id + (verdict.passed() ? " passed the gate" : " refused"));
      if (!verdict.passed()) {
        throw Failure.gate(
            "model %s is kept but may not be used: %s", id, String.join("; ", verdict.reasons()));
      }
      Map<String, Long> counts = new TreeMap<>(ModelFigures.of(training.file()));
      if (champion.isEmpty()) {
        registry.bootstrap(id, "first model of the warehouse", run.clock().instant());
        counts.put("bootstrap", 1L);
      }
      return counts;
    } catch (ModelException e) {
      throw Failure.badInput("%s", e.getMessage());
    }
  }
}
