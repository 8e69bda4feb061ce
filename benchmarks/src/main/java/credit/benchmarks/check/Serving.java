package credit.benchmarks.check;

import com.sun.net.httpserver.HttpServer;
import credit.approval.ListClient;
import credit.approval.serve.ApprovalServer;
import credit.approval.serve.ServerOptions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Checks over HTTP beside a constant of the same length from the same server of the JDK, once with
 * the constant alone and once under the head that an answer has.
 */
final class Serving {
  private static final int CONNECTIONS = 8;
  private static final long NANOS = 500_000_000L;
  private static final int TURNS_IN_A_ROUND = 8;
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** What stands above a check's answer and makes it longer than a constant's. */
  private static final Map<String, String> HEAD =
      Map.of(
          "Content-Type", "application/json; charset=utf-8",
          "X-Content-Type-Options", "nosniff",
          "Cache-Control", "no-store",
          "ETag", "\"" + "0".repeat(64) + "\"");

  private Serving() {}

  /** Arguments: the list's folder, its entries, rounds. */
  public static void main(String[] args) throws Exception {
    compare(Path.of(args[0]), Long.parseLong(args[1]), Integer.parseInt(args[2]));
  }

  private static void compare(Path list, long entries, int rounds) throws Exception {
    // Clear firms without incentives, so that all answers are as long.
    long first = 2 * (entries / 100);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (ListClient client = InventedList.open(list);
        ApprovalServer service = ApprovalServer.start(client, ServerOptions.of(ANY))) {
      int port = URI.create(service.address()).getPort();
      byte[] body = get(port, first);
      // After the service, which sets what all servers of the JDK in a process share.
      HttpServer constant = constant(threads, body, Map.of());
      HttpServer withHead = constant(threads, body, HEAD);
      int[] ports = {port, constant.getAddress().getPort(), withHead.getAddress().getPort()};
      double[] rates = rates(ports, first, rounds * TURNS_IN_A_ROUND);
      System.out.printf(
          "%nHTTP: %,.0f checks a second, %,.0f constants of %,d bytes; ratio %.2f; with the check's"
              + " head %,.0f, ratio %.2f%n",
          rates[0], rates[1], body.length, rates[0] / rates[1], rates[2], rates[0] / rates[2]);
      constant.stop(0);
      withHead.stop(0);
    } finally {
      threads.shutdownNow();
    }
  }

  private static HttpServer constant(ExecutorService threads, byte[] body, Map<String, String> head)
      throws IOException {
    HttpServer server = HttpServer.create(ANY, 256);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            head.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }

  /** Each port's median over turns; the first turns are for warming up. */
  private static double[] rates(int[] ports, long first, int turns) throws Exception {
    List<List<Double>> all = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int turn = -TURNS_IN_A_ROUND; turn < turns; turn++) {
      for (int i = 0; i < ports.length; i++) {
        double rate = rate(ports[i], first);
        if (turn >= 0) {
          all.get(i).add(rate);
        }
      }
    }
    return all.stream().mapToDouble(Serving::median).toArray();
  }

  private static double median(List<Double> rates) {
    Collections.sort(rates);
    return rates.get(rates.size() / 2);
  }

  /** Requests a second over kept connections, each of which waits for its answer. */
  private static double rate(int port, long first) throws Exception {
    ExecutorService askers = Executors.newFixedThreadPool(CONNECTIONS);
    List<Future<Long>> counts = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      long own = first + i * 2_000L;
      counts.add(askers.submit(() -> ask(port, own)));
    }
    long all = 0;
    for (Future<Long> count : counts) {
      all += count.get();
    }
    askers.shutdown();
    return all * 1e9 / NANOS;
  }

  private static long ask(int port, long first) throws IOException {
    long end = System.nanoTime() + NANOS;
    long count = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 14);
      while (System.nanoTime() < end) {
        write(socket, first + 2 * (count % 1_000));
        read(in);
        count++;
      }
    }
    return count;
  }

  private static byte[] get(int port, long firm) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      write(socket, firm);
      return read(new BufferedInputStream(socket.getInputStream()));
    }
  }

  private static void write(Socket socket, long firm) throws IOException {
    String path = "/v1/check/" + InventedList.code(firm) + "?mode=notify-and-commit";
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
  }

  /** One answer's body; its head says how long it is. */
  private static byte[] read(InputStream in) throws IOException {
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "content-length: ", 0, 16)) {
        length = Integer.parseInt(line.substring(16));
      } else if (line.startsWith("HTTP/1.1 ") && !line.startsWith("HTTP/1.1 200")) {
        throw new IOException(line);
      }
    }
    return in.readNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the answer breaks off");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
