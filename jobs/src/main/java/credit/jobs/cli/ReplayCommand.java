package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Replay;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}: the past, as it was or as it is known now. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description =
        "Computes a past day again into another folder: with --known-at as it was known then,"
            + " without as it is known now.",
    footer = {"", "Example: ./credit replay --as-of 2025-12-31 --known-at 2025-12-31 --into then"})
final class ReplayCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Option(
      names = "--into",
      required = true,
      paramLabel = "DIR",
      description = "an empty folder for the replayed warehouse")
  private Path into;

  @Option(
      names = "--rules",
      paramLabel = "then|current",
      description = "rules of that time, or those given by --schemas (default: then)")
  private String rules = "then";

  /** Scores are not replayed: the champion of today may have learnt from later days. */
  private static final List<String> STAGES = List.of("link", "firm", "tier", "list");

  @Override
  public Integer call() {
    if (options.asOfDate() == null) {
      throw Failure.usage("replay needs --as-of DATE: the day to compute again");
    }
    Warehouse target = Warehouse.at(into);
    if (Files.exists(target.root())) {
      throw Failure.usage("%s exists; name a new folder with --into", target.root());
    }
    chooseRules();
    try (Workspace source = Workspace.toRead(options)) {
      Replay.copyStaged(source.warehouse(), target);
    }
    options.warehouse = into;
    StageRunner.Done done = new StageRunner(options, "replay").run("replay", stages());
    Summary.print(done.figures());
    return done.code().number();
  }

  private static List<Stage> stages() {
    return Stages.all().stream().filter(s -> STAGES.contains(s.name())).toList();
  }

  /** The rules of the last run up to the knowledge date; if there is none, of the earliest. */
  private void chooseRules() {
    if (rules.equals("current")) {
      return;
    }
    if (!rules.equals("then")) {
      throw Failure.usage("--rules '%s' is not known; use then or current", rules);
    }
    LocalDate known = options.knownAtDate();
    try (Workspace workspace = Workspace.toRead(options)) {
      Ledger ledger = workspace.pipeline().ledger();
      Ledger.Entry last =
          ledger.entries().stream()
              .filter(e -> known == null || !e.knownAt().isAfter(known))
              .reduce((a, b) -> b)
              .orElseGet(() -> ledger.entries().get(0));
      options.schemas = workspace.warehouse().bundles().resolve(last.bundle());
      workspace
          .progress()
          .note(
              "rules "
                  + last.bundle().substring(0, 12)
                  + " of run "
                  + last.runId()
                  + ", known at "
                  + last.knownAt());
    }
  }
}
