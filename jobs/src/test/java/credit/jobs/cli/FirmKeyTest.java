package credit.jobs.cli;

import static credit.jobs.warehouse.Rows.row;
import static credit.jobs.warehouse.Rows.table;
import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.warehouse.SparkExtension;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class FirmKeyTest {
  private static final SourceContract REGISTER = Schemas.bundled().register();
  private static final String CODE = "91440400MA00000000";

  @Test
  void aCodeIsReadAsTheCounterReadsIt() {
    for (String typed :
        new String[] {
          CODE, " 91440400ma00000000 ", "9144 0400 MA00 0000-00", "９１４４０４００ＭＡ００００００００"
        }) {
      assertThat(FirmKey.typed(REGISTER, typed)).isEqualTo(new FirmKey("uscc", CODE));
    }
  }

  @Test
  void theSameCodeInAnotherSchemeIsAnotherFirm(SparkSession spark) {
    assertThat(
            table(
                    spark,
                    "links",
                    row("record_id", "its own", "id_scheme", "uscc", "code", CODE),
                    row("record_id", "another's", "id_scheme", "none", "code", CODE))
                .where(FirmKey.typed(REGISTER, CODE).holds())
                .select("record_id")
                .collectAsList())
        .extracting(r -> r.getString(0))
        .containsExactly("its own");
  }
}
