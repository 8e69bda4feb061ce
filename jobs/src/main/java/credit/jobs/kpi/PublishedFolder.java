package credit.jobs.kpi;

import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder of files that appears whole or not at all: written as a draft, then renamed. */
final class PublishedFolder {
  private PublishedFolder() {}

  /**
   * Puts files into place.
   *
   * @param folder folder to appear; an earlier one is replaced
   * @param files content by file name
   */
  static void publish(Path folder, Map<String, String> files) {
    Path parent = folder.getParent();
    Path draft = parent.resolve("." + folder.getFileName() + ".draft");
    Path old = parent.resolve("." + folder.getFileName() + ".old");
    try {
      Files.createDirectories(parent);
      delete(draft);
      delete(old);
      Files.createDirectory(draft);
      for (Map.Entry<String, String> file : files.entrySet()) {
        Files.writeString(draft.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
      }
      if (Files.exists(folder)) {
        Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      delete(old);
    } catch (IOException e) {
      throw Failure.environment(
          e,
          "%s cannot be written (%s); free the disk or correct its rights, then run './credit kpi'",
          folder,
          e.getMessage());
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
