package credit.approval;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time by which a list answers, to the millisecond: the later of the wall clock, and the time
 * at loading plus what has passed since. Both are read once a millisecond.
 */
final class ListTime implements Supplier<Instant> {
  private static final long MILLISECOND = 1_000_000;

  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Instant anchor;
  private final long nanos;
  private volatile Reading last;

  /** What was read, and what the clock that only goes forward said then. */
  private record Reading(Instant time, long nanos) {}

  /**
   * The time from now on.
   *
   * @param anchor the time at loading; not before the newest signed time
   */
  ListTime(Clock clock, LongSupplier nanoTime, Instant anchor) {
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.anchor = anchor;
    this.nanos = nanoTime.getAsLong();
    this.last = read(nanos);
  }

  @Override
  public Instant get() {
    long now = nanoTime.getAsLong();
    Reading reading = last;
    long age = now - reading.nanos;
    // A clock that stands still does not tell how old the reading is.
    if (age <= 0 || age >= MILLISECOND) {
      reading = read(now);
      last = reading;
    }
    return reading.time;
  }

  private Reading read(long now) {
    long elapsed = anchor.toEpochMilli() + passed(now) / MILLISECOND;
    return new Reading(Instant.ofEpochMilli(Math.max(clock.millis(), elapsed)), now);
  }

  /** The time at loading plus what has passed since, whatever the wall clock says. */
  Instant elapsed() {
    return anchor.plusNanos(passed(nanoTime.getAsLong()));
  }

  private long passed(long now) {
    return Math.max(0, now - nanos);
  }
}
