package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The data files below a folder, whether a version still names them or not.
 *
 * @param files size and time of each
 */
record DataFiles(List<DataFile> files) {
  /** One file. */
  record DataFile(long bytes, Instant written) {}

  static DataFiles of(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      List<DataFile> files = new ArrayList<>();
      for (Path file : found.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        if (!file.toString().contains("_delta_log")) {
          files.add(new DataFile(Files.size(file), Files.getLastModifiedTime(file).toInstant()));
        }
      }
      return new DataFiles(List.copyOf(files));
    } catch (IOException | UncheckedIOException e) {
      throw Failure.environment(
          e, "%s cannot be read (%s); correct its rights", folder, e.getMessage());
    }
  }

  int count() {
    return files.size();
  }

  long bytes() {
    return files.stream().mapToLong(DataFile::bytes).sum();
  }

  boolean anyBefore(Instant limit) {
    return files.stream().anyMatch(f -> f.written().isBefore(limit));
  }
}
