package credit.jobs.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import credit.schemas.Column;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A source's owner reads the contract on the page, whole. */
class DocsPageTest {
  private static final Schemas SCHEMAS = Schemas.bundled();
  private static final String PAGE = DocsPage.render(SCHEMAS, "en");

  @Test
  void everyColumnIsShownWithItsHeadersTypeUnitCodesAndPersonalClass() {
    for (SourceContract source : SCHEMAS.sources().values()) {
      String section = section("source-" + source.id());
      for (Column column : source.columns()) {
        String row = row(section, column.name() + (column.key() ? " *" : ""));
        assertThat(row).as(source.id() + "." + column.name()).contains(escaped(column.sparkType()));
        assertThat(row).contains(escaped(column.physicalName()));
        column.aliases().forEach(alias -> assertThat(row).contains(escaped(alias)));
        assertThat(row).contains(column.codes() == null ? "" : column.codes());
        assertThat(row).contains(column.check() == null ? "" : column.check());
        assertThat(row).contains(column.wanYuan() ? "10,000 yuan, kept in yuan" : "");
        assertThat(row).contains(column.stored() ? "" : "never stored");
      }
    }
  }

  @Test
  void lineageLeadsFromTheFolderToTheEvents() {
    String row = row(section("lineage-sources"), "penalties_2016");
    assertThat(row).contains("staged_penalties_2016", "link, firm", "penalty");
  }

  @Test
  void thePageStandsAloneAndCanBeSearched() {
    assertThat(PAGE).contains("id=\"search\"").doesNotContain("src=\"http", "href=\"http");
  }

  private static String section(String id) {
    int start = PAGE.indexOf("<section id=\"" + id + "\"");
    assertThat(start).as("section " + id).isNotNegative();
    return PAGE.substring(start, PAGE.indexOf("</section>", start));
  }

  private static String row(String section, String heading) {
    Matcher row =
        Pattern.compile(
                "<tr><th scope=\"row\"[^>]*>" + Pattern.quote(heading) + "</th>.*?</tr>",
                Pattern.DOTALL)
            .matcher(section);
    assertThat(row.find()).as("row " + heading).isTrue();
    return row.group();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
