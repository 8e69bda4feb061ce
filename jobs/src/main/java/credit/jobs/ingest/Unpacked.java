package credit.jobs.ingest;

import credit.jobs.warehouse.Failure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A delivered file that is read here and there, not from its start to its end: where it is gzip'd,
 * a plain copy that goes on closing.
 */
final class Unpacked implements Closeable {
  private static final long LARGEST = 8L << 30;
  private static final int BLOCK = 1 << 16;

  private final Path path;
  private final boolean copy;

  private Unpacked(Path path, boolean copy) {
    this.path = path;
    this.copy = copy;
  }

  static Unpacked of(DeliveredFile file, Path scratch) throws IOException, BadFile {
    if (!Text.isGzip(file.path())) {
      return new Unpacked(file.path(), false);
    }
    Unpacked unpacked = new Unpacked(room(scratch, file), true);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file.path()), BLOCK)) {
      unpacked.fill(in);
      return unpacked;
    } catch (IOException | BadFile | RuntimeException e) {
      unpacked.close();
      throw e;
    }
  }

  private static Path room(Path scratch, DeliveredFile file) {
    try {
      return Files.createDirectories(scratch).resolve(file.shortId() + ".unpacked");
    } catch (IOException e) {
      throw notWritten(scratch, e);
    }
  }

  private void fill(InputStream in) throws IOException, BadFile {
    byte[] block = new byte[BLOCK];
    long size = 0;
    try (OutputStream out = create()) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        size += read;
        if (size > LARGEST) {
          throw new BadFile(
              "it unpacks to more than " + (LARGEST >> 30) + " GiB; deliver it in parts");
        }
        write(out, block, read);
      }
    }
  }

  private OutputStream create() {
    try {
      return Files.newOutputStream(path);
    } catch (IOException e) {
      throw notWritten(path, e);
    }
  }

  private void write(OutputStream out, byte[] block, int length) {
    try {
      out.write(block, 0, length);
    } catch (IOException e) {
      throw notWritten(path, e);
    }
  }

  /** A full disk is no fault of the delivery. */
  private static Failure notWritten(Path path, IOException e) {
    return Failure.environment(
        e, "%s could not be written (%s); free the disk", path, e.getMessage());
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (copy) {
      Files.deleteIfExists(path);
    }
  }
}
