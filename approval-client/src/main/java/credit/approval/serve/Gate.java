package credit.approval.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * Who is let in: requests that can be read in one way only, no more than can be answered soon, and
 * only with a token where one is asked.
 */
final class Gate implements HttpHandler {
  /** Requests that may wait for a worker; whoever comes then is told to come again. */
  static final int MAX_WAITING = 256;

  /** What a supervisor of processes asks; it tells nothing of any firm. */
  private static final Set<String> OPEN = Set.of("/healthz", "/readyz");

  private final HttpHandler inner;
  private final Tokens tokens;
  private final IntSupplier waiting;

  Gate(HttpHandler inner, Tokens tokens, IntSupplier waiting) {
    this.inner = inner;
    this.tokens = tokens;
    this.waiting = waiting;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      Reply ambiguous = Framing.refusal(exchange);
      if (ambiguous != null) {
        ambiguous.send(exchange);
      } else if (waiting.getAsInt() > MAX_WAITING) {
        Reply.error(503, "busy", "too many requests are waiting; ask again in a second")
            .with("Retry-After", "1")
            .send(exchange);
      } else if (tokens != null && !OPEN.contains(path) && !tokens.accept(authorization)) {
        Reply.error(401, "unauthorized", "send a token that is accepted: Authorization: Bearer ...")
            .with("WWW-Authenticate", "Bearer")
            .send(exchange);
      } else {
        inner.handle(exchange);
      }
    }
  }
}
