package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Progress;
import credit.sample.CityGenerator;
import credit.sample.Faults;
import credit.sample.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sample}: a made-up city's deliveries. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = "Makes a city's deliveries; the same options give the same bytes.",
    footer = {
      "",
      "No firm or person in it is real. The truth about it is written beside DIR, never into it.",
      "Example: ./credit sample --firms 2000 --faults all --out deliveries"
    })
final class SampleCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Option(
      names = "--firms",
      paramLabel = "N",
      description = "how many firms (default: ${DEFAULT-VALUE})")
  private int firms = 5000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "which of the cities of these options (default: ${DEFAULT-VALUE})")
  private long seed = 1;

  @Option(
      names = "--days",
      paramLabel = "D",
      description = "how many days of its story are told (default: ${DEFAULT-VALUE})")
  private int days = 1096;

  @Option(
      names = "--until",
      paramLabel = "DATE",
      description = "the last of these days (default: ${DEFAULT-VALUE})")
  private String until = "2026-06-30";

  @Option(
      names = "--faults",
      paramLabel = "none|default|all",
      description = "how much dirt is planted (default: default, about 2%% of rows)")
  private Faults faults = Faults.DEFAULT;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "an empty folder for the deliveries")
  private Path out;

  @Override
  public Integer call() {
    LocalDate last = CommonOptions.date("--until", until);
    CityGenerator.Summary made =
        generate(options(firms, seed, days, last, faults, out), options.progress());
    Output.line(
        "%,d firms, %,d rows (%,d dirty) in %s"
            .formatted(made.firms(), made.rows(), made.dirtyRows(), out));
    Output.line("next: ./credit run --deliveries " + out + " --allow-pending");
    return 0;
  }

  private static Options options(
      int firms, long seed, int days, LocalDate until, Faults faults, Path out) {
    try {
      return new Options(firms, seed, days, until, 1, faults, out, Options.besideOf(out));
    } catch (IllegalArgumentException e) {
      throw Failure.usage("%s", e.getMessage());
    }
  }

  static CityGenerator.Summary generate(Options city, Progress progress) {
    try {
      return CityGenerator.generate(city, progress::step);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("%s", e.getMessage());
    } catch (IOException e) {
      throw Failure.environment(
          e,
          "%s cannot be written (%s); name an empty folder with --out",
          city.out(),
          e.getMessage());
    }
  }
}
