package credit.jobs.publish;

import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.ListContent;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedThenTest {
  private static final ListContent TWO = Samples.content(Samples.restrictions(1, 3));
  private static final ListContent ONE = Samples.content(Samples.restrictions(1, 2));

  @TempDir Path folder;
  private Published then;
  private Published again;

  @BeforeEach
  void houses() {
    then = new Published(folder.resolve("then"));
    again = new Published(folder.resolve("again"));
    then.publish(TWO);
  }

  private PublishedThen.Comparison compared() {
    return PublishedThen.of(again.lists, then.lists).orElseThrow();
  }

  @Test
  void anActThatWasTakenOffUrgentlyLaterMakesNoOtherListsOfThen() {
    then.clock.pass(Duration.ofHours(1));
    then.publish(ONE);
    again.publish(TWO);
    assertThat(compared().version()).isEqualTo(1);
    assertThat(compared().different()).isEmpty();
  }

  @Test
  void whereNoVersionOfThatDayIsEqualTheNewestIsNamedWithWhatDiffers() {
    then.clock.pass(Duration.ofHours(1));
    then.publish(ONE);
    again.publish(Samples.content(Samples.restrictions(1, 4)));
    assertThat(compared().version()).isEqualTo(2);
    assertThat(compared().different()).contains("restrictions.csv");
  }

  @Test
  void listsOfAnotherDayAreNotCompared() {
    again.publish(TWO, Samples.DAY.plusDays(1));
    assertThat(PublishedThen.of(again.lists, then.lists)).isEmpty();
  }
}
