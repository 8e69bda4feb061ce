package credit.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: the pipeline, or a part of it, in one Spark session. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Runs the pipeline: ingest link firm feature risk tier plan list publish kpi.",
    footer = {
      "",
      "A run that died is taken up where it stopped. Exit 3: done, but a delivery stayed out.",
      "Example: ./credit run --deliveries deliveries --warehouse warehouse"
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Option(names = "--from", paramLabel = "STAGE", description = "first stage (default: ingest)")
  private String from;

  @Option(names = "--to", paramLabel = "STAGE", description = "last stage (default: kpi)")
  private String to;

  @Mixin private StageOptions stage;

  @Mixin private Fullness fullness;

  @Override
  public Integer call() {
    options.full = fullness.full;
    options.rewind = stage.rewind;
    StageRunner.Done done =
        new StageRunner(options, "run").run(stage.runId, Stages.between(from, to));
    return done.told(options.json);
  }
}
