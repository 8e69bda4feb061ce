package credit.approval.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is set: options before the environment ({@code CREDIT_*}) before {@code credit.yaml}. */
final class Settings {
  private final Arguments arguments;
  private final Map<String, String> environment;
  private final Map<String, String> file;

  Settings(Arguments arguments, Map<String, String> environment, Map<String, String> file) {
    this.arguments = arguments;
    this.environment = environment;
    this.file = file;
  }

  /** The value of an option by its name, such as {@code refresh-seconds}. */
  Optional<String> value(String name) {
    return arguments
        .value(name)
        .or(() -> inEnvironment(name))
        .or(() -> Optional.ofNullable(file.get(name)));
  }

  /** A flag, which elsewhere is {@code true} or {@code false}. */
  boolean has(String name) {
    String value = arguments.has(name) ? "true" : value(name).orElse("false");
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new UsageException(name + " is '" + value + "'; it must be true or false");
    };
  }

  /** A secret, which only the environment may hold: options are seen by every user. */
  Optional<String> secret(String name) {
    return inEnvironment(name);
  }

  private Optional<String> inEnvironment(String name) {
    String variable = "CREDIT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(environment.get(variable)).filter(v -> !v.isEmpty());
  }
}
