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
 * A daily run beside a full one: seconds and the peak of memory by stage, and the share that the
 * daily run costs, as a table in Markdown. How many firms a day touches, the stages tell.
 *
 * <p>Arguments: an empty folder, firms, records, records of the daily delivery.
 */
public final class IncrementBenchmark {
  /**
   * What a stage took. Processor seconds stand on a busy machine too.
   *
   * @param peak the most resident memory of the process while it ran, in MiB
   */
  private record Cost(double elapsed, double cpu, long peak) {
    Cost plus(Cost other) {
      return new Cost(elapsed + other.elapsed, cpu + other.cpu, Math.max(peak, other.peak));
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
    run(new LargeTown(firms, records, FIRST, 0));
    Map<String, Cost> full = stages();
    run(new LargeTown(firms, records, FIRST.plusDays(1), news));
    Map<String, Cost> daily = stages();
    System.out.printf(
        "%,d firms, %,d records; on the next day %,d new ones. Heap of at most %,d MiB.%n%n",
        firms, records, news, Runtime.getRuntime().maxMemory() >> 20);
    System.out.println(
        "| stage | full run, processor s (by the clock) | peak MiB | daily run | peak MiB | daily /"
            + " full |");
    System.out.println("|---|---|---|---|---|---|");
    full.forEach((stage, cost) -> line(stage, cost, daily.get(stage)));
    line("sum", sum(full), sum(daily));
  }

  private Map<String, Cost> stages() throws IOException {
    Map<String, Cost> costs = new LinkedHashMap<>();
    for (Stage stage : STAGES) {
      costs.put(stage.name(), run(stage));
    }
    return costs;
  }

  private Cost run(Stage stage) throws IOException {
    forgetPeak();
    double elapsed = System.nanoTime() / 1e9;
    double cpu = processorSeconds();
    Clock clock = Clock.systemUTC();
    new Pipeline(
            spark,
            Warehouse.at(folder),
            Schemas.bundled(),
            new Run.Settings(folder, folder, true, "en"),
            clock,
            new Progress(System.err, clock))
        .run("run " + elapsed, List.of(stage), null, null);
    Cost cost = new Cost(System.nanoTime() / 1e9 - elapsed, processorSeconds() - cpu, peak());
    System.err.printf(
        "%s: %.1f processor s (%.0f by the clock), %,d MiB%n",
        stage.name(), cost.cpu(), cost.elapsed(), cost.peak());
    return cost;
  }

  private static void line(String stage, Cost full, Cost daily) {
    System.out.printf(
        "| %s | %.1f (%.0f) | %,d | %.1f (%.0f) | %,d | **%.1f %%** (%.1f %%) |%n",
        stage,
        full.cpu(),
        full.elapsed(),
        full.peak(),
        daily.cpu(),
        daily.elapsed(),
        daily.peak(),
        100 * daily.cpu() / full.cpu(),
        100 * daily.elapsed() / full.elapsed());
  }

  private static Cost sum(Map<String, Cost> costs) {
    return costs.values().stream().reduce(new Cost(0, 0, 0), Cost::plus);
  }

  private static double processorSeconds() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getProcessCpuTime() / 1e9;
  }

  /** Has Linux take the present memory for the peak; elsewhere peaks are the heap's. */
  private static void forgetPeak() throws IOException {
    Path marks = Path.of("/proc/self/clear_refs");
    if (Files.isWritable(marks)) {
      Files.writeString(marks, "5");
    }
  }

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
}
