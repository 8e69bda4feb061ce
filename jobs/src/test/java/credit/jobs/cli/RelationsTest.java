package credit.jobs.cli;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class RelationsTest {
  private static final LocalDate DAY = LocalDate.of(2025, 4, 1);

  private static Map<String, Object> firm(
      String code, String parent, String representative, String address) {
    return row(
        "code", code,
        "name", code + "公司",
        "register_status", "active",
        "parent_code", parent,
        "representative_key", representative,
        "address", address);
  }

  private static Map<String, Object> succession(String successor, String predecessor) {
    return row(
        "code",
        successor,
        "event_type",
        "succession",
        "event_date",
        DAY,
        "details",
        Map.of("predecessor_code", predecessor, "predecessor_name", "旧" + predecessor));
  }

  private static List<String> relations(SparkSession spark, String code, Map<?, ?>... events) {
    Dataset<Row> files =
        table(
            spark,
            "firm_file",
            firm("HEAD", null, "r1", "香洲区一路1号"),
            firm("NORTH", "HEAD", "r2", null),
            firm("SOUTH", "HEAD", "r3", " "),
            firm("TWIN", null, "r1", "香洲区一路1号"),
            firm("NOBODY", null, null, null),
            firm("SHOP", null, null, null));
    Row firm = files.where("code = '" + code + "'").first();
    return Relations.of(files, table(spark, "events", events), firm).collectAsList().stream()
        .map(r -> "%s %s %s %s".formatted(r.get(0), r.get(1), r.get(2), r.get(4)))
        .toList();
  }

  @Test
  void aFirmHasItsBranchesAndABranchItsHeadAndTheOthers(SparkSession spark) {
    assertThat(relations(spark, "HEAD"))
        .contains("branch NORTH NORTH公司 null", "branch SOUTH SOUTH公司 null");
    assertThat(relations(spark, "NORTH"))
        .containsExactly("head HEAD HEAD公司 null", "other_branch SOUTH SOUTH公司 null");
  }

  @Test
  void oneRepresentativeOrAddressRelatesTwoFirmsInEachOfBothWays(SparkSession spark) {
    assertThat(relations(spark, "TWIN"))
        .containsExactly("address HEAD HEAD公司 null", "representative HEAD HEAD公司 null");
  }

  @Test
  void whatIsNotKnownOfTwoFirmsRelatesThemNot(SparkSession spark) {
    assertThat(relations(spark, "NOBODY")).isEmpty();
  }

  @Test
  void aSuccessionIsToldFromBothEndsAlsoWhereThePredecessorLeftTheRegister(SparkSession spark) {
    Map<String, Object> conversion = succession("TWIN", "SHOP");
    assertThat(relations(spark, "SHOP", conversion))
        .containsExactly("successor TWIN TWIN公司 2025-04-01");
    assertThat(relations(spark, "TWIN", conversion, succession("TWIN", "GONE")))
        .contains("predecessor SHOP SHOP公司 2025-04-01", "predecessor GONE 旧GONE 2025-04-01");
  }
}
