package credit.approval.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "91350100M000100Y43",
        "91440400192548256N",
        "914403001922038216",
        "91330100799655058B",
        "9144030071526726XG",
        "9144030010001686XA",
        "91440300192181490G",
        "91110000802100433B",
        "91110108551385082Q",
        "91230500MA1B3N1N2M",
        "11230500001755309F",
        "91440402MA51002340"
      })
  void unifiedCodesInUsePassTheCheck(String code) {
    assertThat(IdScheme.USCC.isValid(code)).isTrue();
    assertThat(UnifiedCode.complete(code.substring(0, 17))).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "91350100M000100Y4Z",
        "91350200M000000510",
        "91350128M00000019A",
        "91110000MA0000000X",
        "91350100m000100y43",
        "91350100M000100Y4",
        "91350100M000100Y433",
        "9135010OM000100Y43",
        "91A50100M000100Y43",
        "",
        "９1350100M000100Y43"
      })
  void codesThatTheStandardDoesNotMakeFailTheCheck(String code) {
    assertThat(IdScheme.USCC.isValid(code)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"91440300192181490G", "91350100M000100Y43", "9144030071526726XG"})
  void theOrganisationCodeInsideHasACheckOfItsOwn(String code) {
    String inside = UnifiedCode.organisationCode(code);
    assertThat(OrganisationCode.isValid(inside)).isTrue();
    assertThat(UnifiedCode.compose(code.substring(0, 8), inside.substring(0, 8))).isEqualTo(code);
  }

  @Test
  void oldRegistrationNumbersPassModElevenTen() {
    assertThat(IdScheme.of("reg-no-15").isValid("440301103097413")).isTrue();
    assertThat(IdScheme.of("reg-no-15").isValid("110108000000016")).isTrue();
    assertThat(IdScheme.of("reg-no-15").isValid("110108000000017")).isFalse();
    assertThat(RegistrationNumber.complete("44030110309741")).isEqualTo("440301103097413");
  }

  @Test
  void normalisingNarrowsAndJoinsButGuessesNothing() {
    assertThat(IdScheme.USCC.normalise("　９１３５０１００-m000100ｙ43 ")).isEqualTo("91350100M000100Y43");
    assertThat(IdScheme.USCC.normalise("9135O100M000100Y43")).contains("O");
    assertThat(IdScheme.NONE.normalise(" ab-1 ")).isEqualTo("ab-1");
  }

  @Test
  void aRegisterWithoutCheckTakesPlainTextOnly() {
    assertThat(IdScheme.NONE.isValid("HK-1234567")).isTrue();
    assertThat(IdScheme.NONE.isValid("a,b")).isFalse();
    assertThat(IdScheme.NONE.isValid("a\nb")).isFalse();
    assertThat(IdScheme.NONE.isValid("x".repeat(65))).isFalse();
    assertThat(IdScheme.NONE.isValid("")).isFalse();
  }

  @Test
  void anUnknownSchemeIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> IdScheme.of("vat"))
        .hasMessageContaining("vat")
        .hasMessageContaining("uscc, org-code, reg-no-15, none");
    assertThatThrownBy(() -> UnifiedCode.complete("too short"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void oneWrongCharacterInAUnifiedCodeIsCaught(
      @ForAll("first17") String first17,
      @ForAll @IntRange(min = 0, max = 17) int position,
      @ForAll @IntRange(min = 1, max = 30) int shift) {
    String code = UnifiedCode.complete(first17);
    int value = UnifiedCode.ALPHABET.indexOf(code.charAt(position));
    char wrong = UnifiedCode.ALPHABET.charAt((value + shift) % 31);
    String changed = code.substring(0, position) + wrong + code.substring(position + 1);
    assertThat(UnifiedCode.isValid(code)).isTrue();
    assertThat(UnifiedCode.isValid(changed)).isFalse();
  }

  @Property
  void oneWrongDigitInARegistrationNumberIsCaught(
      @ForAll("first14") String first14,
      @ForAll @IntRange(min = 0, max = 14) int position,
      @ForAll @IntRange(min = 1, max = 9) int shift) {
    String number = RegistrationNumber.complete(first14);
    char wrong = (char) ('0' + (number.charAt(position) - '0' + shift) % 10);
    String changed = number.substring(0, position) + wrong + number.substring(position + 1);
    assertThat(RegistrationNumber.isValid(number)).isTrue();
    assertThat(RegistrationNumber.isValid(changed)).isFalse();
  }

  @Property
  void oneWrongDigitInAnOrganisationCodeIsCaught(
      @ForAll @IntRange(min = 0, max = 99_999_999) int serial,
      @ForAll @IntRange(min = 0, max = 7) int position,
      @ForAll @IntRange(min = 1, max = 9) int shift) {
    String code = OrganisationCode.complete(String.format("%08d", serial));
    char wrong = (char) ('0' + (code.charAt(position) - '0' + shift) % 10);
    String changed = code.substring(0, position) + wrong + code.substring(position + 1);
    assertThat(OrganisationCode.isValid(code)).isTrue();
    assertThat(OrganisationCode.isValid(changed)).isFalse();
  }

  @Provide
  Arbitrary<String> first17() {
    StringArbitrary any = Arbitraries.strings().withChars(UnifiedCode.ALPHABET);
    return Combinators.combine(
            any.ofLength(2), Arbitraries.strings().numeric().ofLength(6), any.ofLength(9))
        .as((head, division, rest) -> head + division + rest);
  }

  @Provide
  Arbitrary<String> first14() {
    return Arbitraries.strings().numeric().ofLength(14);
  }
}
