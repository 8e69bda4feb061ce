package credit.jobs.warehouse;

import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * What a record may still be used for, by its status: the one table that every stage asks. It
 * stands in {@code rules/use.yaml}; without that file a repaired, withdrawn, annulled or suspended
 * record, and one that only announces an act, is for the archive only.
 *
 * @param barred statuses whose records may not be used, by purpose
 * @param asOf the day for which it is asked
 */
public record UseRules(Map<String, Set<String>> barred, LocalDate asOf) {
  /** Status of a record that announces an act and is none. */
  public static final String ANNOUNCED = "announced";

  private static final List<String> PURPOSES =
      List.of("public", "share", "tier", "model", "list", "archive");

  /** Of {@code events.status}; another one would be no record's. */
  static final List<String> STATUSES =
      List.of(
          "active", "under_objection", "suspended", "repaired", "withdrawn", "annulled", ANNOUNCED);

  private static final Set<String> ARCHIVE_ONLY =
      Set.of("repaired", "withdrawn", "annulled", "suspended", ANNOUNCED);
  private static final String NOT_YET_CHANGED = "active";
  private static final String FROM = "effective_from";

  /**
   * The table as it stands on a day.
   *
   * @throws Failure (exit code 2) if the rule file is not of the expected form
   */
  public static UseRules of(Schemas schemas, LocalDate asOf, boolean allowPending) {
    Map<String, Set<String>> barred = new TreeMap<>();
    for (String purpose : PURPOSES) {
      barred.put(purpose, new TreeSet<>(purpose.equals("archive") ? Set.of() : ARCHIVE_ONLY));
    }
    RuleFile file = schemas.rules().get("use");
    if (file != null) {
      matrix(file, asOf).ifPresent(matrix -> apply(matrix, barred));
      file.inForce(asOf, allowPending).forEach(rule -> apply(file, rule, barred));
    }
    return new UseRules(barred, asOf);
  }

  /**
   * Whether the table is of the expected form, whatever the day.
   *
   * @throws Failure (exit code 2) if it is not, or if two versions begin on one day
   */
  public static void check(Schemas schemas) {
    RuleFile file = schemas.rules().get("use");
    if (file != null) {
      checkVersions(RuleSettings.of(file).allow("purposes", "versions"));
      file.rules().forEach(rule -> Cell.of(file, rule));
    }
  }

  private static void checkVersions(RuleSettings settings) {
    if (settings.has("purposes") && !PURPOSES.containsAll(settings.texts("purposes"))) {
      throw settings.refuse("purposes", "the purposes are " + PURPOSES);
    }
    Set<LocalDate> begun = new HashSet<>();
    for (RuleSettings version : settings.sections("versions")) {
      if (!begun.add(version.allow(FROM, "basis", "use").date(FROM))) {
        throw version.refuse(FROM, "another version begins on that day too");
      }
      apply(version.section("use").allow(STATUSES.toArray(String[]::new)), Map.of());
    }
  }

  /** Whether a record with a status and the day on which it got it may be used on the day. */
  public Column allows(String purpose, Column status, Column statusDate) {
    return functions.not(bars(purpose, status, statusDate));
  }

  /** The opposite of {@link #allows}. */
  public Column bars(String purpose, Column status, Column statusDate) {
    return statusOn(status, statusDate).isin(barredFor(purpose).toArray());
  }

  /** Statuses that end a use, whatever the day. */
  public Set<String> barredFor(String purpose) {
    Set<String> statuses = barred.get(purpose);
    if (statuses == null) {
      throw new IllegalArgumentException("no purpose '" + purpose + "' in " + barred.keySet());
    }
    return statuses;
  }

  /** The status on the day: one that came later does not count yet. */
  public Column statusOn(Column status, Column statusDate) {
    return functions
        .when(statusDate.gt(functions.lit(asOf)), functions.lit(NOT_YET_CHANGED))
        .otherwise(status);
  }

  /** The youngest version that has begun, in whatever order they stand. */
  private static Optional<RuleSettings> matrix(RuleFile file, LocalDate asOf) {
    return RuleSettings.of(file).sections("versions").stream()
        .filter(version -> !version.date(FROM).isAfter(asOf))
        .max(Comparator.comparing(version -> version.date(FROM)))
        .map(version -> version.section("use"));
  }

  private static void apply(RuleSettings matrix, Map<String, Set<String>> barred) {
    for (String status : matrix.values().keySet()) {
      List<String> purposes = matrix.texts(status);
      if (!PURPOSES.containsAll(purposes)) {
        throw matrix.refuse(status, purposes + " are not some of the purposes " + PURPOSES);
      }
      barred.forEach((purpose, statuses) -> set(statuses, status, !purposes.contains(purpose)));
    }
  }

  private static void apply(RuleFile file, Rule rule, Map<String, Set<String>> barred) {
    Cell cell = Cell.of(file, rule);
    set(barred.get(cell.purpose()), cell.status(), !cell.allowed());
  }

  /** The one cell of the table that a rule changes. */
  private record Cell(String status, String purpose, boolean allowed) {
    static Cell of(RuleFile file, Rule rule) {
      RuleSettings effect = RuleSettings.effectOf(file, rule).allow("status", "purpose", "allowed");
      return new Cell(
          effect.oneOf("status", STATUSES),
          effect.oneOf("purpose", PURPOSES),
          effect.oneOf("allowed", List.of("true", "false")).equals("true"));
    }
  }

  private static void set(Set<String> statuses, String status, boolean bars) {
    if (bars) {
      statuses.add(status);
    } else {
      statuses.remove(status);
    }
  }
}
