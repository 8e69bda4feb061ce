package credit.sample;

import static credit.sample.Fault.Expected.DUPLICATE;
import static credit.sample.Fault.Expected.REPAIRED;
import static credit.sample.Fault.Expected.STAGED;

import credit.approval.id.UnifiedCode;
import credit.schemas.Column;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The faults that rows have in real deliveries; README has them as a table. */
final class RowFaults {
  /** Passes the check digit, names nobody: clerks type it when they have no code. */
  static final String PLACEHOLDER = "000000000000000000";

  static final List<Fault> ALL =
      List.of(
          Fault.of("code_letter_o", 8, REPAIRED, "code", code(c -> c.replaceFirst("0", "O"))),
          Fault.of("code_letter_i", 6, REPAIRED, "code", code(c -> c.replaceFirst("1", "I"))),
          Fault.of("code_lower_case", 8, STAGED, "code", code(c -> c.toLowerCase(Locale.ROOT))),
          Fault.of("code_spaces", 8, STAGED, "code", code(RowFaults::spaced)),
          Fault.of("code_full_width", 4, STAGED, "code", code(RowFaults::wide)),
          Fault.refused("code_check_digit", 8, "code_check_digit", RowFaults::wrongDigitRefused),
          Fault.of("code_wrong_kept", 8, STAGED, "name", RowFaults::wrongDigitKept),
          Fault.of("code_missing", 10, STAGED, "name", RowFaults::noCode),
          Fault.of("code_placeholder", 4, STAGED, "name", RowFaults::placeholder),
          Fault.of("person_id_in_code", 3, STAGED, "name", RowFaults::personInCode),
          Fault.of("name_brackets", 8, STAGED, "code", name(RowFaults::brackets)),
          Fault.of("name_place_moved", 4, STAGED, "review", name(RowFaults::placeMoved)),
          Fault.of("name_spaces", 8, STAGED, "code", name(RowFaults::spacedName)),
          Fault.of("name_of_other", 4, STAGED, "review", RowFaults::otherName),
          Fault.of("name_html", 3, STAGED, "-", name(n -> "<b>" + n + "</b><br/>")),
          Fault.refused("name_500", 3, "text_too_long", name(n -> n.repeat(500).substring(0, 500))),
          Fault.refused("name_empty", 4, "value_missing", RowFaults::emptyName),
          Fault.refused("date_impossible", 6, "date_unreadable", RowFaults::impossibleDate),
          Fault.refused("unknown_code", 6, "code_unknown", RowFaults::unknownCode),
          Fault.of("formula_in_cell", 4, STAGED, "-", text("=cmd|' /C calc'!A0")),
          Fault.of("quoted_newline", 6, STAGED, "-", text("第一行\n第二行，\"引号\"")),
          Fault.of("duplicate_row", 4, DUPLICATE, "-", (line, draw) -> true),
          Fault.of("date_spelling", 8, STAGED, "-", CellFaults::otherSpelling),
          Fault.of(
                  "zero_width",
                  4,
                  STAGED,
                  "code",
                  name(n -> n.charAt(0) + "\u200b" + n.substring(1)))
              .onlyIfAll(),
          Fault.of("name_masked", 4, STAGED, "code", name(RowFaults::masked)).onlyIfAll(),
          Fault.of("two_firms", 3, STAGED, "review", RowFaults::twoFirms).onlyIfAll(),
          Fault.refused("code_cut", 4, "code_check_digit", RowFaults::cutRefused).onlyIfAll());

  /**
   * Faults that only few rows can have (branches, renamed firms, amounts): tried first on those,
   * from one drawn by chance onwards.
   */
  static final List<Fault> OF_FEW =
      List.of(
          Fault.refused(
              "dates_swapped", 1, "valid_from_before_valid_until", RowFaults::swappedDates),
          Fault.refused("fine_in_yuan", 1, "number_too_large", RowFaults::absurdFine),
          Fault.of("no_end_2099", 6, STAGED, "-", CellFaults.noEnd("2099-12-31")),
          Fault.refused("no_end_word", 6, "date_unreadable", CellFaults.noEnd("长期")),
          Fault.of("amount_thousands", 6, STAGED, "-", CellFaults::thousands),
          Fault.of("amount_full_width", 6, STAGED, "-", CellFaults::wideAmount),
          Fault.of("categories_mixed", 6, STAGED, "-", CellFaults::mixedSeparators),
          Fault.of("code_of_parent", 12, STAGED, "name", RowFaults::parentCode),
          Fault.of("name_former", 12, STAGED, "code", RowFaults::formerName));

  private RowFaults() {}

  private static java.util.function.BiPredicate<Line, Draw> code(UnaryOperator<String> change) {
    return (line, draw) -> {
      if (!hasFirmCode(line)) {
        return false;
      }
      String changed = change.apply(line.get("code"));
      if (changed.equals(line.get("code"))) {
        return false;
      }
      line.respell("code", changed, line.firm().code());
      return true;
    };
  }

  /** Changes the name, but not where it is part of the key and later versions need it. */
  private static java.util.function.BiPredicate<Line, Draw> name(UnaryOperator<String> change) {
    return (line, draw) -> {
      if (!mayChangeName(line)) {
        return false;
      }
      String changed = change.apply(line.get(line.nameColumn()));
      if (changed.equals(line.get(line.nameColumn()))) {
        return false;
      }
      line.set(line.nameColumn(), changed);
      return true;
    };
  }

  private static java.util.function.BiPredicate<Line, Draw> text(String text) {
    return (line, draw) -> {
      for (String column : List.of("remark", "handling", "facts", "text", "promise", "reason")) {
        if (line.sheet().has(column) && line.sheet().column(column).codes() == null) {
          line.set(column, text);
          return true;
        }
      }
      return false;
    };
  }

  private static boolean hasFirmCode(Line line) {
    return line.firm() != null && line.get("code").equals(line.firm().code());
  }

  private static boolean mayChangeName(Line line) {
    return line.firm() != null
        && !line.nameColumn().isEmpty()
        && !line.get(line.nameColumn()).isEmpty();
  }

  private static boolean linked(Line line) {
    return hasFirmCode(line) && line.sheet().contract().links();
  }

  /** Where a code must stand, losing it refuses the row: that is no fault of these. */
  private static boolean mayLoseCode(Line line) {
    return linked(line) && !line.sheet().column("code").required();
  }

  private static boolean keepsCode(Line line) {
    return line.sheet().has("code") && line.sheet().column("code").keepUnchecked();
  }

  private static boolean wrongDigitRefused(Line line, Draw draw) {
    return hasFirmCode(line) && !keepsCode(line) && wrongDigit(line, draw);
  }

  private static boolean wrongDigitKept(Line line, Draw draw) {
    return linked(line) && keepsCode(line) && wrongDigit(line, draw);
  }

  /** Another digit in the serial part, so that no look-alike explains it. */
  private static boolean wrongDigit(Line line, Draw draw) {
    StringBuilder code = new StringBuilder(line.get("code"));
    int at = draw.between(9, 15);
    char other = UnifiedCode.ALPHABET.charAt(2 + draw.below(8));
    if (code.charAt(at) == other) {
      return false;
    }
    code.setCharAt(at, other);
    line.set("code", code.toString());
    return true;
  }

  private static boolean noCode(Line line, Draw draw) {
    if (!mayLoseCode(line)) {
      return false;
    }
    line.set("code", "");
    return true;
  }

  private static boolean placeholder(Line line, Draw draw) {
    if (!linked(line)) {
      return false;
    }
    line.set("code", PLACEHOLDER);
    return true;
  }

  private static boolean parentCode(Line line, Draw draw) {
    if (!linked(line) || line.firm().parent() == null) {
      return false;
    }
    line.set("code", line.firm().parent().code());
    return true;
  }

  private static boolean personInCode(Line line, Draw draw) {
    if (!mayLoseCode(line) || !keepsCode(line)) {
      return false;
    }
    line.set("code", Persons.idNumber(draw));
    return true;
  }

  private static boolean formerName(Line line, Draw draw) {
    Firm firm = line.firm();
    if (!linked(line) || firm.names().size() < 2 || line.isKey(line.nameColumn())) {
      return false;
    }
    String former = firm.names().get(0).text();
    if (line.get(line.nameColumn()).equals(former)) {
      return false;
    }
    line.set(line.nameColumn(), former);
    return true;
  }

  private static boolean otherName(Line line, Draw draw) {
    if (!linked(line) || line.isKey(line.nameColumn())) {
      return false;
    }
    line.set(line.nameColumn(), "广东" + new Names().trade(draw) + "控股集团有限公司");
    return true;
  }

  private static boolean emptyName(Line line, Draw draw) {
    String column = line.nameColumn();
    if (!line.sheet().has(column) || !line.sheet().column(column).required()) {
      return false;
    }
    line.set(column, "");
    return true;
  }

  private static boolean impossibleDate(Line line, Draw draw) {
    for (Column column : line.sheet().columns()) {
      if (column.type() == Column.Type.DATE && column.required()) {
        line.set(column.name(), draw.pick(List.of("2025-02-30", "0000-00-00", "2024/13/01", "不详")));
        return true;
      }
    }
    return false;
  }

  private static boolean swappedDates(Line line, Draw draw) {
    String from = line.get("valid_from");
    String until = line.get("valid_until");
    if (from.isEmpty() || until.isEmpty() || until.startsWith("2099")) {
      return false;
    }
    line.set("valid_from", until);
    line.set("valid_until", from);
    return true;
  }

  /** Typed in yuan where 10,000 yuan are meant, twice over. */
  private static boolean absurdFine(Line line, Draw draw) {
    if (line.get("fine").isEmpty()) {
      return false;
    }
    line.set("fine", Integer.toString(draw.between(2, 90) * 100_000));
    return true;
  }

  private static boolean unknownCode(Line line, Draw draw) {
    for (Column column : line.sheet().columns()) {
      if (column.codes() != null && column.required() && !line.get(column.name()).isEmpty()) {
        line.set(column.name(), draw.pick(List.of("Ｘ９", "未填", "见附件")));
        return true;
      }
    }
    return false;
  }

  private static boolean twoFirms(Line line, Draw draw) {
    if (!mayLoseCode(line) || line.isKey(line.nameColumn())) {
      return false;
    }
    line.set(
        line.nameColumn(),
        line.get(line.nameColumn()) + "、" + "珠海" + new Names().trade(draw) + "商贸有限公司");
    line.set("code", "");
    return true;
  }

  private static boolean cutRefused(Line line, Draw draw) {
    if (!hasFirmCode(line) || keepsCode(line)) {
      return false;
    }
    line.set("code", line.get("code").substring(0, 15));
    return true;
  }

  private static String spaced(String code) {
    return " " + code.substring(0, 8) + " " + code.substring(8) + " ";
  }

  private static String spacedName(String name) {
    return " " + name.substring(0, 3) + " " + name.substring(3) + "\u3000";
  }

  private static String brackets(String name) {
    return name.replace('（', '(').replace('）', ')');
  }

  /** 珠海市某某商贸有限公司 as 某某(珠海)商贸有限公司: perhaps the same firm, perhaps a sibling. */
  private static String placeMoved(String name) {
    return name.startsWith("珠海市") && name.endsWith("公司")
        ? name.substring(3, 5) + "(珠海)" + name.substring(5)
        : name;
  }

  private static String masked(String name) {
    return name.substring(0, name.length() / 2) + "*" + name.substring(name.length() / 2 + 1);
  }

  /** ASCII letters and digits in their full-width forms. */
  static String wide(String text) {
    StringBuilder wide = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      wide.append(c > 0x20 && c < 0x7f ? (char) (c + 0xfee0) : c);
    }
    return wide.toString();
  }
}
