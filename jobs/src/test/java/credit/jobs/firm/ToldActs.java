package credit.jobs.firm;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.with;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Rows;
import credit.jobs.warehouse.Staged;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What departments tell of invented firms' acts, by the bundled contracts, and the events of {@link
 * #DAY} that come of it. A firm is a case: its records are of one and the same penalty, but for
 * what a test says of them.
 */
final class ToldActs {
  static final LocalDate DAY = LocalDate.of(2026, 6, 30);

  /** Since when a penalty is known. */
  static final LocalDate KNOWN = LocalDate.of(2025, 3, 31);

  /** The day of a repair's outcome. */
  static final LocalDate REPAIRED = LocalDate.of(2025, 9, 1);

  /** A day after the application on which an objection or a remedy was ruled on. */
  static final LocalDate RULED = LocalDate.of(2025, 10, 1);

  private static final String ACT = "珠市监罚字〔2025〕12号";
  private static final String OFFICE = "珠海市市场监督管理局";
  private static final Map<String, Object> PENALTY =
      row(
          "decision_no", ACT,
          "authority", OFFICE,
          "decided_on", LocalDate.of(2025, 3, 9),
          "known_at", KNOWN,
          "categories", List.of("fine"));
  private static final Map<String, Object> TARGET =
      row("target_act_no", ACT, "target_authority", OFFICE, "target_kind", "penalty");

  /** Told in the layout of another source. */
  private static final String PROVINCE = "penalties_of_province";

  private final Map<String, List<Map<String, Object>>> records = new HashMap<>();
  private final List<Map<String, Object>> lives = new ArrayList<>();

  /** A further firm. */
  Firm firm(String code) {
    return new Firm(code);
  }

  /** A firm, of which records are told one after the other. */
  final class Firm {
    private final String code;
    private int number;
    private List<Map<String, Object>> source;

    private Firm(String code) {
      this.code = code;
    }

    /** A record of the penalty. */
    Firm penalty(Object... more) {
      return penaltyIn("penalties", more);
    }

    /** The same as another source has it. */
    Firm penaltyOfProvince(Object... more) {
      return penaltyIn(PROVINCE, more);
    }

    private Firm penaltyIn(String of, Object... more) {
      return record(of, with(PENALTY, "fine", new BigDecimal("5000.00")), more);
    }

    /** The same in the layout of 2016: bracket and blanks differ, amounts are not in it. */
    Firm penaltyOf2016(Object... more) {
      Map<String, Object> told =
          with(PENALTY, "decision_no", "珠市监罚字[2025] 12号", "known_at", KNOWN.minusMonths(1));
      told.put("categories_2", List.of("confiscate_income"));
      return record("penalties_2016", told, more);
    }

    Firm repair(String outcome, Object... more) {
      return change(
          "repairs", outcome, row("decided_on", REPAIRED, "known_at", REPAIRED.plusDays(29)), more);
    }

    Firm objection(String outcome, Object... more) {
      return change("objections", outcome, applied(20), more);
    }

    Firm remedy(String outcome, Object... more) {
      return change("remedies", outcome, applied(60), more);
    }

    private Map<String, Object> applied(int daysBefore) {
      return row("applied_on", RULED.minusDays(daysBefore), "known_at", RULED.plusDays(30));
    }

    private Firm change(String of, String outcome, Map<String, Object> told, Object... more) {
      Map<String, Object> change = with(TARGET, "outcome", outcome);
      change.putAll(told);
      return record(of, change, more);
    }

    private Firm record(String of, Map<String, Object> told, Object... more) {
      source = records.computeIfAbsent(of, s -> new ArrayList<>());
      number++;
      Map<String, Object> record = with(told, "code", code, "record_key", code + number);
      record.put("record_id", of + "/" + code + "/" + number);
      source.add(with(record, more));
      return this;
    }

    /** A later version of the last record, in the file of one day and known since another. */
    Firm again(LocalDate declared, LocalDate known, Object... changed) {
      Map<String, Object> last = source.get(source.size() - 1);
      Map<String, Object> next = with(last, "declared_on", declared, "known_at", known);
      next.put("record_id", last.get("record_id") + "+");
      source.add(with(next, changed));
      return this;
    }

    /** What the register says of the firm; nothing, unless told. */
    Firm life(LocalDate established, LocalDate closed) {
      lives.add(
          row("id_scheme", "uscc", "code", code, "established", established, "closed_on", closed));
      return this;
    }
  }

  /** The events that come of all that was told. */
  Timelines timelines(SparkSession spark) {
    Dataset<Row> province =
        copies(spark, "penalties", PROVINCE)
            .withColumn("copy", col("copy").withField("source", lit(PROVINCE)));
    Dataset<Row> merged =
        Events.merge(
            copies(spark, "penalties", "penalties")
                .union(province)
                .union(copies(spark, "penalties_2016", "penalties_2016")),
            "public_until");
    Dataset<Row> changes =
        Stream.of("repairs", "objections", "remedies")
            .map(source -> linked(spark, source, source, Acts::statusChanges))
            .reduce(Dataset::union)
            .orElseThrow();
    Dataset<Row> firms = Rows.table(spark, "firm_file", lives.toArray(Map<?, ?>[]::new));
    return new Timelines(
        Events.marked(Events.withStatus(merged, changes, DAY), firms, DAY).collectAsList().stream()
            .collect(Collectors.groupingBy(r -> r.<String>getAs("code"))));
  }

  private Dataset<Row> copies(SparkSession spark, String contract, String source) {
    return linked(
        spark,
        contract,
        source,
        (c, staged) -> Acts.copies(c, staged).reduce(Dataset::union).orElseThrow());
  }

  /** What a contract makes of a source's rows, each with the firm that it names. */
  private Dataset<Row> linked(
      SparkSession spark,
      String contract,
      String source,
      BiFunction<SourceContract, Dataset<Row>, Dataset<Row>> meaning) {
    Map<?, ?>[] rows = records.getOrDefault(source, List.of()).toArray(Map<?, ?>[]::new);
    Dataset<Row> staged = Rows.table(spark, "staged_" + contract, rows);
    Dataset<Row> links =
        Staged.versions(staged, DAY.plusYears(1))
            .select(
                col("record_id"), lit("uscc").as("id_scheme"), col("code"), col("first_known_at"));
    return meaning
        .apply(Schemas.bundled().sources().get(contract), staged)
        .join(links, "record_id");
  }

  /** Events by firm, and what they say. */
  record Timelines(Map<String, List<Row>> events) {
    List<Row> of(String firm) {
      return events.getOrDefault(firm, List.of());
    }

    Row only(String firm) {
      assertThat(of(firm)).as(firm).hasSize(1);
      return of(firm).get(0);
    }

    List<String> sources(String firm, String field) {
      return this.<Row>list(firm, "sources").stream().map(s -> s.<String>getAs(field)).toList();
    }

    List<String> marks(String firm) {
      return list(firm, "marks");
    }

    List<String> categories(String firm) {
      return list(firm, "categories");
    }

    private <T> List<T> list(String firm, String column) {
      Row event = only(firm);
      return event.getList(event.fieldIndex(column));
    }

    Map<String, String> details(String firm) {
      Row event = only(firm);
      return event.getJavaMap(event.fieldIndex("details"));
    }

    BigDecimal amount(String firm) {
      return only(firm).getAs("amount");
    }

    LocalDate day(String firm, String column) {
      return only(firm).getAs(column);
    }

    void assertStatus(String firm, String status, LocalDate date) {
      assertThat(only(firm).<String>getAs("status")).as(firm).isEqualTo(status);
      assertThat(day(firm, "status_date")).as(firm).isEqualTo(date);
    }
  }
}
