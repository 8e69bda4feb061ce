package credit.jobs.cli.page;

import credit.jobs.page.Pages;
import credit.jobs.page.Texts;
import java.util.List;

/** A firm's file as one self-contained HTML page. */
public final class FirmPage {
  private FirmPage() {}

  /**
   * What the template draws.
   *
   * @param texts texts of the frame
   * @param name name as the audience may see it
   * @param code code as the audience may see it
   * @param notice for whom the page is
   * @param view the file; the template takes its dates only
   * @param sections sections
   * @param waterfall reasons of the tier; null: not shown
   * @param timeline timeline; null: no event
   */
  public record Model(
      Texts texts,
      String name,
      String code,
      String notice,
      FirmView view,
      List<FirmDossier.Section> sections,
      Waterfall waterfall,
      TimelineChart timeline) {}

  /**
   * Renders the page.
   *
   * @param language {@code zh} or {@code en}
   */
  public static String render(FirmView view, String language, Audience audience) {
    Texts texts = Texts.in(language);
    FirmDossier dossier = new FirmDossier(view, texts, audience);
    FirmView seen = dossier.view();
    return Pages.render(
        "firm/firm.jte",
        new Model(
            texts,
            dossier.name(),
            dossier.code(),
            texts.get("firm.audience." + audience.id()),
            seen,
            dossier.sections(),
            seen.tier() != null && !seen.tier().reasons().isEmpty()
                ? Waterfall.of(seen.tier(), texts.get("firm.points"), texts.language())
                : null,
            TimelineChart.of(seen.timeline(), seen.asOf(), texts)));
  }
}
