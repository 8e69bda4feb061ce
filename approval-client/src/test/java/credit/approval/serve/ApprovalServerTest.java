package credit.approval.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import credit.approval.ListClient;
import credit.approval.PublishedFolder;
import credit.approval.TestClock;
import credit.approval.TestTls;
import credit.approval.audit.AuditLog;
import credit.approval.format.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApprovalServerTest {
  private static final String ASK = "?mode=notify-and-commit&at=2026-06-30";

  @TempDir Path temp;
  private final TestClock clock = new TestClock(PublishedFolder.SIGNED.plus(Duration.ofHours(1)));
  private final HttpClient http = HttpClient.newHttpClient();
  private AuditLog audit;
  private ApprovalServer server;

  @BeforeEach
  void serve() throws IOException {
    PublishedFolder published = new PublishedFolder(temp.resolve("lists"));
    published.publish(1, PublishedFolder.content());
    audit = new AuditLog(temp.resolve("audit.jsonl"));
    server = start(ListClient.open(published.options(clock)), audit);
  }

  private static ApprovalServer start(ListClient client, AuditLog audit) throws IOException {
    return ApprovalServer.start(client, anyPort().withAudit(audit));
  }

  private static ServerOptions anyPort() {
    return ServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static Object member(HttpResponse<String> response, String name) {
    Object value = Json.parse(response.body().getBytes(StandardCharsets.UTF_8));
    return ((Map<?, ?>) value).get(name);
  }

  @Test
  void aCheckIsAnsweredAsTheClientAnswersAndLogged() throws Exception {
    HttpResponse<String> clear = get("/v1/check/" + PublishedFolder.CLEAN + ASK + "&item=I05");
    assertThat(clear.statusCode()).isEqualTo(200);
    assertThat(member(clear, "outcome")).isEqualTo("CLEAR");
    assertThat(clear.headers().firstValue("Cache-Control")).hasValue("no-store");
    HttpResponse<String> listed = get("/v1/check/" + PublishedFolder.LISTED + ASK);
    assertThat(member(listed, "outcome")).isEqualTo("RESTRICTED");
    assertThat(member(listed, "permitted")).isEqualTo(false);
    assertThat(audit.verify().records()).isEqualTo(2);
  }

  @Test
  void aBatchAnswersEachInOrder() throws Exception {
    String body =
        "{\"checks\":[{\"code\":\"LISTED\",\"mode\":\"notify-and-commit\",\"at\":\"2026-06-30\"},"
            + "{\"applicant\":\"new\",\"mode\":\"licence-first\",\"at\":\"2026-06-30\","
            + "\"related\":[\"LISTED\"]}]}";
    HttpResponse<String> response =
        post("/v1/check:batch", body.replace("LISTED", PublishedFolder.LISTED));
    assertThat(response.statusCode()).isEqualTo(200);
    List<?> answers = (List<?>) member(response, "answers");
    assertThat(answers.stream().map(a -> ((Map<?, ?>) a).get("outcome")).toList())
        .isEqualTo(List.of("RESTRICTED", "NEW_APPLICANT"));
  }

  @Test
  void theManifestCarriesItsHashAsEtagAndIsKeptNoLongerThanItsExpiry() throws Exception {
    HttpResponse<String> response = get("/v1/manifest");
    String hash = (String) member(response, "manifest_sha256");
    assertThat(response.headers().firstValue("ETag")).hasValue("\"" + hash + "\"");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("max-age=60");
  }

  @Test
  void aManifestThatIsHeldAlreadyIsNotSentAgainUntilItExpires() throws Exception {
    String etag = get("/v1/manifest").headers().firstValue("ETag").orElseThrow();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + "/v1/manifest"));
    HttpRequest held = request.header("If-None-Match", "\"x\", W/" + etag).build();
    HttpResponse<String> same = http.send(held, HttpResponse.BodyHandlers.ofString());
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.headers().firstValue("Cache-Control")).hasValue("max-age=60");
    clock.set(PublishedFolder.SIGNED.plus(Duration.ofHours(36)).minusSeconds(20));
    assertThat(get("/v1/manifest").headers().firstValue("Cache-Control")).hasValue("max-age=20");
    clock.set(PublishedFolder.SIGNED.plus(Duration.ofHours(36)));
    assertThat(http.send(held, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(503);
  }

  @Test
  void whereATokenIsAskedOnlyItsHolderIsAnswered() throws Exception {
    server.close();
    String token = "0123456789abcdef0123456789abcdef";
    Tokens tokens = Tokens.of("fedcba9876543210fedcba9876543210\n" + token + "\n");
    PublishedFolder other = new PublishedFolder(temp.resolve("guarded"));
    other.publish(1, PublishedFolder.content());
    server =
        ApprovalServer.start(ListClient.open(other.options(clock)), anyPort().withTokens(tokens));
    String path = "/v1/check/" + PublishedFolder.CLEAN + ASK;
    for (String wrong :
        new String[] {"Bearer " + token.substring(1), "Basic " + token, token, "Bearer "}) {
      HttpResponse<String> refused = getWith("Authorization", wrong, path);
      assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
      assertThat(refused.body()).doesNotContain("CLEAR");
      assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }
    for (String closed :
        new String[] {path, "/v1/manifest", "/metrics", "/v1/openapi.json", "/v1/nothing"}) {
      assertThat(get(closed).statusCode()).isEqualTo(401);
    }
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    HttpResponse<String> answer = getWith("Authorization", "Bearer " + token, path);
    assertThat(member(answer, "outcome")).isEqualTo("CLEAR");
  }

  private HttpResponse<String> getWith(String header, String value, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + path)).header(header, value).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n \n", "short", "0123456789abcdef 0123456789abcdef"})
  void aTokenThatIsEasyToGuessIsNotTaken(String lines) {
    assertThatThrownBy(() -> Tokens.of(lines)).hasMessageContaining("openssl rand -hex 32");
  }

  @Test
  void moreRequestsThanCanBeAnsweredSoonAreToldToComeAgain() throws Exception {
    HttpServer crowded = HttpServer.create(anyPort().address(), 0);
    AtomicInteger waiting = new AtomicInteger(Gate.MAX_WAITING);
    Gate gate =
        new Gate(exchange -> Reply.text("text/plain", "in").send(exchange), null, waiting::get);
    crowded.createContext("/", gate);
    crowded.start();
    URI address = URI.create("http://127.0.0.1:" + crowded.getAddress().getPort() + "/v1/manifest");
    HttpRequest request = HttpRequest.newBuilder(address).build();
    assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
    waiting.incrementAndGet();
    HttpResponse<String> busy = http.send(request, HttpResponse.BodyHandlers.ofString());
    crowded.stop(0);
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(busy.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(member(busy, "error")).isEqualTo("busy");
  }

  @Test
  void manyAtOnceAreAllAnsweredAndLogged() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(server.address() + "/v1/check/" + PublishedFolder.LISTED + ASK))
            .build();
    List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      asked.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
    }
    for (CompletableFuture<HttpResponse<String>> answer : asked) {
      assertThat(member(answer.get(), "outcome")).isEqualTo("RESTRICTED");
    }
    assertThat(audit.verify().records()).isEqualTo(100);
    assertThat(audit.verify().isWhole()).isTrue();
  }

  @Test
  @Tag("slow")
  void aClientThatSendsTooSlowlyIsCutOff() throws Exception {
    URI address = URI.create(server.address());
    long start = System.nanoTime();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.setSoTimeout(30_000);
      String head = "POST /v1/check:batch HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("CLEAR");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void overTlsOnlyWhoTrustsTheCertificateIsAnswered() throws Exception {
    Path store = TestTls.keyStore(temp.resolve("server.p12"));
    KeyStore keys = KeyStore.getInstance(store.toFile(), TestTls.PASSWORD.toCharArray());
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, TestTls.PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), null, null);
    PublishedFolder other = new PublishedFolder(temp.resolve("tls"));
    other.publish(1, PublishedFolder.content());
    server.close();
    server = ApprovalServer.start(ListClient.open(other.options(clock)), anyPort().withTls(tls));
    assertThat(server.address()).startsWith("https://");
    assertThatThrownBy(() -> get("/healthz")).isInstanceOf(IOException.class);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    Path trusted = TestTls.trustStore(store, temp.resolve("trust.p12"));
    trust.init(KeyStore.getInstance(trusted.toFile(), TestTls.PASSWORD.toCharArray()));
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, trust.getTrustManagers(), null);
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(server.address() + "/v1/check/" + PublishedFolder.CLEAN + ASK))
            .build();
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .sslContext(trusting)
            .build()
            .send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(member(answer, "outcome")).isEqualTo("CLEAR");
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void aStaleListIsAnsweredWith503AndNeverClear() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    clock.set(PublishedFolder.SIGNED.plus(Duration.ofHours(37)));
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/v1/manifest").statusCode()).isEqualTo(503);
    HttpResponse<String> stale = get("/v1/check/" + PublishedFolder.CLEAN + ASK);
    assertThat(stale.statusCode()).isEqualTo(503);
    assertThat(member(stale, "outcome")).isEqualTo("STALE");
    assertThat(member(stale, "simplified_handling")).isEqualTo("not available");
    assertThat(get("/metrics").body())
        .contains("credit_checks_total{outcome=\"stale\"} 1")
        .contains("credit_checks_total{outcome=\"clear\"} 0")
        .contains("credit_ready 0")
        .contains("credit_list_version 1");
  }

  @Test
  void withoutAListNothingIsReadyAndNothingClear() throws Exception {
    PublishedFolder other = new PublishedFolder(temp.resolve("none"));
    server.close();
    server = start(ListClient.open(other.options(clock)), null);
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/v1/manifest").statusCode()).isEqualTo(503);
    HttpResponse<String> answer = get("/v1/check/" + PublishedFolder.CLEAN + ASK);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(member(answer, "outcome")).isEqualTo("UNAVAILABLE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/check/A",
        "/v1/check/A?mode=maybe",
        "/v1/check/A?mode=licence-first&mode=licence-first",
        "/v1/check/A?mode=licence-first&at=yesterday",
        "/v1/check/A?mode=licence-first&scheme=vat",
        "/v1/check/A?mode=licence-first&more=1",
        "/v1/check/A?mode=%zz"
      })
  void aQuestionThatCannotBeReadIs400(String path) throws Exception {
    assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"checks\":1}",
        "{\"checks\":[{}]}",
        "{\"checks\":[1]}",
        "{\"checks\":[],\"checks\":[]}",
        "{\"checks\":[{\"code\":\"A\",\"mode\":\"licence-first\",\"x\":1}]}",
        "{\"checks\":[{\"code\":\"A\",\"applicant\":\"new\",\"mode\":\"licence-first\"}]}",
        "{\"checks\":[{\"applicant\":\"old\",\"code\":\"A\",\"mode\":\"licence-first\"}]}"
      })
  void aBodyThatCannotBeReadIs400(String body) throws Exception {
    assertThat(post("/v1/check:batch", body).statusCode()).isEqualTo(400);
  }

  @Test
  void bodiesAndBatchesAreLimited() throws Exception {
    assertThat(post("/v1/check:batch", " ".repeat(Routes.MAX_BODY + 1)).statusCode())
        .isEqualTo(413);
    String check = "{\"code\":\"A\",\"mode\":\"licence-first\"}";
    String many = "{\"checks\":[" + (check + ",").repeat(Routes.MAX_BATCH) + check + "]}";
    assertThat(post("/v1/check:batch", many).statusCode()).isEqualTo(413);
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertThat(get("/v1/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/v1/check/").statusCode()).isEqualTo(404);
    assertThat(get("/v1/check:batch").statusCode()).isEqualTo(405);
    assertThat(post("/v1/manifest", "").statusCode()).isEqualTo(405);
  }

  @Test
  void anAnswerThatCannotBeLoggedIsNotGiven() throws Exception {
    PublishedFolder other = new PublishedFolder(temp.resolve("other"));
    other.publish(1, PublishedFolder.content());
    server.close();
    AuditLog impossible = new AuditLog(temp.resolve("lists/keys.jws/audit.jsonl"));
    server = start(ListClient.open(other.options(clock)), impossible);
    HttpResponse<String> response = get("/v1/check/" + PublishedFolder.CLEAN + ASK);
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).doesNotContain("CLEAR");
  }

  private String raw(String request) throws IOException {
    URI address = URI.create(server.address());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.setSoTimeout(5000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
