package credit.jobs.kpi;

import credit.jobs.page.Fact;
import credit.jobs.page.Table;
import credit.jobs.page.Texts;
import credit.jobs.page.TrendChart;
import java.util.List;

/**
 * What the report's template draws; every text is final, none is escaped yet.
 *
 * @param texts texts of the page's own frame
 * @param title heading
 * @param region whom it speaks of
 * @param facts label and text, in the head
 * @param pending whether pending rules were put to work
 * @param cards headline figures
 * @param sections sections in order
 * @param definitions definitions behind the figures
 */
public record ReportView(
    Texts texts,
    String title,
    String region,
    List<Fact> facts,
    boolean pending,
    List<Card> cards,
    List<Section> sections,
    List<DefinitionView> definitions) {

  /** A headline figure with its year's figure, its change, its rows and its trend. */
  public record Card(
      String id,
      String title,
      String value,
      String year,
      String change,
      String rows,
      TrendChart trend) {}

  /** A part of the report. */
  public record Section(
      String id, String title, String note, List<TrendChart> charts, List<Table> tables) {}

  /** A definition as printed. */
  public record DefinitionView(
      String id,
      String title,
      String formula,
      String baseline,
      String basis,
      String version,
      String review) {}
}
