package credit.jobs.publish;

import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are there whole or not at all, also after a power cut. */
final class Atomic {
  private Atomic() {}

  /** Puts the bytes in place of whatever stands there. */
  static void write(Path file, byte[] bytes) throws IOException {
    Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    writeForced(draft, bytes);
    move(draft, file);
  }

  /** Writes a new file and forces it to the disk. */
  static void writeForced(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static void moveOrFail(Path from, Path to) {
    try {
      move(from, to);
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be written (%s); correct its rights", to, e.getMessage());
    }
  }
}
