package credit.jobs.cli;

import credit.jobs.link.NameFunctions;
import credit.jobs.warehouse.Failure;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code search}: which firm somebody may mean. */
@Command(
    name = "search",
    mixinStandardHelpOptions = true,
    description = {
      "Firms whose present or former name is like NAME, best first.",
      "A likeness of names is for people to look at. It never restricts anybody: ask './credit"
          + " check CODE' for that."
    },
    footer = {"", "Example: ./credit search 璟汀装饰"})
final class SearchCommand implements Callable<Integer> {
  private static final String NO_RESTRICTION =
      "Alike names are candidates for people to look at, never a restriction.";

  @Mixin private CommonOptions options;

  @Parameters(paramLabel = "NAME", description = "a firm's name, or a part of it")
  private String name;

  @Option(names = "--district", paramLabel = "D", description = "firms of this district only")
  private String district;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "firms to show at most (default: ${DEFAULT-VALUE})")
  private int limit = 20;

  @Override
  public Integer call() {
    if (name.isBlank() || limit < 1) {
      throw Failure.usage("'search' needs a NAME that is not blank and a --limit from 1");
    }
    try (Workspace workspace = Workspace.toRead(options)) {
      NameFunctions.register(workspace.spark());
      Dataset<Row> found = NameSearch.candidates(workspace.table("firm_file"), name, district);
      Output.rows(found, limit, options.json);
      System.err.println(NO_RESTRICTION);
    }
    return 0;
  }
}
