package credit.jobs.cli;

import picocli.CommandLine.Option;

/** Whether stages that could go on from their last result compute everything anew. */
final class Fullness {
  @Option(
      names = "--full",
      description =
          "compute all links, firms and tiers anew, instead of those for which something changed;"
              + " the result is the same")
  boolean full;
}
