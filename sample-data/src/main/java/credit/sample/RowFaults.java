package credit.sample;

import static credit.sample.Fault.Expected.DUPLICATE;
import static credit.sample.Fault.Expected.QUARANTINED;
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
          new Fault(
              "code_letter_o", 8, false, REPAIRED, "code", code(c -> c.replaceFirst("0", "O"))),
          new Fault(
              "code_lower_case", 8, false, STAGED, "code", code(c -> c.toLowerCase(Locale.ROOT))),
          new Fault("code_spaces", 8, false, STAGED, "code", code(RowFaults::spaced)),
          new Fault("code_full_width", 4, false, STAGED, "code", code(RowFaults::wide)),
          new Fault("code_check_digit", 8, false, QUARANTINED, "-", RowFaults::wrongDigitRefused),
          new Fault("code_wrong_kept", 8, false, STAGED, "name", RowFaults::wrongDigitKept),
          new Fault("code_missing", 10, false, STAGED, "name", RowFaults::noCode),
          new Fault("code_placeholder", 4, false, STAGED, "review", RowFaults::placeholder),
          new Fault("code_of_parent", 12, false, STAGED, "branch", RowFaults::parentCode),
          new Fault("person_id_in_code", 3, false, STAGED, "name", RowFaults::personInCode),
          new Fault("name_brackets", 8, false, STAGED, "code", name(RowFaults::brackets)),
          new Fault("name_full_width", 4, false, STAGED, "code", name(RowFaults::wide)),
          new Fault("name_spaces", 8, false, STAGED, "code", name(RowFaults::spacedName)),
          new Fault("name_former", 12, false, STAGED, "code", RowFaults::formerName),
          new Fault("name_of_other", 4, false, STAGED, "review", RowFaults::otherName),
          new Fault("name_html", 3, false, STAGED, "-", name(n -> "<b>" + n + "</b><br/>")),
          new Fault(
              "name_500", 3, false, QUARANTINED, "-", name(n -> n.repeat(500).substring(0, 500))),
          new Fault("name_empty", 4, false, QUARANTINED, "-", RowFaults::emptyName),
          new Fault("date_impossible", 6, false, QUARANTINED, "-", RowFaults::impossibleDate),
          new Fault("dates_swapped", 4, false, QUARANTINED, "-", RowFaults::swappedDates),
          new Fault("fine_in_yuan", 6, false, QUARANTINED, "-", RowFaults::absurdFine),
          new Fault("unknown_code", 6, false, QUARANTINED, "-", RowFaults::unknownCode),
          new Fault("formula_in_cell", 4, false, STAGED, "-", text("=cmd|' /C calc'!A0")),
          new Fault("quoted_newline", 6, false, STAGED, "-", text("第一行\n第二行，\"引号\"")),
          new Fault("duplicate_row", 4, false, DUPLICATE, "-", (line, draw) -> true),
          new Fault(
              "zero_width",
              4,
              true,
              STAGED,
              "code",
              name(n -> n.charAt(0) + "\u200b" + n.substring(1))),
          new Fault("name_masked", 4, true, STAGED, "code", name(RowFaults::masked)),
          new Fault("two_firms", 3, true, STAGED, "review", RowFaults::twoFirms),
          new Fault("code_cut", 4, true, QUARANTINED, "-", RowFaults::cutRefused));

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
      line.set("code", changed);
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
    if (!linked(line)) {
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
    if (!linked(line) || !keepsCode(line)) {
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
    if (!linked(line) || line.isKey(line.nameColumn())) {
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
    return name.contains("（")
        ? name.replace('（', '(').replace('）', ')')
        : name.startsWith("珠海市") && name.endsWith("公司")
            ? name.substring(3, 5) + "(珠海)" + name.substring(5)
            : name;
  }

  private static String masked(String name) {
    return name.substring(0, name.length() / 2) + "*" + name.substring(name.length() / 2 + 1);
  }

  /** ASCII letters and digits in their full-width forms. */
  private static String wide(String text) {
    StringBuilder wide = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      wide.append(c > 0x20 && c < 0x7f ? (char) (c + 0xfee0) : c);
    }
    return wide.toString();
  }
}
