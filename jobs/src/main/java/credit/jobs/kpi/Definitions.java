package credit.jobs.kpi;

import credit.jobs.kpi.Definition.Unit;
import credit.jobs.warehouse.Failure;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The indicators in force on a day, and how the report arranges them.
 *
 * @param all definitions in file order
 * @param region whom the report speaks of, by language
 * @param headline ids shown first
 * @param compared ids shown side by side for batches, districts and items
 * @param labels dimension → code list with its members' labels
 */
public record Definitions(
    List<Definition> all,
    Map<String, String> region,
    List<String> headline,
    List<String> compared,
    Map<String, String> labels) {

  private static final Set<String> EFFECT =
      Set.of(
          "from",
          "section",
          "where",
          "numerator",
          "denominator",
          "baseline",
          "unit",
          "by",
          "fixed_mix",
          "target");
  private static final Set<String> STEERING =
      Set.of("target", "rank", "ranking", "colour", "color", "better", "threshold");
  private static final Set<String> SETTINGS = Set.of("region", "headline", "compared", "labels");
  private static final Set<String> BASELINES = Set.of("statutory", "before_reform");
  private static final Set<String> SECTIONS =
      Set.of("reform", "reviews", "loop", "choice", "comparison", "supervision", "lists");

  /** What firms choose freely: the track and the channel. */
  private static final Pattern FREE_CHOICE =
      Pattern.compile("\\b(track|channel|bundle_id)\\b", Pattern.CASE_INSENSITIVE);

  /**
   * The definitions in force on a day. Pending ones are shown, marked as such: an indicator
   * restricts nobody.
   *
   * @throws Failure (exit code 2, with file and line) if a definition is wrong, or sets a target, a
   *     rank or a colour on what firms choose freely (reform plan, part 3 (3))
   */
  public static Definitions of(RuleFile file, LocalDate asOf) {
    for (String key : file.settings().keySet()) {
      if (!SETTINGS.contains(key)) {
        throw Failure.usage(
            "%s: setting '%s' is unknown; use one of %s or remove it",
            file.place("settings." + key), key, sorted(SETTINGS));
      }
    }
    List<Definition> all =
        file.rules().stream()
            .map(rule -> definition(file, rule, rule.effectiveOn(asOf)))
            .filter(d -> d != null)
            .toList();
    return new Definitions(
        all,
        texts(file.settings().get("region")),
        shown(file, all, "headline"),
        shown(file, all, "compared"),
        texts(file.settings().get("labels")));
  }

  /** The definitions of all days, to be analysed. */
  static List<Definition> ofAllDays(RuleFile file) {
    return file.rules().stream().map(rule -> definition(file, rule, true)).toList();
  }

  /** Definition with an id, or null where it is not in force. */
  Definition get(String id) {
    return all.stream().filter(d -> d.id().equals(id)).findFirst().orElse(null);
  }

  List<Definition> section(String section) {
    return all.stream().filter(d -> d.section().equals(section)).toList();
  }

  private static Definition definition(RuleFile file, Rule rule, boolean inForce) {
    String place = file.file() + ":" + rule.line();
    refuseSteering(place, rule);
    for (String key : rule.effect().keySet()) {
      if (!EFFECT.contains(key)) {
        throw Failure.usage(
            "%s: indicator '%s' has the unknown key '%s'; use one of %s or remove it",
            place, rule.id(), key, sorted(EFFECT));
      }
    }
    Definition definition =
        new Definition(
            rule.id(),
            rule.titleZh(),
            rule.titleEn(),
            required(place, rule, "from", Inputs.NAMES),
            required(place, rule, "section", SECTIONS),
            rule.effect("where") == null ? "true" : rule.effect("where"),
            required(place, rule, "numerator", null),
            rule.effect("denominator"),
            rule.effect("baseline") == null ? null : required(place, rule, "baseline", BASELINES),
            unit(place, rule),
            rule.effect().get("by") instanceof List<?> by
                ? by.stream().map(Object::toString).toList()
                : List.of(),
            rule.effect("fixed_mix"),
            target(place, rule),
            rule.basis(),
            rule.confirmed(),
            version(rule),
            file,
            rule);
    requireMixAmongDimensions(definition);
    return inForce ? definition : null;
  }

  /** Judged by what is counted, not by a label that the same hand could leave out. */
  private static void refuseSteering(String place, Rule rule) {
    boolean choice =
        "choice".equals(rule.effect("section"))
            || FREE_CHOICE.matcher(rule.effect("numerator") + " " + rule.effect("where")).find();
    if (!choice) {
      return;
    }
    for (String key : rule.effect().keySet()) {
      if (STEERING.contains(key)) {
        throw Failure.usage(
            "%s: indicator '%s' sets '%s' on what firms choose freely; the reform plan, part 3 (3),"
                + " allows no target, rank or colour on joint handling or the online share: remove"
                + " '%s'",
            place, rule.id(), key, key);
      }
    }
  }

  private static void requireMixAmongDimensions(Definition definition) {
    if (definition.fixedMix() == null) {
      return;
    }
    if (definition.denominator() == null || !definition.by().contains(definition.fixedMix())) {
      throw Failure.usage(
          "%s: indicator '%s' holds the mix of '%s', which needs a denominator and that dimension"
              + " in 'by'; add them or drop fixed_mix",
          definition.place(), definition.id(), definition.fixedMix());
    }
  }

  private static String required(String place, Rule rule, String key, Set<String> allowed) {
    String value = rule.effect(key);
    if (value == null || (allowed != null && !allowed.contains(value))) {
      throw Failure.usage(
          "%s: indicator '%s' has %s; %s",
          place,
          rule.id(),
          value == null ? "no '" + key + "'" : "'" + key + ": " + value + "'",
          allowed == null ? "write a SQL expression" : "use one of " + sorted(allowed));
    }
    return value;
  }

  private static Unit unit(String place, Rule rule) {
    Set<String> allowed = Set.copyOf(Arrays.stream(Unit.values()).map(Unit::id).toList());
    return Unit.valueOf(required(place, rule, "unit", allowed).toUpperCase(Locale.ROOT));
  }

  private static BigDecimal target(String place, Rule rule) {
    String target = rule.effect("target");
    try {
      return target == null ? null : new BigDecimal(target);
    } catch (NumberFormatException e) {
      throw Failure.usage(
          "%s: indicator '%s' has the target '%s', which is no number; write one or remove it",
          place, rule.id(), target);
    }
  }

  private static List<String> shown(RuleFile file, List<Definition> all, String key) {
    List<String> ids =
        file.settings().get(key) instanceof List<?> list
            ? list.stream().map(Object::toString).toList()
            : List.of();
    for (String id : ids) {
      if (file.rules().stream().noneMatch(r -> r.id().equals(id))) {
        throw Failure.usage(
            "%s: setting '%s' names '%s', which no rule defines; correct or remove it",
            file.place("settings." + key), key, id);
      }
    }
    return ids.stream().filter(id -> all.stream().anyMatch(d -> d.id().equals(id))).toList();
  }

  private static Map<String, String> texts(Object setting) {
    Map<String, String> texts = new TreeMap<>();
    if (setting instanceof Map<?, ?> map) {
      map.forEach((k, v) -> texts.put(k.toString(), v.toString()));
    }
    return texts;
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static String version(Rule rule) {
    String text =
        String.join(
            "\n",
            rule.id(),
            rule.titleZh(),
            rule.titleEn(),
            new TreeMap<>(rule.effect()).toString(),
            rule.basis(),
            rule.effectiveFrom().toString(),
            String.valueOf(rule.effectiveUntil()),
            String.valueOf(rule.confirmed()));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
