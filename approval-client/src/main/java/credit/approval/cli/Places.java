package credit.approval.cli;

import credit.approval.ClientOptions;
import credit.approval.ListSource;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.Layout;
import credit.approval.format.ListException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Where lists, root key, mark and log lie: as set, or else beside the warehouse. */
final class Places {
  private final Settings settings;

  Places(Settings settings) {
    this.settings = settings;
  }

  /** The options of a client, with the mark kept where it belongs. */
  ClientOptions clientOptions() {
    ClientOptions options = ClientOptions.of(lists(), root());
    options = mark().map(options::withMark).orElse(options);
    return settings.value("scope").map(options::withScope).orElse(options);
  }

  private ListSource lists() {
    Optional<String> named = settings.value("lists");
    if (named.isPresent() && named.get().matches("(?i)[a-z][a-z0-9+.-]+://.*")) {
      return web(named.get());
    }
    return ListSource.folder(
        named.map(Path::of).orElseGet(() -> warehouse().resolve("published").resolve("lists")));
  }

  private ListSource web(String address) {
    try {
      return ListSource.https(URI.create(address), trust());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--lists: " + e.getMessage());
    }
  }

  private SSLContext trust() {
    return path("trust")
        .map(file -> KeyStores.trusting(file, settings.secret("trust-password").orElse("")))
        .orElse(null);
  }

  /** The log, if answers are to be logged: where it is named, or in a warehouse. */
  Optional<Path> audit() {
    Optional<Path> named = path("audit");
    return named.isPresent() ? named : besideLists("audit.jsonl");
  }

  private Optional<Path> mark() {
    Optional<Path> named = path("state");
    return named.isPresent() ? named : besideLists("mark.json");
  }

  /** With lists named apart there is no warehouse, and nothing is written without being asked. */
  private Optional<Path> besideLists(String name) {
    return settings.value("lists").isPresent()
        ? Optional.empty()
        : Optional.of(warehouse().resolve("approval").resolve(name));
  }

  /** The pinned root key. */
  PublicKey root() {
    Path file = path("root").orElseGet(() -> keys().resolve(Layout.ROOT_PUBLIC_KEY));
    try {
      return Ed25519Keys.decode(Files.readString(file).strip());
    } catch (IOException e) {
      throw new UsageException(
          "the root key "
              + file
              + " cannot be read; name the publisher's with --root FILE, or make lists and keys of your"
              + " own: './credit demo' or './credit publish'");
    } catch (ListException e) {
      throw new UsageException(file + ": " + e.getMessage());
    }
  }

  private Path keys() {
    return path("keys")
        .orElseGet(() -> warehouse().toAbsolutePath().normalize().resolveSibling("keys"));
  }

  private Path warehouse() {
    return path("warehouse").orElse(Path.of("warehouse"));
  }

  Optional<Path> path(String name) {
    return settings.value(name).map(Path::of);
  }
}
