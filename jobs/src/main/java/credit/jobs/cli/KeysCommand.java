package credit.jobs.cli;

import credit.jobs.publish.Keys;
import credit.jobs.warehouse.WarehouseLock;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}: the signing keys of the lists. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = "Makes, changes and revokes the signing keys of the published lists.",
    footer = {"", "Example: ./credit keys init --keys keys"})
final class KeysCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = "Makes the three keys: root (take it offline), lists, timestamp.")
  int init(@Mixin CommonOptions options) {
    return change(
        options,
        keys -> {
          keys.init(options.warehouse().lists());
          return "keys made in " + options.keysFolder();
        });
  }

  @Command(
      name = "rotate",
      mixinStandardHelpOptions = true,
      description = "Puts a new key in place of a role's; archives stay verifiable.")
  int rotate(
      @Mixin CommonOptions options,
      @Parameters(paramLabel = "ROLE", description = "lists or timestamp") String role) {
    return change(
        options,
        keys ->
            "new key " + keys.rotate(role.toLowerCase(Locale.ROOT), options.warehouse().lists()));
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Revokes a compromised key; lists signed by it are refused at once.")
  int revoke(
      @Mixin CommonOptions options,
      @Parameters(paramLabel = "KID", description = "key id, see ./credit keys list") String kid) {
    return change(
        options,
        keys ->
            keys.revoke(kid, options.warehouse().lists())
                .map(next -> "revoked " + kid + "; the new key is " + next)
                .orElse("revoked " + kid));
  }

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the public keys.")
  int list(@Mixin CommonOptions options) {
    Keys keys = Keys.at(options.keysFolder(), System.getenv(), options.clock());
    Tabular.print(
        List.of("kid", "role", "valid from", "valid until", "revoked"),
        keys.list().stream()
            .map(
                k ->
                    List.of(
                        k.kid(),
                        k.role().label(),
                        k.validFrom().toString(),
                        k.validUntil() == null ? "" : k.validUntil().toString(),
                        String.valueOf(k.revoked())))
            .toList(),
        options.json);
    return 0;
  }

  private static int change(CommonOptions options, Function<Keys, String> change) {
    try (WarehouseLock lock =
        WarehouseLock.take(options.warehouse().writable(), "keys", options.clock())) {
      Output.line(change.apply(Keys.at(options.keysFolder(), System.getenv(), options.clock())));
      return lock == null ? 1 : 0;
    }
  }
}
