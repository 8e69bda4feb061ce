package credit.approval.cli;

import credit.approval.ListClient;
import credit.approval.audit.AuditLog;
import credit.approval.serve.ApprovalServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;

/** {@code serve}: the same answers over HTTP. */
final class ServeCommand {
  private static final int RUNS_ON = -1;

  private final Arguments arguments;
  private final Places places;
  private final Texts texts;
  private final PrintStream out;

  ServeCommand(Arguments arguments, Places places, Texts texts, PrintStream out) {
    this.arguments = arguments;
    this.places = places;
    this.texts = texts;
    this.out = out;
  }

  int run() throws IOException {
    ApprovalServer server = start();
    out.println(texts.message("serve.on", server.address()));
    return RUNS_ON;
  }

  /** Starts the service and returns it, so that it can be stopped. */
  ApprovalServer start() throws IOException {
    long port = CheckCommand.number(arguments.value("port").orElse("8085"));
    long seconds = CheckCommand.number(arguments.value("refresh-seconds").orElse("60"));
    if (port > 65_535 || seconds < 1 || seconds > 86_400) {
      throw new UsageException("--port is 0 to 65535, --refresh-seconds 1 to 86400");
    }
    String host = arguments.value("host").orElse("127.0.0.1");
    ListClient client = ListClient.open(places.clientOptions());
    AuditLog audit = places.audit().map(AuditLog::new).orElse(null);
    return ApprovalServer.start(
        client, audit, new InetSocketAddress(host, (int) port), Duration.ofSeconds(seconds));
  }
}
