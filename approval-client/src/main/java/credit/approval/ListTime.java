package credit.approval;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The time by which a list answers, to the millisecond: the later of the wall clock, and the time
 * at loading plus what has passed since.
 *
 * @param anchor the time at loading; not before the newest signed time
 * @param nanos what the clock that only goes forward said then
 */
record ListTime(Clock clock, LongSupplier nanoTime, Instant anchor, long nanos)
    implements Supplier<Instant> {
  @Override
  public Instant get() {
    long elapsed = anchor.toEpochMilli() + passed() / 1_000_000;
    return Instant.ofEpochMilli(Math.max(clock.millis(), elapsed));
  }

  /** The time at loading plus what has passed since, whatever the wall clock says. */
  Instant elapsed() {
    return anchor.plusNanos(passed());
  }

  private long passed() {
    return Math.max(0, nanoTime.getAsLong() - nanos);
  }
}
