package credit.jobs.kpi;

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

  /** A label and its text. */
  public record Fact(String label, String text) {}

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

  /** A table; its first column heads the rows. */
  public record Table(
      String caption, List<String> head, List<TableRow> rows, String note, boolean folded) {}

  /** One row: heading, anchor of its definition or null, cells. */
  public record TableRow(String heading, String definition, List<Cell> cells) {}

  /**
   * One cell.
   *
   * @param text value
   * @param detail small print, such as the rows behind it; may be empty
   * @param bar length of the bar behind it in per cent; null: none
   */
  public record Cell(String text, String detail, Integer bar) {
    static Cell plain(String text) {
      return new Cell(text, "", null);
    }
  }

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
