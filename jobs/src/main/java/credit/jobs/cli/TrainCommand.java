package credit.jobs.cli;

import credit.jobs.risk.TrainJob;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: a challenger for the champion. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains a model on past windows and evaluates it on the following one.",
    footer = {
      "",
      "It scores only once it is the champion: ./credit model approve ID --by NAME --reason TEXT",
      "Example: ./credit train --warehouse warehouse"
    })
final class TrainCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Option(names = "--run-id", paramLabel = "ID", description = "name of the run")
  private String runId;

  @Override
  public Integer call() {
    StageRunner.Done done = new StageRunner(options, "train").run(runId, List.of(new TrainJob()));
    return done.told(options.json);
  }
}
