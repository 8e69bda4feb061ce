package credit.jobs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * The control file that may lie beside a delivery: rows and SHA-256 as the sender counted them, and
 * what the delivery puts right.
 *
 * @param rows data rows, or null
 * @param sha256 hash of the file, or null
 * @param corrects the delivery that this one corrects, or null
 * @param correctedRows the rows of that delivery that it brings anew; null: all of them
 */
record Control(Long rows, String sha256, String corrects, List<Long> correctedRows) {
  private static final Control NONE = new Control(null, null, null, null);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The control file of a delivery; without one nothing is said.
   *
   * @throws BadFile if it cannot be read
   */
  static Control of(DeliveredFile file) throws BadFile {
    Path control = DeliveryFolder.controlOf(file.path());
    if (!Files.exists(control)) {
      return NONE;
    }
    try {
      JsonNode said = JSON.readTree(Files.readAllBytes(control));
      return new Control(
          said.hasNonNull("rows") ? said.get("rows").asLong() : null,
          text(said, "sha256"),
          text(said, "corrects"),
          numbers(said.path("corrected_rows")));
    } catch (IOException e) {
      throw new BadFile("its control file cannot be read (" + e.getMessage() + "); correct it");
    }
  }

  private static String text(JsonNode said, String key) {
    return said.hasNonNull(key) ? said.get(key).asText().toLowerCase(Locale.ROOT) : null;
  }

  /** A list that cannot be read must not pass for "all rows". */
  private static List<Long> numbers(JsonNode array) throws BadFile {
    if (array.isMissingNode() || array.isNull()) {
      return null;
    }
    if (!array.isArray()
        || array.isEmpty()
        || !StreamSupport.stream(array.spliterator(), false).allMatch(JsonNode::isIntegralNumber)) {
      throw new BadFile(
          "the 'corrected_rows' of its control file are no list of row numbers; write them as"
              + " [3, 17], or leave the key out where all rows are meant");
    }
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asLong).sorted().toList();
  }

  /**
   * Compares a delivery with what its sender counted.
   *
   * @throws BadFile if they differ
   */
  void check(DeliveredFile file, long found) throws BadFile {
    if (sha256 != null && !sha256.equals(file.sha256())) {
      throw new BadFile("its SHA-256 is not that of the control file; deliver both again");
    }
    if (rows != null && rows != found) {
      throw new BadFile(
          "it has " + found + " rows and its control file says " + rows + "; deliver it again");
    }
  }
}
