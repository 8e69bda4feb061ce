package credit.jobs.publish;

import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Files and folders that are there whole or not at all, also after a power cut. */
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

  /**
   * A new folder, whole: its files are written into a draft and can only be read from then on.
   *
   * @param draft on the same disk, so that a rename brings it to its place; what a run that died
   *     left there is removed
   */
  static void writeFolder(Path draft, Path folder, Map<String, byte[]> files) throws IOException {
    remove(draft);
    Files.createDirectory(draft);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = draft.resolve(file.getKey());
      writeForced(path, file.getValue());
      readOnly(path);
    }
    move(draft, folder);
  }

  /** Removes a folder if it is there. */
  static void remove(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> below = Files.walk(folder)) {
        List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
        for (Path path : deepestFirst) {
          Files.delete(path);
        }
      }
    }
  }

  private static void readOnly(Path file) throws IOException {
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
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
