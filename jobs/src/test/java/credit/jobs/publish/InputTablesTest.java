package credit.jobs.publish;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class InputTablesTest {
  private static final LocalDate MAY = LocalDate.of(2026, 5, 31);
  private static final LocalDate JULY = LocalDate.of(2026, 7, 15);

  private static Map<String, Object> delivery(
      String id, LocalDate day, String status, String corrects, List<Long> rows) {
    return row(
        "source",
        "penalties",
        "delivery_id",
        id,
        "path",
        id + ".csv",
        "declared_on",
        day,
        "status",
        status,
        "corrects",
        corrects,
        "corrected_rows",
        rows);
  }

  private static List<String> telling(SparkSession spark, Map<?, ?>... deliveries) {
    return InputTables.tellingCoverage(table(spark, "deliveries", deliveries))
        .select("delivery_id")
        .sort("delivery_id")
        .collectAsList()
        .stream()
        .map(r -> r.getString(0))
        .toList();
  }

  @Test
  void oneCorrectedRowMakesNoSourceCompleteThroughItsDay(SparkSession spark) {
    assertThat(
            telling(
                spark,
                delivery("a", MAY, "accepted", null, null),
                delivery("b", JULY, "accepted", "a", List.of(3L))))
        .containsExactly("a");
  }

  @Test
  void aWholeFileCorrectedLaterSaysNothingOfTheDaysSince(SparkSession spark) {
    assertThat(
            telling(
                spark,
                delivery("a", MAY, "accepted", null, null),
                delivery("b", JULY, "accepted", "a", null)))
        .containsExactly("a");
  }

  @Test
  void aWholeFileInPlaceOfARefusedOneClosesItsGap(SparkSession spark) {
    assertThat(
            telling(
                spark,
                delivery("a", MAY, "refused", null, null),
                delivery("b", MAY, "accepted", "a", null)))
        .containsExactly("a", "b");
  }

  @Test
  void someRowsOfARefusedFileDoNotCloseItsGap(SparkSession spark) {
    assertThat(
            telling(
                spark,
                delivery("a", MAY, "refused", null, null),
                delivery("b", MAY, "accepted", "a", List.of(1L, 2L))))
        .containsExactly("a");
  }
}
