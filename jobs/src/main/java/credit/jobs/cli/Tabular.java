package credit.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results that are no Spark rows, in the two forms of {@link Output}. */
final class Tabular {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Tabular() {}

  /** A table for people, or one JSON object a row for programs. */
  static void print(List<String> header, List<List<String>> rows, boolean json) {
    if (!json) {
      Output.table(header, rows);
      return;
    }
    for (List<String> row : rows) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (int i = 0; i < header.size(); i++) {
        object.put(header.get(i).replace(' ', '_'), row.get(i));
      }
      object(object);
    }
  }

  /** One finding on a line of its own. */
  static void finding(String name, String word, String text, boolean json) {
    if (json) {
      Map<String, String> object = new LinkedHashMap<>();
      object.put("check", name);
      object.put("result", word);
      object.put("text", text);
      object(object);
    } else {
      Output.line("%-4s  %-10s  %s".formatted(word, name, text));
    }
  }

  /** One JSON object on one line. */
  static void object(Map<String, ?> object) {
    try {
      Output.line(JSON.writeValueAsString(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
