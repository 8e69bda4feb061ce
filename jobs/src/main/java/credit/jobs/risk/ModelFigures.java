package credit.jobs.risk;

import credit.models.Evaluation;
import credit.models.ModelFile;
import java.util.Map;
import java.util.TreeMap;

/** A model's main figures as whole numbers, for the ledger and the summary. */
final class ModelFigures {
  private ModelFigures() {}

  static Map<String, Long> of(ModelFile file) {
    Map<String, Long> figures = new TreeMap<>();
    figures.put("windows", file.model().summary().days());
    figures.put("training_rows", file.model().summary().rows());
    figures.put("training_positives", file.model().summary().positives());
    Evaluation evaluation = file.evaluation();
    if (evaluation != null) {
      figures.put("held_out_rows", evaluation.rows());
      figures.put("held_out_positives", evaluation.positives());
      figures.put("base_rate_x10000", Math.round(evaluation.baseRate() * 1e4));
      put(figures, "auc_x10000", evaluation.ranking().auc(), 1e4);
      put(
          figures,
          "best_indicator_auc_x10000",
          evaluation.indicatorBaseline().ranking().auc(),
          1e4);
      if (evaluation.positives() > 0) {
        put(figures, "lift_at_10_x100", evaluation.ranking().at("10%").lift().expected(), 1e2);
      }
    }
    return figures;
  }

  private static void put(Map<String, Long> figures, String name, Double value, double scale) {
    if (value != null) {
      figures.put(name, Math.round(value * scale));
    }
  }
}
