package credit.approval.serve;

import credit.approval.audit.AuditLog;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/**
 * How the service runs.
 *
 * @param address where it listens; port 0: any free one
 * @param audit where answers are logged; null: nowhere
 * @param tls its certificate; null: HTTP without TLS, for the own machine or behind a proxy
 * @param tokens who may ask; null: everybody
 */
public record ServerOptions(
    InetSocketAddress address, AuditLog audit, SSLContext tls, Tokens tokens) {
  public static ServerOptions of(InetSocketAddress address) {
    return new ServerOptions(address, null, null, null);
  }

  public ServerOptions withAudit(AuditLog log) {
    return new ServerOptions(address, log, tls, tokens);
  }

  public ServerOptions withTls(SSLContext context) {
    return new ServerOptions(address, audit, context, tokens);
  }

  public ServerOptions withTokens(Tokens accepted) {
    return new ServerOptions(address, audit, tls, accepted);
  }
}
