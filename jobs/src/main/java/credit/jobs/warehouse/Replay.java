package credit.jobs.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A warehouse to replay in: the staged rows and the ledger of another one, without its results. The
 * stages then filter by the knowledge date; Delta's own time travel is not needed.
 */
public final class Replay {
  private static final List<String> LEDGERS = List.of("deliveries", "runs", "quarantine");

  private Replay() {}

  /** Copies what a replay starts from; the target must be empty or not there. */
  public static void copyStaged(Warehouse from, Warehouse to) {
    try (Stream<Path> tables = Files.list(from.root().resolve("tables"))) {
      for (Path table : tables.sorted().toList()) {
        String name = table.getFileName().toString();
        if (name.startsWith("staged_") || LEDGERS.contains(name)) {
          copy(table, to.table(name));
        }
      }
      copy(from.bundles(), to.bundles());
      if (Files.isDirectory(from.models())) {
        copy(from.models(), to.models());
      }
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be written (%s); free the disk", to.root(), e.getMessage());
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }
}
