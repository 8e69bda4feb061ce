package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
   * @param options names of all options
   * @throws Failure (exit code 2) where it is no YAML of keys and values, or a key is no option
   */
  static Defaults of(Path file, Set<String> options) {
    Map<String, String> values = Files.isRegularFile(file) ? read(file) : Map.of();
    for (String key : values.keySet()) {
      if (!options.contains(key)) {
        throw unknown(file, key, options);
      }
    }
    return new Defaults(values);
  }

  private static Failure unknown(Path file, String key, Set<String> options) {
    String meant = key.toLowerCase(Locale.ROOT).replace('_', '-');
    return options.contains(meant)
        ? Failure.usage("%s: '%s' is no option; write '%s'", file, key, meant)
        : Failure.usage(
            "%s: '%s' is no option; remove it, './credit COMMAND --help' names them", file, key);
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

  /** An option's key in the file. */
  static String name(OptionSpec option) {
    return option.longestName().replaceFirst("^--", "");
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = name(option);
    String variable = "CREDIT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    String environment = System.getenv(variable);
    return environment != null && !environment.isEmpty() ? environment : file.get(name);
  }
}
