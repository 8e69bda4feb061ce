package credit.approval.cli;

import credit.approval.ClientOptions;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.Layout;
import credit.approval.format.ListException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;

/**
 * Where lists, root key, mark and log lie: options before environment before the places beside the
 * warehouse.
 */
final class Places {
  private final Arguments arguments;
  private final Map<String, String> environment;

  Places(Arguments arguments, Map<String, String> environment) {
    this.arguments = arguments;
    this.environment = environment;
  }

  /** The options of a client, with the mark kept where it belongs. */
  ClientOptions clientOptions() {
    ClientOptions options = ClientOptions.of(lists(), root());
    options = mark().map(options::withMark).orElse(options);
    return setting("scope", "CREDIT_SCOPE").map(options::withScope).orElse(options);
  }

  Path lists() {
    return path("lists", "CREDIT_LISTS")
        .orElseGet(() -> warehouse().resolve("published").resolve("lists"));
  }

  /** The log, if answers are to be logged: where it is named, or in a warehouse. */
  Optional<Path> audit() {
    Optional<Path> named = path("audit", "CREDIT_AUDIT");
    return named.isPresent() ? named : besideLists("audit.jsonl");
  }

  private Optional<Path> mark() {
    Optional<Path> named = path("state", "CREDIT_STATE");
    return named.isPresent() ? named : besideLists("mark.json");
  }

  /** With lists named apart there is no warehouse, and nothing is written without being asked. */
  private Optional<Path> besideLists(String name) {
    return path("lists", "CREDIT_LISTS").isPresent()
        ? Optional.empty()
        : Optional.of(warehouse().resolve("approval").resolve(name));
  }

  private PublicKey root() {
    Path file = path("root", "CREDIT_ROOT").orElseGet(() -> keys().resolve(Layout.ROOT_PUBLIC_KEY));
    try {
      return Ed25519Keys.decode(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UsageException(
          "the root key " + file + " cannot be read; name it with --root FILE");
    } catch (ListException e) {
      throw new UsageException(file + ": " + e.getMessage());
    }
  }

  private Path keys() {
    return path("keys", "CREDIT_KEYS")
        .orElseGet(() -> warehouse().toAbsolutePath().normalize().resolveSibling("keys"));
  }

  private Path warehouse() {
    return path("warehouse", "CREDIT_WAREHOUSE").orElse(Path.of("warehouse"));
  }

  private Optional<Path> path(String option, String variable) {
    return setting(option, variable).map(Path::of);
  }

  private Optional<String> setting(String option, String variable) {
    Optional<String> given = arguments.value(option);
    return given.isPresent()
        ? given
        : Optional.ofNullable(environment.get(variable)).filter(v -> !v.isEmpty());
  }
}
