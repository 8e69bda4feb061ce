package credit.jobs.warehouse;

import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** Contracts, codes and rules of a run, kept by their hash so that any past run can be replayed. */
public final class Bundles {
  private Bundles() {}

  /** Keeps the jurisdiction of a run; one that is kept already is left alone. */
  public static Path archive(Warehouse warehouse, Schemas schemas) {
    Path target = warehouse.bundles().resolve(schemas.sha256());
    if (Files.isDirectory(target)) {
      return target;
    }
    try {
      Files.createDirectories(warehouse.bundles());
      Path draft = Files.createTempDirectory(warehouse.bundles(), ".draft");
      for (Map.Entry<String, byte[]> file : schemas.files().entrySet()) {
        Path to = draft.resolve(file.getKey());
        Files.createDirectories(to.getParent());
        Files.write(to, file.getValue());
      }
      return Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.environment(
          e, "the rules could not be archived in %s (%s)", target, e.getMessage());
    }
  }
}
