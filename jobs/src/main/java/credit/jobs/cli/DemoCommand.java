package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Warehouse;
import credit.sample.Faults;
import credit.sample.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code demo}: a sample city, the whole pipeline, checks and the report, in one go. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Makes a sample city, runs the whole pipeline over it and shows what came of it. No firm in"
            + " it is real; its lists are made with rules that no officer has confirmed.",
    footer = {"", "Example: ./credit demo"})
final class DemoCommand implements Callable<Integer> {
  private static final LocalDate UNTIL = LocalDate.of(2026, 6, 30);
  private static final int DAYS = 1096;
  private static final String MARK = ".demo";

  @Mixin private CommonOptions options;

  @Option(
      names = "--firms",
      paramLabel = "N",
      description = "how many firms (default: ${DEFAULT-VALUE})")
  private int firms = 5000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "which of the cities of this size (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Override
  public Integer call() {
    options.allowPending = true;
    Warehouse warehouse = options.warehouse().writable();
    makeCity(options.deliveries.toAbsolutePath().normalize(), options.progress());
    StageRunner runner = new StageRunner(options, "demo");
    try (Workspace workspace = Workspace.toWrite(options, "demo")) {
      StageRunner.Done done =
          runner.run(workspace, runner.idFor(workspace, Stages.all()), Stages.all());
      new DemoSummary(workspace, done, warehouse).print();
      return done.code().number();
    }
  }

  /** The city is made once; one that was made with the same options is taken as it is. */
  private void makeCity(Path deliveries, Progress progress) {
    String made = "firms %d, seed %d, until %s%n".formatted(firms, seed, UNTIL);
    Path mark = deliveries.resolve(MARK);
    try {
      if (Files.exists(mark) && Files.readString(mark).equals(made)) {
        progress.note("the city in " + deliveries + " is taken as it is");
        return;
      }
      if (Files.exists(deliveries)) {
        throw Failure.usage(
            "%s holds other deliveries; name a new folder with --deliveries", deliveries);
      }
      progress.note("making a city of " + firms + " firms in " + deliveries);
      Path draft = deliveries.resolveSibling(deliveries.getFileName() + ".draft");
      Path truth = Options.besideOf(deliveries);
      Folders.delete(draft);
      Folders.delete(truth);
      SampleCommand.generate(city(draft, truth), progress);
      Files.writeString(draft.resolve(MARK), made);
      Files.move(draft, deliveries, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be written (%s); name another --deliveries", deliveries, e.getMessage());
    }
  }

  private Options city(Path out, Path truth) {
    try {
      return new Options(firms, seed, DAYS, UNTIL, 1, Faults.DEFAULT, out, truth);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("%s", e.getMessage());
    }
  }
}
