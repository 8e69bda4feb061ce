package credit.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the model that {@link YesterdaysModelTest} loads. Run it only to add a fixture for a new
 * format, beside the old ones: what a past version wrote must stay as it wrote it.
 */
final class FixtureWriter {
  private FixtureWriter() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    ModelFile file = Synthetic.file(77);
    new ModelRegistry(folder).save(file);
    List<String> lines = new ArrayList<>();
    for (Example example : Synthetic.set(99, 20, 1).examples()) {
      lines.add(line(example.row(), file.scorer().score(example.row())));
    }
    Files.write(folder.resolve(file.id() + ".scores"), lines);
    System.out.println(file.id());
  }

  /**
   * The row's values, empty where missing, and its score, in hexadecimal so that no bit is lost.
   */
  private static String line(IndicatorRow row, double score) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      line.append(row.value(i).map(Double::toHexString).orElse("")).append(',');
    }
    return line.append(Double.toHexString(score)).toString();
  }
}
