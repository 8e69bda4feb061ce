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
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Where an option comes from when no flag names it: environment, then credit.yaml. */
final class Defaults implements IDefaultValueProvider {
  private final Map<String, String> file;

  private Defaults(Map<String, String> file) {
    this.file = file;
  }

  /**
   * What the file sets; nothing where there is none.
   *
   * @throws Failure (exit code 2) where it is no YAML of keys and values
   */
  static Defaults of(Path file) {
    return new Defaults(Files.isRegularFile(file) ? read(file) : Map.of());
  }

  private static Map<String, String> read(Path file) {
    try {
      Object content =
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      if (content == null) {
        return Map.of();
      }
      if (!(content instanceof Map<?, ?> map)) {
        throw Failure.usage(
            "%s holds no keys with values; write lines such as 'warehouse: DIR'", file);
      }
      Map<String, String> values = new HashMap<>();
      map.forEach((key, value) -> values.put(String.valueOf(key), String.valueOf(value)));
      return values;
    } catch (MarkedYamlEngineException e) {
      throw Failure.usage(
          "%s:%d: %s; write lines such as 'warehouse: DIR'",
          file, e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1), e.getProblem());
    } catch (IOException | YamlEngineException e) {
      throw Failure.usage("%s cannot be read (%s); correct or remove it", file, e.getMessage());
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
