package credit.jobs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The control file that may lie beside a delivery: rows and SHA-256 as the sender counted them. */
final class Control {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Control() {}

  /**
   * Compares a delivery with its control file; without one nothing is compared.
   *
   * @throws BadFile if they differ, or the control file cannot be read
   */
  static void check(DeliveredFile file, long rows) throws BadFile {
    Path control = DeliveryFolder.controlOf(file.path());
    if (!Files.exists(control)) {
      return;
    }
    JsonNode said;
    try {
      said = JSON.readTree(Files.readAllBytes(control));
    } catch (IOException e) {
      throw new BadFile("its control file cannot be read (" + e.getMessage() + "); correct it");
    }
    String sha256 = said.path("sha256").asText(file.sha256()).toLowerCase(Locale.ROOT);
    if (!sha256.equals(file.sha256())) {
      throw new BadFile("its SHA-256 is not that of the control file; deliver both again");
    }
    long expected = said.path("rows").asLong(rows);
    if (expected != rows) {
      throw new BadFile(
          "it has " + rows + " rows and its control file says " + expected + "; deliver it again");
    }
  }
}
