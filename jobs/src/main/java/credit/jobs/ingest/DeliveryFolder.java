package credit.jobs.ingest;

import credit.jobs.warehouse.Failure;
import credit.schemas.SourceContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds what departments laid down: {@code <source>/<yyyy-mm-dd>/<file>}. */
final class DeliveryFolder {
  private static final List<String> UNFINISHED =
      List.of(".part", ".tmp", ".filepart", ".crdownload");

  /** What Excel lays beside a workbook while somebody has it open. */
  private static final String OPENED = "~$";

  private static final String CONTROL = ".control.json";

  private DeliveryFolder() {}

  /**
   * Refuses a folder that is not there.
   *
   * @throws Failure (exit code 2)
   */
  static void require(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw Failure.usage(
          "the deliveries folder %s does not exist; name it with --deliveries, or make one with"
              + " './credit sample --out DIR'",
          folder);
    }
  }

  /**
   * All deliveries in order of source, date and name. Hidden, unfinished and control files are left
   * alone; folders that no contract knows are told to the listener.
   */
  static List<DeliveredFile> find(
      Path folder, Map<String, SourceContract> sources, Consumer<String> notes) {
    require(folder);
    List<DeliveredFile> found = new ArrayList<>();
    for (Path sourceFolder : children(folder)) {
      String name = sourceFolder.getFileName().toString();
      SourceContract source = sources.get(name);
      if (!Files.isDirectory(sourceFolder) || name.startsWith(".")) {
        continue;
      }
      if (source == null) {
        notes.accept(
            "no contract for the folder '" + name + "': left alone; known: " + sources.keySet());
        continue;
      }
      for (Path day : children(sourceFolder)) {
        LocalDate declaredOn = date(day);
        if (declaredOn == null) {
          notes.accept(
              "'" + folder.relativize(day) + "' is no date folder (yyyy-mm-dd): left alone");
          continue;
        }
        for (Path file : children(day)) {
          if (isDelivery(file)) {
            found.add(
                new DeliveredFile(
                    source,
                    file,
                    folder.relativize(file).toString().replace('\\', '/'),
                    declaredOn,
                    sha256(file)));
          }
        }
      }
    }
    return found;
  }

  private static boolean isDelivery(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && !name.startsWith(".")
        && !name.startsWith(OPENED)
        && !name.endsWith(CONTROL)
        && UNFINISHED.stream().noneMatch(name::endsWith);
  }

  /** The control file beside a delivery; it may be missing. */
  static Path controlOf(Path file) {
    return file.resolveSibling(file.getFileName() + CONTROL);
  }

  /** Hash of the control file beside a delivery; empty where there is none. */
  static String controlSha256(Path file) {
    Path control = controlOf(file);
    return Files.exists(control) ? sha256(control) : "";
  }

  private static LocalDate date(Path folder) {
    try {
      return Files.isDirectory(folder) ? LocalDate.parse(folder.getFileName().toString()) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> list = Files.list(folder)) {
      return list.sorted().toList();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  static String sha256(Path file) {
    try (InputStream in = Files.newInputStream(file);
        DigestInputStream hashed =
            new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      hashed.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Failure unreadable(Path path, IOException e) {
    return Failure.environment(
        e, "%s cannot be read (%s); correct its rights", path, e.getMessage());
  }
}
