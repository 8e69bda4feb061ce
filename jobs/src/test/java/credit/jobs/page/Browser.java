package credit.jobs.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium, spoken to over W3C WebDriver, so that no library is needed for it. */
public final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TAB = "\uE004";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final String server;
  private final String session;

  private Browser(Process driver, String server) {
    this.driver = driver;
    this.server = server;
    try {
      ready();
      this.session = call("POST", "/session", capabilities()).path("sessionId").asText();
    } catch (RuntimeException | Error e) {
      driver.destroy();
      throw e;
    }
  }

  /** A browser that runs until it is closed. */
  public static Browser start() {
    Path program =
        Stream.of(System.getenv("PATH").split(":"))
            .map(folder -> Path.of(folder, "chromedriver"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new AssertionError(
                        "there is no chromedriver on the PATH, so pages cannot be tried in a"
                            + " browser; install it: apt-get install chromium chromium-driver"
                            + " fonts-noto-cjk"));
    try {
      int port = freePort();
      Process driver =
          new ProcessBuilder(program.toString(), "--port=" + port)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new Browser(driver, "http://127.0.0.1:" + port);
    } catch (IOException e) {
      throw new AssertionError("chromedriver cannot be started: " + e.getMessage(), e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Map<String, ?> capabilities() {
    return Map.of(
        "capabilities",
        Map.of(
            "alwaysMatch",
            Map.of(
                "goog:loggingPrefs",
                Map.of("browser", "ALL", "performance", "ALL"),
                "goog:chromeOptions",
                Map.of(
                    "args",
                    List.of("--headless=new", "--no-sandbox", "--disable-dev-shm-usage")))));
  }

  private void ready() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        if (call("GET", "/status", null).path("ready").asBoolean()) {
          return;
        }
      } catch (AssertionError e) {
        if (System.nanoTime() > end) {
          throw e;
        }
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Shows a page. */
  public void open(Path page) {
    call("POST", path("/url"), Map.of("url", page.toUri().toString()));
  }

  /** What a script returns; an alert that stands open is an error here. */
  public JsonNode run(String script) {
    return call("POST", path("/execute/sync"), Map.of("script", script, "args", List.of()));
  }

  /** A screen of some width, or a sheet of paper. */
  public void show(int width, String medium) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
    devTools("Emulation.setEmulatedMedia", Map.of("media", medium));
  }

  /** Keys pressed one after the other in what has the focus. */
  public void type(String keys) {
    keys.codePoints().forEach(key -> press(Character.toString(key)));
  }

  /** The tabulator. */
  public void pressTab() {
    press(TAB);
  }

  private void press(String key) {
    Map<String, ?> down = Map.of("type", "keyDown", "value", key);
    Map<String, ?> up = Map.of("type", "keyUp", "value", key);
    call(
        "POST",
        path("/actions"),
        Map.of("actions", List.of(Map.of("type", "key", "id", "k", "actions", List.of(down, up)))));
  }

  /** Messages of the console since the last call. */
  public List<String> console() {
    List<String> messages = new ArrayList<>();
    log("browser").forEach(entry -> messages.add(entry.path("message").asText()));
    return messages;
  }

  /** Addresses that were asked for since the last call. */
  public List<String> requests() {
    List<String> addresses = new ArrayList<>();
    for (JsonNode entry : log("performance")) {
      JsonNode message = json(entry.path("message").asText()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        addresses.add(message.path("params").path("request").path("url").asText());
      }
    }
    return addresses;
  }

  private JsonNode log(String type) {
    return call("POST", path("/se/log"), Map.of("type", type));
  }

  private void devTools(String command, Map<String, ?> parameters) {
    call("POST", path("/goog/cdp/execute"), Map.of("cmd", command, "params", parameters));
  }

  private String path(String rest) {
    return "/session/" + session + rest;
  }

  private JsonNode call(String method, String path, Object body) {
    try {
      HttpRequest.BodyPublisher sent =
          body == null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server + path))
              .timeout(PATIENCE)
              .method(method, sent)
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode value = json(answer.body()).path("value");
      if (answer.statusCode() != 200) {
        throw new AssertionError(method + " " + path + ": " + value.path("message").asText());
      }
      return value;
    } catch (IOException e) {
      throw new AssertionError("chromedriver does not answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }

  @Override
  public void close() {
    try {
      call("DELETE", path(""), null);
    } finally {
      driver.destroy();
    }
  }
}
