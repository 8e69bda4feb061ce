package credit.jobs.cli;

import picocli.CommandLine.Option;

/** How stages join a run, and how far back they may go. */
final class StageOptions {
  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "for stages: joins those that are submitted apart into one run")
  String runId;

  @Option(
      names = "--rewind",
      description =
          "for stages: go back to a day before the last one, which takes back what was said since"
              + " (a past day beside the present: ./credit replay)")
  boolean rewind;
}
