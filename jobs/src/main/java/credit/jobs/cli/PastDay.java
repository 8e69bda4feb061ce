package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Program;
import credit.jobs.warehouse.Replay;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.SchemaException;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;

/** A day of the past, computed again in a warehouse of its own. */
final class PastDay {
  private final CommonOptions options;

  PastDay(CommonOptions options) {
    this.options = options;
  }

  /**
   * Computes the day again. From then on the options name the new warehouse, its own keys and the
   * rules of then.
   *
   * @param currentRules whether the rules of today are taken in place of those of then
   */
  StageRunner.Done replay(Path into, boolean currentRules) {
    options.warehouse().existing();
    if (!currentRules) {
      try (Workspace source = Workspace.toRead(options)) {
        takeRulesOfThen(source);
      }
    }
    return compute(into);
  }

  /**
   * The run has a name of its own: the copied ledger may tell of a replay, whose tables it lacks.
   */
  private StageRunner.Done compute(Path into) {
    Replay.copyStaged(options.warehouse(), Warehouse.at(into));
    options.warehouse = into;
    options.keys = into.resolve("keys");
    options.rewind = true;
    return new StageRunner(options, "replay").run("replay-" + StageRunner.newId(options), stages());
  }

  private static List<Stage> stages() {
    return Stages.all().stream().filter(s -> AskedDay.STAGES.contains(s.name())).toList();
  }

  /**
   * See {@link AskedDay#rulesThen}.
   *
   * @return the hash of the rules
   */
  private String takeRulesOfThen(Workspace workspace) {
    Ledger ledger = workspace.pipeline().ledger();
    Ledger.Entry run = AskedDay.rulesThen(ledger, options.knownAtDate());
    options.rulesOfThen = workspace.warehouse().bundles().resolve(run.bundle());
    requireReadable(workspace, run);
    letPendingRulesWorkAsThen(workspace, ledger);
    workspace
        .progress()
        .note(
            "rules %s of run %s, known at %s"
                .formatted(run.bundle().substring(0, 12), run.runId(), run.knownAt()));
    return run.bundle();
  }

  private void letPendingRulesWorkAsThen(Workspace workspace, Ledger ledger) {
    boolean then = AskedDay.pendingThen(ledger, options.knownAtDate()).orElse(options.allowPending);
    if (then != options.allowPending) {
      workspace
          .progress()
          .note(
              then
                  ? "rules that await review are put to work, as they were then"
                  : "rules that await review are put to work, although they were not then; leave out"
                      + " --allow-pending to see the day as it was");
    }
    options.allowPending |= then;
  }

  /** What another version of the program took for a rule this one need not understand. */
  private void requireReadable(Workspace workspace, Ledger.Entry run) {
    if (Program.VERSION.equals(run.program())) {
      return;
    }
    try {
      Schemas then = options.loadSchemas();
      Stages.check(workspace.spark(), then);
    } catch (Failure | SchemaException e) {
      throw Failure.usage(
          "the rules of run %s are of another version of the program, and of no use to this one: %s;"
              + " './credit replay --rules current' takes today's",
          run.runId(), e.getMessage());
    }
  }

  /**
   * Turns the options to the day's warehouse below {@code replays/} of the one that they name. It
   * is computed where it is not there yet; where results are of that day and knowledge, nothing is
   * done.
   */
  void open() {
    Path kept;
    try (Workspace here = Workspace.toRead(options)) {
      AskedDay day = asked(here);
      if (day.standsIn(here.pipeline().ledger())) {
        return;
      }
      kept =
          here.warehouse()
              .replays()
              .resolve(
                  day.folder(
                      deliveries(here, day.knownAt()),
                      options.loadSchemas().sha256(),
                      Program.VERSION));
      options.asOf = day.asOf().toString();
      options.knownAt = day.knownAt().toString();
    }
    if (!Files.isDirectory(kept)) {
      options.progress().note("computing the whole city as of %s".formatted(options.asOf));
      keep(kept, this::compute);
    }
    options.progress().note("kept in " + kept);
    options.warehouse = kept;
  }

  private AskedDay asked(Workspace here) {
    String bundle = takeRulesOfThen(here);
    Run run = here.pipeline().reading(options.asOfDate(), options.knownAtDate());
    return new AskedDay(run.asOf(), run.knownAt(), options.allowPending, bundle);
  }

  private static long deliveries(Workspace here, LocalDate knownAt) {
    return here.table("deliveries")
        .where(col("status").equalTo("accepted").and(col("known_at").leq(lit(knownAt))))
        .count();
  }

  /**
   * Keeps what is computed as a whole, or nothing. Two at once each compute it: the result of the
   * first stays, and serves the other.
   */
  static void keep(Path kept, Consumer<Path> computing) {
    try {
      Files.createDirectories(kept.getParent());
      Path draft = Files.createTempDirectory(kept.getParent(), ".draft-");
      try {
        computing.accept(draft);
        move(draft, kept);
      } finally {
        Folders.delete(draft);
      }
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be made (%s); correct the folder's rights", kept, e.getMessage());
    }
  }

  /** One step: there is no moment between a look whether another was first and the move. */
  private static void move(Path draft, Path kept) throws IOException {
    try {
      Files.move(draft, kept, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(kept)) {
        throw e;
      }
    }
  }
}
