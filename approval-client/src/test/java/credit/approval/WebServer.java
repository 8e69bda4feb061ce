package credit.approval;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Hands out a folder, notes what was asked for, and misbehaves where a test wants it to. */
final class WebServer implements AutoCloseable {
  /** What is answered instead of the file. */
  interface Answer {
    void give(HttpExchange exchange, byte[] good) throws IOException;
  }

  private static final int MOST_AT_ONCE = 100;

  private final Path folder;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final Semaphore atRest = new Semaphore(MOST_AT_ONCE);

  WebServer(Path folder, SSLContext tls) throws IOException {
    this.folder = folder;
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    this.server = tls == null ? HttpServer.create(any, 0) : HttpsServer.create(any, 0);
    if (server instanceof HttpsServer https) {
      https.setHttpsConfigurator(new HttpsConfigurator(tls));
    }
    server.setExecutor(threads);
    server.createContext("/lists/", this::handle);
    server.start();
  }

  URI address() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return URI.create(scheme + "://localhost:" + server.getAddress().getPort() + "/lists");
  }

  void answer(String name, Answer answer) {
    answers.put(name, answer);
  }

  void behave() {
    answers.clear();
    awaitNotes();
    asked.clear();
  }

  /** What was asked for, with the status of each answer. */
  List<String> asked() {
    awaitNotes();
    return List.copyOf(asked);
  }

  /** A client may have read an answer before it was noted here; one that hangs is not awaited. */
  private void awaitNotes() {
    try {
      if (atRest.tryAcquire(MOST_AT_ONCE, 1, TimeUnit.SECONDS)) {
        atRest.release(MOST_AT_ONCE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    atRest.acquireUninterruptibly();
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring("/lists/".length());
      Path file = folder.resolve(name);
      byte[] good = Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
      Answer answer = answers.getOrDefault(name, WebServer::whole);
      answer.give(exchange, good);
      asked.add(name + " " + exchange.getResponseCode());
    } finally {
      atRest.release();
    }
  }

  /** The file as it is, with an ETag by its content. */
  static void whole(HttpExchange exchange, byte[] good) throws IOException {
    if (good == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    String etag = "\"" + java.util.Arrays.hashCode(good) + "\"";
    exchange.getResponseHeaders().set("ETag", etag);
    if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    exchange.sendResponseHeaders(200, good.length);
    exchange.getResponseBody().write(good);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
