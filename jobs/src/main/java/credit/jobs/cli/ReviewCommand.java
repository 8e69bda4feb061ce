package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import credit.jobs.warehouse.Failure;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code review}: records that no rule could attach to a firm, and an officer's decision on one.
 */
@Command(
    name = "review",
    mixinStandardHelpOptions = true,
    description = {
      "Records that were not attached to a firm, and why; decides on one of them.",
      "A decision is written as a delivery of the source 'link_judgements'; the next ingest takes"
          + " it in, and it beats every rule."
    },
    footer = {
      "",
      "Examples: ./credit review --list --outcome review",
      "  ./credit review --decide penalties/0123456789ab/7 --link CODE --officer 7 --reason address"
    })
final class ReviewCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Mixin private WorkQueue queue;

  @Option(names = "--source", paramLabel = "S", description = "records of this source only")
  private String source;

  @Option(
      names = "--outcome",
      paramLabel = "O",
      description = "review, unmatched, branch or not_a_firm only")
  private String outcome;

  @Option(
      names = "--decide",
      paramLabel = "RECORD_ID",
      description = "the record to decide on, as listed")
  private String decide;

  @ArgGroup(exclusive = true)
  private Decision decision;

  @Option(
      names = "--officer",
      paramLabel = "NO",
      description = "staff number of the officer who decides (no name)")
  private String officer;

  @Option(names = "--reason", paramLabel = "TEXT", description = "why the officer decides so")
  private String reason;

  /** One of two decisions. */
  private static final class Decision {
    @Option(names = "--link", paramLabel = "CODE", description = "it is this firm's record")
    private String link;

    @Option(names = "--not-link", paramLabel = "CODE", description = "it is not this firm's")
    private String notLink;
  }

  @Override
  public Integer call() {
    if (decide == null && (decision != null || officer != null || reason != null)) {
      throw Failure.usage(
          "--link, --not-link, --officer and --reason belong to --decide RECORD_ID");
    }
    if (decide != null && (decision == null || officer == null || reason == null)) {
      throw Failure.usage(
          "--decide needs --link CODE or --not-link CODE, --officer NO and --reason TEXT");
    }
    try (Workspace workspace = Workspace.toRead(options)) {
      if (decide == null) {
        queue.show(
            rows(workspace.table("link_review")), options.json, "source", "outcome", "reason");
      } else {
        decide(workspace);
      }
    }
    return 0;
  }

  private void decide(Workspace workspace) {
    requireRecord(workspace);
    Judgement judgement =
        decision.link != null
            ? new Judgement(decide, "LINK", decision.link.strip(), officer.strip(), reason.strip())
            : new Judgement(
                decide, "NOT_LINK", decision.notLink.strip(), officer.strip(), reason.strip());
    Path file =
        judgement.deliver(
            workspace.schemas(), workspace.options().settings().deliveries(), options.clock());
    Output.line(file.toString());
    System.err.println("'./credit run' takes the decision in");
  }

  /** A mistyped record would be decided on without effect. */
  private void requireRecord(Workspace workspace) {
    boolean known =
        hasRecord(workspace.table("link_review")) || hasRecord(workspace.table("links"));
    if (!known) {
      throw Failure.usage(
          "there is no record '%s'; './credit review --list' shows those that wait, './credit firm'"
              + " those of a firm",
          decide);
    }
  }

  private boolean hasRecord(Dataset<Row> rows) {
    return !rows.where(col("record_id").equalTo(decide)).isEmpty();
  }

  private Dataset<Row> rows(Dataset<Row> review) {
    Dataset<Row> rows = review;
    if (source != null) {
      rows = rows.where(col("source").equalTo(source));
    }
    if (outcome != null) {
      rows = rows.where(col("outcome").equalTo(outcome));
    }
    LocalDate asked = options.knownAtDate();
    if (asked != null) {
      rows = rows.where(col("known_at").leq(org.apache.spark.sql.functions.lit(asked)));
    }
    return rows.select(
            col("record_id"),
            col("source"),
            col("outcome"),
            col("reason"),
            col("name"),
            col("code_given"),
            col("district"),
            expr("concat_ws('; ', transform(candidates, c -> concat_ws(' ', c.code, c.name)))")
                .as("candidates"),
            col("known_at"))
        .orderBy("source", "outcome", "reason", "record_id");
  }
}
