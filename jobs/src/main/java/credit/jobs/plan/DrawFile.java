package credit.jobs.plan;

import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;

/** What is published of a draw, so that anyone can recompute it from a list of codes. */
final class DrawFile {
  private DrawFile() {}

  /**
   * Writes {@code draws/<as_of>.json}, whole or not at all.
   *
   * @param population number of firms in the draw
   * @param populationSha256 SHA-256 of their codes, sorted, one a line: what was drawn from
   */
  static Path write(
      Path published, LocalDate asOf, Draw draw, long population, String populationSha256) {
    Path file = published.resolve("draws").resolve(asOf + ".json");
    try {
      Files.createDirectories(file.getParent());
      Path draft = Files.createTempFile(file.getParent(), ".draw", ".json");
      Files.writeString(draft, json(asOf, draw, population, populationSha256));
      return Files.move(
          draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw Failure.environment(
          e,
          "the draw could not be written to %s (%s); free the disk or correct its rights",
          file,
          e.getMessage());
    }
  }

  static String json(LocalDate asOf, Draw draw, long population, String populationSha256) {
    Draw exploration = draw.named(Cause.EXPLORATION.key());
    return """
        {
          "as_of": "%s",
          "method": "seed = SHA-256 of text; position = SHA-256 of seed, '|' and code; lowest first; UTF-8, lower-case hex",
          "random": {"text": "%s", "seed": "%s"},
          "exploration": {"text": "%s", "seed": "%s"},
          "population": {"firms": %d, "codes_sha256": "%s"}
        }
        """
        .formatted(
            asOf,
            escaped(draw.text()),
            draw.seed(),
            escaped(exploration.text()),
            exploration.seed(),
            population,
            populationSha256);
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else if (c < ' ') {
        escaped.append("\\u%04x".formatted((int) c));
      } else {
        escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
