package credit.jobs.warehouse;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells on stderr what runs, for how long, and how far it is. */
public final class Progress {
  private final PrintStream out;
  private final Clock clock;
  private Instant started;
  private Instant lastStep = Instant.EPOCH;

  public Progress(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
    this.started = clock.instant();
  }

  /** Progress that nobody sees. */
  public static Progress silent() {
    return new Progress(
        new PrintStream(java.io.OutputStream.nullOutputStream()), Clock.systemUTC());
  }

  /** A stage begins. */
  public void begin(int number, int of, String stage) {
    started = clock.instant();
    out.printf("[%d/%d] %-8s …%n", number, of, stage);
  }

  /** A stage is part of the way; told at most once a second. */
  public void step(String what, long done, long of) {
    Instant now = clock.instant();
    if (done < of && Duration.between(lastStep, now).toMillis() < 1000) {
      return;
    }
    lastStep = now;
    double seconds = Math.max(Duration.between(started, now).toMillis() / 1000.0, 0.001);
    long left = done == 0 ? 0 : Math.round(seconds * (of - done) / done);
    out.printf(
        "        %s %,d/%,d, %,.0f/s, about %d s left%n", what, done, of, done / seconds, left);
  }

  /** Something worth telling while a stage runs. */
  public void note(String message) {
    out.println("        " + message);
  }

  /** A stage is done. */
  public void end(String summary) {
    double seconds = Duration.between(started, clock.instant()).toMillis() / 1000.0;
    out.printf("        done in %.1f s%s%n", seconds, summary.isEmpty() ? "" : ": " + summary);
  }
}
