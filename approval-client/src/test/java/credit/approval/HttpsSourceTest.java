package credit.approval;

import static credit.approval.PublishedFolder.CLEAN;
import static credit.approval.PublishedFolder.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.format.Layout;
import credit.approval.format.ListContent;
import credit.approval.format.ListException;
import credit.approval.format.ListFile;
import credit.approval.format.Mode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists behind a web server: whatever it does, the answer is right or refused. */
class HttpsSourceTest {
  private static final Query QUERY =
      Query.of(CLEAN, Mode.NOTIFY_AND_COMMIT).withAt(LocalDate.parse("2026-06-30"));
  private static final Duration SHORT = Duration.ofMillis(700);

  @TempDir Path temp;
  private final TestClock clock = new TestClock(SIGNED.plus(Duration.ofHours(1)));
  private final ListContent barred =
      PublishedFolder.content(
          List.of(
              PublishedFolder.restriction(
                  "E-9", CLEAN, Mode.NOTIFY_AND_COMMIT, "", "2026-06-01", null)),
          PublishedFolder.AS_OF);
  private PublishedFolder published;
  private WebServer web;

  @BeforeEach
  void publish() throws IOException {
    published = new PublishedFolder(temp.resolve("lists"));
    published.publish(1, PublishedFolder.content());
    web = new WebServer(published.lists(), null);
  }

  @AfterEach
  void stop() {
    web.close();
  }

  private ClientOptions options() {
    return published.options(clock).withSource(ListSource.https(web.address(), null));
  }

  private ListClient open() {
    return ListClient.open(options());
  }

  @Test
  void aListOverTheWebAnswersLikeTheFolder() {
    ListClient client = open();
    assertThat(client.lastRefresh().message()).isEmpty();
    assertThat(client.check(QUERY).toJson())
        .isEqualTo(ListClient.open(published.options(clock)).check(QUERY).toJson());
  }

  @Test
  void whatDidNotChangeIsNotFetchedAgain() {
    ListClient client = open();
    web.behave();
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UNCHANGED);
    assertThat(web.asked()).containsExactly("keys.jws 304", "timestamp.jws 304");
  }

  @Test
  void anUpdateOverSeveralVersionsFetchesManifestsAndDeltasOnly() {
    ListClient client = open();
    published.publish(2, barred);
    published.publish(4, PublishedFolder.content());
    published.publish(5, barred);
    web.behave();
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UPDATED);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(client.list().orElseThrow().version()).isEqualTo(5);
    assertThat(web.asked())
        .contains("5/manifest.jws 200", "3/manifest.jws 404", "5/delta.csv 200", "2/delta.csv 200")
        .noneMatch(name -> name.contains("subjects.csv"));
  }

  @Test
  void rebuiltFromDeltasIsEqualToTheFullFilesToTheByte() {
    ListClient client = open();
    published.publish(2, barred);
    web.behave();
    client.refresh();
    client.view().evidence().forEach((name, bytes) -> assertThat(bytes).isEqualTo(file(name)));
    assertThat(web.asked()).noneMatch(name -> name.contains("restrictions.csv"));
  }

  private byte[] file(String name) {
    return ListSource.folder(published.lists()).read(name, 1 << 20).orElseThrow().array();
  }

  @Test
  void aDeltaThatIsBadOrGoneIsReplacedByTheFullFiles() throws IOException {
    ListClient client = open();
    published.publish(2, PublishedFolder.content());
    published.publish(3, barred);
    Files.delete(published.lists().resolve("2").resolve(ListFile.DELTA.fileName()));
    assertThat(client.refresh().message()).isEmpty();
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  @Test
  void aDownloadThatBreaksOffIsNeverUsed() {
    ListClient client = open();
    published.publish(2, barred);
    for (String name :
        List.of(Layout.KEYS, Layout.TIMESTAMP, "2/" + Layout.MANIFEST, "2/delta.csv")) {
      for (int part : new int[] {0, 1, 50, 99}) {
        web.behave();
        web.answer(
            name,
            (exchange, good) -> {
              exchange.sendResponseHeaders(200, good.length);
              exchange.getResponseBody().write(good, 0, good.length * part / 100);
            });
        assertThat(client.refresh().state())
            .as(name + " cut to " + part + "%")
            .isEqualTo(RefreshResult.State.REFUSED);
        assertThat(client.list().orElseThrow().version()).isEqualTo(1);
        assertThat(open().check(QUERY).permitted()).isFalse();
      }
    }
    web.behave();
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UPDATED);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  @Test
  void aBodyWithoutLengthThatEndsEarlyIsRefusedByItsHash() {
    web.answer(
        "1/subjects.csv",
        (exchange, good) -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(Arrays.copyOf(good, good.length / 2));
        });
    ListClient client = open();
    assertThat(client.lastRefresh().reason()).isEqualTo("length_mismatch");
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.UNAVAILABLE);
  }

  @Test
  void anAnswerLargerThanWasSignedIsBrokenOff() {
    web.answer(
        "1/subjects.csv",
        (exchange, good) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] chunk = new byte[1 << 16];
          for (int i = 0; i < 1_000; i++) {
            exchange.getResponseBody().write(chunk);
          }
        });
    assertThat(open().lastRefresh().reason()).isEqualTo("too_large");
  }

  @Test
  void aServerThatNeverAnswersOrDripsIsGivenUp() {
    for (boolean headersFirst : new boolean[] {false, true}) {
      web.behave();
      web.answer(
          Layout.TIMESTAMP,
          (exchange, good) -> {
            if (headersFirst) {
              exchange.sendResponseHeaders(200, good.length);
              exchange.getResponseBody().write(good, 0, 10);
              exchange.getResponseBody().flush();
            }
            pause();
          });
      long start = System.nanoTime();
      ListClient client =
          ListClient.open(options().withSource(new HttpsSource(web.address(), null, SHORT)));
      assertThat(client.lastRefresh().reason()).isEqualTo("unreachable");
      assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.UNAVAILABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 206, 301, 302, 401, 403, 500, 503})
  void anyOtherStatusIsRefused(int status) {
    web.answer(
        Layout.KEYS,
        (exchange, good) -> {
          exchange.getResponseHeaders().set("Location", web.address() + "/keys2.jws");
          exchange.sendResponseHeaders(status, -1);
        });
    assertThat(open().lastRefresh().reason()).isEqualTo("unreachable");
  }

  @Test
  void anAnswerNotModifiedThatWasNotAskedForIsRefused() {
    web.answer(Layout.KEYS, (exchange, good) -> exchange.sendResponseHeaders(304, -1));
    assertThat(open().lastRefresh().state()).isEqualTo(RefreshResult.State.REFUSED);
  }

  @Test
  void whileTheServerIsDownTheListAnswersUntilItsExpiry() {
    ListClient client = open();
    web.close();
    assertThat(client.refresh().reason()).isEqualTo("unreachable");
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    clock.pass(Duration.ofHours(36));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.STALE);
  }

  @Test
  void anArchivedVersionIsFetchedWhenItIsAskedFor() {
    published.publish(2, barred);
    ListClient client = open();
    assertThat(client.view().archived(1).check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(client.view().archived(1).check(QUERY).permitted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/lists",
        "ftp://localhost/lists",
        "file:///data/lists",
        "https:///lists",
        "https://user:secret@localhost/lists",
        "https://localhost/lists?x=1",
        "lists"
      })
  void onlyHttpsOrTheOwnMachineIsAsked(String address) {
    assertThatThrownBy(() -> ListSource.https(URI.create(address), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("https://HOST/PATH");
  }

  @Test
  void tlsIsTrustedByTheGivenStoreOnly() throws Exception {
    Path store = TestTls.keyStore(temp.resolve("server.p12"));
    KeyStore keys = KeyStore.getInstance(store.toFile(), TestTls.PASSWORD.toCharArray());
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, TestTls.PASSWORD.toCharArray());
    SSLContext server = SSLContext.getInstance("TLS");
    server.init(own.getKeyManagers(), null, null);
    Path trusted = TestTls.trustStore(store, temp.resolve("trust.p12"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(KeyStore.getInstance(trusted.toFile(), TestTls.PASSWORD.toCharArray()));
    SSLContext client = SSLContext.getInstance("TLS");
    client.init(null, trust.getTrustManagers(), null);
    try (WebServer tls = new WebServer(published.lists(), server)) {
      ClientOptions options = published.options(clock);
      ListClient trusting =
          ListClient.open(options.withSource(ListSource.https(tls.address(), client)));
      assertThat(trusting.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
      ListClient doubting =
          ListClient.open(options.withSource(ListSource.https(tls.address(), null)));
      assertThat(doubting.lastRefresh().reason()).isEqualTo("unreachable");
      assertThat(doubting.check(QUERY).outcome()).isEqualTo(Outcome.UNAVAILABLE);
    }
  }

  @Test
  void whatCannotBeVerifiedIsNotKeptForTheNextTime() {
    web.answer(
        Layout.TIMESTAMP,
        (exchange, good) ->
            WebServer.whole(
                exchange, "x.y.z".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
    ListClient client = open();
    assertThat(client.lastRefresh().state()).isEqualTo(RefreshResult.State.REFUSED);
    web.behave();
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UPDATED);
  }

  @Test
  void aNameWithADotOrALinkIsNeverAsked() {
    open();
    assertThat(web.asked()).allMatch(name -> name.matches("([0-9]+/)?[a-z]+\\.(jws|csv) [0-9]+"));
    assertThatThrownBy(() -> ListFile.of("../keys.jws")).isInstanceOf(ListException.class);
  }
}
