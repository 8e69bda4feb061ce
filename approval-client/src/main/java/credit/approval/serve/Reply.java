package credit.approval.serve;

import com.sun.net.httpserver.HttpExchange;
import credit.approval.format.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param headers beside the content type
 */
record Reply(int status, String type, String body, Map<String, String> headers) {
  private static final String JSON = "application/json; charset=utf-8";

  static Reply json(int status, Object value) {
    return new Reply(status, JSON, Json.write(value) + "\n", Map.of());
  }

  static Reply error(int status, String reason, String message) {
    return json(status, Map.of("error", reason, "message", message));
  }

  static Reply text(String type, String body) {
    return new Reply(200, type, body, Map.of());
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, type, body, more);
  }

  /** Sends it; nothing may be kept unless the reply says so. */
  void send(HttpExchange exchange) throws IOException {
    var out = exchange.getResponseHeaders();
    out.set("Content-Type", type);
    out.set("X-Content-Type-Options", "nosniff");
    out.set("Cache-Control", "no-store");
    headers.forEach(out::set);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean empty = bytes.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : bytes.length);
    if (!empty) {
      exchange.getResponseBody().write(bytes);
    }
  }
}
