package credit.approval;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock that can jump, and a ticker beside it that only runs on. */
public final class TestClock extends Clock {
  private volatile Instant wall;
  private volatile long nanos;

  public TestClock(Instant wall) {
    this.wall = wall;
  }

  /** Time passes: both go on. */
  public synchronized void pass(Duration duration) {
    wall = wall.plus(duration);
    nanos += duration.toNanos();
  }

  /** Somebody sets the wall clock; no time passes. */
  public void set(Instant newWall) {
    wall = newWall;
  }

  public long nanos() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
