package credit.approval;

import credit.approval.format.KeySet;
import credit.approval.format.ListException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Keeps the mark: in memory, and over restarts in a file replaced whole, under a lock beside it, so
 * that processes that share it never lower it.
 */
final class MarkStore {
  private static final int MAX_BYTES = 16_384;

  private final Path file;
  private Mark memory;

  /** A file, or null for a mark in memory only. */
  MarkStore(Path file) {
    this.file = file == null ? null : file.toAbsolutePath();
  }

  /** The highest that this process or one that shares the file has seen; null: nothing yet. */
  Mark seen() {
    Mark kept = read();
    if (kept != null && (memory == null || kept.version() >= memory.version())) {
      memory = kept;
    }
    return memory;
  }

  private Mark read() {
    if (file == null || !Files.exists(file)) {
      return null;
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw unreadable(null);
      }
      return Mark.decode(Files.readAllBytes(file));
    } catch (IOException | ListException e) {
      throw unreadable(e);
    }
  }

  /** Raises the mark; refused if another process has raised it further meanwhile. */
  void raise(Mark mark, KeySet keys) {
    if (file != null) {
      raiseFile(mark, keys);
    }
    memory = mark;
  }

  private void raiseFile(Mark mark, KeySet keys) {
    try {
      Files.createDirectories(file.getParent());
      Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
      try (FileChannel lock = open(lockFile);
          FileLock held = lock.lock()) {
        Mark kept = held.isValid() ? read() : null;
        if (kept != null) {
          kept.requireSameList(mark.root(), mark.scope());
          kept.requireNotOlder(mark, keys);
          kept.requireNotOlderKeys(mark.keysVersion());
        }
        if (!mark.equals(kept)) {
          replace(mark);
        }
      }
    } catch (IOException e) {
      throw new ListException(
          "mark_not_kept",
          file
              + " cannot be written ("
              + e.getMessage()
              + "), so a later rollback could not be seen; make its folder writable or name another"
              + " with --state",
          e);
    }
  }

  private void replace(Mark mark) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try (FileChannel channel =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(mark.encode());
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileChannel open(Path lockFile) throws IOException {
    return FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private ListException unreadable(Exception cause) {
    return new ListException(
        "mark_unreadable",
        file
            + " is not a mark that this client wrote, so a rollback could not be seen; restore it, or"
            + " remove it if you know that the list offered is the newest",
        cause);
  }
}
