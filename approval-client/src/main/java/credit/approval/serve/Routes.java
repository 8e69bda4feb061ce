package credit.approval.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import credit.approval.Answer;
import credit.approval.AnswerJson;
import credit.approval.ListClient;
import credit.approval.ListView;
import credit.approval.Outcome;
import credit.approval.Query;
import credit.approval.audit.AuditLog;
import credit.approval.format.ListException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests to answers. What one request is answered, it is answered on one list. */
final class Routes implements HttpHandler {
  /** Bytes of the largest body. */
  static final int MAX_BODY = 1 << 20;

  /** Questions in the largest batch. */
  static final int MAX_BATCH = 1_000;

  private static final long MAX_SECONDS_KEPT = 60;
  private static final String CHECK = "/v1/check/";
  private static final String OPENAPI = openApi();

  private final ListClient client;
  private final AuditLog audit;
  private final Metrics metrics = new Metrics();

  Routes(ListClient client, AuditLog audit) {
    this.client = client;
    this.audit = audit;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    reply(exchange).send(exchange);
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
      return check(exchange);
    }
    return switch (path) {
      case "/v1/manifest" -> manifest(exchange);
      case "/v1/openapi.json" -> Reply.text("application/json; charset=utf-8", OPENAPI);
      case "/healthz" -> Reply.text("text/plain; charset=utf-8", "ok\n");
      case "/readyz" -> ready();
      case "/metrics" -> Reply.text("text/plain; version=0.0.4", metrics.render(client));
      default -> throw new BadRequest(404, "not_found", "there is nothing at this path");
    };
  }

  private Reply check(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    if (!path.startsWith(CHECK)) {
      throw new BadRequest(404, "not_found", "the path is /v1/check/{code}");
    }
    String code = Escapes.segment(path.substring(CHECK.length()));
    if (code.isEmpty() || code.indexOf('/') >= 0) {
      throw new BadRequest(404, "not_found", "the path is /v1/check/{code}");
    }
    Query query = Questions.fromParameters(code, exchange.getRequestURI().getRawQuery());
    ListView view = client.view();
    Answer answer = answers(view, List.of(query)).get(0);
    return tagged(Reply.json(status(answer), AnswerJson.object(answer)), view);
  }

  private Reply batch(HttpExchange exchange) throws IOException {
    List<Query> queries = Questions.fromBody(body(exchange));
    ListView view = client.view();
    List<Answer> answers = answers(view, queries);
    int status = answers.stream().mapToInt(Routes::status).max().orElse(200);
    List<?> objects = answers.stream().map(AnswerJson::object).toList();
    return tagged(Reply.json(status, Map.of("answers", objects)), view);
  }

  /** A body that breaks off is the caller's fault, not the log's. */
  private static byte[] body(HttpExchange exchange) {
    byte[] body;
    try {
      body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    } catch (IOException e) {
      throw new BadRequest(400, "bad_request", "the body could not be read to its end");
    }
    if (body.length > MAX_BODY) {
      throw new BadRequest(413, "too_large", "the body has more than " + MAX_BODY + " bytes");
    }
    return body;
  }

  private List<Answer> answers(ListView view, List<Query> queries) throws IOException {
    List<Answer> answers = queries.stream().map(view::check).toList();
    if (audit != null && !answers.isEmpty()) {
      audit.append(answers, view.timestampJws());
    }
    answers.forEach(answer -> metrics.count(answer.outcome()));
    return answers;
  }

  private Reply manifest(HttpExchange exchange) {
    ListView view = client.view();
    Optional<Answer.ListStamp> list = view.list();
    if (list.isEmpty()) {
      return Reply.error(
          503, client.lastRefresh().reason(), "there is no list that could be verified");
    }
    Reply reply = Reply.json(view.isFresh() ? 200 : 503, AnswerJson.object(list.get()));
    if (reply.status() != 200) {
      return reply;
    }
    List<String> held = exchange.getRequestHeaders().getOrDefault("If-None-Match", List.of());
    boolean same = held.stream().anyMatch(tags -> matches(tags, etag(list.get())));
    // The manifest stays the same under a fresh timestamp; only its expiry moves.
    Reply fresh = same ? reply.notModified() : reply;
    long seconds = Duration.between(view.now(), list.get().expiresAt()).toSeconds();
    return tagged(fresh, view)
        .with("Cache-Control", "max-age=" + Math.max(0, Math.min(MAX_SECONDS_KEPT, seconds)));
  }

  private static boolean matches(String tags, String etag) {
    return Arrays.stream(tags.split(",", -1))
        .map(tag -> tag.strip().replaceFirst("^W/", ""))
        .anyMatch(tag -> tag.equals(etag) || tag.equals("*"));
  }

  private Reply ready() {
    boolean fresh = client.view().isFresh();
    return Reply.json(
        fresh ? 200 : 503,
        Map.of("ready", fresh, "last_refresh", client.lastRefresh().state().toString()));
  }

  /** The hash of the very list that answered, whatever is in force when the reply leaves. */
  private static Reply tagged(Reply reply, ListView view) {
    return view.list().map(list -> reply.with("ETag", etag(list))).orElse(reply);
  }

  private static String etag(Answer.ListStamp list) {
    return "\"" + list.manifestSha256() + "\"";
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

  private static String openApi() {
    try (InputStream in = Routes.class.getResourceAsStream("openapi.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
