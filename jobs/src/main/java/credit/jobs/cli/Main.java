package credit.jobs.cli;

import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Program;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** Entry point of {@code ./credit} and of {@code spark-submit}. */
@Command(
    name = "credit",
    mixinStandardHelpOptions = true,
    version = "credit " + Program.VERSION,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Departments' files in; one file per firm, risk warnings, credit tiers, signed lists and KPI"
            + " reports out.",
    footer = {
      "",
      "First steps:",
      "  ./credit demo                         a sample city, the whole pipeline, in one go",
      "  ./credit run --deliveries DIR         the pipeline over departments' files",
      "  ./credit firm CODE                    one firm's file",
      "",
      "Settings: flags before environment (CREDIT_WAREHOUSE …) before credit.yaml before defaults.",
      "Exit codes: 0 done or permitted, 1 bug, 2 usage or rules, 3 bad input, 4 gate refused,",
      "  5 busy, 6 environment, 10 restricted, 11 no safe answer."
    },
    subcommands = {
      DemoCommand.class,
      SampleCommand.class,
      RunCommand.class,
      StageCommand.Ingest.class,
      StageCommand.Link.class,
      StageCommand.Feature.class,
      StageCommand.Risk.class,
      TierCommand.class,
      StageCommand.Plan.class,
      StageCommand.ListStage.class,
      StageCommand.Kpi.class,
      PublishCommand.class,
      TrainCommand.class,
      ModelCommand.class,
      FirmCommand.class,
      SearchCommand.class,
      QuarantineCommand.class,
      ReviewCommand.class,
      UnmetCommand.class,
      WarningsCommand.class,
      ReplayCommand.class,
      EvaluateCommand.class,
      SqlCommand.class,
      StatusCommand.class,
      DoctorCommand.class,
      MaintainCommand.class,
      RulesCommand.class,
      DocsCommand.class,
      KeysCommand.class,
      ApprovalCommand.Check.class,
      ApprovalCommand.Serve.class,
      ApprovalCommand.Audit.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Wide enough for every example: one that is broken in two cannot be pasted. */
  private static final int WIDTH = 100;

  private static final Path SETTINGS = Path.of("credit.yaml");

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    if (args.length > 0 && ApprovalCommand.NAMES.contains(args[0])) {
      credit.approval.cli.Main.main(args);
    } else {
      System.exit(execute(args));
    }
  }

  /** Runs a command. */
  static int execute(String... args) {
    return execute(SETTINGS, args);
  }

  /** Runs a command with the settings of a file, which need not exist. */
  static int execute(Path settings, String... args) {
    CommandLine line =
        line()
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .setExecutionExceptionHandler(Main::explain);
    try {
      line.setDefaultValueProvider(Defaults.of(settings, settings(line)));
    } catch (Failure e) {
      line.getErr().println("credit: " + e.getMessage());
      return e.exitCode().number();
    }
    return line.execute(args);
  }

  /** What {@code credit.yaml} may set: every option of every command, the client's too. */
  private static Set<String> settings(CommandLine line) {
    Set<String> names = new HashSet<>(credit.approval.cli.Main.settings());
    addOptions(line, names);
    return names;
  }

  private static void addOptions(CommandLine line, Set<String> names) {
    line.getCommandSpec().options().forEach(o -> names.add(Defaults.name(o)));
    line.getSubcommands().values().forEach(command -> addOptions(command, names));
  }

  /** All commands, with their help. */
  static CommandLine line() {
    return new CommandLine(new Main()).setUsageHelpWidth(WIDTH);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** One line for what a user can put right; a stack trace only for those who ask. */
  private static int explain(Exception error, CommandLine line, ParseResult parsed) {
    if (isStopping()) {
      line.getErr()
          .println("credit: stopped from outside; what was committed stands, run it again");
      return ExitCode.BUG.number();
    }
    boolean debug = parsed.expandedArgs().contains("--debug");
    if (debug) {
      error.printStackTrace(line.getErr());
    }
    line.getErr().println("credit: " + Errors.message(error));
    if (!debug && Errors.exitCode(error) == ExitCode.BUG) {
      line.getErr().println("This is a bug; run again with --debug and report what it prints.");
    }
    return Errors.exitCode(error).number();
  }

  /** Whether the process was told to end: work that breaks off then is no bug. */
  private static boolean isStopping() {
    try {
      Thread hook = new Thread(() -> {});
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException alreadyStopping) {
      return true;
    }
  }
}
