package credit.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a person must know of a model before using it, as Markdown and as a map for JSON. */
public final class ModelCard {
  /** What the model is for. */
  public static final String PURPOSE =
      "Steers inspection and early warning only. It never punishes: no tier, measure, list or"
          + " publication may depend on it.";

  /** What its figures cannot say. */
  public static final List<String> LIMITS =
      List.of(
          "Only inspected firms have outcomes: the model learns where inspectors went, and firms"
              + " never visited are scored without evidence of their own.",
          "Outcomes depend on who inspects and how: part of what is learnt may be the inspectors'"
              + " habits.",
          "A weight is an association in past data, not a cause.",
          "Values beyond the range seen in training are held at its end.");

  private final ModelFile file;
  private final Scorer scorer;

  ModelCard(ModelFile file) {
    this.file = file;
    this.scorer = file.scorer();
  }

  /** Everything on the card, ready for JSON: maps, lists, strings, numbers and nulls only. */
  public Map<String, Object> asMap() {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("model", file.id());
    card.put("content_sha256", file.contentHash());
    card.put("purpose", PURPOSE);
    card.put("kind", "L2-regularised logistic regression (Tribuo, LibLinear)");
    card.put("outcome", file.provenance().outcome());
    card.put("horizon_days", file.provenance().horizonDays());
    card.put("as_of", file.provenance().asOf().toString());
    card.put("known_at", file.provenance().knownAt().toString());
    card.put("training", training());
    card.put("calibration", calibration());
    card.put("evaluation", file.evaluation() == null ? null : evaluation(file.evaluation()));
    card.put("features", features());
    card.put("limits", LIMITS);
    card.put("indicators_hash", file.provenance().indicatorsHash());
    card.put("bundle_hash", file.provenance().bundleHash());
    card.put("source_rows", file.provenance().counts());
    card.put("created_at", file.making().createdAt().toString());
    card.put("code_version", file.making().codeVersion());
    return card;
  }

  private Map<String, Object> training() {
    TrainingSummary summary = file.model().summary();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", summary.from().toString());
    map.put("through", summary.through().toString());
    map.put("as_of_days", summary.days());
    map.put("rows", summary.rows());
    map.put("positives", summary.positives());
    map.put("base_rate", summary.baseRate());
    map.put("cost", summary.options().cost());
    map.put("seed", summary.options().seed());
    return map;
  }

  private Map<String, Object> calibration() {
    Calibration calibration = file.model().calibration();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("method", calibration.method().name().toLowerCase(Locale.ROOT));
    map.put("slope", calibration.slope());
    map.put("intercept", calibration.intercept());
    map.put("from", calibration.from() == null ? null : calibration.from().toString());
    map.put("through", calibration.through() == null ? null : calibration.through().toString());
    map.put("rows", calibration.rows());
    map.put("positives", calibration.positives());
    return map;
  }

  private static Map<String, Object> evaluation(Evaluation evaluation) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("from", evaluation.from().toString());
    map.put("through", evaluation.through().toString());
    map.put("rows", evaluation.rows());
    map.put("positives", evaluation.positives());
    map.put("base_rate", evaluation.baseRate());
    map.put("first_half_as_usual", evaluation.asUsualFirstHalf());
    Map<String, Object> model = ranking("model", evaluation.ranking());
    model.put("brier", evaluation.probability().brier());
    model.put("log_loss", evaluation.probability().logLoss());
    model.put("calibration_error", evaluation.probability().calibrationError());
    List<Map<String, Object>> rows = new ArrayList<>(List.of(model));
    for (Evaluation.Baseline baseline : evaluation.baselines()) {
      Map<String, Object> row = ranking(baseline.name(), baseline.ranking());
      row.put("brier", baseline.brier());
      row.put("log_loss", baseline.logLoss());
      row.put("calibration_error", null);
      rows.add(row);
    }
    map.put("figures", rows);
    return map;
  }

  private static Map<String, Object> ranking(String name, RankingFigures figures) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("auc", figures.auc());
    map.put("average_precision", figures.averagePrecision());
    Range lift = figures.at("10%").lift();
    map.put("lift_at_10_percent", lift == null ? null : lift.expected());
    map.put("days_earlier", figures.daysEarlier());
    map.put("first_half", figures.firstHalf());
    return map;
  }

  private List<Map<String, Object>> features() {
    List<Map<String, Object>> rows = new ArrayList<>();
    int flag = scorer.space().columns().size();
    for (int i = 0; i < scorer.space().columns().size(); i++) {
      FeatureSpace.Column column = scorer.space().columns().get(i);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("indicator", column.indicator());
      row.put("weight", scorer.weights().get(i));
      row.put("missing_weight", column.missingSeen() ? scorer.weights().get(flag++) : null);
      row.put("log1p", column.log1p());
      row.put("mean", column.mean());
      row.put("scale", column.scale());
      rows.add(row);
    }
    return rows;
  }

  /** The card as Markdown. */
  public String markdown() {
    return new CardText(asMap()).markdown();
  }
}
