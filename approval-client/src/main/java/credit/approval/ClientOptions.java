package credit.approval;

import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * How a client opens the lists.
 *
 * @param source where the lists are read from
 * @param root the pinned root key; get it on another way than the lists
 * @param mark file that keeps the highest version seen over restarts; null: kept in memory only, so
 *     that a rollback across a restart cannot be seen
 * @param scope the jurisdiction expected; null: any
 * @param maxFileBytes largest file that is read
 * @param clock the wall clock
 * @param nanoTime a clock that only goes forward
 */
public record ClientOptions(
    ListSource source,
    PublicKey root,
    Path mark,
    String scope,
    long maxFileBytes,
    Clock clock,
    LongSupplier nanoTime) {
  private static final long DEFAULT_MAX_FILE_BYTES = 8L << 30;

  public ClientOptions {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(root, "root");
  }

  /** Lists in the folder {@code published/lists} or a copy of it. */
  public static ClientOptions of(Path lists, PublicKey root) {
    return of(ListSource.folder(lists), root);
  }

  public static ClientOptions of(ListSource source, PublicKey root) {
    return new ClientOptions(
        source, root, null, null, DEFAULT_MAX_FILE_BYTES, Clock.systemUTC(), System::nanoTime);
  }

  public ClientOptions withSource(ListSource other) {
    return new ClientOptions(other, root, mark, scope, maxFileBytes, clock, nanoTime);
  }

  public ClientOptions withMark(Path file) {
    return new ClientOptions(source, root, file, scope, maxFileBytes, clock, nanoTime);
  }

  public ClientOptions withScope(String expected) {
    return new ClientOptions(source, root, mark, expected, maxFileBytes, clock, nanoTime);
  }

  public ClientOptions withMaxFileBytes(long bytes) {
    return new ClientOptions(source, root, mark, scope, bytes, clock, nanoTime);
  }

  public ClientOptions withClock(Clock newClock, LongSupplier newNanoTime) {
    return new ClientOptions(source, root, mark, scope, maxFileBytes, newClock, newNanoTime);
  }
}
