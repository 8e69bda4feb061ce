package credit.approval.serve;

import com.sun.net.httpserver.HttpExchange;
import credit.approval.format.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent back: status, content type, body and headers beside the type. */
final class Reply {
  private static final String JSON = "application/json; charset=utf-8";
  private static final byte[] NOTHING = {};

  private final int status;
  private final String type;
  private final byte[] body;
  private final Map<String, String> headers;

  private Reply(int status, String type, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.headers = headers;
  }

  static Reply json(int status, Object value) {
    return new Reply(status, JSON, Json.line(value), Map.of());
  }

  static Reply error(int status, String reason, String message) {
    return json(status, Map.of("error", reason, "message", message));
  }

  static Reply text(String type, String body) {
    return new Reply(200, type, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  Reply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, type, body, more);
  }

  /** That what the caller holds is what it would be sent. */
  Reply notModified() {
    return new Reply(304, type, NOTHING, headers);
  }

  int status() {
    return status;
  }

  /** Sends it; nothing may be kept unless the reply says so. */
  void send(HttpExchange exchange) throws IOException {
    var out = exchange.getResponseHeaders();
    out.set("Content-Type", type);
    out.set("X-Content-Type-Options", "nosniff");
    out.set("Cache-Control", "no-store");
    headers.forEach(out::set);
    boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, empty ? -1 : body.length);
    if (!empty) {
      exchange.getResponseBody().write(body);
    }
  }
}
