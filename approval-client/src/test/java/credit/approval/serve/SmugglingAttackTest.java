package credit.approval.serve;

import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.AttackCount;
import credit.approval.ListClient;
import credit.approval.PublishedFolder;
import credit.approval.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that a proxy and the service could read differently, over a bare socket. Each asks for a
 * firm that is clear, so that whoever gets through would be told so: none may.
 */
@ExtendWith(AttackCount.class)
class SmugglingAttackTest {
  private static final String ASK = "?mode=notify-and-commit&at=2026-06-30";
  private static final String CHECK = "/v1/check/" + PublishedFolder.CLEAN + ASK;
  private static final String HOST = "\r\nHost: x\r\nConnection: close\r\n\r\n";
  private static final String SMUGGLED = "GET " + CHECK + " HTTP/1.1" + HOST;
  private static final String BATCH =
      "{\"checks\":[{\"code\":\"%s\",\"mode\":\"notify-and-commit\",\"at\":\"2026-06-30\"}]}"
          .formatted(PublishedFolder.CLEAN);
  private static final String POST = "POST /v1/check:batch HTTP/1.1\r\nHost: x\r\n";

  @TempDir Path temp;
  private ApprovalServer server;

  @BeforeEach
  void serve() throws IOException {
    PublishedFolder published = new PublishedFolder(temp.resolve("lists"));
    published.publish(1, PublishedFolder.content());
    TestClock clock = new TestClock(PublishedFolder.SIGNED.plus(Duration.ofHours(1)));
    server =
        ApprovalServer.start(
            ListClient.open(published.options(clock)),
            ServerOptions.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void assertRefused(String request) throws IOException {
    assertThat(answerThatIsNotClear(request)).doesNotContain("HTTP/1.1 200");
  }

  private String answerThatIsNotClear(String request) throws IOException {
    String answer = send(request);
    assertThat(answer)
        .as(request.substring(0, Math.min(request.length(), 300)))
        .doesNotContain("\"outcome\":\"CLEAR\"")
        .doesNotContain("\"permitted\":true");
    AttackCount.one();
    return answer;
  }

  /** Everything that comes back until the service closes the connection. */
  private String send(String request) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    int port = URI.create(server.address()).getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().transferTo(answer);
    } catch (SocketException e) {
      // Closed although we had more to say: what came until then is the answer.
      return answer.toString(StandardCharsets.UTF_8);
    }
    return answer.toString(StandardCharsets.UTF_8);
  }

  /** The same requests in their plain form are answered, so that what is refused is the trick. */
  @Test
  void thePlainRequestsAreAnswered() throws IOException {
    assertThat(send(SMUGGLED)).contains("HTTP/1.1 200").contains("\"outcome\":\"CLEAR\"");
    String plain = "Content-Length: " + BATCH.length() + "\r\nConnection: close\r\n\r\n" + BATCH;
    assertThat(send(POST + plain)).contains("\"outcome\":\"CLEAR\"");
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  @Test
  void aBodyWithTwoLengthsIsRefusedAndWhatFollowsIsNotRead() throws IOException {
    String length = "Content-Length: " + BATCH.length() + "\r\n";
    String chunked = "Transfer-Encoding: chunked\r\n";
    for (String headers :
        List.of(
            length + chunked,
            chunked + length,
            "Content-Length: 4\r\n" + chunked,
            "Content-Length: 0\r\n" + chunked,
            length + "Content-Length: 4\r\n",
            "Content-Length: 4\r\n" + length,
            length + length,
            "content-length: 4\r\n" + length)) {
      assertRefused(POST + headers + "\r\n" + chunk(BATCH) + chunk("") + SMUGGLED);
      assertRefused(POST + headers + "\r\n" + chunk("") + SMUGGLED);
      assertRefused(POST + headers + "\r\n" + BATCH + SMUGGLED);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xchunked",
        "chunked, identity",
        "identity",
        "identity, chunked",
        "gzip, chunked",
        "chunked\r\nTransfer-Encoding: identity",
        "identity\r\nTransfer-Encoding: chunked",
        "\"chunked\"",
        "chunked;q=1",
        "\u000bchunked",
        ""
      })
  void aTransferEncodingThatIsNotPlainlyChunkedIsRefused(String encoding) throws IOException {
    String head = POST + "Transfer-Encoding: " + encoding + "\r\n";
    assertRefused(head + "\r\n" + chunk(BATCH) + chunk("") + SMUGGLED);
    String both = head + "Content-Length: " + BATCH.length() + "\r\n\r\n";
    assertRefused(both + BATCH + SMUGGLED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "+0",
        "0x10",
        "1e1",
        "18446744073709551616",
        "9223372036854775808",
        "4, 4",
        "4 4",
        "",
        "\u0665"
      })
  void aLengthThatIsNoPlainNumberIsRefused(String length) throws IOException {
    assertRefused(POST + "Content-Length: " + length + "\r\n\r\n" + BATCH);
    assertRefused(POST + "Content-Length: " + length + "\r\n\r\n" + SMUGGLED);
  }

  @Test
  void headersThatAreFoldedOrSpacedOutAreRefused() throws IOException {
    String chunks = chunk(BATCH) + chunk("") + SMUGGLED;
    for (String header :
        List.of(
            "Transfer-Encoding : chunked",
            " Transfer-Encoding: chunked",
            "Transfer-Encoding:\r\n chunked",
            "Transfer-Encoding\r\n: chunked",
            "Transfer-\u0000Encoding: chunked",
            "X: y\nTransfer-Encoding: chunked",
            "X: y\rTransfer-Encoding: chunked",
            "no colon",
            ": nothing")) {
      assertRefused(POST + header + "\r\nContent-Length: 4\r\n\r\n" + chunks);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "%0d%0aX:%201",
        "%0d%0a%0d%0aHTTP/1.1%20200",
        "%00",
        "%2f",
        "%2F..%2f",
        "%5c",
        "/",
        "/../",
        "%25",
        "%c0%af",
        "%e0%80%af",
        "%ed%a0%80",
        "%ff",
        "%",
        "%4",
        "%zz",
        "%u0031",
        ";x=1",
        "#",
        "\u0000",
        "\t",
        "\u00e9",
        "%e2%80%8b",
        "%d9%a3"
      })
  void aPathWithMoreThanTheCodeIsNotAnsweredForTheCode(String more) throws IOException {
    String code = PublishedFolder.CLEAN;
    for (String path : List.of(code + more, more + code, code.replace("M", "M" + more))) {
      String answer = answerThatIsNotClear("GET /v1/check/" + path + ASK + " HTTP/1.1" + HOST);
      assertThat(answer).containsAnyOf("HTTP/1.1 40", "\"outcome\":\"INVALID_CODE\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode=notify-and-commit&mode=notify-and-commit",
        "mode=notify-and-commit&at=2026-06-30&at=2026-06-30",
        "mode=notify-and-commit&MODE=notify-and-commit",
        "m%6fde=notify-and-commit",
        "mode=notify-and-commit%0d%0aX:%201",
        "mode=notify-and-commit%00",
        "mode=notify%2dand%2dcommit&",
        "mode=notify-and-commit&at=2026-06-30%0d%0a",
        "mode=notify-and-commit&at=+10000-01-01",
        "mode=notify-and-commit&at=2026-06-30&item=%c0%af",
        "mode=notify-and-commit&at=2026-06-30&item=%ff",
        "mode=notify-and-commit&at=2026-06-30&item=I05%00",
        "mode=notify-and-commit&at=2026-06-30&item=I05%0a",
        "mode=notify-and-commit&at=2026-06-30&scheme=USCC",
        "mode=notify-and-commit&at=2026-06-30;scheme=none",
        "mode=notify-and-commit&at=2026-06-30&x[]=1",
        "mode"
      })
  void aQueryThatIsDoubledOrDisguisedIsRefused(String query) throws IOException {
    String path = "/v1/check/" + PublishedFolder.CLEAN + "?" + query;
    assertRefused("GET " + path + " HTTP/1.1" + HOST);
  }

  @Test
  void aRequestLineThatIsNotOneIsRefused() throws IOException {
    for (String line :
        List.of(
            "GET " + CHECK,
            "GET  " + CHECK + " HTTP/1.1",
            "GET\t" + CHECK + "\tHTTP/1.1",
            "get " + CHECK + " HTTP/1.1",
            "HEAD " + CHECK + " HTTP/1.1",
            "POST " + CHECK + " HTTP/1.1",
            "GET " + CHECK + " HTTP/2.0\u0000",
            "GET /v1/nothing HTTP/1.1\rGET " + CHECK + " HTTP/1.1",
            "GET ../.." + CHECK + " HTTP/1.1",
            "GET /.." + CHECK + " HTTP/1.1",
            "GET /" + CHECK + " HTTP/1.1",
            "GET * HTTP/1.1",
            "CONNECT " + CHECK + " HTTP/1.1",
            "PRI * HTTP/2.0")) {
      assertRefused(line + HOST);
    }
  }

  @Test
  void headersWithoutMeasureAreRefused() throws IOException {
    String head = "GET " + CHECK + " HTTP/1.1\r\nHost: x\r\n";
    assertRefused(head + "X: " + "y".repeat(1 << 20) + "\r\n\r\n");
    StringBuilder many = new StringBuilder(head);
    for (int i = 0; i < 10_000; i++) {
      many.append('X').append(i).append(": y\r\n");
    }
    assertRefused(many + "\r\n");
    assertRefused("GET /v1/check/" + "9".repeat(1 << 20) + ASK + " HTTP/1.1\r\n\r\n");
  }
}
