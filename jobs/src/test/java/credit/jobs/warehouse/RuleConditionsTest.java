package credit.jobs.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class RuleConditionsTest {
  private static final Schemas SCHEMAS = Schemas.bundled();

  private static void check(SparkSession spark, String when) {
    check(spark, file(when));
  }

  private static void check(SparkSession spark, RuleFile file) {
    RuleConditions.condition(
        spark, file, file.rules().get(0), RuleConditions.columns(SCHEMAS, file));
  }

  private static String partOfTheDay(SparkSession spark, String when) {
    return new DayParts("as_of").guarded(SqlExpression.parsed(spark, when)).toString();
  }

  private static RuleFile file(String when) {
    return file("restrictions", when);
  }

  private static RuleFile file(String id, String when) {
    Rule rule =
        new Rule(
            "R-1",
            "一",
            "one",
            when,
            Map.of(),
            "basis",
            List.of(),
            LocalDate.EPOCH,
            null,
            false,
            null,
            null,
            7);
    return new RuleFile(id, "1", "events", Map.of(), List.of(rule), "rules/" + id + ".yaml", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "amount >= 10000 | false",
        "details['as_of'] = 'x' OR outcome = 'as_of' | false",
        "months_between(as_of, event_date) < 12 | true",
        "exists(categories, c -> c = 'fine' AND AS_OF > event_date) | true"
      })
  void aConditionSpeaksOfTheDayWhereItLooksAtIt(String when, boolean speaks, SparkSession spark) {
    RuleFile file = file(when);
    assertThat(RuleConditions.speaksOfTheDay(spark, SCHEMAS, file, file.rules().get(0)))
        .isEqualTo(speaks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "as_of > event_date | (as_of > event_date)",
        "NOT (as_of > event_date) AND exempt | (as_of > event_date)",
        "amount > 9 AND exempt AND as_of > event_date AND code = 'x'"
            + " | CASE WHEN coalesce(((amount > 9) AND exempt), true) THEN (as_of > event_date) END",
        "exempt OR as_of > event_date | (exempt OR (as_of > event_date))",
        "exempt AND exists(categories, c -> as_of > event_date) | CASE WHEN coalesce(exempt, true)"
            + " THEN exists(categories, lambdafunction((as_of > event_date), c)) END",
        "as_of > event_date AND as_of < known_at"
            + " | ((as_of > event_date) AND (as_of < known_at))"
      })
  void whatAConditionSaysOfTheDayLeavesOutWhatDoesNotLookAtIt(
      String when, String part, SparkSession spark) {
    String said = partOfTheDay(spark, when);
    assertThat(said.replaceAll("[`']", "")).isEqualTo(part.replace("'", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "event_type = 'penalty' AND as_of > event_date | (as_of > event_date)",
        "NOT (as_of > event_date AND (exempt OR coalesce(as_of < known_at, true)))"
            + " | (as_of > event_date); (as_of < known_at)",
        "months_between(as_of, event_date) < 12 OR months_between(as_of, event_date) < 12"
            + " | (months_between(as_of, event_date) < 12)",
        "act_no LIKE '2%' AND as_of > act_no | CASE WHEN coalesce(act_no LIKE 2%, true) THEN"
            + " (as_of > act_no) END",
        "exists(categories, c -> as_of > event_date) |"
            + " exists(categories, lambdafunction((as_of > event_date), c))"
      })
  void aComparisonStandsWithoutItsGuardOnlyIfItCanBeAskedOfEveryRow(
      String when, String comparisons, SparkSession spark) {
    RuleFile file = file(when);
    assertThat(
            RuleConditions.comparisonsWithTheDay(spark, SCHEMAS, file, file.rules()).stream()
                .map(c -> c.toString().replaceAll("[`']", ""))
                .collect(Collectors.joining("; ")))
        .isEqualTo(comparisons.replace("'", ""));
  }

  @Test
  void aColumnWhoseNameIsToldLaterMayBeTheDay(SparkSession spark) {
    assertThat(partOfTheDay(spark, "IDENTIFIER('as_of') > known_at AND as_of > event_date"))
        .contains("known_at");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "fine > 1000 | no column",
        "nonsense(code) | no function",
        "amount | yields decimal",
        "amount > | cannot be analysed",
        "code IN (SELECT code FROM events) | refused",
        "EXISTS (SELECT 1) | subquery",
        "(SELECT true) | subquery",
        "reflect('java.lang.System', 'getenv') = 'x' | reflect",
        "java_method('java.lang.System', 'getenv') = 'x' | refused",
        "try_reflect('java.lang.System', 'getenv') = 'x' | refused",
        "rand() > 0.5 | rand",
        "uuid() = code | uuid",
        "event_date < current_date | current_date",
        "event_date < current_date() | current_date",
        "event_date < curdate() | current_date",
        "now() > event_date | not the row's alone",
        "current_timestamp > event_date | not the row's alone",
        "unix_timestamp() > 0 | not the row's alone",
        "event_date < date 'today' | today",
        "event_date < cast('now' AS DATE) | clock",
        "current_user() = code | not the row's alone",
        "count(*) > 1 | more than one row",
        "row_number() OVER (ORDER BY code) = 1 | more than one row",
        "explode(categories) = 'fine' | generator",
        "* | more than one",
        "raise_error('x') | not the row's alone",
        "NULL | yields void"
      })
  void whatIsNotAConditionOverTheRowIsRefusedWithFileAndLine(
      String when, String problem, SparkSession spark) {
    assertThatThrownBy(() -> check(spark, when))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("rules/restrictions.yaml:7: rule 'R-1': ")
        .hasMessageContaining(problem)
        .matches(e -> ((Failure) e).exitCode() == ExitCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "event_type = 'penalty' AND amount >= 10000",
        "months_between(as_of, event_date) < 12",
        "array_contains(categories, 'fine') AND exists(categories, c -> c LIKE 'stop%')",
        "details['basis'] IS NOT NULL",
        "event_date >= DATE '2021-09-01'",
        "aggregate(categories, 0, (n, c) -> n + 1) > 1"
      })
  void aConditionOverTheRowAndTheDayIsAccepted(String when, SparkSession spark) {
    assertThatCode(() -> check(spark, when)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "severity, severity = 'heavy', severity",
    "severity, exempt, exempt",
    "severity, size(marks) = 0, marks",
    "exemptions, NOT exempt, exempt",
    "exemptions, size(marks) > 0, marks"
  })
  void whatIsMadeOfARulesAnswerIsUnknownWhenItIsAsked(
      String id, String when, String column, SparkSession spark) {
    assertThatThrownBy(() -> check(spark, file(id, when)))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("rules/" + id + ".yaml:7: rule 'R-1': ")
        .hasMessageContaining("no column `" + column + "`; use one of ")
        .matches(e -> ((Failure) e).exitCode() == ExitCode.USAGE);
  }

  @ParameterizedTest
  @CsvSource({"evnts, there is no table 'evnts'", "events.code, 'code' is no column with nested"})
  void aTableThatIsNoneIsRefusedWithTheLineThatNamesIt(String table, String problem) {
    RuleFile file =
        new RuleFile(
            "tiers", "1", table, Map.of(), Map.of("table", 3), List.of(), "rules/tiers.yaml", "");
    assertThatThrownBy(() -> RuleConditions.columns(SCHEMAS, file))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("rules/tiers.yaml:3: ")
        .hasMessageContaining(problem);
  }

  @Test
  void anExemptionMayLeanOnTheSeverity(SparkSession spark) {
    assertThatCode(() -> check(spark, file("exemptions", "severity = 'minor'")))
        .doesNotThrowAnyException();
  }

  @Test
  void everyBundledRuleAndContractCanBeAnalysed(SparkSession spark) {
    assertThat(SCHEMAS.sources()).isNotEmpty();
    RuleConditions.checkAll(spark, SCHEMAS);
    ContractExpressions.checkAll(spark, SCHEMAS);
  }
}
