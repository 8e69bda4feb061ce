package credit.benchmarks.check;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** As much of Redis's protocol as a set needs, over one kept connection to the own machine. */
final class Redis implements Closeable {
  /** The server's port. */
  static final String PORT = "check.redis";

  private static final int PIPELINE = 10_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private Redis(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
  }

  /** A connection; empty where no server answers. */
  static Optional<Redis> connect() {
    int port = Integer.getInteger(PORT, 6379);
    try {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return Optional.of(new Redis(socket));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Name of the set with the listed codes. */
  static String set(long entries) {
    return "listed-" + entries;
  }

  /** Fills the set, many codes at a time. */
  void fill(long entries) throws IOException {
    int waiting = 0;
    for (long firm = 1; firm < InventedList.firms(entries); firm += 2) {
      write("SADD", set(entries), InventedList.code(firm));
      if (++waiting == PIPELINE) {
        readAll(waiting);
        waiting = 0;
      }
    }
    readAll(waiting);
  }

  private void readAll(int answers) throws IOException {
    out.flush();
    for (int i = 0; i < answers; i++) {
      number();
    }
  }

  boolean contains(String set, String code) throws IOException {
    write("SISMEMBER", set, code);
    out.flush();
    return number() == 1;
  }

  private void write(String... words) throws IOException {
    StringBuilder command = new StringBuilder("*").append(words.length).append("\r\n");
    for (String word : words) {
      command.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    out.write(command.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /** An answer such as {@code :1}. */
  private int number() throws IOException {
    if (in.read() != ':') {
      throw new IOException("the server did not answer with a number");
    }
    int value = 0;
    for (int c = in.read(); c != '\r'; c = in.read()) {
      value = value * 10 + c - '0';
    }
    in.read();
    return value;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
