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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Checks over HTTP beside a constant of the same length from the same server of the JDK. */
final class Serving {
  private static final int CONNECTIONS = 8;
  private static final long NANOS = 2_000_000_000L;
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private Serving() {}

  static void compare(Path list, long entries, int rounds) throws Exception {
    // Clear firms without incentives, so that all answers are as long.
    long first = 2 * (entries / 100);
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try (ListClient client = InventedList.open(list);
        ApprovalServer service = ApprovalServer.start(client, ServerOptions.of(ANY))) {
      // After the service, which sets what all servers of the JDK in a process share.
      HttpServer constant = HttpServer.create(ANY, 256);
      int port = URI.create(service.address()).getPort();
      byte[] body = get(port, first);
      constant.setExecutor(threads);
      constant.createContext(
          "/",
          exchange -> {
            try (exchange) {
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
            }
          });
      constant.start();
      List<Double> ours = new ArrayList<>();
      List<Double> theirs = new ArrayList<>();
      for (int round = -1; round < rounds; round++) {
        double constantRate = rate(constant.getAddress().getPort(), first);
        double rate = rate(port, first);
        if (round >= 0) {
          theirs.add(constantRate);
          ours.add(rate);
        }
      }
      double checks = median(ours);
      double constants = median(theirs);
      System.out.printf(
          "%nHTTP: %,.0f checks a second, %,.0f constants of %,d bytes; ratio %.2f%n",
          checks, constants, body.length, checks / constants);
      constant.stop(0);
    } finally {
      threads.shutdownNow();
    }
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
