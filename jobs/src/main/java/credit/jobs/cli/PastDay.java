package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Program;
import credit.jobs.warehouse.Replay;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.SchemaException;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** A day of the past, computed again in a warehouse of its own. */
final class PastDay {
  /** Scores are not replayed: the champion of today may have learnt from later days. */
  private static final List<String> STAGES = List.of("link", "firm", "tier", "list");

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

  private StageRunner.Done compute(Path into) {
    Replay.copyStaged(options.warehouse(), Warehouse.at(into));
    options.warehouse = into;
    options.keys = into.resolve("keys");
    return new StageRunner(options, "replay").run("replay", stages());
  }

  private static List<Stage> stages() {
    return Stages.all().stream().filter(s -> STAGES.contains(s.name())).toList();
  }

  /** The rules of the last run up to the knowledge date; if there is none, of the earliest. */
  private void takeRulesOfThen(Workspace workspace) {
    LocalDate known = options.knownAtDate();
    Ledger ledger = workspace.pipeline().ledger();
    Ledger.Entry run =
        ledger.entries().stream()
            .filter(e -> known == null || !e.knownAt().isAfter(known))
            .reduce((a, b) -> b)
            .orElseGet(() -> ledger.entries().get(0));
    options.rulesOfThen = workspace.warehouse().bundles().resolve(run.bundle());
    requireReadable(workspace, run);
    workspace
        .progress()
        .note(
            "rules %s of run %s, known at %s"
                .formatted(run.bundle().substring(0, 12), run.runId(), run.knownAt()));
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
      Ledger ledger = here.pipeline().ledger();
      if (ledger.last("firm").filter(this::isAsked).isPresent()) {
        return;
      }
      takeRulesOfThen(here);
      kept = here.warehouse().replays().resolve(name(ledger));
    }
    options.asOf = asOf().toString();
    if (!Files.isDirectory(kept)) {
      options.progress().note("computing the whole city as of %s".formatted(asOf()));
      keep(kept);
    }
    options.progress().note("kept in " + kept);
    options.warehouse = kept;
  }

  private boolean isAsked(Ledger.Entry last) {
    LocalDate known = options.knownAtDate();
    return last.asOf().equals(asOf()) && (known == null || known.equals(last.knownAt()));
  }

  private LocalDate asOf() {
    return options.asOf == null ? options.knownAtDate() : options.asOfDate();
  }

  /** What is known now changes with every ingest; what was known on a day only with its rules. */
  private String name(Ledger ledger) {
    LocalDate known = options.knownAtDate();
    String knowledge =
        known != null
            ? "known-" + known
            : "after-" + ledger.last("ingest").map(Ledger.Entry::runId).orElse("nothing");
    String bundle = options.rulesOfThen.getFileName().toString().substring(0, 12);
    return String.join("-", asOf().toString(), knowledge, "rules", bundle)
        + (options.allowPending ? "-pending" : "");
  }

  /** Two at once each compute it, and one of the results stays. */
  private void keep(Path kept) {
    try {
      Files.createDirectories(kept.getParent());
      Path draft = Files.createTempDirectory(kept.getParent(), ".draft-");
      compute(draft);
      if (Files.isDirectory(kept)) {
        Folders.delete(draft);
      } else {
        Files.move(draft, kept);
      }
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be made (%s); correct the folder's rights", kept, e.getMessage());
    }
  }
}
