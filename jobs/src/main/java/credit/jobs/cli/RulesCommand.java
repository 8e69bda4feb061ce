package credit.jobs.cli;

import credit.jobs.warehouse.Sessions;
import credit.jobs.warehouse.Today;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rules}: which rules there are, and which wait for an officer. */
@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the rules, whether each is in force on --as-of (default: today), and its review.",
      "A pending rule is counted and shown, but changes nothing unless --allow-pending is given."
    },
    footer = {
      "",
      "Examples: ./credit rules --pending",
      "  ./credit rules diff schemas-old schemas-new"
    },
    subcommands = RulesDiffCommand.class)
final class RulesCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Option(names = "--pending", description = "rules that no officer has confirmed yet")
  private boolean pending;

  @Option(
      names = "--check",
      description =
          "analyse conditions, effects and settings of all rules and contracts, as a run does first")
  private boolean check;

  @Override
  public Integer call() {
    Schemas schemas = options.loadSchemas();
    if (check) {
      check(schemas);
      return 0;
    }
    LocalDate asked = options.asOfDate();
    LocalDate day = asked != null ? asked : Today.at(options.clock());
    Tabular.print(
        List.of("file", "id", "title", "in force", "review", "confirmed by"),
        rows(schemas, day, options.language(), pending),
        options.json);
    tell(schemas, day);
    return 0;
  }

  private void check(Schemas schemas) {
    SparkSession spark = Sessions.open(options.master);
    try {
      Stages.check(spark, schemas);
    } finally {
      spark.stop();
    }
    Output.line(
        "%d rules in %d files and %d source contracts: every condition, effect and setting is sound"
            .formatted(count(schemas), schemas.rules().size(), schemas.sources().size()));
  }

  private static void tell(Schemas schemas, LocalDate day) {
    long waiting = waiting(schemas);
    System.err.printf("%,d rules; day asked for: %s%n", count(schemas), day);
    if (waiting == 1) {
      System.err.println("1 pending rule needs an officer's confirmation");
    } else if (waiting > 1) {
      System.err.printf("%,d pending rules need an officer's confirmation%n", waiting);
    }
  }

  private static int count(Schemas schemas) {
    return schemas.rules().values().stream().mapToInt(f -> f.rules().size()).sum();
  }

  /** Number of rules that no officer has confirmed yet. */
  static long waiting(Schemas schemas) {
    return schemas.rules().values().stream()
        .flatMap(f -> f.rules().stream())
        .filter(r -> !r.confirmed())
        .count();
  }

  /** One line a rule. */
  static List<List<String>> rows(
      Schemas schemas, LocalDate day, String language, boolean pendingOnly) {
    List<List<String>> rows = new ArrayList<>();
    for (RuleFile file : schemas.rules().values()) {
      for (Rule rule : file.rules()) {
        if (!pendingOnly || !rule.confirmed()) {
          rows.add(
              List.of(
                  file.id(),
                  rule.id(),
                  rule.title(language),
                  force(rule, day),
                  rule.confirmed() ? "confirmed" : "pending",
                  rule.confirmed() ? rule.confirmedBy() : ""));
        }
      }
    }
    return rows;
  }

  private static String force(Rule rule, LocalDate day) {
    if (rule.effectiveOn(day)) {
      return "yes";
    }
    return day.isBefore(rule.effectiveFrom())
        ? "from " + rule.effectiveFrom()
        : "until " + rule.effectiveUntil();
  }
}
