package credit.jobs.publish;

import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.ListContent;
import credit.approval.format.ListFile;
import credit.jobs.publish.ListedEntry.ListName;
import java.util.List;
import org.junit.jupiter.api.Test;

class UrgentRemovalTest {
  private static final ListContent PUBLISHED = Samples.content(Samples.restrictions(1, 5));
  private static final String ACT = "珠市监罚〔2026〕2号";

  @Test
  void anAnnulledActLeavesAndTouchesNoOtherRow() {
    List<ListedEntry> now = List.of(Samples.entry(ListName.RESTRICTIONS, 2, "annulled"));
    UrgentRemoval.Outcome outcome = UrgentRemoval.of(PUBLISHED, ACT, now);
    assertThat(outcome.rows().removed()).isEqualTo(1);
    List<ListedEntry> others =
        List.of(Samples.restriction(1), Samples.restriction(3), Samples.restriction(4));
    assertThat(outcome.content().sha256()).isEqualTo(Samples.content(others).sha256());
    assertThat(outcome.content().bytes(ListFile.SUBJECTS))
        .isEqualTo(PUBLISHED.bytes(ListFile.SUBJECTS));
  }

  @Test
  void anActStillInForceStays() {
    UrgentRemoval.Outcome outcome =
        UrgentRemoval.of(PUBLISHED, ACT, List.of(Samples.restriction(2)));
    assertThat(outcome.rows().removed()).isZero();
    assertThat(outcome.rows().kept()).isEqualTo(1);
  }

  @Test
  void anActIsFoundInWhateverBracketsItsNumberIsWritten() {
    for (String written : List.of("珠市监罚[2026]2号", "珠市监罚(2026)2号", "珠市监罚（２０２６） 2号")) {
      assertThat(UrgentRemoval.of(PUBLISHED, written, List.of()).rows().removed())
          .as(written)
          .isEqualTo(1);
    }
    assertThat(UrgentRemoval.of(PUBLISHED, "珠市监罚〔2026〕22号", List.of()).rows().removed()).isZero();
  }
}
