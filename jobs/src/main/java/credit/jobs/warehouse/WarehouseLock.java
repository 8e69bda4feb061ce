package credit.jobs.warehouse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One writer per warehouse, by a lock of the operating system: it goes with its process, however
 * that ends. The name of the holder stands beside the lock, for the one who has to wait.
 */
public final class WarehouseLock implements AutoCloseable {
  private final FileChannel channel;
  private final FileLock lock;

  private WarehouseLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock.
   *
   * @throws Failure with exit code 5 and the holder's name if another process holds it
   */
  public static WarehouseLock take(Warehouse warehouse, String command, Clock clock) {
    Path file = warehouse.root().resolve(".lock");
    Path holder = warehouse.root().resolve(".lock-holder");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw Failure.busy(
            "%s is held by %s; wait for it to end, then try again",
            warehouse.root(),
            Files.exists(holder) ? Files.readString(holder).strip() : "another process");
      }
      String who =
          "'%s', process %d, since %s"
              .formatted(command, ProcessHandle.current().pid(), now(clock));
      Files.write(holder, who.getBytes(StandardCharsets.UTF_8));
      channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
      return new WarehouseLock(channel, lock);
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be locked (%s); correct its rights", warehouse.root(), e.getMessage());
    }
  }

  /**
   * Who holds the lock right now; empty where nobody does, or nothing was ever locked. Takes the
   * lock for a moment, so it asks only where the warehouse can be written.
   */
  public static Optional<String> holder(Warehouse warehouse) {
    Path file = warehouse.root().resolve(".lock");
    Path holder = warehouse.root().resolve(".lock-holder");
    if (!Files.isWritable(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel)) {
      if (lock != null) {
        return Optional.empty();
      }
      return Optional.of(
          Files.exists(holder) ? Files.readString(holder).strip() : "another process");
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be read (%s); correct its rights", file, e.getMessage());
    }
  }

  private static OffsetDateTime now(Clock clock) {
    return clock
        .instant()
        .truncatedTo(ChronoUnit.SECONDS)
        .atZone(Today.CALENDAR)
        .toOffsetDateTime();
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw Failure.environment(e, "the lock could not be released (%s)", e.getMessage());
    }
  }
}
