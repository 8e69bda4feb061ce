package credit.jobs.tier;

import static org.apache.spark.sql.functions.lit;

import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.RuleSettings;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Rules of tiers of a day, ready to be put to firm files.
 *
 * @param tiers tiers, best first
 * @param notRated name of the tier of those who have none
 * @param byEvent rules over single events of the timeline
 * @param byFirm rules over the firm's file
 * @param use what a record may still be used for
 * @param asOf the day
 * @param version hash over the files, for the tiers table
 */
record TierRules(
    List<Tier> tiers,
    String notRated,
    List<Entry> byEvent,
    List<Entry> byFirm,
    UseRules use,
    LocalDate asOf,
    String version) {

  private static final String BY_EVENT = "tiers";
  private static final String BY_FIRM = "tiers_firm";

  /** A tier and the points from which it is reached; the last takes the rest. */
  record Tier(String name, long from) {}

  /** What a rule gives. */
  enum Kind {
    /** Points that a firm starts with: without them it is not rated. */
    BASE,
    /** Points for each event or once for the firm. */
    POINTS,
    /** The worst tier that a firm may have. */
    FLOOR,
    /** The best tier that a firm may have; it goes before a floor. */
    CEILING,
    /** No tier, with the cause. */
    NOT_RATED
  }

  /**
   * One rule.
   *
   * @param number place among all rules of the day, which is the order of reasons
   * @param works whether it is put to work; else it runs in shadow
   * @param points points for each time it holds
   * @param cap the points that it gives at most, of the same sign; 0: no cap
   * @param target the tier of a bound, or the cause of no rating; null for points
   */
  record Entry(
      int number,
      Rule rule,
      boolean works,
      Column condition,
      Kind kind,
      long points,
      long cap,
      String target) {}

  static TierRules of(SparkSession spark, Schemas schemas, LocalDate asOf, boolean allowPending) {
    RuleFile byEvent = schemas.rule(BY_EVENT);
    RuleSettings settings = RuleSettings.of(byEvent);
    List<Tier> tiers = tiers(settings);
    List<Entry> events =
        entries(spark, schemas, byEvent, effectiveOn(byEvent, asOf), tiers, 0, allowPending);
    RuleFile byFirm = schemas.rules().get(BY_FIRM);
    List<Entry> firms =
        byFirm == null
            ? List.of()
            : entries(
                spark,
                schemas,
                byFirm,
                effectiveOn(byFirm, asOf),
                tiers,
                events.size(),
                allowPending);
    return new TierRules(
        tiers,
        notRated(settings),
        events,
        firms,
        UseRules.of(schemas, asOf, allowPending),
        asOf,
        byFirm == null ? byEvent.sha256() : byEvent.sha256() + "+" + byFirm.sha256());
  }

  /**
   * Whether all rules, whatever their days, say what they can.
   *
   * @return the names of the tiers, best first, and of the one of those who have none
   */
  static List<String> check(SparkSession spark, Schemas schemas) {
    RuleSettings settings = RuleSettings.of(schemas.rule(BY_EVENT));
    List<Tier> tiers = tiers(settings);
    for (String id : List.of(BY_EVENT, BY_FIRM)) {
      RuleFile file = schemas.rules().get(id);
      if (file != null) {
        entries(spark, schemas, file, file.rules(), tiers, 0, true);
      }
    }
    return Stream.concat(tiers.stream().map(Tier::name), Stream.of(notRated(settings))).toList();
  }

  private static String notRated(RuleSettings settings) {
    return settings.has("not_rated") ? settings.text("not_rated") : "N";
  }

  private static List<Rule> effectiveOn(RuleFile file, LocalDate day) {
    return file.rules().stream().filter(rule -> rule.effectiveOn(day)).toList();
  }

  private static List<Tier> tiers(RuleSettings settings) {
    List<Tier> tiers = new ArrayList<>();
    List<RuleSettings> named = settings.sections("tiers");
    for (RuleSettings tier : named) {
      boolean last = tiers.size() == named.size() - 1;
      long from = last ? Long.MIN_VALUE : tier.integer("from");
      if (!tiers.isEmpty() && tiers.get(tiers.size() - 1).from() <= from) {
        throw tier.refuse("from", "tiers stand best first, each from fewer points");
      }
      tiers.add(new Tier(tier.text("tier"), from));
    }
    return List.copyOf(tiers);
  }

  private static List<Entry> entries(
      SparkSession spark,
      Schemas schemas,
      RuleFile file,
      List<Rule> rules,
      List<Tier> tiers,
      int firstNumber,
      boolean allowPending) {
    StructType columns = RuleConditions.columns(schemas, file);
    List<Entry> entries = new ArrayList<>();
    for (Rule rule : rules) {
      Kind kind = kind(file, rule);
      entries.add(
          new Entry(
              firstNumber + entries.size(),
              rule,
              rule.confirmed() || allowPending,
              RuleConditions.condition(spark, file, rule, columns),
              kind,
              kind == Kind.BASE || kind == Kind.POINTS ? points(file, rule, kind) : 0,
              rule.effect("cap") == null ? 0 : whole(file, rule, "cap"),
              target(file, rule, kind, tiers)));
    }
    return List.copyOf(entries);
  }

  private static Kind kind(RuleFile file, Rule rule) {
    Set<String> named = new java.util.TreeSet<>(rule.effect().keySet());
    named.remove("cap");
    if (named.size() == 1) {
      for (Kind kind : Kind.values()) {
        if (named.contains(key(kind))) {
          return kind;
        }
      }
    }
    throw Failure.usage(
        "%s:%d: rule '%s' has the effect %s; give it one of base, points, floor, ceiling or"
            + " not_rated",
        file.file(), rule.line(), rule.id(), rule.effect().keySet());
  }

  private static String key(Kind kind) {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  private static long points(RuleFile file, Rule rule, Kind kind) {
    long points = whole(file, rule, key(kind));
    if (rule.effect("cap") != null && points * whole(file, rule, "cap") <= 0) {
      throw Failure.usage(
          "%s:%d: rule '%s': cap and points have different signs; correct one of them",
          file.file(), rule.line(), rule.id());
    }
    return points;
  }

  private static long whole(RuleFile file, Rule rule, String key) {
    return RuleSettings.effectOf(file, rule).integer(key);
  }

  private static String target(RuleFile file, Rule rule, Kind kind, List<Tier> tiers) {
    if (kind == Kind.BASE || kind == Kind.POINTS) {
      return null;
    }
    String target = RuleConditions.required(file, rule, key(kind));
    if (kind != Kind.NOT_RATED && tiers.stream().noneMatch(t -> t.name().equals(target))) {
      throw Failure.usage(
          "%s:%d: rule '%s' names the tier '%s', which is none of %s; correct it",
          file.file(), rule.line(), rule.id(), target, tiers.stream().map(Tier::name).toList());
    }
    return target;
  }

  /** What a rule says about a firm, as a row of {@link Tiers#HIT}. */
  static Column hit(Entry entry, Column points, Column records) {
    return org.apache.spark.sql.functions.struct(
        lit(entry.number()).as("number"),
        lit(entry.rule().id()).as("rule"),
        lit(entry.works()).as("works"),
        lit(key(entry.kind())).as("kind"),
        points.cast("bigint").as("points"),
        lit(entry.target()).cast("string").as("target"),
        lit(entry.rule().basis()).as("basis"),
        records.as("records"));
  }
}
