package credit.jobs.ingest;

import credit.schemas.Column;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A column as a test needs it; the reader of its cells. */
record ColumnFixture(
    Column.Type type,
    String sparkType,
    boolean required,
    boolean wanYuan,
    boolean noEnd,
    String check,
    boolean keepUnchecked,
    Column.Personal personal,
    int maxLength,
    BigDecimal maximum,
    Map<String, String> codes) {

  static ColumnFixture of(Column.Type type) {
    return new ColumnFixture(
        type,
        Column.kept("c", type).sparkType(),
        false,
        false,
        false,
        null,
        false,
        Column.Personal.NONE,
        200,
        null,
        null);
  }

  static ColumnFixture code(String scheme, boolean keep) {
    ColumnFixture f = of(Column.Type.STRING);
    return new ColumnFixture(
        f.type, f.sparkType, false, false, false, scheme, keep, f.personal, 200, null, null);
  }

  ColumnFixture mandatory() {
    return new ColumnFixture(
        type,
        sparkType,
        true,
        wanYuan,
        noEnd,
        check,
        keepUnchecked,
        personal,
        maxLength,
        maximum,
        codes);
  }

  ColumnFixture untilDate() {
    return new ColumnFixture(
        type,
        sparkType,
        required,
        wanYuan,
        true,
        check,
        keepUnchecked,
        personal,
        maxLength,
        maximum,
        codes);
  }

  ColumnFixture inWanYuan(String spark) {
    return new ColumnFixture(
        type,
        spark,
        required,
        true,
        noEnd,
        check,
        keepUnchecked,
        personal,
        maxLength,
        maximum,
        codes);
  }

  ColumnFixture personal(Column.Personal kind) {
    return new ColumnFixture(
        type,
        sparkType,
        required,
        wanYuan,
        noEnd,
        check,
        keepUnchecked,
        kind,
        maxLength,
        maximum,
        codes);
  }

  ColumnFixture codes(Map<String, String> list) {
    return new ColumnFixture(
        type,
        sparkType,
        required,
        wanYuan,
        noEnd,
        check,
        keepUnchecked,
        personal,
        maxLength,
        maximum,
        list);
  }

  ColumnFixture atMost(String largest) {
    return new ColumnFixture(
        type,
        sparkType,
        required,
        wanYuan,
        noEnd,
        check,
        keepUnchecked,
        personal,
        maxLength,
        new BigDecimal(largest),
        codes);
  }

  Cell.Reading read(String cell) {
    return cell().read(cell);
  }

  Cell cell() {
    Column column =
        new Column(
            "c",
            "C",
            List.of(),
            type,
            sparkType,
            required,
            false,
            codes == null ? null : "kind",
            null,
            wanYuan ? "wan_yuan" : null,
            noEnd,
            check,
            keepUnchecked,
            personal,
            maxLength,
            null,
            null,
            maximum,
            "",
            1);
    return new Cell(column, codes, new PersonalData("salt".getBytes(StandardCharsets.UTF_8)));
  }
}
