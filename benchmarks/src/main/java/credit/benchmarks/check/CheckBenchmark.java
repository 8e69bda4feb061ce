package credit.benchmarks.check;

import credit.approval.Answer;
import credit.approval.ListClient;
import credit.approval.Query;
import credit.approval.format.Mode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One firm looked up. The client gives its whole answer: code checked, coverage of that firm and
 * day, entries with their bases, freshness. The peers only tell whether the code is on the list.
 */
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CheckBenchmark {
  /** Where the lists lie. */
  static final String WORK = "check.work";

  private static Path work() {
    return Path.of(System.getProperty(WORK));
  }

  /** The approval client with the list in memory. */
  @State(Scope.Benchmark)
  public static class Client {
    private ListClient client;

    @Setup
    public void open(Asked asked) {
      client = InventedList.open(InventedList.folder(work(), asked.entries));
    }
  }

  @Benchmark
  public Answer client(Client peer, Asked asked) {
    return peer.client.check(Query.of(asked.code(), Mode.NOTIFY_AND_COMMIT));
  }

  /** The listed codes in a hash map. */
  @State(Scope.Benchmark)
  public static class InHashMap {
    private Map<String, Boolean> listed;

    @Setup
    public void fill(Asked asked) {
      listed = new HashMap<>();
      for (long firm = 1; firm < InventedList.firms(asked.entries); firm += 2) {
        listed.put(InventedList.code(firm), Boolean.TRUE);
      }
    }
  }

  @Benchmark
  public boolean hashMap(InHashMap peer, Asked asked) {
    return peer.listed.containsKey(asked.code());
  }

  /** The listed codes in a table of SQLite, by its primary key. */
  @State(Scope.Benchmark)
  public static class InSqlite {
    private Sqlite table;

    @Setup
    public void open(Asked asked) throws SQLException {
      table = Sqlite.open(work(), asked.entries);
    }

    @TearDown
    public void close() throws SQLException {
      table.close();
    }
  }

  @Benchmark
  public boolean sqlite(InSqlite peer, Asked asked) throws SQLException {
    return peer.table.contains(asked.code());
  }

  /** The listed codes in a set of Redis on the own machine. */
  @State(Scope.Benchmark)
  public static class InRedis {
    private Redis server;
    private String set;

    @Setup
    public void connect(Asked asked) throws IOException {
      server = Redis.connect().orElseThrow();
      set = Redis.set(asked.entries);
    }

    @TearDown
    public void close() throws IOException {
      server.close();
    }
  }

  @Benchmark
  public boolean redis(InRedis peer, Asked asked) throws IOException {
    return peer.server.contains(peer.set, asked.code());
  }

  /** A walk in which each step's place is known from the one before only. */
  @State(Scope.Benchmark)
  public static class Walk {
    private static final int LINE = 16;
    private static final int LINES = 1 << 24;

    private final int[] next = new int[LINES * LINE];
    private int at;

    /** One cycle through all cache lines of 1 GiB (Sattolo's algorithm). */
    @Setup
    public void shuffle() {
      for (int line = 0; line < LINES; line++) {
        next[line * LINE] = line * LINE;
      }
      Random random = new Random(1);
      for (int line = LINES - 1; line > 0; line--) {
        int other = random.nextInt(line) * LINE;
        int held = next[line * LINE];
        next[line * LINE] = next[other];
        next[other] = held;
      }
    }
  }

  @Benchmark
  public int cacheMiss(Walk walk) {
    walk.at = walk.next[walk.at];
    return walk.at;
  }
}
