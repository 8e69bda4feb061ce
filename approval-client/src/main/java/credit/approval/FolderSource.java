package credit.approval;

import credit.approval.format.FileBytes;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A folder: plain files in plain folders only, no link followed. */
final class FolderSource implements ListSource {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private static final int CHUNK = 1 << 20;

  private final Path lists;

  FolderSource(Path lists) {
    this.lists = Objects.requireNonNull(lists, "lists");
  }

  @Override
  public Optional<FileBytes> read(String name, long limit) {
    Path file = lists.resolve(name);
    if (!exists(file)) {
      return Optional.empty();
    }
    if (name.indexOf('/') >= 0) {
      requirePlain(
          file.getParent(), Files.isDirectory(file.getParent(), LinkOption.NOFOLLOW_LINKS));
    }
    requirePlain(file, Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
      return Optional.of(bytes(file, channel, limit));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new ListException("unreadable", file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static FileBytes bytes(Path file, SeekableByteChannel channel, long limit)
      throws IOException {
    long size = channel.size();
    if (size > limit) {
      throw new ListException(
          "too_large", file + " has " + size + " bytes, limit " + limit + "; it is not read");
    }
    FileBytes.Builder bytes = new FileBytes.Builder(size);
    ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(size, CHUNK));
    while (bytes.length() < size && channel.read(chunk.clear()) >= 0) {
      int over = (int) Math.max(0, bytes.length() + chunk.position() - size);
      bytes.append(chunk.flip().limit(chunk.limit() - over));
    }
    return bytes.build();
  }

  @Override
  public String toString() {
    return lists.toString();
  }

  private static boolean exists(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void requirePlain(Path path, boolean plain) {
    if (!plain) {
      throw new ListException("not_plain", path + " is not plain; links are refused");
    }
  }
}
