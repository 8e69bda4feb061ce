package credit.jobs.cli;

import credit.jobs.publish.Keys;
import credit.jobs.publish.PublishJob;
import credit.jobs.publish.PublishedThen;
import credit.jobs.warehouse.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            + " without as it is known now. Tells whether its lists are those published then.",
    footer = {"", "Example: ./credit replay --as-of 2025-12-31 --known-at 2025-12-31 --into then"})
final class ReplayCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Option(
      names = "--into",
      required = true,
      paramLabel = "DIR",
      description = "a new or empty folder for the replayed warehouse")
  private Path into;

  @Option(
      names = "--rules",
      paramLabel = "then|current",
      description = "rules of that time, or those given by --schemas (default: then)")
  private String rules = "then";

  @Override
  public Integer call() {
    if (options.asOfDate() == null) {
      throw Failure.usage("replay needs --as-of DATE: the day to compute again");
    }
    if (!List.of("then", "current").contains(rules)) {
      throw Failure.usage("--rules '%s' is not known; use then or current", rules);
    }
    if (!Folders.isFree(into)) {
      throw Failure.usage(
          "%s is there already and is no empty folder; name a new or an empty one with --into",
          into.toAbsolutePath());
    }
    Path lists = options.warehouse().lists();
    StageRunner.Done done = new PastDay(options).replay(into, rules.equals("current"));
    Summary.print(done.figures(), options.json);
    compare(done.runId(), lists);
    return done.code().number();
  }

  /**
   * Publishes within the replayed warehouse, with keys of its own that nobody trusts, and tells
   * whether that is what was published then.
   */
  private void compare(String runId, Path lists) {
    try {
      Keys.at(options.keysFolder(), Map.of(), options.clock())
          .initIfMissing(options.warehouse().lists());
      new StageRunner(options, "replay").run(runId, List.of(PublishJob.again()));
    } catch (Failure e) {
      options.progress().note("not compared with what was published: " + e.getMessage());
      return;
    }
    Output.line(
        PublishedThen.of(options.warehouse().lists(), lists)
            .map(ReplayCommand::told)
            .orElse("nothing was published for that day and that knowledge"));
  }

  private static String told(PublishedThen.Comparison c) {
    return c.different().isEmpty()
        ? "the lists are those of version %d as it was published, byte for byte: %s"
            .formatted(c.version(), String.join(", ", c.same()))
        : "the lists are not those of version %d as it was published: %s differ"
            .formatted(c.version(), String.join(", ", c.different()));
  }
}
