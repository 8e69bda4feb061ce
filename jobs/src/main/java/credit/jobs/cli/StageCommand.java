package credit.jobs.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Each stage as a command of its own, as a scheduler submits it. */
abstract class StageCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Mixin private StageOptions stageOptions;

  private final String stage;

  StageCommand(String stage) {
    this.stage = stage;
  }

  @Override
  public Integer call() {
    return call(false);
  }

  final int call(boolean full) {
    options.full = full;
    return run(options, stage, stageOptions);
  }

  static int run(CommonOptions options, String stage, StageOptions stageOptions) {
    options.rewind = stageOptions.rewind;
    StageRunner.Done done =
        new StageRunner(options, stage).run(stageOptions.runId, Stages.between(stage, stage));
    return done.told(options.json);
  }

  @Command(
      name = "ingest",
      mixinStandardHelpOptions = true,
      description =
          "Takes in the departments' files: once, checked, with reasons for what stays out.",
      footer = {"", "Example: ./credit ingest --warehouse warehouse"})
  static final class Ingest extends StageCommand {
    Ingest() {
      super("ingest");
    }
  }

  @Command(
      name = "link",
      mixinStandardHelpOptions = true,
      description = "Attaches records to firms, each with its reason; doubt goes to review.",
      footer = {"", "Example: ./credit link --warehouse warehouse"})
  static final class Link extends StageCommand {
    @Mixin private Fullness fullness;

    Link() {
      super("link");
    }

    @Override
    public Integer call() {
      return call(fullness.full);
    }
  }

  @Command(
      name = "feature",
      mixinStandardHelpOptions = true,
      description = "Computes the leading indicators as of a day, without looking ahead.",
      footer = {"", "Example: ./credit feature --warehouse warehouse"})
  static final class Feature extends StageCommand {
    Feature() {
      super("feature");
    }
  }

  @Command(
      name = "risk",
      mixinStandardHelpOptions = true,
      description =
          "Scores firms with the champion model; risk classes and warnings follow. Steers inspection only.",
      footer = {"", "Example: ./credit risk --warehouse warehouse"})
  static final class Risk extends StageCommand {
    Risk() {
      super("risk");
    }
  }

  @Command(
      name = "plan",
      mixinStandardHelpOptions = true,
      description = "Makes the inspection plan.",
      footer = {"", "Example: ./credit plan --warehouse warehouse"})
  static final class Plan extends StageCommand {
    Plan() {
      super("plan");
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Makes blacklist, restrictions and incentives from legal acts.",
      footer = {"", "Example: ./credit list --warehouse warehouse"})
  static final class ListStage extends StageCommand {
    ListStage() {
      super("list");
    }
  }

  @Command(
      name = "kpi",
      mixinStandardHelpOptions = true,
      description = "Computes the reform KPIs and the leaders' report.",
      footer = {"", "Example: ./credit kpi --warehouse warehouse"})
  static final class Kpi extends StageCommand {
    Kpi() {
      super("kpi");
    }
  }
}
