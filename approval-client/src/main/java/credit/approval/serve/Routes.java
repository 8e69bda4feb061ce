package credit.approval.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import credit.approval.Answer;
import credit.approval.AnswerJson;
import credit.approval.ListClient;
import credit.approval.Outcome;
import credit.approval.Query;
import credit.approval.audit.AuditLog;
import credit.approval.format.Json;
import credit.approval.format.ListException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests to answers. */
final class Routes implements HttpHandler {
  /** Bytes of the largest body. */
  static final int MAX_BODY = 1 << 20;

  /** Questions in the largest batch. */
  static final int MAX_BATCH = 1_000;

  private static final String CHECK = "/v1/check/";
  private static final String JSON = "application/json; charset=utf-8";

  private final ListClient client;
  private final AuditLog audit;
  private final Metrics metrics = new Metrics();

  Routes(ListClient client, AuditLog audit) {
    this.client = client;
    this.audit = audit;
  }

  /** What is sent back. */
  private record Reply(int status, String type, String body) {
    static Reply json(int status, Object value) {
      return new Reply(status, JSON, Json.write(value) + "\n");
    }

    static Reply error(int status, String reason, String message) {
      return json(status, Map.of("error", reason, "message", message));
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      send(exchange, reply);
    }
  }

  private Reply reply(HttpExchange exchange) {
    try {
      return route(exchange);
    } catch (BadRequest e) {
      return Reply.error(e.status(), e.reason(), e.getMessage());
    } catch (ListException | IllegalArgumentException e) {
      return Reply.error(400, "bad_request", e.getMessage());
    } catch (IOException e) {
      metrics.countAuditFailure();
      return Reply.error(503, "not_logged", "the answer could not be logged, so none is given");
    } catch (RuntimeException e) {
      return Reply.error(
          500, "internal", "an error in the service; the ordinary procedure stays open");
    }
  }

  private Reply route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path == null) {
      throw new BadRequest(400, "bad_request", "the request has no path");
    }
    if (path.equals("/v1/check:batch")) {
      require(exchange, "POST");
      return batch(exchange);
    }
    require(exchange, "GET");
    if (path.startsWith(CHECK)) {
      return check(exchange, path.substring(CHECK.length()));
    }
    return switch (path) {
      case "/v1/manifest" -> manifest();
      case "/healthz" -> new Reply(200, "text/plain; charset=utf-8", "ok\n");
      case "/readyz" -> ready();
      case "/metrics" -> new Reply(200, "text/plain; version=0.0.4", metrics.render(client));
      default -> throw new BadRequest(404, "not_found", "there is nothing at this path");
    };
  }

  private Reply check(HttpExchange exchange, String code) throws IOException {
    if (code.isEmpty() || code.indexOf('/') >= 0) {
      throw new BadRequest(404, "not_found", "the path is /v1/check/{code}");
    }
    Answer answer = answer(Questions.fromParameters(code, exchange.getRequestURI().getRawQuery()));
    return Reply.json(status(answer), AnswerJson.object(answer));
  }

  private Reply batch(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      throw new BadRequest(413, "too_large", "the body has more than " + MAX_BODY + " bytes");
    }
    List<Query> queries = Questions.fromBody(body);
    List<Object> answers = new ArrayList<>(queries.size());
    boolean unavailable = false;
    for (Query query : queries) {
      Answer answer = answer(query);
      unavailable |= status(answer) == 503;
      answers.add(AnswerJson.object(answer));
    }
    return Reply.json(unavailable ? 503 : 200, Map.of("answers", answers));
  }

  private Answer answer(Query query) throws IOException {
    Answer answer = client.check(query);
    if (audit != null) {
      audit.append(answer, client.timestampJws());
    }
    metrics.count(answer.outcome());
    return answer;
  }

  private Reply manifest() {
    Optional<Answer.ListStamp> list = client.list();
    return list.isEmpty()
        ? Reply.error(503, client.lastRefresh().reason(), "there is no list that could be verified")
        : Reply.json(client.isFresh() ? 200 : 503, AnswerJson.object(list.get()));
  }

  private Reply ready() {
    boolean fresh = client.isFresh();
    return Reply.json(
        fresh ? 200 : 503,
        Map.of("ready", fresh, "last_refresh", client.lastRefresh().state().toString()));
  }

  private void send(HttpExchange exchange, Reply reply) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", reply.type());
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Cache-Control", cacheControl(exchange, reply));
    if (reply.type().equals(JSON) && reply.status() == 200) {
      client.list().ifPresent(list -> headers.set("ETag", "\"" + list.manifestSha256() + "\""));
    }
    exchange.sendResponseHeaders(reply.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  /** Only the manifest may be kept, and never beyond its expiry: answers depend on the moment. */
  private String cacheControl(HttpExchange exchange, Reply reply) {
    Optional<Answer.ListStamp> list = client.list();
    boolean manifest = "/v1/manifest".equals(exchange.getRequestURI().getPath());
    if (reply.status() != 200 || list.isEmpty() || !manifest) {
      return "no-store";
    }
    Instant expiresAt = list.get().expiresAt();
    long seconds = Duration.between(client.now(), expiresAt).toSeconds();
    return "max-age=" + Math.max(0, Math.min(60, seconds));
  }

  private static int status(Answer answer) {
    Outcome outcome = answer.outcome();
    boolean listFault = answer.reasons().contains("timestamp_expired");
    return outcome == Outcome.UNAVAILABLE || listFault ? 503 : 200;
  }

  private static void require(HttpExchange exchange, String method) {
    if (!exchange.getRequestMethod().equals(method)) {
      throw new BadRequest(405, "method_not_allowed", "the method is " + method);
    }
  }
}
