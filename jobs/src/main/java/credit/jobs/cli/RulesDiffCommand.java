package credit.jobs.cli;

import credit.jobs.tier.TierComparison;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.schemas.Schemas;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rules diff}: what new rules change, before they are put to work. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Rules that were added, removed or changed between two jurisdictions' folders; where there"
          + " is a warehouse, also the firms whose tier would change.",
      "Tiers are compared over the firm files as they stand, also for another --as-of: counters and"
          + " states are of the files' day, and a change to severity or exemption rules, or of use,"
          + " shows only after a run into another warehouse."
    },
    footer = {"", "Example: ./credit rules diff schemas-2025 schemas-2026 --limit 20"})
final class RulesDiffCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Parameters(index = "0", paramLabel = "OLD", description = "folder with the rules before")
  private Path before;

  @Parameters(index = "1", paramLabel = "NEW", description = "folder with the rules after")
  private Path after;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "firms to list at most (default: ${DEFAULT-VALUE})")
  private int limit = 20;

  @Override
  public Integer call() {
    Schemas was = Schemas.load(before);
    Schemas is = Schemas.load(after);
    List<RuleDiff.Change> changes = RuleDiff.of(was, is);
    Tabular.print(
        List.of("file", "rule", "change", "what"),
        changes.stream()
            .map(
                c ->
                    List.of(
                        c.file(),
                        c.rule(),
                        c.kind().name().toLowerCase(java.util.Locale.ROOT),
                        c.what()))
            .toList(),
        options.json);
    System.err.printf("changes to rules: %,d%n", changes.size());
    RuleDiff.otherFiles(was, is)
        .forEach(f -> System.err.println("differs too (contract or code list): " + f));
    if (options.warehouse().exists()) {
      tiers(was, is);
    } else {
      System.err.println("no warehouse, so no tiers to compare; name one with --warehouse");
    }
    return 0;
  }

  private void tiers(Schemas was, Schemas is) {
    try (Workspace workspace = Workspace.toRead(options)) {
      Ledger.Entry last =
          workspace
              .pipeline()
              .ledger()
              .last("firm")
              .orElseThrow(
                  () -> Failure.usage("there are no firm files yet: './credit firm' writes them"));
      LocalDate asked = options.asOfDate();
      LocalDate day = asked != null ? asked : last.asOf();
      Dataset<Row> changed =
          TierComparison.changes(
                  workspace.spark(),
                  workspace.table("firm_file"),
                  was,
                  is,
                  day,
                  options.allowPending || last.allowPending())
              .cache();
      System.err.printf(
          "%,d firms would change tier as of %s, by files of %s%n",
          changed.count(), day, last.asOf());
      Output.rows(TierComparison.moves(changed), limit, options.json);
      Output.rows(changed.orderBy("before", "after", "code"), limit, options.json);
    }
  }
}
