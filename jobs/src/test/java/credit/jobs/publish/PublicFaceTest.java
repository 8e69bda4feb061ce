package credit.jobs.publish;

import static credit.jobs.publish.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.publish.ListedEntry.ListName;
import credit.jobs.publish.PublicFace.FirmKey;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublicFaceTest {
  private static final ListedEntry LISTED = Samples.entry(ListName.BLACKLIST, 1, "listed");
  private static final PublicPenalty PENALTY = Samples.penalty(2);

  private static PublicFace face(LocalDate day) {
    return face(day, List.of(LISTED), List.of(PENALTY));
  }

  private static PublicFace face(
      LocalDate day, List<ListedEntry> entries, List<PublicPenalty> penalties) {
    return PublicFace.of(entries, penalties, legalPersons(), day);
  }

  private static Set<FirmKey> legalPersons() {
    return IntStream.range(1, 9)
        .mapToObj(n -> new FirmKey("uscc", Samples.code(n)))
        .collect(Collectors.toSet());
  }

  private static String text(PublicFace face, String file) {
    return new String(face.files().get(file), StandardCharsets.UTF_8);
  }

  @Test
  void anIndividualBusinessIsMaskedAndSoIsAFirmThatNobodyKnows() {
    PublicFace masked = PublicFace.of(List.of(LISTED), List.of(PENALTY), Set.of(), DAY);
    assertThat(masked.files()).hasSize(4);
    masked
        .files()
        .forEach(
            (file, bytes) ->
                assertThat(new String(bytes, StandardCharsets.UTF_8))
                    .as(file)
                    .containsPattern("样\\*\\*\\*[12]")
                    .doesNotContain("样例企业")
                    .doesNotContain(Samples.code(1))
                    .doesNotContain(Samples.code(2)));
  }

  @Test
  void aFirmStandsThereWithItsActUntilItsLastDay() {
    assertThat(text(face(DAY), "blacklist.csv")).contains("样例企业1", Samples.code(1), "珠市监罚〔2026〕1号");
    assertThat(text(face(LISTED.until().minusDays(1)), "blacklist.jsonl")).hasLineCount(1);
    assertThat(text(face(LISTED.until()), "blacklist.jsonl")).isEmpty();
    assertThat(text(face(LISTED.from().minusDays(1)), "blacklist.jsonl")).isEmpty();
  }

  @Test
  void aPenaltyStandsThereWithItsBandUntilItsLastDay() {
    assertThat(text(face(DAY), "penalties.csv"))
        .contains("样例企业2", Samples.code(2), "罚〔2026〕2号", "confiscate_income;fine", "6000.00")
        .contains("general", "2027-05-01");
    assertThat(text(face(PENALTY.until().minusDays(1)), "penalties.jsonl")).hasLineCount(1);
    assertThat(text(face(PENALTY.until()), "penalties.jsonl")).isEmpty();
  }

  @Test
  void whatIsNotOnTheBlacklistNowIsNotShown() {
    List<ListedEntry> entries =
        List.of(
            Samples.restriction(3),
            Samples.entry(ListName.BLACKLIST, 4, "ended"),
            Samples.entry(ListName.BLACKLIST, 5, "removed"),
            Samples.entry(ListName.BLACKLIST, 6, "annulled"),
            Samples.entry(ListName.BLACKLIST, 8, "repaired"),
            Samples.entry(ListName.BLACKLIST, 7, "shadow"));
    assertThat(face(DAY, entries, List.of()).blacklist().rows()).isEmpty();
  }

  @Test
  void aTextThatLooksLikeAFormulaIsNoneInASpreadsheetAndItselfForAProgram() {
    String name = "=HYPERLINK(\"http://x\")\n公司";
    PublicFace face = face(DAY, List.of(), List.of(Samples.named(PENALTY, name)));
    assertThat(text(face, "penalties.csv"))
        .startsWith("\uFEFFname,")
        .contains("\r\n\"'=HYPERLINK(\"\"http://x\"\") 公司\",");
    assertThat(text(face, "penalties.jsonl"))
        .contains("{\"name\":\"=HYPERLINK(\\\"http://x\\\") 公司\",")
        .hasLineCount(1);
  }

  @Test
  void aFaceIsReadBackAsItWasWritten() {
    PublicFace face = face(DAY);
    assertThat(PublicFace.read(face.files())).isEqualTo(face);
    assertThat(PublicFace.read(Map.of()).penalties().rows()).isEmpty();
  }

  @Test
  void takingDownAddsNothing() {
    PublicFace standing = face(DAY, List.of(LISTED), List.of(PENALTY, Samples.penalty(3)));
    PublicFace newer = face(DAY, List.of(), List.of(Samples.penalty(3), Samples.penalty(4)));
    PublicFace left = standing.stillIn(newer);
    assertThat(left.blacklist().rows()).isEmpty();
    assertThat(left.penalties().rows())
        .singleElement()
        .satisfies(row -> assertThat(row).contains("样例企业3"));
  }

  @Test
  void aMaskHidesTheLengthAndAShortNameWhole() {
    assertThat(PublicFace.maskedName("张三")).isEqualTo("***");
    assertThat(PublicFace.maskedName("张三小吃店")).isEqualTo("张***店");
    assertThat(PublicFace.maskedCode("92440402MA51002340")).isEqualTo("92***40");
  }
}
