package credit.jobs.publish;

import credit.approval.format.Coverage;
import credit.approval.format.ListException;
import credit.approval.format.Manifest;
import credit.approval.format.Mode;
import credit.approval.id.IdScheme;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What must hold before a version goes out. Each gate answers with its refusals, none if it passes.
 */
final class Gates {
  private static final int SHOWN = 3;

  private Gates() {}

  /** Every delivery's rows are accounted for. */
  static List<String> balance(Collection<Delivery> deliveries) {
    return deliveries.stream()
        .filter(d -> !d.isBalanced())
        .map(
            d ->
                "delivery %s does not balance: %d rows in, %d staged + %d duplicate + %d quarantined + %d dropped; ingest it again"
                    .formatted(
                        d.path(),
                        d.rowsIn(),
                        d.staged(),
                        d.duplicate(),
                        d.quarantined(),
                        d.dropped()))
        .toList();
  }

  /**
   * Every entry that goes out rests on a legal act: it names act, basis, first day and records of
   * delivered sources, and a rule of the list rules. A score has none of these.
   *
   * @param rules ids of the list rules
   * @param sources ids of the sources
   * @param allowPending whether pending rules are put to work
   */
  static List<String> entries(
      Collection<ListedEntry> entries,
      Set<String> rules,
      Set<String> sources,
      boolean allowPending) {
    List<String> refusals = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (ListedEntry entry : entries) {
      String problem = problem(entry, rules, sources, allowPending);
      if (problem == null && !keys.add(key(entry))) {
        problem = "stands twice";
      }
      if (problem != null) {
        refusals.add(entry + " " + problem);
      }
    }
    return refusals;
  }

  private static String problem(
      ListedEntry entry, Set<String> rules, Set<String> sources, boolean allowPending) {
    if (entry.isShadow()) {
      return "is a shadow, which is never published";
    }
    if (entry.pending() && !allowPending) {
      return "rests on a pending rule; confirm the rule, or run list and publish with"
          + " --allow-pending";
    }
    if (isBlank(entry.actNo())) {
      return "names no act";
    }
    if (isBlank(entry.basis())) {
      return "names no legal basis";
    }
    if (entry.from() == null) {
      return "has no first day";
    }
    if (entry.until() != null && !entry.until().isAfter(entry.from())) {
      return "ends on " + entry.until() + ", before it begins on " + entry.from();
    }
    if (!rules.contains(entry.rule())) {
      return "names a rule that is none of the list rules; an entry comes from a legal act by a"
          + " list rule, never from a score";
    }
    if (entry.sourceRecords().isEmpty()
        || !entry.sourceRecords().stream().allMatch(r -> sources.contains(sourceOf(r)))) {
      return "does not rest on records of delivered sources: " + entry.sourceRecords();
    }
    if (!isValidCode(entry)) {
      return "has a code that does not pass the check of scheme " + entry.idScheme();
    }
    return scopeProblem(entry);
  }

  private static String scopeProblem(ListedEntry entry) {
    return switch (entry.list()) {
      case BLACKLIST -> null;
      case INCENTIVES -> isBlank(entry.scope()) ? "names no measure" : null;
      case RESTRICTIONS -> isMode(entry.scope()) ? null : "names the mode '" + entry.scope() + "'";
    };
  }

  /** At least one source is required, and each required one was delivered. */
  static List<String> coverage(Collection<Coverage> coverage) {
    if (coverage.stream().noneMatch(Coverage::required)) {
      return List.of(
          "no source is required for the lists, so nothing would ever be clear; set"
              + " required_for_lists in the contracts");
    }
    return coverage.stream()
        .filter(c -> c.required() && c.completeThrough() == null)
        .map(
            c ->
                "required source %s of %s was never accepted whole; see './credit status' and ask for it"
                    .formatted(c.source(), c.authority()))
        .toList();
  }

  /** Older never replaces newer: neither an earlier as-of day nor earlier knowledge of the same. */
  static List<String> order(Manifest inForce, LocalDate asOf, LocalDate knownAt) {
    if (inForce == null || asOf.isAfter(inForce.asOf())) {
      return List.of();
    }
    if (asOf.isBefore(inForce.asOf())) {
      return List.of(
          "the lists as of %s would replace those as of %s in version %d; publish the past with './credit replay --into DIR'"
              .formatted(asOf, inForce.asOf(), inForce.version()));
    }
    return knownAt.isBefore(inForce.knownAt())
        ? List.of(
            "what was known on %s would replace what was known on %s in version %d; publish the past with './credit replay --into DIR'"
                .formatted(knownAt, inForce.knownAt(), inForce.version()))
        : List.of();
  }

  /**
   * Nothing is said of a day that has not come: it would stand in the way of all days until then.
   */
  static List<String> day(LocalDate asOf, LocalDate today) {
    return asOf.isAfter(today)
        ? List.of(
            "the lists are as of %s and today is %s; make them again with './credit run --from link --as-of %s --rewind'"
                .formatted(asOf, today, today))
        : List.of();
  }

  /** One line for a person: the first refusals, and how many more there are. */
  static String summary(List<String> refusals) {
    String shown = String.join("; ", refusals.subList(0, Math.min(SHOWN, refusals.size())));
    int more = refusals.size() - SHOWN;
    return more > 0 ? shown + "; and " + more + " more" : shown;
  }

  private static String key(ListedEntry entry) {
    return String.join(
        "\u0000",
        entry.list().name(),
        entry.entryId(),
        entry.idScheme(),
        entry.code(),
        String.valueOf(entry.scope()),
        String.valueOf(entry.item()));
  }

  private static boolean isValidCode(ListedEntry entry) {
    return IdScheme.of(entry.idScheme()).isValid(entry.code());
  }

  private static boolean isMode(String scope) {
    try {
      return scope != null && Mode.of(scope) != null;
    } catch (IllegalArgumentException | ListException unknown) {
      return false;
    }
  }

  private static String sourceOf(String record) {
    int end = record.indexOf('/');
    return end < 0 ? record : record.substring(0, end);
  }

  private static boolean isBlank(String text) {
    return text == null || Contents.clean(text).isEmpty();
  }
}
