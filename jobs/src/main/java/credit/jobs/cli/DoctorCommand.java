package credit.jobs.cli;

import credit.jobs.publish.Keys;
import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Sessions;
import credit.jobs.warehouse.Stage;
import credit.jobs.warehouse.Tables;
import credit.jobs.warehouse.WarehouseLock;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code doctor}: whether a run can start here, and what to do if not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks that a run can start: Java, folders, disk, contracts, rules, keys, lock, Spark, tables.",
      "Ends with 0 unless a line says FAIL; with 2 if something must be set right, 5 if another"
          + " run is at work, 6 if the machine is at fault."
    },
    footer = {"", "Example: ./credit doctor --deliveries ./deliveries"})
final class DoctorCommand implements Callable<Integer> {
  private static final int JAVA = 17;
  private static final long LITTLE = 5L << 30;
  private static final long TOO_LITTLE = 512L << 20;

  @Mixin private CommonOptions options;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      description = "taken and not used: a scheduler may give every command the same options")
  @SuppressWarnings("unused")
  private String runId;

  private int exit;

  /** One check: what it found, or what is wrong and what to do. */
  private interface Check {
    Finding run() throws IOException;
  }

  /** What a check found. */
  private record Finding(String word, String text) {
    static Finding ok(String text, Object... values) {
      return new Finding("ok", text.formatted(values));
    }

    static Finding warn(String text, Object... values) {
      return new Finding("warn", text.formatted(values));
    }
  }

  @Override
  public Integer call() {
    check("java", DoctorCommand::java);
    check("warehouse", this::warehouse);
    check("disk", this::disk);
    check("deliveries", this::deliveries);
    check("schemas", this::schemas);
    check("keys", this::keys);
    check("lock", this::lock);
    check("spark", this::spark);
    check("tables", this::tables);
    return exit;
  }

  private void check(String name, Check check) {
    Finding finding;
    try {
      finding = check.run();
    } catch (IOException | RuntimeException e) {
      ExitCode code = Errors.exitCode(e);
      finding = new Finding("FAIL", Errors.message(e));
      exit = Math.max(exit, code == ExitCode.BUG ? ExitCode.ENVIRONMENT.number() : code.number());
    }
    Tabular.finding(name, finding.word(), finding.text(), options.json);
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    if (version < JAVA) {
      throw Failure.environment(null, "Java %d runs here; install Java %d or newer", version, JAVA);
    }
    return Finding.ok(
        "Java %d, %,d MB for the heap", version, Runtime.getRuntime().maxMemory() >> 20);
  }

  private Finding warehouse() {
    Path root = options.warehouse().root();
    if (Files.isDirectory(root)) {
      options.warehouse().writable();
      return Finding.ok("%s%s", root, options.warehouse().exists() ? "" : " (no run yet)");
    }
    Path above = existing(root);
    if (!Files.isDirectory(above) || !Files.isWritable(above)) {
      throw Failure.environment(
          null, "%s cannot be made below %s; correct its rights or name --warehouse", root, above);
    }
    return Finding.ok("%s (will be made)", root);
  }

  private Finding disk() throws IOException {
    Path place = existing(options.warehouse().root());
    long free = Files.getFileStore(place).getUsableSpace();
    if (free < TOO_LITTLE) {
      throw Failure.environment(
          null, "%,d MB are free at %s; free the disk or name --warehouse", free >> 20, place);
    }
    String text = "%,d MB free".formatted(free >> 20);
    return free < LITTLE ? Finding.warn("%s: little for a city's data", text) : Finding.ok(text);
  }

  private static Path existing(Path path) {
    Path found = path;
    while (found.getParent() != null && !Files.exists(found)) {
      found = found.getParent();
    }
    return found;
  }

  private Finding deliveries() throws IOException {
    Path folder = options.settings().deliveries();
    if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
      throw Failure.usage(
          "%s is no folder that can be read; name --deliveries, or make one with './credit sample"
              + " --out %s'",
          folder, folder);
    }
    Set<String> known = options.loadSchemas().sources().keySet();
    try (Stream<Path> children = Files.list(folder)) {
      long sources = children.filter(c -> known.contains(c.getFileName().toString())).count();
      return sources == 0
          ? Finding.warn("%s holds no source's folder; known are %s", folder, known)
          : Finding.ok("%s, %d of %d sources", folder, sources, known.size());
    }
  }

  private Finding schemas() {
    Schemas schemas = options.loadSchemas();
    return Finding.ok(
        "%d sources, %d tables, %d code lists, %d rule files, %,d rules pending",
        schemas.sources().size(),
        schemas.tables().size(),
        schemas.codes().size(),
        schemas.rules().size(),
        RulesCommand.waiting(schemas));
  }

  private Finding keys() throws IOException {
    Path folder = options.keysFolder();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(DoctorCommand::isSecret).sorted().toList()) {
          requireOwnerOnly(file);
        }
      }
    }
    return Keys.at(folder, System.getenv(), options.clock()).exist()
        ? Finding.ok("%s", folder)
        : Finding.warn(
            "no keys in %s: './credit keys init' makes them before lists can be signed", folder);
  }

  private static boolean isSecret(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".key") || name.endsWith(".salt");
  }

  private static void requireOwnerOnly(Path file) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
      return;
    }
    Set<PosixFilePermission> others = EnumSet.copyOf(EnumSet.allOf(PosixFilePermission.class));
    others.removeAll(
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE));
    others.retainAll(Files.getPosixFilePermissions(file));
    if (!others.isEmpty()) {
      throw Failure.usage(
          "%s can be used by others than its owner; run 'chmod 600 %s'", file, file);
    }
  }

  private Finding lock() {
    WarehouseLock.holder(options.warehouse())
        .ifPresent(
            who -> {
              throw Failure.busy("held by %s; wait for it to end", who);
            });
    return Finding.ok("free");
  }

  private Finding tables() {
    if (!options.warehouse().exists()) {
      return Finding.ok("none yet");
    }
    try (Workspace workspace = Workspace.toRead(options)) {
      Tables tables = workspace.tables();
      tables.requireContracts(Stages.all().stream().map(Stage::name).toList());
      return Finding.ok("%d, as their contracts say", tables.names().size());
    }
  }

  private Finding spark() {
    SparkSession spark = Sessions.open(options.master);
    try {
      Schemas schemas = options.loadSchemas();
      Stages.check(spark, schemas);
      return Finding.ok(
          "%s on %s; conditions of all rules and contracts are sound",
          spark.version(), spark.sparkContext().master());
    } finally {
      spark.stop();
    }
  }
}
