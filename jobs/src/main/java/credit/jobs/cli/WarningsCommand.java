package credit.jobs.cli;

import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.split;

import credit.jobs.warehouse.Failure;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code warnings}: what rose, and why, for inspectors. */
@Command(
    name = "warnings",
    mixinStandardHelpOptions = true,
    description = {
      "Early warnings of the newest day (or of --as-of), worst first.",
      "A warning asks somebody to look; it restricts nobody."
    },
    footer = {"", "Example: ./credit warnings --list --level high"})
final class WarningsCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;
  @Mixin private WorkQueue queue;

  @Option(names = "--level", paramLabel = "L", description = "high, medium or low only")
  private String level;

  @Option(names = "--kind", paramLabel = "K", description = "warnings of this kind only")
  private String kind;

  @Override
  public Integer call() {
    try (Workspace workspace = Workspace.toRead(options)) {
      Dataset<Row> warnings = workspace.table("warnings");
      LocalDate day = day(warnings);
      System.err.println("warnings as of " + day);
      Dataset<Row> rows = warnings.where(col("as_of").equalTo(lit(day)));
      if (level != null) {
        rows = rows.where(col("level").equalTo(level));
      }
      if (kind != null) {
        rows = rows.where(col("kind").equalTo(kind));
      }
      queue.show(named(rows, workspace.table("firm_file")), options.json, "level", "kind");
    }
    return 0;
  }

  private LocalDate day(Dataset<Row> warnings) {
    LocalDate asked = options.asOfDate();
    Dataset<Row> days = asked == null ? warnings : warnings.where(col("as_of").leq(lit(asked)));
    LocalDate day = days.agg(max("as_of")).first().getAs(0);
    if (day == null) {
      throw Failure.usage(
          "no firm was warned of%s; './credit risk' looks anew",
          asked == null ? "" : " by " + asked);
    }
    return day;
  }

  private static Dataset<Row> named(Dataset<Row> rows, Dataset<Row> firms) {
    Dataset<Row> names = firms.select("id_scheme", "code", "name", "district");
    return rows.join(names, new String[] {"id_scheme", "code"}, "left_outer")
        .orderBy(
            array_position(split(lit("high,medium,low"), ","), col("level")),
            col("kind"),
            col("code"))
        .select(
            col("level"),
            col("kind"),
            col("code"),
            col("name"),
            col("district"),
            col("message"),
            concat_ws("; ", col("reasons")).as("reasons"),
            col("warning_id"));
  }
}
