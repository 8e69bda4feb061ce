package credit.jobs.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import credit.jobs.page.Browser;
import credit.schemas.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a real browser can tell of a firm's page. */
@Tag("slow")
class FirmPageInBrowserTest {
  private static final int DESK = 1280;
  private static final int PHONE = 360;

  /** A4 less the margins of the page's own style, at 96 dots an inch. */
  private static final int PAPER = 688;

  private static final String NAME = "<script>alert(1)</script>'\"&公司";

  @TempDir static Path folder;
  private static Browser browser;

  @BeforeAll
  static void open() {
    browser = Browser.start();
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  private static void show(String language, int width, String medium) {
    browser.show(width, medium);
    open(FirmPage.render(InventedFirm.file(NAME), language, Audience.INTERNAL));
  }

  private static void open(String html) {
    try {
      Path page = folder.resolve("page.html");
      Files.writeString(page, html);
      browser.console();
      browser.requests();
      browser.open(page);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> found(String script) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : browser.run(script)) {
      texts.add(node.asText());
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"zh", "en"})
  void aPageAsksForNothingAndReportsNoError(String language) {
    show(language, DESK, "screen");
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).singleElement().asString().startsWith("file:");
    assertThat(browser.run("return document.documentElement.lang").asText()).startsWith(language);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zh", "en"})
  void theDocumentationAsksForNothingEither(String language) {
    browser.show(DESK, "screen");
    open(DocsPage.render(Schemas.bundled(), language));
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).singleElement().asString().startsWith("file:");
  }

  @Test
  void aNameThatLooksLikeAScriptIsText() {
    show("zh", DESK, "screen");
    assertThat(browser.run("return document.querySelector('h1').textContent").asText())
        .isEqualTo(NAME);
    assertThat(browser.run("return document.scripts.length").asInt()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zh", "en"})
  void allThatCanBeOperatedIsReachedByKeyboardAndSeenToBe(String language) {
    show(language, DESK, "screen");
    List<String> wanted =
        found(
            "return [...document.querySelectorAll('a[href], [tabindex=\"0\"]')]"
                + ".map(e => e.getAttribute('href') || e.getAttribute('aria-label'))");
    List<String> reached = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      browser.pressTab();
      reached.add(
          browser
              .run(
                  "const e = document.activeElement;"
                      + "if (getComputedStyle(e).outlineStyle === 'none') return 'unseen';"
                      + "return e.getAttribute('href') || e.getAttribute('aria-label')")
              .asText());
    }
    assertThat(reached).isEqualTo(wanted).hasSizeGreaterThan(12);
    assertThat(reached.get(0)).isEqualTo("#content");
    assertThat(
            found(
                "return [...document.querySelectorAll('main section')]"
                    + ".filter(s => !document.querySelector(`nav a[href=\"#${s.id}\"]`))"
                    + ".map(s => s.id)"))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zh", "en"})
  void nothingReachesOverTheEdgeOfAPhoneOrASheetOfPaper(String language) {
    String overflowing =
        "const edge = document.documentElement.clientWidth;"
            + "return [...document.body.querySelectorAll('*')].filter(e => "
            + "(!SCROLLED || !e.closest('.scroll')) && !e.classList.contains('skip')"
            + " && e.getBoundingClientRect().right > edge + 1)"
            + ".map(e => e.tagName + ' ' + e.textContent.slice(0, 40))";
    show(language, PHONE, "screen");
    assertThat(found(overflowing.replace("SCROLLED", "true"))).isEmpty();
    show(language, PAPER, "print");
    assertThat(found(overflowing.replace("SCROLLED", "false"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zh", "en"})
  void aScreenReaderFindsItsWay(String language) {
    show(language, DESK, "screen");
    assertThat(found("return [...document.querySelectorAll('h1,h2,h3')].map(h => h.tagName)"))
        .startsWith("H1", "H2")
        .containsOnlyOnce("H1");
    for (String landmark : List.of("header", "nav[aria-label]", "main", "footer")) {
      assertThat(found("return [...document.querySelectorAll('" + landmark + "')].map(e => '')"))
          .as(landmark)
          .hasSize(1);
    }
    assertThat(
            found(
                "return [...document.querySelectorAll('table')].filter(t => !t.caption"
                    + " || !t.caption.textContent || t.querySelector('th:not([scope])'))"
                    + ".map(t => t.outerHTML.slice(0, 80))"))
        .isEmpty();
    assertThat(
            found(
                "return [...document.querySelectorAll('svg')].filter(s => "
                    + "s.getAttribute('aria-labelledby').split(' ')"
                    + ".some(i => !document.getElementById(i)?.textContent)).map(s => s.className)"))
        .isEmpty();
    assertThat(
            found(
                "const ids = [...document.querySelectorAll('[id]')].map(e => e.id);"
                    + "return ids.filter((id, i) => ids.indexOf(id) !== i)"))
        .isEmpty();
  }

  /** WCAG 2.2, success criterion 1.4.3. */
  @Test
  void everyTextHasContrastEnough() {
    show("zh", DESK, "screen");
    assertThat(
            found(
                """
                const light = c => {
                  const [r, g, b] = c.match(/[0-9.]+/g).slice(0, 3).map(v => v / 255)
                      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
                  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                };
                const ground = e => {
                  for (; e; e = e.parentElement) {
                    const c = getComputedStyle(e).backgroundColor;
                    if (c !== 'rgba(0, 0, 0, 0)') return c;
                  }
                  return 'rgb(255, 255, 255)';
                };
                const faint = [];
                for (const e of document.body.querySelectorAll('*')) {
                  if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
                  if (['title', 'desc'].includes(e.tagName)) continue;
                  const s = getComputedStyle(e);
                  const l = [light(e.tagName === 'text' ? s.fill : s.color), light(ground(e))];
                  const ratio = (Math.max(...l) + 0.05) / (Math.min(...l) + 0.05);
                  if (ratio < 4.5) faint.push(`${e.tagName} ${e.textContent.trim()} ${ratio}`);
                }
                return faint;
                """))
        .isEmpty();
  }
}
