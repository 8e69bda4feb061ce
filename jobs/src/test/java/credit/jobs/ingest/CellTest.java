package credit.jobs.ingest;

import static credit.schemas.Column.Type.ARRAY;
import static credit.schemas.Column.Type.BOOLEAN;
import static credit.schemas.Column.Type.DATE;
import static credit.schemas.Column.Type.INTEGER;
import static credit.schemas.Column.Type.NUMBER;
import static credit.schemas.Column.Type.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.id.IdScheme;
import credit.schemas.Column;
import credit.schemas.SchemaException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellTest {
  private static final String FIRM = "91440400192548256N";
  private static final ColumnFixture PLAIN_DATE = ColumnFixture.of(DATE);
  private static final ColumnFixture MONEY = ColumnFixture.of(NUMBER);
  private static final ColumnFixture KINDS =
      ColumnFixture.of(ARRAY).codes(Map.of("罚款", "fine", "警告", "warning", "（其他）", "other"));

  private static void reads(ColumnFixture column, String cell, String value) {
    assertThat(column.read(cell)).as(cell).isEqualTo(new Cell.Reading(value, null));
  }

  private static Cell.Problem refuses(ColumnFixture column, String cell, String reason) {
    Cell.Reading reading = column.read(cell);
    assertThat(reading.value()).as(cell).isNull();
    assertThat(reading.problem()).as(cell).isNotNull();
    assertThat(reading.problem().reason()).as(cell).isEqualTo(reason);
    return reading.problem();
  }

  @Property(tries = 200)
  void aDayIsReadFromEachOfTheFiveSpellings(
      @ForAll @LongRange(min = -25567, max = 100000) long epochDay) {
    LocalDate day = LocalDate.ofEpochDay(epochDay);
    int y = day.getYear();
    int m = day.getMonthValue();
    int d = day.getDayOfMonth();
    reads(PLAIN_DATE, day.toString(), day.toString());
    reads(PLAIN_DATE, y + "/" + m + "/" + d, day.toString());
    reads(PLAIN_DATE, "%04d%02d%02d".formatted(y, m, d), day.toString());
    reads(PLAIN_DATE, y + "年" + m + "月" + d + "日", day.toString());
    reads(PLAIN_DATE, y + "." + m + "." + d, day.toString());
    reads(PLAIN_DATE, day + " 13:45:00", day.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29", "2026-13-01", "2026-00-10", "20260631", "1899-12-31", "2026-6", "26-06-30",
        "2026-06/30", "30.06.2026", "2026-06-30x", "45838", "长期", "2026年六月", "202⁶-06-30"
      })
  void aDayThatCannotBeIsRefused(String text) {
    assertThat(refuses(PLAIN_DATE, text, "date_unreadable").value()).isEqualTo(text);
  }

  @Test
  void theLastDayOf2099MeansNoEndOnlyWhereTheContractSaysSo() {
    reads(PLAIN_DATE.untilDate(), "2099-12-31", null);
    reads(PLAIN_DATE.untilDate(), "2099年12月31日", null);
    reads(PLAIN_DATE, "2099-12-31", "2099-12-31");
    reads(PLAIN_DATE.untilDate(), "2099-12-30", "2099-12-30");
  }

  @Property(tries = 300)
  void tenThousandsBecomeYuanExactly(
      @ForAll @LongRange(min = 0, max = 99_999_999_999_999L) long n) {
    BigDecimal yuan = BigDecimal.valueOf(n, 2);
    String delivered = yuan.movePointLeft(4).toPlainString();
    Cell.Reading reading = MONEY.inWanYuan("DECIMAL(18,2)").read(delivered);
    assertThat(reading.problem()).isNull();
    assertThat(new BigDecimal(reading.value())).isEqualByComparingTo(yuan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.2 | 2000",
        "1,234.5 | 12345000",
        "０．２ | 2000",
        "￥0.2 | 2000",
        "0 | 0",
        "-1 | -10000"
      })
  void aFineInTenThousandsIsStagedInYuan(String cell, String yuan) {
    reads(MONEY.inWanYuan("DECIMAL(18,2)"), cell, yuan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1,234,567.89 | 1234567.89", "1 234元 | 1234", "+5 | 5", "12.50 | 12.5"})
  void thousandsSeparatorsAreNoDecimals(String cell, String number) {
    reads(MONEY, cell, number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1,23", "12,34,567", "1.2.3", "1e3", "一百", "10²", "①", "NaN", "-", "0x1"})
  void whatIsNoNumberIsRefused(String cell) {
    refuses(MONEY, cell, "number_unreadable");
  }

  @Test
  void aNumberTooFineIsRefusedAndNotRounded() {
    refuses(MONEY, "0.001", "number_too_fine");
    refuses(MONEY.inWanYuan("DECIMAL(18,2)"), "0.0000001", "number_unreadable");
    refuses(ColumnFixture.of(INTEGER), "1.5", "number_too_fine");
    reads(MONEY, "0.100", "0.1");
    reads(ColumnFixture.of(INTEGER), "2.0", "2");
  }

  @Test
  void aNumberThatTheTableCannotHoldIsRefusedBeforeItGetsThere() {
    reads(MONEY, "9999999999999999.99", "9999999999999999.99");
    refuses(MONEY, "10000000000000000", "number_too_large");
    refuses(MONEY.inWanYuan("DECIMAL(18,2)"), "1000000000000", "number_too_large");
    refuses(MONEY.atMost("100"), "100.01", "number_too_large");
  }

  @ParameterizedTest
  @CsvSource({
    "9144O400192548256N,91440400192548256N",
    "9I440400192548256N,91440400192548256N",
    "91350100M000I00Y43,91350100M000100Y43",
    "９１４４Ｏ４００１９２５４８２５６Ｎ,91440400192548256N"
  })
  void lettersLikeDigitsAreRepairedWhereTheCheckDigitProvesItAndThatIsSaid(
      String cell, String code) {
    assertThat(ColumnFixture.code("uscc", false).read(cell))
        .isEqualTo(new Cell.Reading(code, null, true));
  }

  @Test
  void aCodeInAnotherWidthOrGroupingIsNoRepair() {
    reads(ColumnFixture.code("uscc", false), "9144 0400-192548256n", FIRM);
    reads(ColumnFixture.code("uscc", false), "９１４４０４００１９２５４８２５６Ｎ", FIRM);
  }

  @Test
  void aCodeThatFailsItsCheckIsRefusedOrKeptAsTheContractSays() {
    String wrong = "91350200M000000510";
    refuses(ColumnFixture.code("uscc", false), wrong, "code_check_digit");
    refuses(ColumnFixture.code("uscc", false), "ＯI", "code_check_digit");
    reads(ColumnFixture.code("uscc", true), wrong, wrong);
    reads(ColumnFixture.code("uscc", true), "9I35O200M000000510", "9I35O200M000000510");
  }

  @Test
  void anUnknownSchemeIsTheContractsFault() {
    assertThatThrownBy(() -> ColumnFixture.code("vat", true).cell())
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("column 'c'")
        .hasMessageContaining("correct its 'check'");
  }

  @Property(tries = 300)
  void aPersonsIdentityNumberIsNeverStagedAsACode(
      @ForAll @LongRange(min = -25567, max = 20000) long birth,
      @ForAll @IntRange(min = 0, max = 999) int serial) {
    String person = ResidentNumberTest.number("440402", LocalDate.ofEpochDay(birth), serial);
    for (String scheme : new String[] {"uscc", "org-code", "none"}) {
      reads(ColumnFixture.code(scheme, true), person, null);
      reads(ColumnFixture.code(scheme, true), person.toLowerCase(java.util.Locale.ROOT), null);
    }
    reads(ColumnFixture.code("uscc", true), person.replace('0', 'O'), null);
    reads(ColumnFixture.code("uscc", true), person.replaceFirst("(.{6})(.{8})", " $1-$2 "), null);
    assertThat(refuses(ColumnFixture.code("uscc", false), person, "code_of_a_person").value())
        .isEqualTo("***");
    refuses(ColumnFixture.code("uscc", true).mandatory(), person, "code_of_a_person");
  }

  @Test
  void aListOfCodesIsReadItemByItem() {
    String both = "fine" + Cell.ITEM + "warning";
    reads(KINDS, "罚款;警告", both);
    reads(KINDS, " 罚款； 警告 ", both);
    reads(KINDS, "罚款、警告；", both);
    reads(KINDS, "(其他)", "other");
    reads(KINDS, "；", null);
    refuses(KINDS.mandatory(), "；、", "value_missing");
    refuses(KINDS, "罚款;没收", "code_unknown");
    reads(ColumnFixture.of(ARRAY), "a,,b", "a" + Cell.ITEM + "b");
  }

  @Test
  void codesAreComparedInHalfWidthOnBothSides() {
    ColumnFixture grades = ColumnFixture.of(STRING).codes(Map.of("Ａ级", "A", "1", "one"));
    reads(grades, "A级", "A");
    reads(grades, "Ａ级", "A");
    reads(grades, "１", "one");
    refuses(grades, "B级", "code_unknown");
    refuses(grades, "a级", "code_unknown");
  }

  @Test
  void aNameIsKeptAsItStandsUnlessItIsTooLong() {
    ColumnFixture name = ColumnFixture.of(STRING);
    reads(name, "=HYPERLINK(\"http://x\")", "=HYPERLINK(\"http://x\")");
    reads(name, "<b>甲</b>（珠海）有限公司", "<b>甲</b>（珠海）有限公司");
    reads(name, "@SUM(1)", "@SUM(1)");
    reads(name, "𠮷".repeat(200), "𠮷".repeat(200));
    Cell.Problem problem = refuses(name, "名".repeat(500), "text_too_long");
    assertThat(problem.value()).isEqualTo("名".repeat(200));
    assertThat(problem.detail()).contains("200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\u3000", "\u00a0", "\ufeff", "\u0000", "\u200b\t"})
  void blanksOfEveryKindAreAnEmptyCell(String cell) {
    for (Column.Type type : new Column.Type[] {STRING, DATE, NUMBER, INTEGER, BOOLEAN, ARRAY}) {
      reads(ColumnFixture.of(type), cell, null);
      refuses(ColumnFixture.of(type).mandatory(), cell, "value_missing");
    }
  }

  @Test
  void whatAPersonalColumnHoldsIsNeverShown() {
    for (Column.Personal kind :
        new Column.Personal[] {
          Column.Personal.REDACT, Column.Personal.HMAC, Column.Personal.DROP
        }) {
      ColumnFixture column = ColumnFixture.of(STRING).personal(kind);
      assertThat(refuses(column, "张三".repeat(300), "text_too_long").value()).isEqualTo("***");
    }
    String hash = ColumnFixture.of(STRING).personal(Column.Personal.HMAC).read("张三").value();
    assertThat(hash).matches("[0-9a-f]{32}");
    assertThat(
            ColumnFixture.of(STRING).personal(Column.Personal.REDACT).read("电话13800138000").value())
        .doesNotContain("138");
  }

  @Test
  void halfACharacterIsRefused() {
    refuses(ColumnFixture.of(STRING), "甲\ud800乙", "text_unreadable");
  }

  @Provide
  Arbitrary<String> anything() {
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().withChars("0123456789,.-+/年月日 元¥：T").ofMaxLength(40),
        Arbitraries.strings().withChars("0123456789OIXABCY －").ofMaxLength(20),
        Arbitraries.strings().withChars("罚款警告;；、,\u001f\u001e\u0000 ").ofMaxLength(12));
  }

  @Property
  void noTextEndsTheRunOrYieldsAValueThatIsNotOfItsType(@ForAll("anything") String cell) {
    Cell.Reading date = checked(PLAIN_DATE, cell);
    if (date.value() != null) {
      assertThat(LocalDate.parse(date.value()).toString()).isEqualTo(date.value());
    }
    Cell.Reading money = checked(MONEY.inWanYuan("DECIMAL(18,2)"), cell);
    if (money.value() != null) {
      BigDecimal value = new BigDecimal(money.value());
      assertThat(value.scale()).isLessThanOrEqualTo(2);
      assertThat(value.setScale(2).precision()).isLessThanOrEqualTo(18);
    }
    Cell.Reading whole = checked(ColumnFixture.of(INTEGER).inWanYuan("BIGINT"), cell);
    if (whole.value() != null) {
      assertThat(Long.toString(Long.parseLong(whole.value()))).isEqualTo(whole.value());
    }
    assertThat(checked(ColumnFixture.of(BOOLEAN), cell).value()).isIn(null, "true", "false");
    Cell.Reading code = checked(ColumnFixture.code("uscc", false), cell);
    assertThat(code.value() == null || IdScheme.USCC.isValid(code.value())).isTrue();
    Cell.Reading kinds = checked(KINDS, cell);
    if (kinds.value() != null) {
      assertThat(kinds.value().split(String.valueOf(Cell.ITEM), -1))
          .isNotEmpty()
          .allMatch(i -> i.equals("fine") || i.equals("warning") || i.equals("other"));
    }
    Cell.Reading text = checked(ColumnFixture.of(STRING).mandatory(), cell);
    assertThat(text.value() == null).isEqualTo(text.problem() != null);
  }

  private static Cell.Reading checked(ColumnFixture column, String cell) {
    Cell.Reading reading = column.read(cell);
    assertThat(reading.value() == null || reading.problem() == null).isTrue();
    assertThat(reading.value() == null || !reading.value().isBlank()).isTrue();
    return reading;
  }

  @Test
  void theFirmsCodeOfTheseTestsIsRight() {
    reads(ColumnFixture.code("uscc", false), FIRM, FIRM);
  }
}
