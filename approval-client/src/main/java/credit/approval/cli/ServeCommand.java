package credit.approval.cli;

import credit.approval.ListClient;
import credit.approval.RefreshResult;
import credit.approval.audit.AuditLog;
import credit.approval.serve.ApprovalServer;
import credit.approval.serve.ServerOptions;
import credit.approval.serve.Tokens;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** {@code serve}: the same answers over HTTP. */
final class ServeCommand {
  private static final int RUNS_ON = -1;

  private final Settings settings;
  private final Places places;
  private final Texts texts;
  private final PrintStream out;
  private final PrintStream err;

  ServeCommand(Settings settings, Places places, Texts texts, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.places = places;
    this.texts = texts;
    this.out = out;
    this.err = err;
  }

  int run() throws IOException {
    ApprovalServer server = start();
    out.println(texts.message("serve.on", server.address()));
    return RUNS_ON;
  }

  /** Starts the service and returns it, so that it can be stopped. */
  ApprovalServer start() throws IOException {
    Duration every = Duration.ofSeconds(number("refresh-seconds", "60", 1, 86_400));
    ServerOptions options = options();
    ListClient client = ListClient.open(places.clientOptions());
    RefreshResult opened = client.lastRefresh();
    if (opened.state() == RefreshResult.State.REFUSED) {
      err.println(texts.message("list.refused", opened.message()));
    }
    ApprovalServer server = ApprovalServer.start(client, options);
    client.refreshEvery(every);
    return server;
  }

  private ServerOptions options() throws IOException {
    String host = settings.value("host").orElse("127.0.0.1");
    int port = (int) number("port", "8085", 0, 65_535);
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new UsageException("--host " + host + " is not known; name an address of this machine");
    }
    ServerOptions options = ServerOptions.of(address);
    if (places.audit().isPresent()) {
      options = options.withAudit(new AuditLog(places.audit().get()));
    }
    if (places.path("tls").isPresent()) {
      String password = settings.secret("tls-password").orElse("");
      options = options.withTls(KeyStores.server(places.path("tls").get(), password));
    } else if (!isLoopback(address.getAddress())) {
      err.println(texts.message("serve.plain", host));
    }
    return places.path("tokens").isPresent()
        ? options.withTokens(tokens(places.path("tokens").get()))
        : options;
  }

  private static boolean isLoopback(InetAddress address) {
    return address.isLoopbackAddress();
  }

  private static Tokens tokens(Path file) {
    try {
      return Tokens.of(Files.readString(file));
    } catch (IOException e) {
      throw new UsageException("the tokens " + file + " cannot be read; correct --tokens FILE");
    } catch (IllegalArgumentException e) {
      throw new UsageException(file + ": " + e.getMessage());
    }
  }

  private long number(String name, String otherwise, long least, long most) {
    long number = CheckCommand.number(name, settings.value(name).orElse(otherwise));
    if (number < least || number > most) {
      throw new UsageException("--" + name + " is " + least + " to " + most);
    }
    return number;
  }
}
