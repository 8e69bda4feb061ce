package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where an option comes from when no flag names it: environment, then credit.yaml. */
final class Defaults implements IDefaultValueProvider {
  private static final Path FILE = Path.of("credit.yaml");

  private final Map<String, String> file;

  private Defaults(Map<String, String> file) {
    this.file = file;
  }

  static Defaults load() {
    return new Defaults(Files.isRegularFile(FILE) ? read() : Map.of());
  }

  private static Map<String, String> read() {
    try {
      Object content =
          new Load(LoadSettings.builder().setLabel(FILE.toString()).build())
              .loadFromString(Files.readString(FILE));
      if (!(content instanceof Map<?, ?> map)) {
        throw Failure.usage("%s: write lines such as 'warehouse: DIR'", FILE);
      }
      Map<String, String> values = new HashMap<>();
      map.forEach((key, value) -> values.put(String.valueOf(key), String.valueOf(value)));
      return values;
    } catch (IOException | YamlEngineException e) {
      throw Failure.usage("%s cannot be read (%s); correct or remove it", FILE, e.getMessage());
    }
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = option.longestName().replaceFirst("^--", "");
    String variable = "CREDIT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    String environment = System.getenv(variable);
    return environment != null && !environment.isEmpty() ? environment : file.get(name);
  }
}
