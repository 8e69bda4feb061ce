package credit.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/** Writes the small city that is committed as {@code sample-data/tiny}. */
public final class TinyCity {
  private TinyCity() {}

  /** The options of the committed city, in a folder of choice. */
  static Options options(Path folder) {
    return new Options(
        300,
        7,
        1096,
        LocalDate.of(2026, 6, 30),
        3,
        Faults.DEFAULT,
        folder.resolve("deliveries"),
        folder.resolve("truth"));
  }

  /**
   * Writes the city.
   *
   * @param args the folder, whose {@code deliveries} must be empty
   */
  public static void main(String[] args) throws IOException {
    if (args.length != 1) {
      throw new IllegalArgumentException("name one folder to write deliveries and truth into");
    }
    CityGenerator.generate(options(Path.of(args[0])), (step, done, total) -> {});
  }
}
