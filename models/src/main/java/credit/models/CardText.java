package credit.models;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Lays a model card out as Markdown. */
final class CardText {
  private final Map<String, Object> card;
  private final StringBuilder text = new StringBuilder();

  CardText(Map<String, Object> card) {
    this.card = card;
  }

  String markdown() {
    line("# Risk model %s", card.get("model"));
    line("");
    line("%s", card.get("purpose"));
    line("");
    line("- Kind: %s", card.get("kind"));
    line("- Foresees: %s, within %s days", card.get("outcome"), card.get("horizon_days"));
    line("- Made for %s, known at %s", card.get("as_of"), card.get("known_at"));
    training(map(card.get("training")));
    calibration(map(card.get("calibration")));
    line("- Created %s by version %s", card.get("created_at"), card.get("code_version"));
    line("- Content SHA-256 %s", card.get("content_sha256"));
    line("");
    evaluation();
    features();
    line("## Limits");
    line("");
    list(card.get("limits")).forEach(limit -> line("- %s", limit));
    return text.toString();
  }

  private void training(Map<?, ?> t) {
    line(
        "- Trained on %s rows over %s as-of days, %s to %s; %s positive (%s)",
        t.get("rows"),
        t.get("as_of_days"),
        t.get("from"),
        t.get("through"),
        t.get("positives"),
        number(t.get("base_rate")));
  }

  private void calibration(Map<?, ?> c) {
    if (c.get("from") == null) {
      line("- Not calibrated: too few outcomes in the latest days, or no earlier day to train on");
      return;
    }
    line(
        "- Calibrated (%s) on %s rows, %s to %s",
        c.get("method"), c.get("rows"), c.get("from"), c.get("through"));
  }

  private void evaluation() {
    line("## Figures on the held-out window");
    line("");
    if (card.get("evaluation") == null) {
      line("Never judged on a held-out window.");
      line("");
      return;
    }
    Map<?, ?> e = map(card.get("evaluation"));
    line(
        "%s to %s: %s rows, %s positive (base rate %s). Business as usual finds %s of them in the"
            + " first half.",
        e.get("from"),
        e.get("through"),
        e.get("rows"),
        e.get("positives"),
        number(e.get("base_rate")),
        number(e.get("first_half_as_usual")));
    line("");
    line(
        "| order by | AUC | average precision | lift at 10% | days earlier | first half | Brier |"
            + " log loss | calibration error |");
    line("|---|---|---|---|---|---|---|---|---|");
    for (Object row : list(e.get("figures"))) {
      Map<?, ?> f = map(row);
      line(
          "| %s | %s | %s | %s | %s | %s | %s | %s | %s |",
          f.get("name"),
          number(f.get("auc")),
          number(f.get("average_precision")),
          number(f.get("lift_at_10_percent")),
          number(f.get("days_earlier")),
          number(f.get("first_half")),
          number(f.get("brier")),
          number(f.get("log_loss")),
          number(f.get("calibration_error")));
    }
    line("");
  }

  private void features() {
    line("## Weights");
    line("");
    line("In log-odds per standard deviation, before calibration.");
    line("");
    line("| indicator | weight | weight if missing | log(1+x) |");
    line("|---|---|---|---|");
    for (Object row : list(card.get("features"))) {
      Map<?, ?> f = map(row);
      line(
          "| %s | %s | %s | %s |",
          f.get("indicator"),
          number(f.get("weight")),
          number(f.get("missing_weight")),
          Boolean.TRUE.equals(f.get("log1p")) ? "yes" : "");
    }
    line("");
  }

  private static String number(Object value) {
    return value instanceof Double d ? String.format(Locale.ROOT, "%.4f", d) : "–";
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  private static List<?> list(Object value) {
    return (List<?>) value;
  }

  private void line(String pattern, Object... values) {
    text.append(values.length == 0 ? pattern : String.format(Locale.ROOT, pattern, values));
    text.append('\n');
  }
}
