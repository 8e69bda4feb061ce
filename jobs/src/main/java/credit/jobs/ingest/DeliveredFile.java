package credit.jobs.ingest;

import credit.schemas.SourceContract;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * A file that a department laid down.
 *
 * @param source its contract
 * @param path where it lies
 * @param relative its path below the deliveries folder, with slashes
 * @param declaredOn the date in its folder's name
 * @param sha256 hash of its bytes: its identity
 */
record DeliveredFile(
    SourceContract source, Path path, String relative, LocalDate declaredOn, String sha256) {

  /** The delivery's part of a record id. */
  String shortId() {
    return sha256.substring(0, 12);
  }
}
