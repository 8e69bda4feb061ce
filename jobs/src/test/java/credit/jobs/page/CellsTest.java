package credit.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+86", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"})
  void aDepartmentsTextNeverRunsAsAFormula(String text) {
    assertThat(Cells.defused(text)).isEqualTo("'" + text);
    assertThat(Cells.undefused("'" + text)).isEqualTo(text);
  }

  @Test
  void anApostropheThatTheDepartmentWroteStays() {
    assertThat(Cells.undefused("'t Hof")).isEqualTo("'t Hof");
  }

  @Test
  void otherTextsAndNumbersStayAsTheyAre() {
    assertThat(Cells.line(List.of("珠海海湾贸易", "a=b", new BigDecimal("-12.50"), "")))
        .isEqualTo("珠海海湾贸易,a=b,-12.50,\r\n");
  }

  @Test
  void commasQuotesAndLineEndsAreQuoted() {
    assertThat(Cells.line(List.of("a,b", "say \"no\"", "two\nlines", "=HYPERLINK(\"x\")")))
        .isEqualTo("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",\"'=HYPERLINK(\"\"x\"\")\"\r\n");
  }
}
