package credit.jobs.page;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A table; its first column heads the rows. Texts are final, none is escaped yet.
 *
 * @param caption heading
 * @param head heads of the columns
 * @param rows rows
 * @param folded whether it stands folded below a chart that shows the same
 */
public record Table(String caption, List<String> head, List<Line> rows, boolean folded) {

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9.,]*( ?%| pp| 个百分点)?|–");
  private static final int BRIEF = 12;

  /** Style of a column, the heading's being 0: numbers stand at the right, brief cells unbroken. */
  public String style(int column) {
    if (column == 0) {
      return rows.stream().allMatch(r -> brief(r.heading())) ? "text brief" : "text";
    }
    List<Cell> cells = rows.stream().map(r -> r.cells().get(column - 1)).toList();
    String side = cells.stream().allMatch(Cell::numeric) ? "number" : "text";
    return cells.stream().allMatch(c -> brief(c.text())) ? side + " brief" : side;
  }

  private static boolean brief(String text) {
    return text.codePointCount(0, text.length()) <= BRIEF;
  }

  /** An open table. */
  public static Table of(String caption, List<String> head, List<Line> rows) {
    return new Table(caption, head, rows, false);
  }

  /**
   * One row.
   *
   * @param heading what the row is about
   * @param link id of the place that explains it; null: none
   * @param cells cells
   */
  public record Line(String heading, String link, List<Cell> cells) {

    /** A row of plain texts. */
    public static Line of(String heading, String... texts) {
      return new Line(heading, null, List.of(texts).stream().map(Cell::plain).toList());
    }
  }

  /**
   * One cell.
   *
   * @param text value
   * @param detail small print, such as the rows behind it; may be empty
   * @param bar length of the bar below it in per cent; null: none
   */
  public record Cell(String text, String detail, Integer bar) {

    /** A cell with nothing but its text. */
    public static Cell plain(String text) {
      return new Cell(text, "", null);
    }

    private boolean numeric() {
      return NUMBER.matcher(text).matches();
    }
  }
}
