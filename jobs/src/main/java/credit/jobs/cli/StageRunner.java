package credit.jobs.cli;

import credit.jobs.ingest.IngestJob;
import credit.jobs.publish.Keys;
import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Program;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Today;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs stages for a command, and leaves {@code run-result.json} however that ends. */
final class StageRunner {
  private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS");
  private static final String REFUSED = "refused_files";

  private final CommonOptions options;
  private final String command;

  StageRunner(CommonOptions options, String command) {
    this.options = options;
    this.command = command;
  }

  /** Figures of every stage that ran, by name. */
  record Done(String runId, ExitCode code, String message, Map<String, Map<String, Long>> figures) {

    /** Tells the figures and, after them, why not all is done. */
    int told(boolean json) {
      Summary.print(figures, json);
      if (code != ExitCode.DONE) {
        System.err.println("credit: " + message);
      }
      return code.number();
    }
  }

  /**
   * Opens the warehouse, runs the stages and closes it.
   *
   * @param givenId the user's run id, or null
   */
  Done run(String givenId, List<Stage> stages) {
    String runId = givenId == null ? null : checked(givenId);
    try (Workspace workspace =
        Workspace.toWrite(options, command, () -> requireDeliveries(stages))) {
      runId = runId != null ? runId : idFor(workspace, stages);
      return run(workspace, runId, stages);
    } catch (RuntimeException e) {
      leaveResult(runId, stages, e);
      throw e;
    }
  }

  private void requireDeliveries(List<Stage> stages) {
    if (stages.stream().anyMatch(s -> s.name().equals("ingest"))) {
      IngestJob.requireFolder(options.settings().deliveries());
    }
  }

  /** The same in a workspace that is open. */
  Done run(Workspace workspace, String runId, List<Stage> stages) {
    if (stages.stream().anyMatch(s -> s.name().equals("publish"))) {
      initKeys(workspace);
    }
    Map<String, Map<String, Long>> figures =
        workspace.pipeline().run(runId, stages, options.asOfDate(), options.knownAtDate());
    long refused = figures.getOrDefault("ingest", Map.of()).getOrDefault(REFUSED, 0L);
    ExitCode code = refused > 0 ? ExitCode.BAD_INPUT : ExitCode.DONE;
    String message =
        refused > 0
            ? "%d deliveries stayed out, refused or dated after today; see what ingest noted, ./credit status and ./credit quarantine"
                .formatted(refused)
            : "done";
    RunResult.write(workspace.warehouse(), runId, code, command, message, flat(figures));
    return new Done(runId, code, message, figures);
  }

  /**
   * Keys are made on first use, so that a first run needs no ceremony; production brings its own.
   */
  private void initKeys(Workspace workspace) {
    Keys keys = Keys.at(options.keysFolder(), System.getenv(), options.clock());
    if (keys.initIfMissing(workspace.warehouse().lists())) {
      workspace
          .progress()
          .note("signing keys were made in " + options.keysFolder() + "; take root.key offline");
    }
  }

  /** An unfinished run of the same kind is taken up again; else a new id. */
  String idFor(Workspace workspace, List<Stage> stages) {
    Ledger ledger = workspace.pipeline().ledger();
    String last = stages.get(stages.size() - 1).name();
    return ledger
        .last()
        .filter(e -> stages.size() > 1)
        .filter(e -> ledger.of(e.runId()).stream().noneMatch(row -> row.stage().equals(last)))
        .filter(e -> e.bundle().equals(workspace.schemas().sha256()))
        .filter(e -> e.allowPending() == options.allowPending)
        .filter(e -> Program.VERSION.equals(e.program()))
        .map(Ledger.Entry::runId)
        .orElseGet(() -> newId(options));
  }

  static String newId(CommonOptions options) {
    return ID.format(options.clock().instant().atZone(Today.CALENDAR));
  }

  private static String checked(String id) {
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._:+-]{0,99}")) {
      throw Failure.usage(
          "--run-id '%s' is no run id; use letters, digits and . _ : + - (100 at most)", id);
    }
    return id;
  }

  private void leaveResult(String runId, List<Stage> stages, RuntimeException error) {
    if (runId == null || Errors.exitCode(error) == ExitCode.ENVIRONMENT) {
      return;
    }
    if (options.warehouse().root().toFile().isDirectory()) {
      RunResult.write(
          options.warehouse(),
          runId,
          Errors.exitCode(error),
          stages.size() == 1 ? stages.get(0).name() : command,
          Errors.message(error),
          Map.of());
    }
  }

  private static Map<String, Long> flat(Map<String, Map<String, Long>> figures) {
    if (figures.size() == 1) {
      return figures.values().iterator().next();
    }
    Map<String, Long> flat = new LinkedHashMap<>();
    figures.forEach(
        (stage, counts) -> counts.forEach((name, value) -> flat.put(stage + "." + name, value)));
    return flat;
  }
}
