package credit.jobs.cli;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Tables;
import credit.schemas.Schemas;
import credit.schemas.TableContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sql}: any question to the tables, and nothing but questions. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    description = {
      "Answers one SELECT over the pipeline's tables, as they were last committed.",
      "Without a statement: lists the tables."
    },
    footer = {
      "",
      "Example: ./credit sql \"SELECT tier, count(*) FROM tiers WHERE valid_until IS NULL GROUP BY"
          + " tier\""
    })
final class SqlCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "rows to show at most (default: ${DEFAULT-VALUE})")
  private int limit = 1000;

  @Parameters(
      arity = "0..1",
      paramLabel = "STATEMENT",
      description = "one statement that only reads")
  private String statement;

  @Override
  public Integer call() {
    if (statement == null || statement.isBlank()) {
      list(options.loadSchemas());
      return 0;
    }
    if (limit < 1) {
      throw Failure.usage("--limit %d shows nothing; write a number from 1", limit);
    }
    try (Workspace workspace = Workspace.toRead(options)) {
      Set<String> named =
          ReadOnlySql.tables(workspace.spark(), statement, names(workspace.schemas()));
      named.forEach(name -> view(workspace, name));
      answer(workspace);
    }
    return 0;
  }

  private static void view(Workspace workspace, String name) {
    Dataset<Row> rows =
        name.equals("runs")
            ? workspace
                .spark()
                .read()
                .format("delta")
                .load(workspace.warehouse().tableLocation("runs"))
            : workspace.tables().read("cli", name);
    rows.createOrReplaceTempView(name);
  }

  /** Analysis errors are not declared to Java; hence the broad clause. */
  private void answer(Workspace workspace) {
    try {
      Output.rows(workspace.spark().sql(statement), limit, options.json);
    } catch (Exception e) {
      if (e instanceof SparkThrowable) {
        throw ReadOnlySql.refused(e);
      }
      throw e;
    }
  }

  /** All tables of a jurisdiction. */
  static Set<String> names(Schemas schemas) {
    Set<String> names = new TreeSet<>(schemas.tables().keySet());
    schemas.sources().values().forEach(s -> names.add(s.stagedTable()));
    return names;
  }

  private void list(Schemas schemas) {
    List<List<String>> rows = new ArrayList<>();
    for (String name : names(schemas)) {
      TableContract table = Tables.contract(schemas, name);
      rows.add(List.of(name, table.writer(), grain(table), table.purpose()));
    }
    Tabular.print(List.of("table", "writer", "one row per", "purpose"), rows, options.json);
  }

  private static String grain(TableContract table) {
    return table.name().startsWith("staged_")
        ? "record_key, version"
        : String.join(
            ", ", table.columns().stream().filter(c -> c.key()).map(c -> c.name()).toList());
  }
}
