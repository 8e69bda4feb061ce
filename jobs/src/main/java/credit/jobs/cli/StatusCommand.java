package credit.jobs.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Ledger;
import credit.jobs.warehouse.WarehouseLock;
import credit.models.ModelRegistry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code status}: where the pipeline stands. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "The last run, what each source delivered and what became of it, how it keeps to its agreed"
            + " interval as of the run's day (or --as-of), the lists and the model in force, and who"
            + " is at work.",
    footer = {"", "Example: ./credit status --warehouse ./warehouse"})
final class StatusCommand implements Callable<Integer> {
  @Mixin private CommonOptions options;

  @Override
  public Integer call() {
    try (Workspace workspace = Workspace.toRead(options)) {
      List<Delivered> sources = sources(workspace);
      List<SourceHealth> health = SourceHealth.of(workspace, asOf(workspace));
      List<Refused> refused = refused(workspace);
      Map<String, String> facts = facts(workspace);
      if (options.json) {
        json(facts, sources, health, refused);
      } else {
        text(facts, sources, health, refused);
      }
    }
    return 0;
  }

  /** What a source delivered, in the order of the columns that are shown. */
  private record Delivered(List<String> cells) {
    static final List<String> HEADER =
        List.of(
            "source",
            "files",
            "rows in",
            "staged",
            "repaired",
            "duplicate",
            "quarantined",
            "dropped",
            "refused files");
  }

  /** A file that stays out whole. */
  private record Refused(String path, String reason) {}

  private LocalDate asOf(Workspace workspace) {
    LocalDate asked = options.asOfDate();
    return asked != null ? asked : last(workspace).asOf();
  }

  private static Ledger.Entry last(Workspace workspace) {
    return workspace
        .pipeline()
        .ledger()
        .last()
        .orElseThrow(() -> Failure.usage("no stage has finished yet: './credit run' begins"));
  }

  private static Map<String, String> facts(Workspace workspace) {
    Map<String, String> facts = new LinkedHashMap<>();
    Ledger ledger = workspace.pipeline().ledger();
    Ledger.Entry last = last(workspace);
    facts.put("run", last.runId());
    facts.put("as of", last.asOf().toString());
    facts.put("known at", last.knownAt().toString());
    facts.put(
        "stages done",
        ledger.of(last.runId()).stream()
            .map(Ledger.Entry::stage)
            .distinct()
            .collect(Collectors.joining(" ")));
    facts.put("rules", rules(workspace, last));
    facts.put("lists", lists(workspace));
    facts.put("model", model(workspace));
    facts.put("at work", WarehouseLock.holder(workspace.warehouse()).orElse("nobody"));
    return facts;
  }

  private static String rules(Workspace workspace, Ledger.Entry last) {
    boolean same = last.bundle().equals(workspace.schemas().sha256());
    return "bundle %s%s; %,d pending%s"
        .formatted(
            last.bundle().substring(0, Math.min(12, last.bundle().length())),
            same ? "" : " (not the present ones)",
            RulesCommand.waiting(workspace.schemas()),
            last.allowPending() ? ", put to work by --allow-pending" : "");
  }

  private static String lists(Workspace workspace) {
    if (!workspace.tables().exists("publications")) {
      return "none published";
    }
    return workspace
        .table("publications")
        .where("state = 'published'")
        .orderBy(col("version").desc())
        .limit(1)
        .collectAsList()
        .stream()
        .map(row -> "version %d as of %s".formatted(row.<Long>getAs("version"), row.getAs("as_of")))
        .findFirst()
        .orElse("none published");
  }

  private static String model(Workspace workspace) {
    return new ModelRegistry(workspace.warehouse().models())
        .champion()
        .map(d -> "%s (%s by %s)".formatted(d.model(), d.kind(), d.approver()))
        .orElse("none");
  }

  private static List<Delivered> sources(Workspace workspace) {
    List<Delivered> sources = new ArrayList<>();
    for (Row row :
        workspace
            .table("deliveries")
            .groupBy("source")
            .agg(
                expr("count(*)"),
                sum("rows_in"),
                sum("staged"),
                sum("repaired"),
                sum("duplicate"),
                sum("quarantined"),
                sum("dropped"),
                expr("count_if(status = 'refused')"))
            .orderBy("source")
            .collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(row.isNullAt(i) ? "" : row.get(i).toString());
      }
      sources.add(new Delivered(cells));
    }
    return sources;
  }

  private static List<Refused> refused(Workspace workspace) {
    return workspace
        .table("deliveries")
        .where("status = 'refused'")
        .orderBy("path")
        .collectAsList()
        .stream()
        .map(row -> new Refused(row.getAs("path"), String.valueOf(row.<String>getAs("reason"))))
        .toList();
  }

  private static void text(
      Map<String, String> facts,
      List<Delivered> sources,
      List<SourceHealth> health,
      List<Refused> refused) {
    facts.forEach((name, value) -> Output.line("%-12s %s".formatted(name, value)));
    Output.line("");
    Output.table(Delivered.HEADER, sources.stream().map(Delivered::cells).toList());
    Output.line("");
    Output.table(SourceHealth.HEADER, health.stream().map(SourceHealth::cells).toList());
    if (!refused.isEmpty()) {
      Output.line("");
      Output.table(
          List.of("refused file", "reason"),
          refused.stream().map(r -> List.of(r.path(), r.reason())).toList());
    }
  }

  private static void json(
      Map<String, String> facts,
      List<Delivered> sources,
      List<SourceHealth> health,
      List<Refused> refused) {
    Map<String, Object> all = new LinkedHashMap<>();
    facts.forEach((name, value) -> all.put(name.replace(' ', '_'), value));
    all.put("sources", sources.stream().map(StatusCommand::object).toList());
    all.put("timeliness", health.stream().map(SourceHealth::object).toList());
    all.put(
        "refused",
        refused.stream().map(r -> Map.of("file", r.path(), "reason", r.reason())).toList());
    Tabular.object(all);
  }

  private static Map<String, String> object(Delivered source) {
    Map<String, String> object = new LinkedHashMap<>();
    for (int i = 0; i < Delivered.HEADER.size(); i++) {
      object.put(Delivered.HEADER.get(i).replace(' ', '_'), source.cells().get(i));
    }
    return object;
  }
}
