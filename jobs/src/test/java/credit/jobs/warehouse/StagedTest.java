package credit.jobs.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class StagedTest {
  private static final StructType VERSION =
      StructType.fromDDL(
          "record_key STRING, says STRING, declared_on DATE, known_at DATE, delivery_id STRING,"
              + " row_number BIGINT, ended BOOLEAN");
  private static final LocalDate MAY = LocalDate.of(2026, 5, 31);
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 30);
  private static final LocalDate JULY = LocalDate.of(2026, 7, 15);

  private static Row version(String says, LocalDate declaredOn, LocalDate knownAt, boolean ended) {
    return RowFactory.create("firm", says, declaredOn, knownAt, says, 1L, ended);
  }

  private static List<String> newest(Dataset<Row> versions, LocalDate knownAt) {
    return Staged.versions(versions, knownAt).select("says").collectAsList().stream()
        .map(r -> r.getString(0))
        .toList();
  }

  @Test
  void aRowOfMayThatIsKnownInJulyDoesNotOutweighWhatJuneSaid(SparkSession spark) {
    Dataset<Row> versions =
        spark.createDataFrame(
            List.of(version("revoked", JUNE, JUNE, false), version("active", MAY, JULY, false)),
            VERSION);
    assertThat(newest(versions, JULY)).containsExactly("revoked");
  }

  @Test
  void aWithdrawalThatIsKnownLateEndsWhatWasDeclaredBeforeIt(SparkSession spark) {
    Dataset<Row> versions =
        spark.createDataFrame(
            List.of(version("penalty", MAY, MAY, false), version("withdrawn", JUNE, JULY, true)),
            VERSION);
    assertThat(newest(versions, JUNE)).containsExactly("penalty");
    assertThat(newest(versions, JULY)).containsExactly("withdrawn");
    assertThat(Staged.current(versions, JULY).isEmpty()).isTrue();
  }

  @Test
  void ofTwoVersionsOfOneDayTheOneThatBecameKnownLaterSpeaks(SparkSession spark) {
    Dataset<Row> versions =
        spark.createDataFrame(
            List.of(version("wrong", MAY, MAY, false), version("corrected", MAY, JULY, false)),
            VERSION);
    assertThat(newest(versions, JULY)).containsExactly("corrected");
  }

  @Test
  void aRecordIsFoundByWhatAnyOfItsVersionsSaid(SparkSession spark) {
    Dataset<Row> versions =
        spark.createDataFrame(
            List.of(
                version("old name", MAY, MAY, false),
                version("new name", JUNE, JUNE, false),
                RowFactory.create("another", "other name", MAY, MAY, "other name", 1L, false)),
            VERSION);
    Dataset<Row> found = Staged.recordsWith(versions, col("says").equalTo("old name"));
    assertThat(newest(found, JULY)).containsExactly("new name");
  }
}
