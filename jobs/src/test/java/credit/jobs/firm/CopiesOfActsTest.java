package credit.jobs.firm;

import static credit.jobs.firm.ToldActs.KNOWN;
import static credit.jobs.firm.ToldActs.REPAIRED;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which records are copies of one act: those with the same number of the same authority. */
@ExtendWith(SparkExtension.class)
class CopiesOfActsTest {
  private static final ToldActs TOLD = new ToldActs();

  private static ToldActs.Timelines events;

  static {
    TOLD.firm("COPIES").penalty().penaltyOfProvince("known_at", KNOWN.plusMonths(1));

    ToldActs.Firm brackets = TOLD.firm("BRACKETS");
    Stream.of("珠市监罚字[2025]12号", "珠市监罚字（2025）12号", "珠市监罚字【2025】 12 号", "珠市监罚字﹝２０２５﹞　12号")
        .forEach(number -> brackets.penalty("decision_no", number));
    ToldActs.Firm dashes = TOLD.firm("DASHES");
    Stream.of("粤珠Ａ-12", "粤珠a－12", "粤珠A—１２\u2003", "粤珠A–12", "粤珠A‐12")
        .forEach(number -> dashes.penalty("decision_no", number));
    TOLD.firm("SPELT APART")
        .penalty("authority", "珠海市市场监督管理局（香洲）")
        .penalty("authority", "珠海市市场监督管理局 (香洲)")
        .penalty("authority", "珠海市市场监督\u200B管理局〔香洲〕\uFEFF")
        .repair("approved", "target_authority", "珠海市市场监督管理局【香洲】");

    TOLD.firm("NUMBERLESS").penalty("decision_no", "\u200B").penalty("decision_no", " ");
    TOLD.firm("PLACEHOLDERS")
        .penalty("decision_no", "无")
        .penalty("decision_no", "无")
        .penalty("decision_no", "—")
        .repair("approved", "target_act_no", "无");
    TOLD.firm("THREE ACTS")
        .penalty()
        .penalty("decision_no", "珠市监罚字〔2025〕13号")
        .penalty("authority", "珠海市应急管理局");
  }

  @BeforeAll
  static void build(SparkSession spark) {
    events = TOLD.timelines(spark);
  }

  @Test
  void oneActFromTwoSourcesIsOneEventWithTwoSources() {
    assertThat(events.sources("COPIES", "source"))
        .containsExactly("penalties", "penalties_of_province");
    assertThat(events.sources("COPIES", "record_id"))
        .containsExactly("penalties/COPIES/1", "penalties_of_province/COPIES/2");
    assertThat(events.day("COPIES", "known_at")).isEqualTo(KNOWN);
    assertThat(events.marks("COPIES")).isEmpty();
  }

  @Test
  void bracketVariantsOfOneNumberMeet() {
    assertThat(events.sources("BRACKETS", "record_id")).hasSize(4);
  }

  @Test
  void lettersDigitsAndDashesOfAnyWidthAreOneNumber() {
    assertThat(events.sources("DASHES", "record_id")).hasSize(5);
  }

  @Test
  void anAuthorityInAnotherSpellingIsTheSameForCopiesAndForWhatChangesTheAct() {
    assertThat(events.sources("SPELT APART", "record_id")).hasSize(3);
    events.assertStatus("SPELT APART", "repaired", REPAIRED);
  }

  @Test
  void recordsWithoutANumberAreNotCopiesOfEachOther() {
    assertThat(events.of("NUMBERLESS")).hasSize(2);
    assertThat(events.of("PLACEHOLDERS"))
        .as("'无' names no act, so that nothing befalls all that have it")
        .hasSize(3)
        .allMatch(e -> e.getAs("status").equals("active"));
  }

  @Test
  void anotherNumberOrAuthorityIsAnotherAct() {
    assertThat(events.of("THREE ACTS")).hasSize(3);
  }
}
