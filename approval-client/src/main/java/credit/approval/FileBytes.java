package credit.approval;

import credit.approval.format.ListException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/** Reads a file once into memory: plain files only, no link followed, never more than the limit. */
final class FileBytes {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private FileBytes() {}

  static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  static byte[] read(Path file, long limit) {
    requirePlain(file);
    try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
      long size = channel.size();
      if (size > limit) {
        throw new ListException(
            "too_large", file + " has " + size + " bytes, limit " + limit + "; it is not read");
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) size);
      int read;
      do {
        read = channel.read(buffer);
      } while (read >= 0 && buffer.hasRemaining());
      return Arrays.copyOf(buffer.array(), buffer.position());
    } catch (NoSuchFileException e) {
      throw missing(file, e);
    } catch (IOException e) {
      throw new ListException("unreadable", file + " cannot be read: " + e.getMessage(), e);
    }
  }

  static void requireFolder(Path folder) {
    if (!exists(folder)) {
      throw missing(folder, null);
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new ListException("not_plain", folder + " is not a plain folder; links are refused");
    }
  }

  private static void requirePlain(Path file) {
    if (!exists(file)) {
      throw missing(file, null);
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new ListException("not_plain", file + " is not a plain file; links are refused");
    }
  }

  private static ListException missing(Path file, Exception cause) {
    return new ListException(
        "file_missing",
        file + " is missing; the download may not be complete, fetch it again",
        cause);
  }
}
