package credit.models;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes that are on the disk before they count. */
final class Durable {
  private Durable() {}

  static void write(Path file, byte[] bytes) throws IOException {
    force(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Appends a line; what a crash left of an unfinished one before it is cut off first. */
  static void appendLine(Path file, byte[] line) throws IOException {
    if (Files.exists(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.truncate(wholeLines(Files.readAllBytes(file)));
      }
    }
    force(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Length up to and including the last newline. */
  static int wholeLines(byte[] bytes) {
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] != '\n') {
      length--;
    }
    return length;
  }

  private static void force(Path file, byte[] bytes, OpenOption... options) throws IOException {
    try (FileChannel channel = FileChannel.open(file, options)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** A reader sees the old bytes or the new ones, never a part. */
  static void replace(Path file, byte[] bytes) throws IOException {
    Path fresh = file.resolveSibling(temporaryName(file));
    write(fresh, bytes);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A name that no listing takes for a finished file. */
  static String temporaryName(Path file) {
    return "." + file.getFileName() + "." + UUID.randomUUID() + ".part";
  }

  static void deleteTree(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(folder)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
