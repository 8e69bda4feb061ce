package credit.jobs.publish;

import static credit.jobs.publish.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.BlacklistEntry;
import credit.approval.format.ListFile;
import credit.approval.format.PublishedFiles;
import credit.jobs.publish.ListedEntry.ListName;
import credit.jobs.publish.PublicFace.FirmKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PublicFaceTest {
  private static final List<BlacklistEntry> ONE =
      PublishedFiles.blacklist(
          Samples.content(List.of(Samples.entry(ListName.BLACKLIST, 1, "listed")))
              .bytes(ListFile.BLACKLIST));
  private static final Set<FirmKey> LEGAL_PERSONS = Set.of(new FirmKey("uscc", Samples.code(1)));

  private static String text(Map<String, byte[]> files, String name) {
    return new String(files.get(name), StandardCharsets.UTF_8);
  }

  @Test
  void anIndividualBusinessIsMaskedAndSoIsAFirmThatNobodyKnows() {
    Map<String, byte[]> masked = PublicFace.files(ONE, Set.of(), DAY);
    for (String file : List.of("blacklist.csv", "blacklist.jsonl")) {
      assertThat(text(masked, file))
          .contains("样***1")
          .doesNotContain("样例企业")
          .doesNotContain(Samples.code(1));
    }
  }

  @Test
  void aFirmStandsThereWithItsActUntilItsLastDay() {
    assertThat(text(PublicFace.files(ONE, LEGAL_PERSONS, DAY), "blacklist.csv"))
        .contains("样例企业1", Samples.code(1), "珠市监罚〔2026〕1号");
    BlacklistEntry entry = ONE.get(0);
    assertThat(
            text(
                PublicFace.files(ONE, LEGAL_PERSONS, entry.effectiveUntil().minusDays(1)),
                "blacklist.jsonl"))
        .hasLineCount(1);
    assertThat(PublicFace.files(ONE, LEGAL_PERSONS, entry.effectiveUntil()).get("blacklist.jsonl"))
        .isEmpty();
    assertThat(
            PublicFace.files(ONE, LEGAL_PERSONS, entry.effectiveFrom().minusDays(1))
                .get("blacklist.jsonl"))
        .isEmpty();
  }

  @Test
  void aMaskHidesTheLengthAndAShortNameWhole() {
    assertThat(PublicFace.maskedName("张三")).isEqualTo("***");
    assertThat(PublicFace.maskedName("张三小吃店")).isEqualTo("张***店");
    assertThat(PublicFace.maskedCode("92440402MA51002340")).isEqualTo("92***40");
  }
}
