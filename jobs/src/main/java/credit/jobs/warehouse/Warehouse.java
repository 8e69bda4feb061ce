package credit.jobs.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where everything that the pipeline keeps lies.
 *
 * @param root the warehouse's folder, absolute
 */
public record Warehouse(Path root) {
  /** A version in a Delta table's log. */
  static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");

  /** The warehouse in a folder, which need not exist yet. */
  public static Warehouse at(Path folder) {
    return new Warehouse(folder.toAbsolutePath().normalize());
  }

  /** Folder of one Delta table. */
  public Path table(String name) {
    return root.resolve("tables").resolve(name);
  }

  /**
   * The same for Spark. A folder that is there already must be named like one that is not: the URI
   * of the former would end in a slash, and Delta takes the two for two tables.
   */
  public String tableLocation(String name) {
    org.apache.hadoop.fs.Path tables =
        new org.apache.hadoop.fs.Path(root.resolve("tables").toUri());
    return new org.apache.hadoop.fs.Path(tables, name).toString();
  }

  /** Folder of one run. */
  public Path run(String runId) {
    return root.resolve("runs").resolve(runId);
  }

  /** Contracts, codes and rules of past runs, by hash. */
  public Path bundles() {
    return root.resolve("bundles");
  }

  /** Past days computed again, each a warehouse. */
  public Path replays() {
    return root.resolve("replays");
  }

  /** Model registry. */
  public Path models() {
    return root.resolve("models");
  }

  /** Parsed files on their way into staged tables. */
  public Path landing() {
    return root.resolve("landing");
  }

  /** What leaves the house: lists, public face, KPI reports, draws. */
  public Path published() {
    return root.resolve("published");
  }

  /** Lists for approval systems. */
  public Path lists() {
    return published().resolve("lists");
  }

  /** Whether anything was ever committed here; a run that died may have left an empty folder. */
  public boolean exists() {
    Path log = table("runs").resolve("_delta_log");
    if (!Files.isDirectory(log)) {
      return false;
    }
    try (Stream<Path> files = Files.list(log)) {
      return files.anyMatch(f -> COMMIT.matcher(f.getFileName().toString()).matches());
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be read (%s); correct its rights", log, e.getMessage());
    }
  }

  /** Makes the folder, or fails with exit code 6 where it cannot be written. */
  public Warehouse writable() {
    try {
      Files.createDirectories(root);
      if (!Files.isWritable(root)) {
        throw new IOException("no right to write");
      }
      Path probe = Files.createTempFile(root, ".probe", null);
      Files.delete(probe);
      return this;
    } catch (IOException e) {
      throw Failure.environment(
          e,
          "%s cannot be written (%s); free the disk, correct its rights or name another --warehouse",
          root,
          e.getMessage());
    }
  }

  /** This warehouse, or a failure that says how to make one. */
  public Warehouse existing() {
    if (!exists()) {
      throw Failure.usage(
          "%s is no warehouse yet; run './credit run' or './credit demo' first, or name another"
              + " --warehouse",
          root);
    }
    return this;
  }
}
