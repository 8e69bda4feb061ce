package credit.jobs.cli.page;

import credit.jobs.page.Fact;
import credit.jobs.page.Table;
import credit.jobs.page.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A firm's file as plain text for a terminal. */
public final class FirmText {
  private static final int WIDEST = 44;

  private FirmText() {}

  /**
   * Renders the file.
   *
   * @param language {@code zh} or {@code en}
   */
  public static String render(FirmView view, String language, Audience audience) {
    Texts texts = Texts.in(language);
    FirmDossier dossier = new FirmDossier(view, texts, audience);
    StringBuilder out = new StringBuilder();
    out.append(printable(dossier.name())).append("  ").append(dossier.code()).append('\n');
    out.append(texts.get("firm.dates", view.asOf().toString(), view.knownAt().toString()))
        .append('\n');
    if (view.pendingRules()) {
      out.append(texts.get("firm.pending")).append('\n');
    }
    for (FirmDossier.Section section : dossier.sections()) {
      out.append('\n').append("== ").append(section.title()).append('\n');
      facts(out, section.facts());
      section.tables().forEach(t -> table(out, t));
    }
    return out.toString();
  }

  private static void facts(StringBuilder out, List<Fact> facts) {
    int widest = facts.stream().mapToInt(f -> width(f.label())).max().orElse(0);
    for (Fact fact : facts) {
      out.append("  ")
          .append(padded(fact.label(), widest))
          .append("  ")
          .append(printable(fact.text()))
          .append('\n');
    }
  }

  private static void table(StringBuilder out, Table table) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(table.head());
    table
        .rows()
        .forEach(
            row -> {
              List<String> cells = new ArrayList<>(List.of(printable(row.heading())));
              row.cells().forEach(c -> cells.add(printable(c.text())));
              rows.add(cells);
            });
    List<Integer> widths =
        IntStream.range(0, table.head().size())
            .mapToObj(
                i -> Math.min(WIDEST, rows.stream().mapToInt(r -> width(r.get(i))).max().orElse(0)))
            .toList();
    for (List<String> row : rows) {
      out.append(
          IntStream.range(0, row.size())
              .mapToObj(i -> padded(row.get(i), widths.get(i)))
              .collect(Collectors.joining("  ", "  ", ""))
              .stripTrailing());
      out.append('\n');
    }
  }

  /** Control characters of a name would reach the terminal; they are shown as a question mark. */
  private static String printable(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - width(text)));
  }

  /** Columns on a terminal: ideographs and full-width forms take two. */
  static int width(String text) {
    return text.codePoints().map(c -> wide(c) ? 2 : 1).sum();
  }

  private static boolean wide(int c) {
    return Character.isIdeographic(c)
        || (c >= 0x3000 && c <= 0x30FF)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6);
  }
}
