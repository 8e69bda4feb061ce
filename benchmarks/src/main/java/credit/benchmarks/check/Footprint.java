package credit.benchmarks.check;

import credit.approval.ListClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Heap that a loaded list keeps, after a full collection. */
final class Footprint {
  private Footprint() {}

  /** Arguments: the list's folder and its entries. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    long entries = Long.parseLong(args[1]);
    long before = live();
    ListClient client = InventedList.open(folder);
    long held = live() - before;
    long rows = client.view().restrictions() + client.view().subjects();
    double entryFile = Files.size(folder.resolve("1/restrictions.csv"));
    double subjectFile = Files.size(folder.resolve("1/subjects.csv"));
    double index = (held - entryFile - subjectFile) / rows;
    System.out.printf(
        "memory, %,d entries and %,d subjects: %,d MiB on the heap; %.0f bytes an entry (its row %.0f),"
            + " %.0f bytes a subject (its row %.0f)%n",
        entries,
        client.view().subjects(),
        held >> 20,
        entryFile / entries + index,
        entryFile / entries,
        subjectFile / client.view().subjects() + index,
        subjectFile / client.view().subjects());
  }

  private static long live() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }
}
