package credit.jobs.publish;

import static credit.jobs.publish.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import credit.jobs.publish.ListedEntry.ListName;
import credit.jobs.publish.PublicFace.FirmKey;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PublicPageTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final String HOSTILE = "</script><script>alert(1)</script>'\"&<b>公司";

  static String page(List<PublicPenalty> penalties) {
    Set<FirmKey> legalPersons =
        IntStream.range(1, 300)
            .mapToObj(n -> new FirmKey("uscc", Samples.code(n)))
            .collect(java.util.stream.Collectors.toSet());
    PublicFace face =
        PublicFace.of(
            List.of(Samples.entry(ListName.BLACKLIST, 1, "listed")), penalties, legalPersons, DAY);
    return new String(
        new PublicPage(SCHEMAS).render(face, 7, Samples.statement(DAY)), StandardCharsets.UTF_8);
  }

  static JsonNode data(String page) throws IOException {
    Matcher data = Pattern.compile("id=\"data\">(.*?)</script>").matcher(page);
    assertThat(data.find()).isTrue();
    return new ObjectMapper().readTree(data.group(1));
  }

  @Test
  void thePageSaysWhatItIsAndWhatItIsNotInBothLanguages() {
    assertThat(page(List.of(Samples.penalty(2))))
        .contains("2026-06-30", "<dd>7</dd>", "样例企业1", "样例企业2")
        .contains("不表示其信用良好", "no statement of good credit")
        .contains("提出异议", "may object", "信用修复", "credit repair")
        .contains("没收违法所得 confiscation of unlawful income; 罚款 fine")
        .contains("国家发展改革委令第36号", "总局令第45号");
  }

  @Test
  void whereRulesAwaitReviewThePageSaysSo() {
    assertThat(page(List.of(Samples.penalty(2)))).contains("尚待法律审核", "still await legal review");
    assertThat(page(List.of())).as("nothing rests on them").doesNotContain("尚待法律审核");
  }

  @Test
  void aHostileNameIsTextInTheTableAndInTheData() throws IOException {
    String page = page(List.of(Samples.named(Samples.penalty(2), HOSTILE)));
    assertThat(page).doesNotContain("<script>alert").doesNotContain("<b>公司");
    assertThat(data(page).at("/grids/0/rows/0/0").asText()).isEqualTo(HOSTILE);
  }

  @Test
  void ofManyRowsTheFirstStandInTheTableAndAllInTheData() throws IOException {
    String page = page(IntStream.range(1, 251).mapToObj(Samples::penalty).toList());
    String table = page.substring(page.indexOf("<tbody>"), page.indexOf("</tbody>"));
    assertThat(table.split("<tr>", -1)).hasSize(1 + PublicPage.FIRST);
    assertThat(data(page).at("/grids/0/rows")).hasSize(250);
  }
}
