package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import credit.approval.Answer;
import credit.approval.ClientOptions;
import credit.approval.ListClient;
import credit.approval.Query;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.Mode;
import credit.jobs.kpi.KpiJob;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.Validity;
import credit.jobs.warehouse.Warehouse;
import credit.models.Evaluation;
import credit.models.ModelFile;
import credit.models.ModelRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;

/** What the demo shows when it is done. */
final class DemoSummary {
  private static final Mode MODE = Mode.NOTIFY_AND_COMMIT;

  private final Workspace workspace;
  private final StageRunner.Done done;
  private final Warehouse warehouse;
  private final LocalDate asOf;

  DemoSummary(Workspace workspace, StageRunner.Done done, Warehouse warehouse) {
    this.workspace = workspace;
    this.done = done;
    this.warehouse = warehouse;
    this.asOf = workspace.pipeline().ledger().last().map(Ledger.Entry::asOf).orElseThrow();
  }

  void print() {
    Output.line("\nDeliveries, rows by source");
    Output.rows(
        workspace
            .table("deliveries")
            .groupBy("source")
            .agg(
                count(lit(1)).as("files"),
                sum("rows_in").as("rows"),
                sum("staged").as("staged"),
                sum("duplicate").as("duplicate"),
                sum("quarantined").as("quarantined"),
                sum("dropped").as("natural persons")),
        100,
        false);
    Output.line("\nLinks of records to firms");
    figures("link");
    model();
    Output.line("\nCredit tiers on " + asOf + " (from acts, evaluations and records; no score)");
    Output.rows(
        workspace
            .table("tiers")
            .where(Validity.on(asOf))
            .groupBy("tier")
            .agg(count(lit(1)).as("firms"))
            .orderBy("tier"),
        50,
        false);
    lists();
    checks();
  }

  private void figures(String stage) {
    Output.table(
        List.of("outcome", "records"),
        done.figures().getOrDefault(stage, Map.of()).entrySet().stream()
            .map(e -> List.of(e.getKey().replace('_', ' '), "%,d".formatted(e.getValue())))
            .toList());
  }

  private Column today() {
    return col("as_of").equalTo(lit(asOf));
  }

  private void model() {
    ModelFile champion = new ModelRegistry(warehouse.models()).championModel().orElse(null);
    if (champion == null) {
      return;
    }
    Evaluation evaluation = champion.evaluation();
    Output.line("\nRisk model " + champion.id() + " (steers inspection only; never punishes)");
    if (evaluation != null) {
      Output.line(
          "  on the last window, not seen in training: %,d inspected firms, base rate %.1f%%, AUC %.3f"
              .formatted(
                  evaluation.rows(), 100 * evaluation.baseRate(), evaluation.ranking().auc()));
    }
  }

  private void lists() {
    Output.line("\nLists, made with pending rules (no officer has confirmed them yet)");
    Output.rows(
        workspace
            .table("restrictions")
            .where(today().and(inForce()))
            .groupBy("mode", "cause")
            .agg(count(lit(1)).as("entries"))
            .orderBy("mode", "cause"),
        50,
        false);
    Output.line(
        "blacklist entries in force: "
            + workspace.table("blacklist").where(today().and(inForce())).count());
    Output.line(
        "incentives in force: "
            + workspace.table("incentives").where(today().and(inForce())).count());
  }

  private Column inForce() {
    return col("effective_from")
        .leq(lit(asOf))
        .and(col("effective_until").isNull().or(col("effective_until").gt(lit(asOf))))
        .and(col("state").equalTo("listed"));
  }

  private void checks() {
    String restricted =
        firstCode(
            workspace
                .table("restrictions")
                .where(today().and(inForce()).and(col("mode").equalTo(MODE.label())))
                .select("code")
                .orderBy("code")
                .limit(1)
                .collectAsList());
    String clear =
        firstCode(
            workspace
                .table("firm_file")
                .where(col("register_status").equalTo("active"))
                .join(
                    workspace.table("restrictions").where(today()).select("code"),
                    new String[] {"code"},
                    "left_anti")
                .select("code")
                .orderBy("code")
                .limit(1)
                .collectAsList());
    Path root = workspace.options().keysFolder().resolve("root.pub");
    try {
      ListClient client =
          ListClient.open(
              ClientOptions.of(
                  warehouse.lists(), Ed25519Keys.decode(Files.readString(root).strip())));
      Output.line(
          "\nMay this firm use notify-and-commit? (list version "
              + client.check(Query.of(clear, MODE).withAt(asOf)).list().version()
              + ")");
      for (String code : List.of(clear, restricted, broken(clear))) {
        Answer answer = client.check(Query.of(code, MODE).withAt(asOf));
        Output.line(
            "  ./credit check " + code + " --mode " + MODE.label() + " --at " + asOf + flags());
        Output.line("    → " + answer.outcome() + " " + String.join(", ", answer.reasons()));
      }
    } catch (IOException e) {
      throw Failure.environment(e, "the lists cannot be read back (%s)", e.getMessage());
    }
    Output.line("\nSee");
    Output.line("  firm file:  ./credit firm " + restricted + " --html firm.html" + flags());
    Output.line("  report:     " + KpiJob.folder(warehouse, asOf).resolve(KpiJob.PAGE));
    Output.line("  lists:      " + warehouse.lists());
    Output.line("  public:     " + warehouse.published().resolve("public/index.html"));
    Output.line(
        "  plan:       ./credit sql \"SELECT priority, code, name, cause FROM inspection_plan ORDER BY priority LIMIT 20\""
            + flags());
  }

  private String flags() {
    Path usual = Path.of("warehouse").toAbsolutePath().normalize();
    return warehouse.root().equals(usual) ? "" : " --warehouse " + warehouse.root();
  }

  private static String firstCode(List<Row> rows) {
    if (rows.isEmpty()) {
      throw Failure.badInput("the city is too small to show a check; name more --firms");
    }
    return rows.get(0).getString(0);
  }

  /** The same code with a wrong check character. */
  private static String broken(String code) {
    String head = code.substring(0, code.length() - 1);
    return head + (code.endsWith("0") ? "1" : "0");
  }
}
