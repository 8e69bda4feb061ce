package credit.jobs.cli;

import credit.jobs.publish.PublishJob;
import credit.jobs.warehouse.Failure;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code publish}: a signed, immutable version of the lists, through all gates. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description =
        "Publishes the lists as a signed version; nothing changed: a fresh timestamp only.",
    footer = {
      "",
      "Exit 4: a gate refused; the last good version stays in force.",
      "Example: ./credit publish --warehouse warehouse"
    })
final class PublishCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Option(names = "--run-id", paramLabel = "ID", description = "joins stages submitted apart")
  private String runId;

  @Option(
      names = "--timestamp-only",
      description = "only a fresh timestamp; refused once the data is too old")
  private boolean timestampOnly;

  @Option(
      names = "--urgent",
      paramLabel = "ACT_NO",
      description = "take one annulled act off the lists and the public page, adding nothing")
  private String urgent;

  @Option(
      names = "--approved-by",
      paramLabel = "OFFICER",
      description = "pass the change limits; the name stands on the ledger")
  private String approver;

  @Override
  public Integer call() {
    StageRunner.Done done = new StageRunner(options, "publish").run(runId, List.of(job()));
    return done.told(options.json);
  }

  private PublishJob job() {
    if (timestampOnly && urgent != null) {
      throw Failure.usage("--timestamp-only and --urgent exclude each other; give one");
    }
    if (timestampOnly) {
      return PublishJob.timestampOnly();
    }
    if (urgent != null) {
      return PublishJob.urgent(urgent);
    }
    return approver == null ? PublishJob.full() : PublishJob.approvedBy(approver);
  }
}
