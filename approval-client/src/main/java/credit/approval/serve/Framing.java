package credit.approval.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a request ends. Whatever a proxy in front of the service could have read otherwise is
 * refused and the connection closed, so that no second request hides in the first one's body.
 */
final class Framing {
  private static final Set<String> PROTOCOLS = Set.of("HTTP/1.0", "HTTP/1.1");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,10}");

  private Framing() {}

  /** What is wrong with it, or null. */
  static Reply refusal(HttpExchange exchange) {
    Headers headers = exchange.getRequestHeaders();
    if (headers.containsKey("Transfer-Encoding")) {
      return closing(Reply.error(411, "length_required", "send the body with a Content-Length"));
    }
    List<String> lengths = headers.getOrDefault("Content-Length", List.of("0"));
    boolean plain = lengths.size() == 1 && LENGTH.matcher(lengths.get(0)).matches();
    boolean oneHost = headers.getOrDefault("Host", List.of()).size() <= 1;
    if (!plain || !oneHost || !PROTOCOLS.contains(exchange.getProtocol())) {
      return closing(Reply.error(400, "bad_request", "the request's head is ambiguous"));
    }
    return null;
  }

  private static Reply closing(Reply reply) {
    return reply.with("Connection", "close");
  }
}
