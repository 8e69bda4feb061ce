package credit.sample;

import java.util.Map;

/**
 * How one file differs from what its department usually writes; ingest takes it all the same.
 *
 * @param fault name in the truth and in README; empty: as usual
 * @param headers other headers, by our column name
 * @param extra a header that no contract knows, or an empty text
 * @param separator separator of a CSV file, or null
 */
record Variation(String fault, Map<String, String> headers, String extra, Character separator) {
  private static final Variation NONE = new Variation("", Map.of(), "", null);

  /** The variation of a source's n-th delivery. */
  static Variation of(String source, int delivery) {
    return switch (source + " " + delivery) {
      case "inspections 2" ->
          new Variation("file_column_renamed", Map.of("firm_name", "检查对象"), "", null);
      case "repairs 2" -> new Variation("file_column_unknown", Map.of(), "录入时间", null);
      case "objections 3" -> new Variation("file_semicolons", Map.of(), "", ';');
      case "promises 3" -> new Variation("file_tabs", Map.of(), "", '\t');
      default -> NONE;
    };
  }

  static Variation none() {
    return NONE;
  }
}
