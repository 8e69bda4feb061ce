package credit.approval.serve;

import com.sun.net.httpserver.HttpServer;
import credit.approval.ListClient;
import credit.approval.audit.AuditLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP service: answers checks, refreshes the list on a schedule and says whether it can
 * answer. A list that is stale or missing is answered with 503 and never with CLEAR.
 */
public final class ApprovalServer implements AutoCloseable {
  private static final int THREADS = 8;
  private static final int QUEUE = 256;

  private final HttpServer server;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService refresher;

  private ApprovalServer(
      HttpServer server, ThreadPoolExecutor workers, ScheduledExecutorService refresher) {
    this.server = server;
    this.workers = workers;
    this.refresher = refresher;
  }

  /**
   * Starts the service.
   *
   * @param audit where answers are logged; null: nowhere
   * @param refreshEvery how often the folder is looked at
   * @throws IOException if the address cannot be bound
   */
  public static ApprovalServer start(
      ListClient client, AuditLog audit, InetSocketAddress address, Duration refreshEvery)
      throws IOException {
    limitSlowClients();
    HttpServer server = HttpServer.create(address, QUEUE);
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(QUEUE));
    server.setExecutor(workers);
    server.createContext("/", new Routes(client, audit));
    ScheduledExecutorService refresher =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "list-refresh");
              thread.setDaemon(true);
              return thread;
            });
    long seconds = refreshEvery.toSeconds();
    var unused =
        refresher.scheduleWithFixedDelay(client::refresh, seconds, seconds, TimeUnit.SECONDS);
    server.start();
    return new ApprovalServer(server, workers, refresher);
  }

  /** Where the service listens, such as {@code http://127.0.0.1:8085}. */
  public String address() {
    InetSocketAddress bound = server.getAddress();
    return "http://" + bound.getHostString() + ":" + bound.getPort();
  }

  @Override
  public void close() {
    refresher.shutdownNow();
    server.stop(0);
    workers.shutdownNow();
  }

  /** The JDK's server reads its limits from system properties; what an operator set stands. */
  private static void limitSlowClients() {
    setDefault("sun.net.httpserver.maxReqTime", "10");
    setDefault("sun.net.httpserver.maxRspTime", "30");
    setDefault("sun.net.httpserver.maxReqHeaders", "64");
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
