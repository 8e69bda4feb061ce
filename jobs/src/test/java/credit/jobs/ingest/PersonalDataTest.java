package credit.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {
  private static PersonalData salted(String salt) {
    return new PersonalData(salt.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002x",
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138  0013  8000",
        "138.0013.8000",
        "１３８００１３８０００",
        "138\u30000013\u30008000",
        "0756-2121212",
        "+86 138 0013 8000",
        "(0756)2121212",
        "1 3 8 0 0 1 3 8 0 0 0",
        "138—0013—8000"
      })
  void noNumberOfAPersonStaysInFreeText(String number) {
    String redacted = PersonalData.redact("请回电" + number + "谢谢");
    assertThat(redacted).contains("***").startsWith("请回电").endsWith("谢谢");
    assertThat(redacted).doesNotContainPattern("\\d{3}").doesNotContainPattern("[\\dXx]$");
    assertThat(PersonalData.hasNumberOfAPerson("请回电" + number + "谢谢")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "91440400192548256X",
        "440400000012345",
        "45838",
        "粤珠食罚〔2026〕138号",
        "2026.13.45",
        "-138.5",
        ""
      })
  void aCodeThatFailedItsCheckOrAWrongDateIsNoNumberOfAPerson(String cell) {
    assertThat(PersonalData.hasNumberOfAPerson(cell)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "举报人张三，称食品过期,'举报人***,称食品过期'",
    "举报人：李四光 称食品过期,举报人***",
    "投诉人为欧阳修先生反映,投诉人***先生反映",
    "联系人: 王五,联系人***"
  })
  void aNameAfterAPersonsRoleIsBlackedOut(String text, String expected) {
    assertThat(PersonalData.redact(text)).startsWith(expected);
  }

  @Test
  void addressesAndMailAreBlackedOut() {
    assertThat(PersonalData.redact("家住香洲区某某路1号2栋303房，要求退款")).isEqualTo("家住***,要求退款");
    assertThat(PersonalData.redact("住址：香洲区某某路1号；退款")).isEqualTo("住址***;退款");
    assertThat(PersonalData.redact("发到 a.b+c@mail.example.com 即可")).isEqualTo("发到 *** 即可");
  }

  @ParameterizedTest
  @ValueSource(strings = {"罚款2000元", "2026年6月30日销售过期食品3件", "违反第五十三条"})
  void whatNamesNoPersonStays(String text) {
    assertThat(PersonalData.redact(text)).isEqualTo(text);
  }

  @Property(tries = 300)
  void noTextEndsTheRunAndNoLongNumberSurvives(@ForAll String text) {
    assertThat(PersonalData.redact(text + "13800138000")).doesNotContainPattern("[0-9]{7}");
  }

  @Test
  void thePersonsHashIsEqualForEqualPersonsAndDiffersWithTheSalt() {
    assertThat(salted("a").key(" 张三 ")).isEqualTo(salted("a").key("张 三"));
    assertThat(salted("a").key("１１０Ｘ")).isEqualTo(salted("a").key("110X"));
    assertThat(salted("a").key("张三")).isNotEqualTo(salted("b").key("张三"));
    assertThat(salted("a").key("张三")).isNotEqualTo(salted("a").key("张四"));
    assertThat(salted("a").key("张三")).doesNotContain("张");
  }
}
