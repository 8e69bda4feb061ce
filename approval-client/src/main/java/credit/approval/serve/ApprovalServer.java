package credit.approval.serve;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import credit.approval.ListClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The HTTP service: answers checks and says whether it can answer. A list that is stale or missing
 * is answered with 503 and never with CLEAR. The client refreshes the list; see {@link
 * ListClient#refreshEvery}.
 */
public final class ApprovalServer implements AutoCloseable {
  /** Connections at once; more are turned away by the JDK's server. */
  static final int MAX_CONNECTIONS = 1_024;

  private static final int THREADS = 8;
  private static final int BACKLOG = 256;

  private final HttpServer server;
  private final ThreadPoolExecutor workers;
  private final boolean tls;

  private ApprovalServer(HttpServer server, ThreadPoolExecutor workers, boolean tls) {
    this.server = server;
    this.workers = workers;
    this.tls = tls;
  }

  /**
   * Starts the service.
   *
   * @throws IOException if the address cannot be bound
   */
  public static ApprovalServer start(ListClient client, ServerOptions options) throws IOException {
    configureTheJdksServer();
    HttpServer server =
        options.tls() == null
            ? HttpServer.create(options.address(), BACKLOG)
            : https(options.address(), options.tls());
    // A connection has one request at a time, so the queue is bounded by the connections.
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
    server.setExecutor(workers);
    Routes routes = new Routes(client, options.audit());
    server.createContext("/", new Gate(routes, options.tokens(), () -> workers.getQueue().size()));
    server.start();
    return new ApprovalServer(server, workers, options.tls() != null);
  }

  private static HttpServer https(InetSocketAddress address, SSLContext context)
      throws IOException {
    HttpsServer server = HttpsServer.create(address, BACKLOG);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters modern = context.getDefaultSSLParameters();
            modern.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setSSLParameters(modern);
          }
        });
    return server;
  }

  /** Where the service listens, such as {@code http://127.0.0.1:8085}. */
  public String address() {
    InetSocketAddress bound = server.getAddress();
    return (tls ? "https://" : "http://") + bound.getHostString() + ":" + bound.getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  /** The JDK's server reads its limits from system properties; what an operator set stands. */
  private static void configureTheJdksServer() {
    // Else an answer's body waits for the acknowledgement of its head, which takes 40 ms.
    setDefault("sun.net.httpserver.nodelay", "true");
    setDefault("sun.net.httpserver.maxReqTime", "10");
    setDefault("sun.net.httpserver.maxRspTime", "30");
    setDefault("sun.net.httpserver.maxReqHeaders", "64");
    setDefault("jdk.httpserver.maxConnections", Integer.toString(MAX_CONNECTIONS));
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
