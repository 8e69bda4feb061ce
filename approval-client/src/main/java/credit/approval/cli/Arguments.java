package credit.approval.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A command line split into words, {@code --name value} options and {@code --name} flags. */
final class Arguments {
  private static final Set<String> FLAGS = Set.of("json", "help", "debug");
  private static final Set<String> REPEATED = Set.of("related");

  private final List<String> words = new ArrayList<>();
  private final Map<String, List<String>> options = new HashMap<>();

  /**
   * @throws UsageException on an unknown or repeated option, or one without its value
   */
  static Arguments parse(String[] args, Set<String> known) {
    Arguments parsed = new Arguments();
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      if (!arg.startsWith("--")) {
        parsed.words.add(arg);
        continue;
      }
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
      if (FLAGS.contains(name) && equals < 0) {
        parsed.put(name, "true");
      } else if (!known.contains(name)) {
        throw new UsageException("unknown option --" + name + "; see --help");
      } else if (equals >= 0) {
        parsed.put(name, arg.substring(equals + 1));
      } else if (++i < args.length) {
        parsed.put(name, args[i]);
      } else {
        throw new UsageException("option --" + name + " needs a value; see --help");
      }
    }
    return parsed;
  }

  private void put(String name, String value) {
    List<String> values = options.computeIfAbsent(name, n -> new ArrayList<>());
    if (!values.isEmpty() && !REPEATED.contains(name)) {
      throw new UsageException("option --" + name + " is given twice");
    }
    values.add(value);
  }

  List<String> words() {
    return words;
  }

  boolean has(String flag) {
    return options.containsKey(flag);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(options.get(name)).map(values -> values.get(0));
  }

  List<String> values(String name) {
    return options.getOrDefault(name, List.of());
  }
}
