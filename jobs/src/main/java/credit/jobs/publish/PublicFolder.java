package credit.jobs.publish;

import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of the public face. It holds one face, in {@code <version>} or, where it changed under
 * the same list version, {@code <version>.<n>}, and {@code index.html}, which leads there. A face
 * appears by one rename and those before it are removed: what is no longer to be shown must not go
 * on lying there.
 */
final class PublicFolder {
  private static final Comparator<Path> BY_NUMBER =
      Comparator.comparingLong((Path p) -> number(p, 0)).thenComparingLong(p -> number(p, 1));

  /** Leads from an address that stays to the face that stands. */
  private static final String WAY =
      """
      <!DOCTYPE html>
      <html lang="zh-CN">
      <meta charset="utf-8">
      <meta http-equiv="refresh" content="0; url=%s">
      <title>%s</title>
      <p><a href="%s">行政处罚和严重失信名单公示 Penalties and lists of serious dishonesty</a></p>
      </html>
      """;

  private final Path root;

  PublicFolder(Path root) {
    this.root = root;
  }

  /** The files of the face that stands, by name; empty if there is none. */
  Map<String, byte[]> standing() {
    return attempt(
        () -> {
          Map<String, byte[]> files = new LinkedHashMap<>();
          for (Path file : newest().map(PublicFolder::children).orElse(List.of())) {
            files.put(file.getFileName().toString(), Files.readAllBytes(file));
          }
          return files;
        });
  }

  /** Puts a face in place of the one that stands; the same one stays as it is. */
  void replace(long version, Map<String, byte[]> files) {
    attempt(
        () -> {
          Files.createDirectories(root);
          Path face = newest().filter(f -> number(f, 0) == version && isSame(files)).orElse(null);
          if (face == null) {
            face = root.resolve(freeName(version));
            Atomic.writeFolder(
                root.resolveSibling("." + root.getFileName() + ".draft"), face, files);
          }
          leadTo(face);
          for (Path other : faces()) {
            if (!other.equals(face)) {
              Atomic.remove(other);
            }
          }
          return null;
        });
  }

  private void leadTo(Path face) throws IOException {
    String page = face.getFileName() + "/" + PublicPage.FILE;
    byte[] way = WAY.formatted(page, page, page).getBytes(StandardCharsets.UTF_8);
    Path file = root.resolve(PublicPage.FILE);
    if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), way)) {
      Atomic.write(file, way);
    }
  }

  private boolean isSame(Map<String, byte[]> files) {
    Map<String, byte[]> standing = standing();
    return standing.keySet().equals(files.keySet())
        && files.entrySet().stream()
            .allMatch(f -> Arrays.equals(f.getValue(), standing.get(f.getKey())));
  }

  private String freeName(long version) {
    long last =
        faces().stream()
            .filter(f -> number(f, 0) == version)
            .mapToLong(f -> number(f, 1))
            .max()
            .orElse(-1);
    return last < 0 ? Long.toString(version) : version + "." + (last + 1);
  }

  private Optional<Path> newest() {
    return faces().stream().max(BY_NUMBER);
  }

  private List<Path> faces() {
    return children(root).stream()
        .filter(p -> p.getFileName().toString().matches("[1-9][0-9]{0,17}(\\.[1-9][0-9]{0,8})?"))
        .toList();
  }

  /** The version, or which face of that version it is. */
  private static long number(Path face, int part) {
    String[] parts = face.getFileName().toString().split("\\.", 2);
    return part < parts.length ? Long.parseLong(parts[part]) : 0;
  }

  private static List<Path> children(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  private interface Action<T> {
    T run() throws IOException;
  }

  private <T> T attempt(Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw unusable(root, e);
    }
  }

  private static Failure unusable(Path folder, IOException e) {
    return Failure.environment(
        e,
        "%s cannot be read or written (%s); free the disk or correct its rights, then publish again",
        folder,
        e);
  }
}
