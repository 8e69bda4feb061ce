package credit.sample;

import credit.schemas.Column;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** Other spellings of the same value: none of them may be refused or change it. */
final class CellFaults {
  private static final List<DateTimeFormatter> SPELLINGS =
      List.of(
          spelling("uuuu-MM-dd"),
          spelling("uuuu/M/d"),
          spelling("uuuu.M.d"),
          spelling("uuuu年M月d日"),
          spelling("uuuuMMdd"));

  private static final BigDecimal THOUSAND = new BigDecimal(1000);

  private CellFaults() {}

  private static DateTimeFormatter spelling(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }

  /** Another of the five usual spellings than the file's. */
  static boolean otherSpelling(Line line, Draw draw) {
    Optional<Column> column = filled(line, c -> c.type() == Column.Type.DATE);
    if (column.isEmpty()) {
      return false;
    }
    String name = column.get().name();
    LocalDate day = LocalDate.parse(line.row().cell(name));
    String other = day.format(draw.pick(SPELLINGS));
    boolean endless = column.get().noEnd() && day.getYear() == 2099;
    if (endless || other.equals(line.get(name))) {
      return false;
    }
    line.respell(name, other, day.toString());
    return true;
  }

  static BiPredicate<Line, Draw> noEnd(String text) {
    return (line, draw) -> {
      Optional<Column> column = filled(line, Column::noEnd);
      column.ifPresent(c -> line.respell(c.name(), text, ""));
      return column.isPresent();
    };
  }

  static boolean thousands(Line line, Draw draw) {
    Optional<Column> column =
        filled(line, c -> amount(c) && number(line, c).compareTo(THOUSAND) >= 0);
    column.ifPresent(c -> respell(line, c, grouped(number(line, c))));
    return column.isPresent();
  }

  static boolean wideAmount(Line line, Draw draw) {
    Optional<Column> column = filled(line, CellFaults::amount);
    column.ifPresent(c -> respell(line, c, RowFaults.wide(line.get(c.name()))));
    return column.isPresent();
  }

  /** Further kinds behind other separators than before. */
  static boolean mixedSeparators(Line line, Draw draw) {
    for (String column : List.of("categories", "results")) {
      String cell = line.get(column);
      if (cell.matches(".*(罚款|没收).*")) {
        line.set(column, cell + "；警告、通报批评|其他");
        return true;
      }
      if (cell.matches("[BCDE]") && line.row().source().equals("inspections")) {
        line.set(column, cell + "，2；A");
        return true;
      }
    }
    return false;
  }

  private static boolean amount(Column column) {
    return column.type() == Column.Type.NUMBER;
  }

  private static BigDecimal number(Line line, Column column) {
    return new BigDecimal(line.row().cell(column.name()));
  }

  private static String grouped(BigDecimal number) {
    DecimalFormat format = new DecimalFormat("#,##0.######", new DecimalFormatSymbols(Locale.ROOT));
    return format.format(number);
  }

  private static void respell(Line line, Column column, String text) {
    BigDecimal number = number(line, column);
    BigDecimal kept = column.wanYuan() ? number.movePointRight(4) : number;
    line.respell(column.name(), text, kept.stripTrailingZeros().toPlainString());
  }

  private static Optional<Column> filled(Line line, Predicate<Column> fits) {
    return line.sheet().columns().stream()
        .filter(c -> !line.row().cell(c.name()).isEmpty())
        .filter(fits)
        .findFirst();
  }
}
