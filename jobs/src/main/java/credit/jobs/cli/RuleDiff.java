package credit.jobs.cli;

import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What differs between the rules of two jurisdictions, or of two versions of one. */
final class RuleDiff {
  /** Files of whose rules the first that holds decides. */
  private static final Set<String> FIRST_DECIDES = Set.of("severity", "publication", "repair");

  /** The parts that say what a rule does. */
  private static final List<String> GIST = List.of("title", "when", "effect", "effective_from");

  /** Kinds of change. */
  enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /**
   * One rule, or a file's settings, that is not the same.
   *
   * @param file rule file's id
   * @param rule rule's id, with its first day where it has several versions; or {@code settings}
   * @param kind what happened
   * @param what each part that differs, as it was and as it is; of a rule added or removed its gist
   */
  record Change(String file, String rule, Kind kind, String what) {}

  private RuleDiff() {}

  /** All changes, in order of file and rule. */
  static List<Change> of(Schemas before, Schemas after) {
    List<Change> changes = new ArrayList<>();
    TreeSet<String> files = new TreeSet<>(before.rules().keySet());
    files.addAll(after.rules().keySet());
    for (String file : files) {
      changes.addAll(file(file, parts(before.rules().get(file)), parts(after.rules().get(file))));
    }
    return changes;
  }

  /** Contracts and code lists that are not the same, by file: their effect is not weighed here. */
  static List<String> otherFiles(Schemas before, Schemas after) {
    TreeSet<String> files = new TreeSet<>(before.files().keySet());
    files.addAll(after.files().keySet());
    return files.stream()
        .filter(f -> !f.startsWith("rules/"))
        .filter(f -> !Arrays.equals(before.files().get(f), after.files().get(f)))
        .toList();
  }

  private static List<Change> file(
      String file,
      Map<String, Map<String, String>> before,
      Map<String, Map<String, String>> after) {
    List<Change> changes = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Map<String, String> was = before.get(name);
      Map<String, String> is = after.get(name);
      if (was == null) {
        changes.add(new Change(file, name, Kind.ADDED, gist(is)));
      } else if (is == null) {
        changes.add(new Change(file, name, Kind.REMOVED, gist(was)));
      } else {
        List<String> parts = difference(was, is);
        if (FIRST_DECIDES.contains(file)) {
          parts.addAll(order(overtaken(name, before.keySet(), after.keySet())));
        }
        if (!parts.isEmpty()) {
          changes.add(new Change(file, name, Kind.CHANGED, String.join("; ", parts)));
        }
      }
    }
    return changes;
  }

  private static String gist(Map<String, String> texts) {
    return GIST.stream()
        .filter(part -> texts.get(part) != null)
        .map(part -> part + ": " + texts.get(part))
        .collect(Collectors.joining("; "));
  }

  private static List<String> order(List<String> overtaken) {
    return overtaken.isEmpty()
        ? List.of()
        : List.of("order: now asked before " + String.join(", ", overtaken));
  }

  /** What stood before a rule and now stands after it. */
  private static List<String> overtaken(String rule, Set<String> before, Set<String> after) {
    List<String> order = List.copyOf(after);
    return before.stream()
        .takeWhile(r -> !r.equals(rule))
        .filter(r -> order.indexOf(r) > order.indexOf(rule))
        .toList();
  }

  private static List<String> difference(Map<String, String> was, Map<String, String> is) {
    List<String> parts = new ArrayList<>();
    was.forEach(
        (part, text) -> {
          if (!Objects.equals(text, is.get(part))) {
            parts.add(part + ": " + text + " → " + is.get(part));
          }
        });
    return parts;
  }

  /** The file's settings and each version of each rule, in order, as texts that can be compared. */
  private static Map<String, Map<String, String>> parts(RuleFile file) {
    Map<String, Map<String, String>> parts = new LinkedHashMap<>();
    if (file == null) {
      return parts;
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("settings", String.valueOf(file.settings()));
    settings.put("table", String.valueOf(file.table()));
    parts.put("settings", settings);
    for (Rule rule : file.rules()) {
      boolean first = !parts.containsKey(rule.id());
      parts.put(first ? rule.id() : rule.id() + " from " + rule.effectiveFrom(), texts(rule));
    }
    return parts;
  }

  private static Map<String, String> texts(Rule rule) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("title", rule.titleZh() + " / " + rule.titleEn());
    texts.put("when", rule.when());
    texts.put("effect", String.valueOf(rule.effect()));
    texts.put("basis", rule.basis());
    texts.put("basis_status", String.valueOf(rule.basisStatus()));
    texts.put("effective_from", String.valueOf(rule.effectiveFrom()));
    texts.put("effective_until", String.valueOf(rule.effectiveUntil()));
    texts.put("review", rule.confirmed() ? "confirmed" : "pending");
    texts.put("confirmed_by", String.valueOf(rule.confirmedBy()));
    texts.put("document", String.valueOf(rule.document()));
    return texts;
  }
}
