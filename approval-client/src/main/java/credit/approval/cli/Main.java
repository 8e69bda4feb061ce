package credit.approval.cli;

import credit.approval.format.ListException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** {@code check}, {@code serve} and {@code audit}. */
public final class Main {
  private static final Set<String> COMMON =
      Set.of("warehouse", "keys", "lists", "trust", "root", "state", "audit", "scope", "lang");
  private static final Map<String, Set<String>> OPTIONS =
      Map.of(
          "check", Set.of("mode", "item", "at", "scheme", "list-version", "applicant", "related"),
          "serve", Set.of("port", "host", "refresh-seconds", "tls", "tokens"),
          "audit", Set.of("out", "proof", "head", "on", "code"));

  private static final Path SETTINGS = Path.of("credit.yaml");

  private final Map<String, String> environment;
  private final Path settingsFile;
  private final PrintStream out;
  private final PrintStream err;

  Main(Map<String, String> environment, Path settingsFile, PrintStream out, PrintStream err) {
    this.environment = environment;
    this.settingsFile = settingsFile;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int code = new Main(System.getenv(), SETTINGS, out, err).run(args);
    if (code >= 0) {
      System.exit(code);
    }
  }

  /** Runs one command; a negative code means that a service runs on. */
  int run(String... args) {
    boolean debug = Arrays.asList(args).contains("--debug");
    try {
      return command(args);
    } catch (UsageException e) {
      return failed(ExitCode.USAGE, e, debug);
    } catch (InvalidPathException e) {
      return failed(ExitCode.USAGE, e, debug);
    } catch (ListException e) {
      return failed(ExitCode.BAD_INPUT, e, debug);
    } catch (IOException | UncheckedIOException e) {
      return failed(ExitCode.ENVIRONMENT, e, debug);
    } catch (RuntimeException e) {
      err.println("this is a bug; please report it with the output of --debug");
      return failed(ExitCode.BUG, e, debug);
    }
  }

  private int command(String... args) throws IOException {
    if (args.length == 0 || args[0].equals("--help") || args[0].equals("help")) {
      out.println(help(texts(settings(Arguments.parse(new String[0], Set.of()))), "help"));
      return args.length == 0 ? ExitCode.USAGE : ExitCode.PERMITTED;
    }
    String command = args[0];
    if (!OPTIONS.containsKey(command)) {
      throw new UsageException("unknown command '" + command + "'; known: check, serve, audit");
    }
    Arguments arguments =
        Arguments.parse(Arrays.copyOfRange(args, 1, args.length), options(command));
    Settings settings = settings(arguments);
    Texts texts = texts(settings);
    if (arguments.has("help")) {
      out.println(help(texts, "help." + command));
      return ExitCode.PERMITTED;
    }
    Places places = new Places(settings);
    return switch (command) {
      case "check" -> new CheckCommand(arguments, settings, places, texts, out, err).run();
      case "serve" -> new ServeCommand(settings, places, texts, out, err).run();
      default -> new AuditCommand(arguments, places, texts, out).run();
    };
  }

  private Settings settings(Arguments arguments) {
    return new Settings(arguments, environment, SettingsFile.read(settingsFile));
  }

  /** The options that a command takes, its own and those of all. */
  static Set<String> options(String command) {
    Set<String> known = new HashSet<>(COMMON);
    known.addAll(OPTIONS.get(command));
    return known;
  }

  /** Names of all options, which are the keys that {@code credit.yaml} may have for the client. */
  public static Set<String> settings() {
    Set<String> all = new HashSet<>(COMMON);
    OPTIONS.values().forEach(all::addAll);
    return all;
  }

  private static String help(Texts texts, String about) {
    return texts.message(about) + "\n\n" + texts.message("help.common");
  }

  private static Texts texts(Settings settings) {
    return settings
        .value("lang")
        .map(Texts::of)
        .orElseGet(() -> Texts.ofDefaultLocale(Locale.getDefault()));
  }

  private int failed(int code, Exception e, boolean debug) {
    err.println(e.getMessage());
    if (debug) {
      e.printStackTrace(err);
    }
    return code;
  }
}
