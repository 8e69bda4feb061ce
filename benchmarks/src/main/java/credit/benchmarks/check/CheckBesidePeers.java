package credit.benchmarks.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the benchmarks of this package in rounds, the peers taking turns, each turn in a fresh
 * process; the median over the rounds is told, as a table in Markdown. What one thread does by
 * itself is measured by the processor's time, so that other work on the machine counts less.
 */
public final class CheckBesidePeers {
  private static final List<String> PEERS =
      List.of("client", "hashMap", "cacheMiss", "sqlite", "redis");

  /** Measured by the processor's time; the others by the clock. */
  private static final Set<String> IN_PROCESS = Set.of("client", "hashMap", "cacheMiss", "sqlite");

  private final Path work;
  private final int rounds;
  private final boolean hasRedis;
  private final Map<String, List<Double>> scores = new HashMap<>();

  private CheckBesidePeers(Path work, int rounds, boolean hasRedis) {
    this.work = work;
    this.rounds = rounds;
    this.hasRedis = hasRedis;
  }

  /** Arguments: folder to work in, rounds, then sizes in entries. */
  public static void main(String[] args) throws Exception {
    Path work = Path.of(args[0]).toAbsolutePath();
    Files.createDirectories(work);
    long[] sizes = Arrays.stream(args).skip(2).mapToLong(Long::parseLong).toArray();
    boolean hasRedis = prepare(work, sizes);
    if (!hasRedis) {
      System.err.println("no Redis answers on the own machine; it is left out");
    }
    CheckBesidePeers rounds = new CheckBesidePeers(work, Integer.parseInt(args[1]), hasRedis);
    for (long size : sizes) {
      rounds.run(size);
    }
    rounds.print(sizes);
    rounds.inFreshProcess(Serving.class, sizes[0]);
    for (long size : sizes) {
      rounds.inFreshProcess(Footprint.class, size);
    }
  }

  private static boolean prepare(Path work, long[] sizes) throws Exception {
    for (long size : sizes) {
      System.err.printf("making lists of %,d entries%n", size);
      InventedList.publish(work, size);
      Sqlite.make(work, size);
      Optional<Redis> redis = Redis.connect();
      if (redis.isEmpty()) {
        continue;
      }
      try (Redis server = redis.get()) {
        server.fill(size);
      }
    }
    return Redis.connect().isPresent();
  }

  private void run(long size) throws RunnerException {
    for (int round = 1; round <= rounds; round++) {
      System.err.printf("%,d entries, round %d of %d%n", size, round, rounds);
      for (String peer : PEERS) {
        if (hasRedis || !peer.equals("redis")) {
          score("CheckBenchmark", peer, size, "both");
        }
      }
      for (String firms : List.of("clear", "listed")) {
        score("CheckBenchmark", "client", size, firms);
        score("CheckBenchmark", "hashMap", size, firms);
      }
      score("OpenBenchmark", "ready", size, "");
      score("OpenBenchmark", "sha256", size, "");
    }
  }

  private void score(String benchmark, String method, long size, String firms)
      throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + benchmark + "\\." + method + "$")
            .param("entries", Long.toString(size))
            .forks(1)
            .jvmArgs(
                heap(size),
                "-Xmn384m",
                "-XX:+UseParallelGC",
                "-D" + CheckBenchmark.WORK + "=" + work,
                "-D" + Redis.PORT + "=" + Integer.getInteger(Redis.PORT, 6379))
            .addProfiler(ProcessorTime.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true);
    if (firms.isEmpty()) {
      // A large list is its own warm-up: its first percent makes the code hot.
      options.warmupIterations((int) Math.min(20, 2_000_000 / size)).measurementIterations(1);
    } else {
      options
          .param("firms", firms)
          .warmupIterations(5)
          .warmupTime(TimeValue.milliseconds(500))
          .measurementIterations(3)
          .measurementTime(TimeValue.milliseconds(500));
    }
    for (RunResult result : new Runner(options.build()).run()) {
      double score =
          IN_PROCESS.contains(method)
              ? result.getSecondaryResults().get(ProcessorTime.RESULT).getScore()
              : result.getPrimaryResult().getScore();
      scores.computeIfAbsent(key(method, size, firms), k -> new ArrayList<>()).add(score);
    }
  }

  private void inFreshProcess(Class<?> main, long size) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap(size),
            "-XX:+UseParallelGC",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName(),
            InventedList.folder(work, size).toString(),
            Long.toString(size),
            Integer.toString(rounds));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IllegalStateException(main.getSimpleName() + " ended with " + code);
    }
  }

  /** Enough for the list and for the hash map, each on its own. */
  private static String heap(long size) {
    return "-Xmx" + (1_536 + size * 550 / (1 << 20)) + "m";
  }

  private static String key(String method, long size, String firms) {
    return method + " " + size + " " + firms;
  }

  private double median(String method, long size, String firms) {
    List<Double> of = scores.getOrDefault(key(method, size, firms), List.of(Double.NaN));
    Collections.sort(of);
    return of.get(of.size() / 2);
  }

  private void print(long[] sizes) {
    System.out.printf(
        "%n| entries | client, ns | hash map | ratio | cache miss | ratio | SQLite | times | Redis |"
            + " times |%n|---|---|---|---|---|---|---|---|---|---|%n");
    for (long size : sizes) {
      double client = median("client", size, "both");
      double map = median("hashMap", size, "both");
      double miss = median("cacheMiss", size, "both");
      double sqlite = median("sqlite", size, "both");
      double redis = median("redis", size, "both");
      System.out.printf(
          "| %,d | **%.0f** | %.0f | %.2f | %.0f | %.2f | %,.0f | %.1f | %,.0f | %.0f |%n",
          size,
          client,
          map,
          client / map,
          miss,
          client / miss,
          sqlite,
          sqlite / client,
          redis,
          redis / client);
    }
    System.out.printf(
        "%n| entries | clear: client, ns | hash map | ratio | listed: client, ns | hash map | ratio |"
            + " ready from file, ms | SHA-256 of it | ratio |%n|---|---|---|---|---|---|---|---|---|---|%n");
    for (long size : sizes) {
      double clear = median("client", size, "clear");
      double clearMap = median("hashMap", size, "clear");
      double listed = median("client", size, "listed");
      double listedMap = median("hashMap", size, "listed");
      double ready = median("ready", size, "");
      double hash = median("sha256", size, "");
      System.out.printf(
          "| %,d | %.0f | %.0f | %.2f | %.0f | %.0f | %.2f | %,.0f | %,.0f | %.2f |%n",
          size,
          clear,
          clearMap,
          clear / clearMap,
          listed,
          listedMap,
          listed / listedMap,
          ready,
          hash,
          ready / hash);
    }
  }
}
