package credit.jobs.ingest;

import credit.jobs.warehouse.Failure;
import credit.schemas.CodeList;
import credit.schemas.SourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one streaming pass over delivered files: a thread reads and numbers the rows, others read
 * their cells into Parquet files, which are thrown away once the ledger has the deliveries. Open
 * for one source at a time; personal columns do not pass it.
 */
final class Landing implements AutoCloseable {
  private static final int BATCH = 512;

  private final Path folder;
  private final Map<String, CodeList> codes;
  private final PersonalData personal;
  private final ThreadPoolExecutor readers;
  private final Deque<Future<?>> pending = new ArrayDeque<>();
  private final Deque<Lane> idle = new ArrayDeque<>();
  private final List<Lane> lanes = new ArrayList<>();
  private SourceContract open;

  Landing(Path folder, Map<String, CodeList> codes, PersonalData personal) {
    this.folder = folder;
    this.codes = codes;
    this.personal = personal;
    int others = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    this.readers =
        new ThreadPoolExecutor(
            others,
            others,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(2 * others),
            // The reading thread lends a hand rather than wait.
            new ThreadPoolExecutor.CallerRunsPolicy());
  }

  /** The folder of a source's landed rows. */
  static Path folder(Path landing, SourceContract source) {
    return landing.resolve(source.id());
  }

  /** Files are landed source by source; one that cannot be read is refused whole. */
  Landed land(DeliveredFile file, LocalDate knownAt) {
    if (!file.source().equals(open)) {
      finish();
      open = file.source();
    }
    Batch batch = new Batch(file, knownAt);
    try {
      RowFormat.Seen seen = RowFormat.read(file, folder, batch::add);
      batch.submit();
      String controlSha256 = DeliveryFolder.controlSha256(file.path());
      Control control;
      try {
        control = Control.of(file);
        control.check(file, seen.rows());
      } catch (BadFile e) {
        return Landed.refused(e, controlSha256);
      }
      if (seen.unknown().contains(DeliveredRows.SHEET_ROW)) {
        throw new BadFile(
            "it is a sheet of quarantined rows; save it as .csv and give it to"
                + " './credit quarantine --correct'");
      }
      return new Landed(seen, control, null, null);
    } catch (BadFile e) {
      return Landed.refused(e, null);
    }
  }

  /**
   * What was found out about a file: how it was read and what came with it, or why it was not.
   *
   * @param controlSha256 hash of the control file, if it is the reason
   */
  record Landed(RowFormat.Seen seen, Control control, String refusal, String controlSha256) {
    private static Landed refused(BadFile reason, String controlSha256) {
      return new Landed(null, null, reason.getMessage(), controlSha256);
    }
  }

  /** Rows on their way from the reading thread to a lane. */
  private final class Batch {
    private final DeliveredFile file;
    private final LocalDate knownAt;
    private List<Delivered> rows = new ArrayList<>(BATCH);

    Batch(DeliveredFile file, LocalDate knownAt) {
      this.file = file;
      this.knownAt = knownAt;
    }

    void add(long number, String[] cells, String malformed) {
      rows.add(new Delivered(number, Arrays.asList(cells), malformed));
      if (rows.size() == BATCH) {
        submit();
      }
    }

    void submit() {
      List<Delivered> full = rows;
      rows = new ArrayList<>(BATCH);
      pending.add(readers.submit(() -> write(file, knownAt, full)));
      while (!pending.isEmpty() && pending.peek().isDone()) {
        await(pending.poll());
      }
    }
  }

  private record Delivered(long number, List<String> cells, String malformed) {}

  private Void write(DeliveredFile file, LocalDate knownAt, List<Delivered> rows)
      throws IOException {
    Lane lane = take(file.source());
    for (Delivered row : rows) {
      lane.write(file, knownAt, row.number(), row.cells(), row.malformed());
    }
    synchronized (idle) {
      idle.push(lane);
    }
    return null;
  }

  private Lane take(SourceContract source) throws IOException {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.pop();
      }
      Path of = Files.createDirectories(folder(folder, source));
      Lane lane =
          new Lane(
              source, codes, personal, of.resolve("lane-%02d.parquet".formatted(lanes.size())));
      lanes.add(lane);
      return lane;
    }
  }

  /** A full disk is no fault of the delivery: it must end the run, not refuse the file for good. */
  private static void await(Future<?> write) {
    try {
      write.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException full) {
        throw notWritten(full);
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while landing", e);
    }
  }

  private static Failure notWritten(IOException e) {
    return Failure.environment(
        e, "landing could not be written (%s); free the disk", e.getMessage());
  }

  /** Ends the open source's files. */
  private void finish() {
    while (!pending.isEmpty()) {
      await(pending.poll());
    }
    try {
      for (Lane lane : lanes) {
        lane.close();
      }
    } catch (IOException e) {
      throw notWritten(e);
    }
    lanes.clear();
    idle.clear();
  }

  @Override
  public void close() {
    try {
      finish();
    } finally {
      readers.shutdownNow();
    }
  }
}
