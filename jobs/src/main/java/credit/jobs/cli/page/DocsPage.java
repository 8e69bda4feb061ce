package credit.jobs.cli.page;

import credit.jobs.page.Fact;
import credit.jobs.page.Pages;
import credit.jobs.page.Table;
import credit.jobs.page.Texts;
import credit.schemas.Schemas;
import java.util.List;

/** Contracts, code lists, rules and lineage of a jurisdiction as one self-contained HTML page. */
public final class DocsPage {
  /** Hides what does not hold the words looked for; without it the page is whole. */
  private static final String SCRIPT =
      """
      const box = document.getElementById('search');
      const found = document.getElementById('found');
      const sections = Array.from(document.querySelectorAll('section.found'));
      const has = (element, words) => {
        const text = element.textContent.toLowerCase();
        return words.every(word => text.includes(word));
      };
      box.addEventListener('input', () => {
        const words = box.value.toLowerCase().split(/\\s+/).filter(word => word);
        let shown = 0;
        for (const section of sections) {
          const rows = Array.from(section.querySelectorAll('tbody tr'));
          const hits = rows.filter(row => has(row, words));
          section.hidden = words.length > 0 && !has(section, words);
          rows.forEach(row => { row.hidden = hits.length > 0 && !hits.includes(row); });
          shown += section.hidden ? 0 : 1;
        }
        found.textContent = words.length ? shown + ' / ' + sections.length : '';
      });
      """;

  private DocsPage() {}

  /**
   * What the template draws.
   *
   * @param texts texts of the frame
   * @param facts what the page is about
   * @param chapters chapters
   * @param script the page's own script, the only one that its policy lets run
   * @param scriptHash hash of the script, for the policy
   */
  public record Model(
      Texts texts, List<Fact> facts, List<Chapter> chapters, String script, String scriptHash) {}

  /** Sections of one sort. */
  public record Chapter(String id, String title, String note, List<Section> sections) {}

  /** One contract, code list or rule file. */
  public record Section(
      String id, String title, String note, List<Fact> facts, List<Table> tables) {}

  /**
   * Renders the page.
   *
   * @param language {@code zh} or {@code en}
   */
  public static String render(Schemas schemas, String language) {
    Texts texts = Texts.in(language);
    DocsChapters chapters = new DocsChapters(schemas, texts);
    return Pages.render(
        "docs/docs.jte",
        new Model(
            texts,
            List.of(
                new Fact(texts.get("docs.bundle"), schemas.sha256().substring(0, 12)),
                new Fact(texts.get("docs.sources"), texts.count(schemas.sources().size())),
                new Fact(texts.get("docs.tables"), texts.count(schemas.tables().size())),
                new Fact(texts.get("docs.codes"), texts.count(schemas.codes().size())),
                new Fact(texts.get("docs.rules"), texts.count(chapters.rules())),
                new Fact(texts.get("docs.pending"), texts.count(chapters.pending()))),
            chapters.all(),
            SCRIPT,
            Pages.scriptHash(SCRIPT)));
  }
}
