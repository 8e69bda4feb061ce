package credit.jobs.cli;

import credit.jobs.warehouse.EarlierTables;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Progress;
import credit.jobs.warehouse.Run;
import credit.jobs.warehouse.Today;
import credit.jobs.warehouse.Warehouse;
import credit.schemas.Schemas;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Options that every command knows. */
final class CommonOptions {
  @Option(
      names = "--warehouse",
      paramLabel = "DIR",
      description = "where the pipeline keeps everything (default: warehouse)")
  Path warehouse = Path.of("warehouse");

  @Option(
      names = "--deliveries",
      paramLabel = "DIR",
      description = "the departments' files (default: deliveries)")
  Path deliveries = Path.of("deliveries");

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description = "signing keys (default: 'keys' beside the warehouse)")
  Path keys;

  @Option(
      names = "--schemas",
      paramLabel = "DIR",
      description = "a jurisdiction's contracts, codes and rules (default: the bundled ones)")
  Path schemas;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description =
          "the day results are for (default: the newest knowledge date, at the latest today)")
  String asOf;

  @Option(
      names = "--known-at",
      paramLabel = "DATE",
      description = "use only what was known by the end of that day (default: everything)")
  String knownAt;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Spark master (default: spark-submit's, else local[*])")
  String master;

  @Option(
      names = "--allow-pending",
      description = "put rules to work that no officer has confirmed yet; lists say so")
  boolean allowPending;

  /** The archived jurisdiction of a past run, whose rules are taken in place of today's. */
  Path rulesOfThen;

  /** Set by the commands that know {@code --full}. */
  boolean full;

  /** Set by the commands that know {@code --rewind}, and where a past day is replayed. */
  boolean rewind;

  @Option(names = "--lang", paramLabel = "zh|en", description = "language of reports (default: zh)")
  String language = "zh";

  @Option(names = "--json", description = "results as JSON")
  boolean json;

  @Option(names = "--debug", description = "stack traces")
  boolean debug;

  /** The process's only wall clock. */
  Clock clock() {
    return Clock.system(Today.CALENDAR);
  }

  Warehouse warehouse() {
    return Warehouse.at(warehouse);
  }

  Path keysFolder() {
    return keys != null
        ? keys.toAbsolutePath().normalize()
        : warehouse().root().resolveSibling("keys");
  }

  Schemas loadSchemas() {
    Schemas today =
        schemas == null
            ? Schemas.bundled()
            : EarlierTables.requireProgramsTables(Schemas.load(schemas));
    // How tables are laid out is the program's, not a matter of the law of then.
    return rulesOfThen == null ? today : Schemas.load(rulesOfThen).withTablesOf(today);
  }

  LocalDate asOfDate() {
    return date("--as-of", asOf);
  }

  /**
   * Results of a day that has not come would stand in the way of all days until then.
   *
   * @throws Failure (exit code 2) where {@code --as-of} is after today
   */
  void requireDayThatHasCome() {
    LocalDate day = asOfDate();
    LocalDate today = Today.at(clock());
    if (day != null && day.isAfter(today)) {
      throw Failure.usage(
          "--as-of %s has not come: today is %s in Shanghai; name today or a day before",
          day, today);
    }
  }

  LocalDate knownAtDate() {
    return date("--known-at", knownAt);
  }

  static LocalDate date(String option, String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Failure.usage("%s '%s' is not a date; write yyyy-mm-dd", option, text);
    }
  }

  String language() {
    String chosen = language.toLowerCase(Locale.ROOT);
    if (!chosen.equals("zh") && !chosen.equals("en")) {
      throw Failure.usage("--lang '%s' is not known; use zh or en", language);
    }
    return chosen;
  }

  Run.Settings settings() {
    return new Run.Settings(
        deliveries.toAbsolutePath().normalize(),
        keysFolder(),
        allowPending,
        language(),
        full,
        rewind);
  }

  Progress progress() {
    return new Progress(new PrintStream(System.err, true, StandardCharsets.UTF_8), clock());
  }
}
