package credit.sample;

import java.util.Map;

/**
 * How one file differs from what its department usually writes; ingest takes it all the same.
 *
 * @param fault name in the truth and in README; empty: as usual
 * @param headers other headers, by our column name
 * @param extra a header that no contract knows, or an empty text
 * @param separator separator of a CSV file, or null
 * @param form another form than the department's, or null
 * @param gzip whether a file of another form is gzip'd
 */
record Variation(
    String fault,
    Map<String, String> headers,
    String extra,
    Character separator,
    Layout.Form form,
    boolean gzip) {
  private static final Variation NONE = new Variation("", Map.of(), "", null, null, false);

  /** Deliveries before this one carry the variations of text. */
  private static final int FIRST_FORM = 4;

  /** The variation of a source's n-th delivery. */
  static Variation of(String source, int delivery) {
    return switch (source + " " + delivery) {
      case "inspections 2" -> text("file_column_renamed", Map.of("firm_name", "检查对象"), "", null);
      case "repairs 2" -> text("file_column_unknown", Map.of(), "录入时间", null);
      case "objections 3" -> text("file_semicolons", Map.of(), "", ';');
      case "promises 3" -> text("file_tabs", Map.of(), "", '\t');
      default -> NONE;
    };
  }

  private static Variation text(
      String fault, Map<String, String> headers, String extra, Character separator) {
    return new Variation(fault, headers, extra, separator, null, false);
  }

  /**
   * Another form for each delivery in turn, plain and then gzip'd: over a city's deliveries every
   * source comes in every form. The first deliveries keep the department's form.
   */
  static Variation ofForm(String source, int delivery) {
    if (delivery < FIRST_FORM) {
      return of(source, delivery);
    }
    Layout.Form[] forms = Layout.Form.values();
    int turn = Math.floorMod(source.hashCode(), 2 * forms.length) + delivery;
    Layout.Form form = forms[turn % forms.length];
    boolean gzip = turn / forms.length % 2 == 1;
    String fault = "file_as_" + form.extension() + (gzip ? "_gz" : "");
    return new Variation(fault, Map.of(), "", null, form, gzip);
  }

  static Variation none() {
    return NONE;
  }
}
