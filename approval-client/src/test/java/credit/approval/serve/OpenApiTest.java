package credit.approval.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import credit.approval.ListClient;
import credit.approval.PublishedFolder;
import credit.approval.TestClock;
import credit.approval.audit.AuditLog;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What openapi.json promises is what the service answers, and the other way round. */
class OpenApiTest {
  private static final String BASE = "https://approval.invalid/openapi.json";
  private static final String CHECK = "/v1/check/{code}";
  private static final String MODE = "?mode=notify-and-commit&at=2026-06-30";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir Path temp;
  private final TestClock clock = new TestClock(PublishedFolder.SIGNED.plus(Duration.ofHours(1)));
  private final HttpClient http = HttpClient.newHttpClient();
  private final String text = resource();
  private final JsonNode document = MAPPER.readTree(text);
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder -> builder.schemas(java.util.Map.of(BASE, text)));
  private final Set<String> seen = new TreeSet<>();
  private ApprovalServer server;

  private static String resource() {
    try (InputStream in = OpenApiTest.class.getResourceAsStream("openapi.json")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void serve() throws IOException {
    PublishedFolder published = new PublishedFolder(temp.resolve("lists"));
    published.publish(1, PublishedFolder.content());
    start(published, new AuditLog(temp.resolve("audit.jsonl")), null);
  }

  private void start(PublishedFolder published, AuditLog audit, Tokens tokens) throws IOException {
    server =
        ApprovalServer.start(
            ListClient.open(published.options(clock)),
            ServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .withAudit(audit)
                .withTokens(tokens));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Asks, and holds the answer against what the description says of path and status. */
  private void ask(int status, String method, String template, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(status);
    String operation = method.toLowerCase(java.util.Locale.ROOT);
    JsonNode response =
        document.path("paths").path(template).path(operation).path("responses").path("" + status);
    assertThat(response.isMissingNode()).as(template + " " + status + " is described").isFalse();
    seen.add(template + " " + operation);
    requireHeaders(response, answer);
    JsonNode json = response.path("content").path("application/json");
    if (!json.isMissingNode()) {
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("json");
      String pointer =
          String.join(
              "/",
              "#",
              "paths",
              escaped(template),
              operation,
              "responses",
              "" + status,
              "content",
              escaped("application/json"),
              "schema");
      Schema schema = registry.getSchema(SchemaLocation.of(BASE + pointer));
      assertThat(schema.validate(MAPPER.readTree("[]"))).as("the schema is in force").isNotEmpty();
      List<Error> errors = schema.validate(MAPPER.readTree(answer.body()));
      assertThat(errors).as(path + " " + answer.body()).isEmpty();
    }
  }

  private static void requireHeaders(JsonNode response, HttpResponse<String> answer) {
    response
        .path("headers")
        .propertyNames()
        .forEach(name -> assertThat(answer.headers().firstValue(name)).as(name).isPresent());
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D");
  }

  private void get(int status, String template, String path)
      throws IOException, InterruptedException {
    ask(status, "GET", template, path, "");
  }

  @Test
  void everyAnswerIsAsDescribedAndEveryDescribedPathIsAnswered() throws Exception {
    for (String code :
        List.of(
            PublishedFolder.CLEAN,
            PublishedFolder.LISTED,
            PublishedFolder.ITEM_BARRED,
            PublishedFolder.UNKNOWN,
            "typo")) {
      for (String item : List.of("", "&item=I05", "&item=I07", "&item=I5")) {
        get(200, CHECK, "/v1/check/" + code + MODE + item);
      }
      get(200, CHECK, "/v1/check/" + code + "?mode=licence-first&at=2030-01-01&scheme=uscc");
    }
    get(400, CHECK, "/v1/check/A?mode=maybe");
    get(404, CHECK, "/v1/check/");
    String batch =
        "{\"checks\":[{\"code\":\"A\",\"mode\":\"licence-first\"},{\"applicant\":\"new\","
            + "\"mode\":\"licence-first\",\"item\":\"I05\",\"at\":\"2026-06-30\",\"related\":[\""
            + PublishedFolder.LISTED
            + "\"]}]}";
    ask(200, "POST", "/v1/check:batch", "/v1/check:batch", batch);
    ask(400, "POST", "/v1/check:batch", "/v1/check:batch", "{}");
    ask(413, "POST", "/v1/check:batch", "/v1/check:batch", " ".repeat(Routes.MAX_BODY + 1));
    for (String path : List.of("/v1/manifest", "/v1/openapi.json", "/healthz", "/readyz")) {
      get(200, path, path);
    }
    get(200, "/metrics", "/metrics");
    clock.set(PublishedFolder.SIGNED.plus(Duration.ofHours(40)));
    get(503, CHECK, "/v1/check/" + PublishedFolder.CLEAN + MODE);
    ask(
        503,
        "POST",
        "/v1/check:batch",
        "/v1/check:batch",
        batch.replace("\"A\"", "\"91350100M000100Y43\""));
    get(503, "/v1/manifest", "/v1/manifest");
    get(503, "/readyz", "/readyz");
    Set<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .propertyNames()
                    .forEach(m -> described.add(path.getKey() + " " + m)));
    assertThat(seen).isEqualTo(described);
  }

  @Test
  void withoutAListOrALogTheRefusalIsAsDescribed() throws Exception {
    server.close();
    start(new PublishedFolder(temp.resolve("none")), null, null);
    get(503, CHECK, "/v1/check/" + PublishedFolder.CLEAN + MODE);
    get(503, "/v1/manifest", "/v1/manifest");
    server.close();
    PublishedFolder published = new PublishedFolder(temp.resolve("other"));
    published.publish(1, PublishedFolder.content());
    start(published, new AuditLog(temp.resolve("lists/keys.jws/audit.jsonl")), null);
    get(503, CHECK, "/v1/check/" + PublishedFolder.CLEAN + MODE);
  }

  @Test
  void whereATokenIsMissingTheRefusalIsAsDescribed() throws Exception {
    server.close();
    Tokens tokens = Tokens.of("0123456789abcdef0123456789abcdef");
    start(new PublishedFolder(temp.resolve("guarded")), null, tokens);
    get(401, CHECK, "/v1/check/" + PublishedFolder.CLEAN + MODE);
    ask(401, "POST", "/v1/check:batch", "/v1/check:batch", "{}");
    for (String path : List.of("/v1/manifest", "/v1/openapi.json", "/metrics")) {
      get(401, path, path);
    }
  }

  @Test
  void aSchemaThatTheAnswersDoNotFitWouldBeSeen() throws Exception {
    Schema answer = registry.getSchema(SchemaLocation.of(BASE + "#/components/schemas/Answer"));
    assertThat(answer.validate(MAPPER.readTree("{\"outcome\":\"CLEAR\"}"))).isNotEmpty();
  }
}
