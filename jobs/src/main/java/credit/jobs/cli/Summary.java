package credit.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run's figures. */
final class Summary {
  private Summary() {}

  static void print(Map<String, Map<String, Long>> figures, boolean json) {
    String form = json ? "%d" : "%,d";
    List<List<String>> rows = new ArrayList<>();
    figures.forEach(
        (stage, counts) ->
            counts.forEach(
                (name, value) ->
                    rows.add(List.of(stage, name.replace('_', ' '), form.formatted(value)))));
    Tabular.print(List.of("stage", "figure", "value"), rows, json);
  }
}
