package credit.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ListTimeTest {
  private static final Instant LOADED = Instant.parse("2026-06-30T01:00:00Z");
  private final TestClock clock = new TestClock(LOADED);
  private final ListTime time = new ListTime(clock, clock::nanos, LOADED);

  @Test
  void isReadAgainAfterAMillisecond() {
    clock.pass(Duration.ofNanos(400_000));
    assertThat(time.get()).isEqualTo(LOADED);
    clock.pass(Duration.ofNanos(700_000));
    assertThat(time.get()).isEqualTo(LOADED.plusMillis(1));
  }

  @Test
  void isNeverOlderThanAMillisecondWhateverTheWallClockDoes() {
    clock.pass(Duration.ofNanos(400_000));
    time.get();
    clock.set(LOADED.plusSeconds(60));
    clock.pass(Duration.ofMillis(1));
    assertThat(time.get()).isAfterOrEqualTo(LOADED.plusSeconds(60));
    clock.set(LOADED.minusSeconds(60));
    clock.pass(Duration.ofMinutes(3));
    assertThat(time.get()).isAfterOrEqualTo(LOADED.plusSeconds(180));
  }

  @Test
  void aTickerThatStandsStillHidesNoJumpOfTheWallClock() {
    clock.set(LOADED.plusSeconds(5));
    assertThat(time.get()).isEqualTo(LOADED.plusSeconds(5));
  }
}
