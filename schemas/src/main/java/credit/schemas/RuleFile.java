package credit.schemas;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of rules over one table.
 *
 * @param id file's name without {@code .yaml}
 * @param version version for people
 * @param table table over whose columns {@code when} speaks
 * @param settings the file's plain settings
 * @param lines their lines, by path: {@code settings.tiers[0].from}; that of {@code table} too
 * @param rules rules in file order
 * @param file name of the file
 * @param sha256 hash of its bytes, hexadecimal: the version for machines
 */
public record RuleFile(
    String id,
    String version,
    String table,
    Map<String, Object> settings,
    Map<String, Integer> lines,
    List<Rule> rules,
    String file,
    String sha256) {

  /** A file whose settings' lines are not known. */
  public RuleFile(
      String id,
      String version,
      String table,
      Map<String, Object> settings,
      List<Rule> rules,
      String file,
      String sha256) {
    this(id, version, table, settings, Map.of(), rules, file, sha256);
  }

  /** Rules that are put to work on a day; pending ones only where they are allowed. */
  public List<Rule> inForce(LocalDate day, boolean allowPending) {
    return rules.stream()
        .filter(r -> r.effectiveOn(day) && (r.confirmed() || allowPending))
        .toList();
  }

  /** The file and the line of a path, or of the file's head, as messages name them. */
  public String place(String path) {
    return file + ":" + lines.getOrDefault(path, 1);
  }

  static RuleFile of(Yaml yaml, String fileId, String sha256) {
    yaml.allow("id", "version", "table", "settings", "description", "rules");
    if (!yaml.text("id").equals(fileId)) {
      throw yaml.get("id").refuse("id is not the file's name", "call the file after the id");
    }
    List<Rule> rules = yaml.list("rules").stream().map(Rule::of).toList();
    refuseOverlaps(yaml, rules);
    return new RuleFile(
        fileId,
        yaml.text("version"),
        yaml.text("table", null),
        yaml.plainMap("settings"),
        lines(yaml),
        rules,
        yaml.file(),
        sha256);
  }

  private static Map<String, Integer> lines(Yaml yaml) {
    Map<String, Integer> lines = new HashMap<>();
    for (String part : List.of("table", "settings")) {
      yaml.find(part).ifPresent(value -> lines.putAll(value.lines(part)));
    }
    return Map.copyOf(lines);
  }

  /** One id may stand for successive versions of a rule, never for two on the same day. */
  private static void refuseOverlaps(Yaml yaml, List<Rule> rules) {
    Map<String, List<Rule>> versions = new HashMap<>();
    for (Rule rule : rules) {
      List<Rule> others = versions.computeIfAbsent(rule.id(), id -> new ArrayList<>());
      for (Rule other : others) {
        if (overlap(rule, other)) {
          LocalDate later =
              rule.effectiveFrom().isAfter(other.effectiveFrom())
                  ? rule.effectiveFrom()
                  : other.effectiveFrom();
          throw SchemaException.at(
              yaml.file(),
              rule.line(),
              "rule '" + rule.id() + "' overlaps its version in line " + other.line(),
              "end the earlier one (effective_until) by " + later);
        }
      }
      others.add(rule);
    }
  }

  private static boolean overlap(Rule a, Rule b) {
    return (a.effectiveUntil() == null || b.effectiveFrom().isBefore(a.effectiveUntil()))
        && (b.effectiveUntil() == null || a.effectiveFrom().isBefore(b.effectiveUntil()));
  }
}
