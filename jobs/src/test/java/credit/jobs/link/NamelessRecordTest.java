package credit.jobs.link;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.sql.Date;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A source may name firms by their code alone. */
@ExtendWith(SparkExtension.class)
class NamelessRecordTest {
  private static final Date DAY = Date.valueOf("2014-03-01");

  private static Row decided(SparkSession spark, String code) {
    NameFunctions.register(spark);
    Dataset<Row> records =
        rows(
            spark,
            "record_id STRING, record_key STRING, source STRING, id_scheme STRING,"
                + " given_code STRING, name STRING,"
                + " district STRING, on_date DATE, not_a_firm BOOLEAN, known_at DATE",
            RowFactory.create(
                "visits/a/1", "1", "visits", "none", code, null, null, DAY, false, DAY));
    Dataset<Row> register =
        rows(
            spark,
            "code STRING, name STRING, district STRING",
            RowFactory.create("2", "COSI", "1"));
    Dataset<Row> judgements =
        spark.createDataFrame(
            List.of(),
            StructType.fromDDL(
                "source STRING, record_key STRING, decision STRING, code STRING, decided_on DATE"));
    return Linking.decide(records, new Observation(), Register.names(register), judgements).first();
  }

  private static Dataset<Row> rows(SparkSession spark, String columns, Row row) {
    return spark.createDataFrame(List.of(row), StructType.fromDDL(columns));
  }

  @Test
  void recordWithoutANameIsLinkedByItsCode(SparkSession spark) {
    Row linked = decided(spark, "2");

    assertThat(linked.<String>getAs("outcome")).isEqualTo("linked");
    assertThat(linked.<String>getAs("tier")).isEqualTo("code");
    assertThat(linked.<Double>getAs("score")).isEqualTo(1.0);
    assertThat(linked.<String>getAs("code")).isEqualTo("2");
  }

  @Test
  void recordWithNeitherNameNorKnownCodeStaysUnmatched(SparkSession spark) {
    assertThat(decided(spark, "3").<String>getAs("outcome")).isEqualTo("unmatched");
  }
}
