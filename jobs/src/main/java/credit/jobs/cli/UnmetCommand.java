package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code unmet}: repairs, objections and remedies that meet no act of their firm. */
@Command(
    name = "unmet",
    mixinStandardHelpOptions = true,
    description = {
      "Repairs, objections and remedies that change nothing, since no act of the firm has the"
          + " number (number), the authority (authority) or the type (kind) that they name.",
      "Whoever delivered the change, or the act, sends the record again as it should be; the next"
          + " run applies it."
    },
    footer = {"", "Example: ./credit unmet --list --reason authority"})
final class UnmetCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Mixin private WorkQueue queue;

  @Option(names = "--reason", paramLabel = "R", description = "number, authority or kind only")
  private String reason;

  @Override
  public Integer call() {
    try (Workspace workspace = Workspace.toRead(options)) {
      Dataset<Row> unmet = workspace.table("unmet_changes");
      queue.show(
          rows(reason == null ? unmet : unmet.where(col("reason").equalTo(reason))),
          options.json,
          "status",
          "reason");
    }
    return 0;
  }

  private static Dataset<Row> rows(Dataset<Row> unmet) {
    return unmet
        .select(
            col("record_id"),
            col("code"),
            col("status"),
            col("changed_on"),
            col("act_no"),
            col("authority"),
            col("event_type"),
            col("reason"),
            expr("concat_ws('; ', transform(acts, a -> concat_ws(' ', a.event_type, a.authority)))")
                .as("acts"),
            col("known_at"))
        .orderBy("status", "reason", "changed_on", "record_id");
  }
}
