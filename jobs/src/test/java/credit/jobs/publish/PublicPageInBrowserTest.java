package credit.jobs.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import credit.jobs.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a real browser can tell of the public page. */
@Tag("slow")
class PublicPageInBrowserTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>公司";
  private static final LocalDate FAR = LocalDate.of(2999, 1, 1);

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void open() throws IOException {
    browser = Browser.start();
    List<PublicPenalty> penalties = new ArrayList<>();
    IntStream.range(1, 251)
        .mapToObj(n -> Samples.until(Samples.penalty(n), FAR))
        .forEach(penalties::add);
    penalties.add(Samples.named(Samples.until(Samples.penalty(251), FAR), HOSTILE));
    Files.writeString(folder.resolve("page.html"), PublicPageTest.page(penalties));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void show(int width, String medium) {
    browser.show(width, medium);
    browser.console();
    browser.requests();
    browser.open(folder.resolve("page.html"));
  }

  private static List<String> found(String script) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : browser.run("return " + script)) {
      texts.add(node.asText());
    }
    return texts;
  }

  private static List<String> names() {
    return found("[...document.querySelectorAll('#penalties tbody th')].map(e => e.textContent)");
  }

  private static String status() {
    return browser.run("return document.querySelector('#penalties .found').textContent").asText();
  }

  private static void search(String words) {
    browser.run("const b = document.getElementById('search'); b.value = ''; b.focus()");
    browser.type(words);
  }

  @Test
  void thePageAsksForNothingAndReportsNoError() {
    show(1280, "screen");
    search("样例");
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).singleElement().asString().startsWith("file:");
  }

  @ParameterizedTest
  @CsvSource({
    "样例企业249,         样例企业249",
    "９１440400MA000177 , 样例企业177",
    "罚〔2026〕88号,      样例企业88",
    "样例 MA000012,      样例企业12"
  })
  void aFirmIsFoundByNameCodeOrDocumentNumber(String words, String firm) {
    show(1280, "screen");
    search(words);
    assertThat(names()).containsExactly(firm);
    assertThat(status()).contains("1 found");
  }

  @Test
  void ofManyTheFirstAreListedAndThePageSaysHowManyThereAre() {
    show(1280, "screen");
    assertThat(names()).hasSize(PublicPage.FIRST);
    assertThat(status()).contains("查到 251 条", "251 found, 100 listed");
    search("nobody");
    assertThat(names()).isEmpty();
    assertThat(status()).contains("0 found");
  }

  @Test
  void aHostileNameIsText() {
    show(1280, "screen");
    search("onerror");
    assertThat(names()).containsExactly(HOSTILE);
    assertThat(browser.run("return document.images.length").asInt()).isZero();
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void whatEndedByTheReadersCalendarIsNotListedHoweverOldThePage() throws IOException {
    LocalDate past = LocalDate.of(2026, 7, 2);
    Files.writeString(
        folder.resolve("old.html"),
        PublicPageTest.page(
            List.of(
                Samples.until(Samples.penalty(1), past), Samples.until(Samples.penalty(2), FAR))));
    browser.open(folder.resolve("old.html"));
    boolean over = LocalDate.now(java.time.ZoneId.of("Asia/Shanghai")).isAfter(past);
    assertThat(over).as("the tests run after that day").isTrue();
    assertThat(names()).containsExactly("样例企业2");
    assertThat(status()).contains("1 more have ended");
  }

  @Test
  void allThatCanBeOperatedIsReachedByKeyboard() {
    show(1280, "screen");
    search("样例企业249");
    browser.run("document.activeElement.blur(); window.getSelection().removeAllRanges()");
    String operated =
        "[...document.querySelectorAll('a[href], input, [tabindex=\"0\"]')]"
            + ".map(e => e.getAttribute('href') || e.id || e.getAttribute('aria-label'))";
    show(1280, "screen");
    int wanted = found(operated).size();
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      browser.pressTab();
      reached.add(
          browser
              .run(
                  "const e = document.activeElement;"
                      + "if (getComputedStyle(e).outlineStyle === 'none') return 'unseen';"
                      + "return e.getAttribute('href') || e.id || e.getAttribute('aria-label')")
              .asText());
    }
    assertThat(wanted).isGreaterThan(12);
    assertThat(reached)
        .isEqualTo(found(operated).subList(0, 12))
        .startsWith("#content", "search", "#penalties");
  }

  @Test
  void aScreenReaderFindsItsWay() {
    show(1280, "screen");
    assertThat(found("[...document.querySelectorAll('h1,h2')].map(h => h.tagName)"))
        .startsWith("H1", "H2")
        .containsOnlyOnce("H1");
    for (String landmark : List.of("header", "nav[aria-label]", "main", "footer")) {
      assertThat(found("[...document.querySelectorAll('" + landmark + "')].map(e => '')"))
          .as(landmark)
          .hasSize(1);
    }
    assertThat(
            found(
                "[...document.querySelectorAll('table')].filter(t => !t.caption"
                    + " || t.querySelector('th:not([scope])')).map(t => t.outerHTML)"))
        .isEmpty();
    assertThat(
            browser.run("return document.querySelector('label[for=search]') !== null").asBoolean())
        .isTrue();
  }

  @Test
  void nothingReachesOverTheEdgeOfAPhoneOrASheetOfPaper() {
    String overflowing =
        "[...document.body.querySelectorAll('*')].filter(e => "
            + "(!SCROLLED || !e.closest('.scroll')) && !e.closest('.skip') && e.getBoundingClientRect().right"
            + " > document.documentElement.clientWidth + 1)"
            + ".map(e => e.tagName + ' ' + e.textContent.slice(0, 40))";
    show(360, "screen");
    assertThat(found(overflowing.replace("SCROLLED", "true"))).isEmpty();
    show(688, "print");
    assertThat(found(overflowing.replace("SCROLLED", "false"))).isEmpty();
  }

  @Test
  void anAmountStandsOnOneLine() {
    show(900, "screen");
    browser.run(
        "document.querySelectorAll('td.number').forEach(e => e.textContent = '1818100.00')");
    String broken =
        "[...document.querySelectorAll('td.number')].filter(e => {"
            + " const text = document.createRange(); text.selectNodeContents(e);"
            + " return text.getClientRects().length > 1 }).map(e => e.textContent)";
    assertThat(found(broken)).isEmpty();
  }
}
