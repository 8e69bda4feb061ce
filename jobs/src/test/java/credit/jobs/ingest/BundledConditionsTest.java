package credit.jobs.ingest;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.with;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.Rows;
import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import credit.schemas.SourceContract.Quality;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the bundled contracts ask of whole rows. */
@ExtendWith(SparkExtension.class)
class BundledConditionsTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final Map<String, Object> FALSE_PROMISE =
      row(
          "promise_no", "CN-1",
          "outcome", "false",
          "promised_on", LocalDate.of(2026, 1, 1),
          "checked_on", LocalDate.of(2026, 3, 1),
          "finding_no", "珠政数认〔2026〕1号",
          "authority", "珠海市政务服务数据管理局");

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession shared) {
    spark = shared;
  }

  /** Names of the conditions that a row breaks. */
  private List<String> broken(String source, Map<String, Object> row) {
    SourceContract contract = SCHEMAS.sources().get(source);
    Dataset<Row> rows = Rows.table(spark, contract.stagedTable(), row);
    return contract.quality().stream()
        .filter(q -> rows.where("NOT coalesce(" + q.condition() + ", true)").count() > 0)
        .map(Quality::name)
        .toList();
  }

  @Test
  void aFalsePromiseNamesDayNumberAndAuthorityOfItsFinding() {
    assertThat(broken("promises", FALSE_PROMISE)).isEmpty();
    for (String named : List.of("checked_on", "finding_no", "authority")) {
      assertThat(broken("promises", with(FALSE_PROMISE, named, null)))
          .as(named)
          .containsExactly("false_needs_a_finding");
    }
    assertThat(broken("promises", with(FALSE_PROMISE, "outcome", "kept", "authority", null)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"无", "/", "-", "—", "***", "N/A", "暂无文号"})
  void whatHasNoDigitIsNoDocumentNumber(String placeholder) {
    assertThat(broken("penalties", row("decision_no", placeholder)))
        .containsExactly("number_has_a_digit");
    assertThat(broken("promises", with(FALSE_PROMISE, "finding_no", placeholder)))
        .containsExactly("false_needs_a_finding");
  }

  @ParameterizedTest
  @ValueSource(strings = {"珠市监处〔2026〕7号", "珠市監处〔二〇二六〕七号", "ＣＦ１", "91"})
  void aDocumentNumberMayBeWrittenInAnyDigits(String number) {
    assertThat(broken("penalties", row("decision_no", number))).isEmpty();
  }

  /** Else all records with the same dash would be versions of one, and only the last would stay. */
  @Test
  void everyNumberThatIsARecordsKeyHasADigit() {
    for (SourceContract source : SCHEMAS.sources().values()) {
      source.columns().stream()
          .filter(c -> c.key() && c.name().endsWith("_no"))
          .forEach(
              c ->
                  assertThat(source.quality())
                      .as(source.id())
                      .anyMatch(q -> q.condition().startsWith(c.name() + " RLIKE")));
    }
  }
}
