package credit.jobs.tier;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import credit.jobs.warehouse.RuleConditions;
import credit.jobs.warehouse.RuleSettings;
import credit.jobs.warehouse.UseRules;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * How far a firm is from other tiers, and what would change its own. Nothing is guessed from the
 * rules: the firm is rated on every day of the next years, and with each repair that it could have.
 * A suspension ends on its day; the severity of events is that of today.
 *
 * @param distances tiers that points decide, best first; empty for a firm that is not rated
 * @param repairs what each repair would change
 * @param passing days on which the tier changes if nothing new is recorded
 */
public record TierOutlook(
    List<Distance> distances, List<Repair> repairs, List<TierChange> passing) {
  /** Years that are looked ahead. */
  public static final int YEARS = 3;

  private static final String MINIMUM_MONTHS = "minimum_months";
  private static final int MOST_MONTHS = 1200;
  private static final StructType TRIALS =
      StructType.fromDDL("trial INT, as_of DATE, repaired ARRAY<STRING>");

  /**
   * A tier and the points to it.
   *
   * @param from points from which it is reached
   * @param missing points that are missing; zero or less: the firm stands so far above
   */
  public record Distance(String tier, long from, long missing) {}

  /**
   * A repair and what it would change.
   *
   * @param event the event; null: all that are named
   * @param change the firm's rating on the first day on which it could be repaired, against the
   *     rating on that day without it
   */
  public record Repair(String event, TierChange change) {}

  /** Builds files again for days of their own, see the firm stage. */
  @FunctionalInterface
  public interface Files {
    /** Files, with {@code as_of}, from the events that are supposed. */
    Dataset<Row> of(Dataset<Row> files, Dataset<Row> events, UseRules use);
  }

  private record Trial(int number, LocalDate day, List<String> repaired) {
    Row row() {
      return RowFactory.create(number, java.sql.Date.valueOf(day), repaired);
    }
  }

  /**
   * The outlook of one firm.
   *
   * @param file the firm's row of {@code firm_file}
   * @param events its rows of {@code events}
   * @param rating its row of {@code tiers} that holds on the day
   * @param asOf the day of the file
   */
  public static TierOutlook of(
      Schemas schemas,
      Dataset<Row> file,
      Dataset<Row> events,
      Row rating,
      LocalDate asOf,
      boolean allowPending,
      Files files) {
    return new Lookout(schemas, file, events, rating, asOf, allowPending, files).outlook();
  }

  /** Months from the day of a document until a rule lets it be repaired. */
  static int minimumMonths(RuleFile repair, Rule rule) {
    RuleSettings effect =
        RuleSettings.effectOf(repair, rule).allow(MINIMUM_MONTHS, "removal_working_days");
    return effect.integer(MINIMUM_MONTHS, 0, MOST_MONTHS);
  }

  private record Lookout(
      Schemas schemas,
      Dataset<Row> file,
      Dataset<Row> events,
      Row rating,
      LocalDate asOf,
      boolean allowPending,
      Files files) {

    private SparkSession spark() {
      return file.sparkSession();
    }

    TierOutlook outlook() {
      List<Trial> days = days();
      List<Trial> repairs = repairs(days);
      List<Trial> all = new ArrayList<>(days);
      all.addAll(repairs);
      Map<Integer, Row> rated = rated(all);
      List<Row> ahead = days.stream().map(d -> rated.get(d.number())).toList();
      List<TierChange> passing =
          TierChange.history(ahead).stream().filter(c -> c.before() != null && c.ofTier()).toList();
      return new TierOutlook(
          distances(),
          repairs.stream()
              .map(t -> repair(t, rated, ahead))
              .filter(r -> r.change().ofTier() || !r.change().lost().isEmpty())
              .toList(),
          passing);
    }

    private Repair repair(Trial trial, Map<Integer, Row> rated, List<Row> ahead) {
      Row without = ahead.get((int) (trial.day().toEpochDay() - asOf.toEpochDay()));
      return new Repair(
          trial.repaired().size() == 1 ? trial.repaired().get(0) : null,
          TierChange.between(without, rated.get(trial.number())));
    }

    private List<Distance> distances() {
      TierRules rules = TierRules.of(spark(), schemas, asOf, allowPending);
      if (rating.<String>getAs("tier").equals(rules.notRated())) {
        return List.of();
      }
      long points = rating.<Long>getAs("points");
      return rules.tiers().stream()
          .filter(t -> t.from() != Long.MIN_VALUE)
          .map(t -> new Distance(t.name(), t.from(), t.from() - points))
          .toList();
    }

    /** A trial for each day from the rating's on, numbered by it. */
    private List<Trial> days() {
      List<Trial> days = new ArrayList<>();
      LocalDate end = asOf.plusYears(YEARS);
      for (LocalDate day = asOf; !day.isAfter(end); day = day.plusDays(1)) {
        days.add(new Trial(days.size(), day, List.of()));
      }
      return days;
    }

    /** A trial for each event that costs the firm something and can be repaired, and for all. */
    private List<Trial> repairs(List<Trial> days) {
      LocalDate end = days.get(days.size() - 1).day();
      List<Trial> trials = new ArrayList<>();
      List<String> all = new ArrayList<>();
      LocalDate last = asOf;
      for (Row event : repairable()) {
        LocalDate first = event.<LocalDate>getAs("from");
        if (!first.isAfter(end)) {
          LocalDate day = first.isBefore(asOf) ? asOf : first;
          String id = event.getAs("event_id");
          trials.add(new Trial(days.size() + trials.size(), day, List.of(id)));
          all.add(id);
          last = day.isAfter(last) ? day : last;
        }
      }
      if (all.size() > 1) {
        trials.add(new Trial(days.size() + trials.size(), last, List.copyOf(all)));
      }
      return trials;
    }

    /** Events behind the reasons that take points or set a ceiling, newest first. */
    private List<Row> repairable() {
      Set<String> costly = new HashSet<>();
      for (Row reason : rating.<Row>getList(rating.fieldIndex("reasons"))) {
        String bound = reason.getAs("bound");
        if (reason.<Long>getAs("points") < 0 || (bound != null && bound.startsWith("ceiling"))) {
          costly.addAll(reason.getList(reason.fieldIndex("records")));
        }
      }
      if (costly.isEmpty()) {
        return List.of();
      }
      return events
          .withColumn("as_of", lit(asOf))
          .withColumn("months", months())
          .where("months IS NOT NULL")
          .select(
              col("event_id"),
              col("event_date"),
              expr("add_months(event_date, months)").as("from"),
              expr("sources.record_id").as("records"))
          .collectAsList()
          .stream()
          .filter(e -> e.<String>getList(3).stream().anyMatch(costly::contains))
          .sorted(
              Comparator.comparing((Row e) -> e.<LocalDate>getAs("event_date"))
                  .reversed()
                  .thenComparing(e -> e.<String>getAs("event_id")))
          .toList();
    }

    /**
     * Months before a repair; null: nothing to repair. The rules of the document's day decide, and
     * where none of them speaks of it, the next that came into force. Without rules all can be
     * repaired.
     */
    private Column months() {
      RuleFile repair = schemas.rules().get("repair");
      if (repair == null) {
        return lit(0);
      }
      StructType columns = RuleConditions.columns(schemas, repair);
      Column months = lit(null).cast("int");
      for (Rule rule : repairRules(repair)) {
        Column holds = RuleConditions.condition(spark(), repair, rule, columns);
        Column stillInForce =
            rule.effectiveUntil() == null
                ? lit(true)
                : col("event_date").lt(lit(rule.effectiveUntil()));
        months = when(stillInForce.and(holds), lit(minimumMonths(repair, rule))).otherwise(months);
      }
      return months;
    }

    /** Those that came into force up to the day, the latest first: the earliest is put on top. */
    private List<Rule> repairRules(RuleFile repair) {
      List<Rule> rules =
          new ArrayList<>(
              repair.rules().stream()
                  .filter(r -> !r.effectiveFrom().isAfter(asOf))
                  .filter(r -> r.confirmed() || allowPending)
                  .sorted(Comparator.comparing(Rule::effectiveFrom))
                  .toList());
      Collections.reverse(rules);
      return rules;
    }

    /** The rows of {@code tiers} that the trials would have, by number. */
    private Map<Integer, Row> rated(List<Trial> trials) {
      Dataset<Row> rated = null;
      List<Dataset<Row>> kept = new ArrayList<>();
      List<LocalDate> starts = List.copyOf(ruleDays());
      for (int i = 0; i < starts.size(); i++) {
        LocalDate from = starts.get(i);
        LocalDate until = i + 1 < starts.size() ? starts.get(i + 1) : LocalDate.MAX;
        List<Trial> some =
            trials.stream()
                .filter(t -> !t.day().isBefore(from) && t.day().isBefore(until))
                .toList();
        if (!some.isEmpty()) {
          TierRules rules = TierRules.of(spark(), schemas, from, allowPending);
          Dataset<Row> supposed = supposed(some, rules.use()).cache();
          kept.add(supposed);
          Dataset<Row> part = Tiers.rateDated(supposed, rules);
          rated = rated == null ? part : rated.union(part);
        }
      }
      try {
        Map<Integer, Row> byNumber = new HashMap<>();
        for (Row row : rated.collectAsList()) {
          String code = row.getAs("code");
          byNumber.put(Integer.valueOf(code.substring(code.lastIndexOf('#') + 1)), row);
        }
        return byNumber;
      } finally {
        kept.forEach(Dataset::unpersist);
      }
    }

    /** The rating's day and later days on which other rules come into force. */
    private Set<LocalDate> ruleDays() {
      Set<LocalDate> days = new TreeSet<>();
      for (String id : List.of("tiers", "tiers_firm", "use")) {
        RuleFile file = schemas.rules().get(id);
        if (file != null) {
          for (Rule rule : file.rules()) {
            days.add(rule.effectiveFrom());
            days.add(rule.effectiveUntil() == null ? asOf : rule.effectiveUntil());
          }
          RuleSettings settings = RuleSettings.of(file);
          if (settings.has("versions")) {
            settings.sections("versions").forEach(v -> days.add(v.date("effective_from")));
          }
        }
      }
      days.removeIf(day -> day.isBefore(asOf));
      days.add(asOf);
      return days;
    }

    /** The firm's file once for each trial, the trial's number behind the code. */
    private Dataset<Row> supposed(List<Trial> trials, UseRules use) {
      Dataset<Row> suppositions =
          broadcast(spark().createDataFrame(trials.stream().map(Trial::row).toList(), TRIALS));
      Column code = expr("concat(code, '#', trial)");
      Dataset<Row> files =
          file.drop("as_of").crossJoin(suppositions).withColumn("code", code).drop(NOT_OF_A_FILE);
      Dataset<Row> lives =
          events
              .crossJoin(suppositions)
              .withColumn("code", code)
              .withColumn(
                  "status",
                  expr(
                      "CASE WHEN array_contains(repaired, event_id) THEN 'repaired'"
                          + " WHEN status_date > as_of OR status_until <= as_of THEN 'active'"
                          + " ELSE status END"))
              .withColumn("status_date", lit(null).cast("date"))
              .drop(NOT_OF_A_FILE);
      return this.files.of(files, lives, use);
    }

    private static final String[] NOT_OF_A_FILE = {"trial", "repaired"};
  }
}
