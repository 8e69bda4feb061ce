package credit.jobs.publish;

import credit.approval.format.FileBytes;
import credit.approval.format.Layout;
import credit.approval.format.ListContent;
import credit.approval.format.ListFile;
import credit.approval.format.Manifest;
import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folders of the published versions, {@code lists/<version>}. A folder appears by one rename;
 * its files can only be read from then on.
 */
final class VersionStore {
  private final Path lists;

  /**
   * @param lists folder for approval systems
   */
  VersionStore(Path lists) {
    this.lists = lists;
  }

  /** Makes the folder and removes what a run that died was writing. */
  void begin() {
    attempt(
        lists,
        () -> {
          Files.createDirectories(lists);
          Atomic.remove(draft());
          return null;
        });
  }

  /** The highest number that a folder has; 0 if there is none. */
  long highest() {
    return attempt(
        lists,
        () -> {
          try (Stream<Path> children = Files.list(lists)) {
            return children
                .map(p -> p.getFileName().toString())
                .filter(name -> name.matches("[1-9][0-9]{0,17}"))
                .mapToLong(Long::parseLong)
                .max()
                .orElse(0);
          }
        });
  }

  /** The bytes of a version's manifest; empty if it has no folder. */
  Optional<byte[]> manifest(long version) {
    return readIfThere(Layout.version(lists, version).resolve(Layout.MANIFEST));
  }

  /**
   * The content of a version, verified against its manifest.
   *
   * @throws Failure with exit code 4 if a file is not what was signed
   */
  ListContent content(Manifest manifest) {
    Map<ListFile, FileBytes> files = new EnumMap<>(ListFile.class);
    for (Manifest.FileEntry entry : manifest.files()) {
      if (entry.file().isContent()) {
        Path file = Layout.version(lists, manifest.version()).resolve(entry.file().fileName());
        FileBytes bytes =
            FileBytes.of(readIfThere(file).orElseThrow(() -> changed(file, "it is missing")));
        if (!bytes.sha256().equals(entry.sha256())) {
          throw changed(file, "its hash is not that of the manifest");
        }
        files.put(entry.file(), bytes);
      }
    }
    return new ListContent(files);
  }

  private static Failure changed(Path file, String what) {
    return Failure.gate(
        "%s was changed after its publication (%s), so nothing can follow on it; restore the"
            + " version's folder from its archive",
        file, what);
  }

  /** Writes a version's folder: content, delta and manifest. */
  void write(long version, ListContent content, byte[] delta, String manifestJws) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    content.files().forEach((file, bytes) -> files.put(file.fileName(), bytes.array()));
    files.put(ListFile.DELTA.fileName(), delta);
    files.put(Layout.MANIFEST, manifestJws.getBytes(StandardCharsets.US_ASCII));
    attempt(
        lists,
        () -> {
          Atomic.writeFolder(draft(), Layout.version(lists, version), files);
          return null;
        });
  }

  /** Removes a version that never was in force. */
  void remove(long version) {
    attempt(
        lists,
        () -> {
          Atomic.remove(Layout.version(lists, version));
          return null;
        });
  }

  /** The timestamp in force. */
  Optional<byte[]> timestamp() {
    return readIfThere(lists.resolve(Layout.TIMESTAMP));
  }

  /** Puts a timestamp in force: from here on readers take its version. */
  void replaceTimestamp(String jws) {
    replace(lists.resolve(Layout.TIMESTAMP), jws.getBytes(StandardCharsets.US_ASCII));
  }

  /** Tells readers the keys. */
  void replaceKeys(String jws) {
    byte[] bytes = jws.getBytes(StandardCharsets.US_ASCII);
    Path file = lists.resolve(Layout.KEYS);
    if (readIfThere(file).filter(b -> Arrays.equals(b, bytes)).isEmpty()) {
      replace(file, bytes);
    }
  }

  private void replace(Path file, byte[] bytes) {
    attempt(
        file,
        () -> {
          Atomic.write(file, bytes);
          return null;
        });
  }

  private Optional<byte[]> readIfThere(Path file) {
    return attempt(
        file, () -> Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty());
  }

  /** Beside the folder, so that a mirror of the folder never holds half a version. */
  private Path draft() {
    return lists.resolveSibling("." + lists.getFileName() + ".draft");
  }

  private interface Action<T> {
    T run() throws IOException;
  }

  private static <T> T attempt(Path where, Action<T> action) {
    try {
      return action.run();
    } catch (IOException e) {
      throw Failure.environment(
          e,
          "%s cannot be read or written (%s); free the disk or correct its rights, then publish"
              + " again",
          where,
          e);
    }
  }
}
