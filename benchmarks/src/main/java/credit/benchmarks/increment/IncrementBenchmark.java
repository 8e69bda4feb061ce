package credit.benchmarks.increment;

import credit.jobs.firm.FirmJob;
import credit.jobs.link.LinkJob;
import credit.jobs.tier.TierJob;
import credit.jobs.warehouse.Pipeline;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Sessions;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.Schemas;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/**
 * A daily run beside a full one: seconds by stage, their ratio, the peak of memory.
 *
 * <p>Arguments: an empty folder, firms, records, records of the daily delivery.
 */
public final class IncrementBenchmark {
  /** Seconds by the clock and of processor time: the second stands on a busy machine too. */
  private record Cost(double elapsed, double cpu) {
    static Cost sinceStart() {
      var system =
          (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
      return new Cost(System.nanoTime() / 1e9, system.getProcessCpuTime() / 1e9);
    }

    Cost less(Cost before) {
      return new Cost(elapsed - before.elapsed, cpu - before.cpu);
    }

    Cost plus(Cost other) {
      return new Cost(elapsed + other.elapsed, cpu + other.cpu);
    }

    @Override
    public String toString() {
      return "%7.1f (%7.1f)".formatted(elapsed, cpu);
    }
  }

  private static final LocalDate FIRST = LocalDate.of(2026, 6, 29);
  private static final List<Stage> STAGES = List.of(new LinkJob(), new FirmJob(), new TierJob());

  private final SparkSession spark;
  private final Path folder;

  private IncrementBenchmark(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException {
    long firms = Long.parseLong(args[1]);
    long records = Long.parseLong(args[2]);
    long news = Long.parseLong(args[3]);
    SparkSession spark = Sessions.open(null);
    try {
      new IncrementBenchmark(spark, Path.of(args[0])).measure(firms, records, news);
    } finally {
      spark.stop();
    }
  }

  private void measure(long firms, long records, long news) throws IOException {
    System.out.printf("%,d firms, %,d records, then %,d new ones%n", firms, records, news);
    run("history", new LargeTown(firms, records, FIRST, 0), false);
    Map<String, Cost> first = stages("first", false);
    run("day", new LargeTown(firms, records, FIRST.plusDays(1), news), false);
    Map<String, Cost> daily = stages("daily", false);
    Map<String, Cost> full = stages("full", true);
    print(first, daily, full);
    System.out.printf("peak memory %,d MB (heap limit %,d MB)%n", peak(), limit());
  }

  private Map<String, Cost> stages(String id, boolean full) {
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (Stage stage : STAGES) {
      costs.put(stage.name(), run(id + "-" + stage.name(), stage, full));
    }
    return costs;
  }

  private Cost run(String id, Stage stage, boolean full) {
    Cost before = Cost.sinceStart();
    new Pipeline(
            spark,
            Warehouse.at(folder),
            Schemas.bundled(),
            new Run.Settings(folder, folder, true, "en", full),
            Clock.systemUTC(),
            new Progress(System.err, Clock.systemUTC()))
        .run(id, List.of(stage), null, null);
    Cost cost = Cost.sinceStart().less(before);
    System.out.printf("%-12s %s%n", id, cost);
    return cost;
  }

  private static void print(
      Map<String, Cost> first, Map<String, Cost> daily, Map<String, Cost> full) {
    System.out.println(
        "seconds by the clock (of processor)     first full run     daily run          full run of"
            + " that day  daily/full");
    daily.keySet().forEach(s -> line(s, first.get(s), daily.get(s), full.get(s)));
    line("sum", sum(first), sum(daily), sum(full));
  }

  private static void line(String stage, Cost first, Cost daily, Cost full) {
    System.out.printf(
        "%-38s %s  %s  %s  %5.1f %% (%.1f %%)%n",
        stage,
        first,
        daily,
        full,
        100 * daily.elapsed() / full.elapsed(),
        100 * daily.cpu() / full.cpu());
  }

  private static Cost sum(Map<String, Cost> costs) {
    return costs.values().stream().reduce(new Cost(0, 0), Cost::plus);
  }

  /** The process's peak as Linux counts it; elsewhere the heap's. */
  private static long peak() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
    }
    return Files.readAllLines(status).stream()
        .filter(l -> l.startsWith("VmHWM:"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D+", "")) >> 10)
        .findFirst()
        .orElse(0);
  }

  private static long limit() {
    return Runtime.getRuntime().maxMemory() >> 20;
  }
}
