package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;

import credit.jobs.cli.page.Audience;
import credit.jobs.cli.page.FirmJson;
import credit.jobs.cli.page.FirmPage;
import credit.jobs.cli.page.FirmText;
import credit.jobs.cli.page.FirmView;
import credit.jobs.cli.page.FirmViews;
import credit.jobs.cli.page.Standings;
import credit.jobs.cli.page.Standings.Made;
import credit.jobs.cli.page.Standings.Standing;
import credit.jobs.firm.SupposedFiles;
import credit.jobs.tier.TierOutlook;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.PublicationSettings;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code firm CODE}: one firm's file; {@code firm}: the stage that builds all files. */
@Command(
    name = "firm",
    mixinStandardHelpOptions = true,
    description = {
      "Shows one firm's file: identity, tier with reasons, the measures that follow and what would"
          + " change it, lists, incentives, duties, timeline.",
      "With --as-of or --known-at: as it was then; the city of that day is computed once and kept"
          + " in the warehouse's folder 'replays'.",
      "Without CODE: builds the timeline of events and one file per firm."
    },
    footer = {"", "Example: ./credit firm 91440400Y7A6ERAU6C --html firm.html --lang en"})
final class FirmCommand implements Callable<Integer> {
  private static final String STAGE = "firm";

  @Spec private CommandSpec command;

  @Mixin private CommonOptions options;

  @Parameters(
      paramLabel = "CODE",
      arity = "0..1",
      description = "the firm's code; without one the stage 'firm' runs for all firms")
  private String code;

  @Mixin private StageOptions stage;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write the file as a self-contained page")
  private Path html;

  @Option(
      names = "--audience",
      paramLabel = "WHO",
      description = "internal, subject or public (default: internal)")
  private String audience = "internal";

  @Mixin private Fullness fullness;

  @Override
  public Integer call() {
    if (code != null) {
      return show();
    }
    List<String> ofOneFirm =
        Stream.of("--html", "--json", "--audience").filter(this::isGiven).toList();
    if (!ofOneFirm.isEmpty()) {
      throw Failure.usage(
          "%s shows one firm's file, and no firm is named; write './credit firm CODE %1$s', or leave"
              + " it out to build the files of all firms",
          ofOneFirm.get(0));
    }
    options.full = fullness.full;
    return StageCommand.run(options, STAGE, stage);
  }

  /** Whether somebody typed it, whatever the environment or credit.yaml say. */
  private boolean isGiven(String option) {
    return command.commandLine().getParseResult().hasMatchedOption(option);
  }

  private int show() {
    Audience reader = audience();
    if (options.json && html == null && reader != Audience.INTERNAL) {
      throw Failure.usage(
          "--json is the whole file, for internal use; for the audience %s leave it out or write a"
              + " page with --html",
          audience);
    }
    if (html != null && isGiven("--json")) {
      throw Failure.usage("--json prints and --html writes a page; give one of the two");
    }
    if (options.asOf != null || options.knownAt != null) {
      new PastDay(options).open();
    }
    try (Workspace workspace = Workspace.toRead(options)) {
      Standings standings = Standings.of(workspace.pipeline().ledger());
      Row firm = firm(workspace, standings.file().asOf());
      FirmView view = view(workspace, firm, standings);
      if (html != null) {
        write(FirmPage.render(view, options.language(), reader));
        Output.line(html.toAbsolutePath().toString());
      } else if (options.json) {
        Output.line(FirmJson.render(firm.json(), view));
      } else {
        Output.line(FirmText.render(view, options.language(), reader));
      }
      return 0;
    }
  }

  private Audience audience() {
    try {
      return Audience.of(audience);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          "--audience '%s' is not known; use internal, subject or public", audience);
    }
  }

  private Row firm(Workspace workspace, LocalDate asOf) {
    List<Row> found =
        workspace
            .table("firm_file")
            .where(isFirm(workspace))
            .withColumn("as_of", functions.lit(asOf))
            .limit(1)
            .collectAsList();
    if (found.isEmpty()) {
      throw Failure.usage(
          "no firm of the register has the code %s; look for it with './credit search NAME'", code);
    }
    return found.get(0);
  }

  private Column isFirm(Workspace workspace) {
    return FirmKey.typed(workspace.schemas().register(), code).holds();
  }

  private FirmView view(Workspace workspace, Row firm, Standings standings) {
    LocalDate asOf = standings.file().asOf();
    List<Row> ratings = ratings(workspace, asOf);
    Row rating = standings.tierMade() == Made.FOR_THE_FILE ? holding(ratings) : null;
    Optional<Schemas> rules =
        rating == null ? Optional.empty() : ratingRules(workspace, standings.tier());
    FirmViews.Rows rows =
        new FirmViews.Rows(
            firm,
            rating,
            ratings,
            rules.map(r -> outlook(workspace, r, firm, rating, standings)).orElse(null),
            measures(workspace, standings),
            first(workspace, "scores", asOf),
            standings.listsMade() == Made.FOR_THE_FILE ? lists(workspace, asOf) : null,
            Relations.of(workspace.table("firm_file"), workspace.table("events"), firm)
                .collectAsList(),
            unmet(workspace),
            map(workspace.table("links").where(isFirm(workspace)), "record_id", "tier"),
            map(workspace.table("deliveries"), "delivery_id", "path"));
    return FirmViews.of(
        rules.orElse(workspace.schemas()),
        rows,
        publicEvents(workspace, standings.file()),
        standings);
  }

  private List<Row> ratings(Workspace workspace, LocalDate asOf) {
    if (!workspace.tables().exists("tiers")) {
      return List.of();
    }
    return workspace
        .table("tiers")
        .where(isFirm(workspace).and(col("valid_from").leq(functions.lit(asOf))))
        .orderBy("valid_from")
        .collectAsList();
  }

  /** The rating that still holds; null where the firm was not among those rated last. */
  private static Row holding(List<Row> ratings) {
    Row last = ratings.isEmpty() ? null : ratings.get(ratings.size() - 1);
    return last != null && last.getAs("valid_until") == null ? last : null;
  }

  private FirmViews.Lists lists(Workspace workspace, LocalDate asOf) {
    return new FirmViews.Lists(
        all(workspace, "blacklist", asOf),
        all(workspace, "restrictions", asOf),
        all(workspace, "incentives", asOf));
  }

  /** Null where firms were not rated for the file: measures are those of the last rating. */
  private List<Row> measures(Workspace workspace, Standings standings) {
    return standings.tierMade() == Made.FOR_THE_FILE
        ? workspace.tables().read("cli", "measures").where(isFirm(workspace)).collectAsList()
        : null;
  }

  private static Optional<Schemas> ratingRules(Workspace workspace, Standing tier) {
    return RatingRules.of(
        workspace.spark(), workspace.warehouse(), workspace.schemas(), tier.rules());
  }

  private TierOutlook outlook(
      Workspace workspace, Schemas rules, Row firm, Row rating, Standings standings) {
    return TierOutlook.of(
        rules,
        workspace.spark().createDataFrame(List.of(firm), firm.schema()),
        workspace.table("events").where(isFirm(workspace)),
        rating,
        standings.file().asOf(),
        standings.tier().pendingRules(),
        SupposedFiles::of);
  }

  private Set<String> publicEvents(Workspace workspace, Standing file) {
    UseRules use = UseRules.of(workspace.schemas(), file.asOf(), file.pendingRules());
    return PublicEvents.ids(
        PublicationSettings.of(workspace.schemas()).fileEvents(),
        workspace.table("events").where(isFirm(workspace)),
        workspace
            .tables()
            .read("cli", "public_penalties")
            .where(isFirm(workspace).and(col("as_of").equalTo(functions.lit(file.asOf())))),
        use);
  }

  private List<Row> unmet(Workspace workspace) {
    return workspace
        .tables()
        .read("cli", "unmet_changes")
        .where(isFirm(workspace))
        .orderBy(col("changed_on").desc(), col("record_id"))
        .collectAsList();
  }

  private Row first(Workspace workspace, String table, LocalDate asOf) {
    List<Row> rows = all(workspace, table, asOf);
    return rows.isEmpty() ? null : rows.get(0);
  }

  private List<Row> all(Workspace workspace, String table, LocalDate asOf) {
    if (!workspace.tables().exists(table)) {
      return List.of();
    }
    return workspace
        .table(table)
        .where(isFirm(workspace).and(col("as_of").equalTo(functions.lit(asOf))))
        .collectAsList();
  }

  private static Map<String, String> map(Dataset<Row> rows, String key, String value) {
    return rows.select(key, value).collectAsList().stream()
        .collect(Collectors.toMap(r -> r.getString(0), r -> r.getString(1), (a, b) -> a));
  }

  private void write(String page) {
    try {
      Files.writeString(html, page);
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be written (%s); name another file", html, e.getMessage());
    }
  }
}
