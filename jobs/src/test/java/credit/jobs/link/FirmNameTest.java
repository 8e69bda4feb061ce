package credit.jobs.link;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirmNameTest {
  private static final String PLAIN = "珠海市海天ABC餐饮2有限公司";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "珠海市海天ＡＢＣ餐饮２有限公司",
        "珠海市海天abc餐饮2有限公司",
        " 珠海市 海天ABC　餐饮2有限公司\t",
        "珠海市海天\u200BABC餐饮2有限公司",
        "珠海市海天“ABC”餐饮2有限公司"
      })
  void spellingsOfOneNameAreOne(String spelling) {
    assertThat(FirmName.normalise(spelling)).isEqualTo(PLAIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"海天(珠海)餐饮", "海天（珠海）餐饮", "海天〔珠海〕餐饮", "海天[珠海]餐饮", "海天【珠海】餐饮"})
  void anyBracketIsTheSameBracket(String spelling) {
    assertThat(FirmName.normalise(spelling)).isEqualTo("海天珠海餐饮");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "珠海市海天餐饮有限公司（已注销）",
        "珠海市海天餐饮有限公司(吊销)",
        "珠海市海天餐饮有限公司（原名：珠海市海角餐饮有限公司）",
        "珠海市海天餐饮有限公司〔曾用名 海角〕",
        "珠海市海天餐饮有限公司已注销",
        "珠海市海天餐饮有限公司【已 注销】"
      })
  void aNoteIsNoPartOfTheName(String noted) {
    assertThat(FirmName.normalise(noted)).isEqualTo("珠海市海天餐饮有限公司");
  }

  @Test
  void aPlaceInBracketsIsAPartOfTheName() {
    assertThat(FirmName.normalise("海天（珠海）餐饮有限公司")).isNotEqualTo(FirmName.normalise("海天餐饮有限公司"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  ", "－－", "（已注销）", "***"})
  void nothingIsLeftOfNoName(String none) {
    assertThat(FirmName.normalise(none)).isNull();
  }

  @Property(tries = 500)
  void whatIsNormalStaysAsItIs(@ForAll("names") String name) {
    String normal = FirmName.normalise(name);
    if (normal != null) {
      assertThat(FirmName.normalise(normal)).isEqualTo(normal);
    }
  }

  @Property(tries = 200)
  void blanksNeverTellTwoNamesApart(@ForAll("names") String name) {
    assertThat(FirmName.normalise(String.join(" ", name.split("(?<=.)"))))
        .isEqualTo(FirmName.normalise(name));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.of(
            "珠海市", "海天", "餐饮", "有限公司", "（", "）", "(", ")", "〔", "〕", "已", "注销", "已注销", "原名", "曾用名",
            " ", "　", "Ａ", "ﬁ", "ß", "ı", "①", "*", "\u200B", "店", "é")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }

  @ParameterizedTest
  @ValueSource(strings = {"斗门分公司", "第二分店", "拱北营业部", "吉大店", "驻京办事处"})
  void theHeadsNameWithABranchsTailIsABranch(String tail) {
    assertThat(FirmName.isBranchOf("珠海市宏图商贸有限公司" + tail, "珠海市宏图商贸有限公司")).isTrue();
  }

  @Test
  void theHeadIsNoBranchOfItselfNorIsALongerNameOfAnotherFirm() {
    assertThat(FirmName.isBranchOf("珠海市宏图商贸有限公司", "珠海市宏图商贸有限公司")).isFalse();
    assertThat(FirmName.isBranchOf("珠海市宏图商贸有限公司集团", "珠海市宏图商贸有限公司")).isFalse();
    assertThat(FirmName.isBranchOf("珠海市海天餐饮有限公司斗门分公司", "珠海市宏图商贸有限公司")).isFalse();
  }
}
