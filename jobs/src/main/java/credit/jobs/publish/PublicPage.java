package credit.jobs.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import credit.jobs.page.Pages;
import credit.jobs.page.Texts;
import credit.jobs.warehouse.RuleSettings;
import credit.schemas.CodeList;
import credit.schemas.Rule;
import credit.schemas.RuleFile;
import credit.schemas.Schemas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public face as one self-contained page in both languages: all rows lie in it as data, the
 * first ones as a table too, and a small script finds the others.
 */
public final class PublicPage {
  static final String FILE = "index.html";
  static final int FIRST = 100;

  private static final String RULES = "publication";
  private static final String CATEGORY_CODES = "category_codes";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Fills the tables with what is looked for. A row whose last day has passed by the reader's own
   * calendar is left out, in case the page itself has grown old.
   */
  private static final String SCRIPT =
      """
      const data = JSON.parse(document.getElementById('data').textContent);
      const box = document.getElementById('search');
      const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
      const plain = text => text.normalize('NFKC').toLowerCase();
      const say = (text, ...values) => text.replace(/\\{([0-9])\\}/g, (all, i) => values[i]);
      for (const grid of data.grids) {
        const all = grid.rows.length;
        grid.rows = grid.rows.filter(row => !(row[row.length - 2] <= today));
        grid.ended = all - grid.rows.length;
        grid.keys = grid.rows.map(row => plain(row.slice(0, 3).join(' ')));
      }
      const cell = (grid, text, i, last) => {
        const made = document.createElement(i === 0 ? 'th' : 'td');
        if (i === 0) made.scope = 'row';
        made.className = grid.styles[i];
        if (i < last) {
          made.textContent = text;
        } else {
          const link = document.createElement('a');
          link.href = '#basis-' + text;
          link.textContent = text;
          made.append(link);
        }
        return made;
      };
      const line = (grid, row) => {
        const made = document.createElement('tr');
        made.append(...row.map((text, i) => cell(grid, text, i, row.length - 1)));
        return made;
      };
      const find = () => {
        const words = plain(box.value).split(/\\s+/).filter(word => word);
        for (const grid of data.grids) {
          const hits = grid.rows.filter((row, i) => words.every(w => grid.keys[i].includes(w)));
          const some = hits.slice(0, data.first);
          document.querySelector('#' + grid.id + ' tbody').replaceChildren(
              ...some.map(row => line(grid, row)));
          document.querySelector('#' + grid.id + ' .found').textContent =
              say(data.found, hits.length, some.length)
              + (grid.ended ? ' ' + say(data.ended, grid.ended) : '');
        }
      };
      document.getElementById('find').hidden = false;
      box.addEventListener('input', find);
      find();
      """;

  private final Schemas schemas;
  private final Texts zh = Texts.in("zh");
  private final Texts en = Texts.in("en");

  PublicPage(Schemas schemas) {
    this.schemas = schemas;
  }

  /** A text in both languages. */
  public record Both(String zh, String en) {}

  /**
   * A table that the script fills.
   *
   * @param head heads of the columns, the last but one being the last day and the last the basis
   * @param styles styles of the columns
   * @param rows all rows
   */
  public record Grid(
      String id,
      Both title,
      Both note,
      List<Both> head,
      List<String> styles,
      List<List<String>> rows) {

    /** The rows that stand on the page before the script runs. */
    public List<List<String>> first() {
      return rows.subList(0, Math.min(FIRST, rows.size()));
    }
  }

  /** A rule by which penalties are shown. */
  public record Regime(Both title, String from, String until, Both shown, String basis) {}

  /**
   * What the template draws.
   *
   * @param texts texts that stand in both languages
   * @param facts what the page is about, by label
   * @param bases legal bases; the rows name them by number
   * @param data all rows, for the script
   * @param scriptHash hash of the script, for the page's policy
   */
  public record Model(
      Function<String, Both> texts,
      Map<Both, String> facts,
      boolean pending,
      List<Grid> grids,
      List<Regime> regimes,
      List<String> bases,
      String data,
      String script,
      String scriptHash) {}

  /** The page's bytes. */
  byte[] render(PublicFace face, long version, Statement statement) {
    List<String> bases =
        List.copyOf(
            Stream.of(face.blacklist(), face.penalties())
                .flatMap(sheet -> column(sheet, "basis"))
                .collect(Collectors.toCollection(TreeSet::new)));
    List<Grid> grids = List.of(penalties(face.penalties(), bases), listed(face.blacklist(), bases));
    Map<Both, String> facts = new LinkedHashMap<>();
    facts.put(both("public.as_of"), statement.asOf().toString());
    facts.put(both("fact.lists"), Long.toString(version));
    grids.forEach(grid -> facts.put(grid.title(), Integer.toString(grid.rows().size())));
    boolean pending =
        !statement.rulesPendingReview().isEmpty()
            || (!face.penalties().rows().isEmpty()
                && rules().stream().anyMatch(r -> !r.confirmed()));
    Model model =
        new Model(
            key -> both("public." + key),
            facts,
            pending,
            grids,
            rules().stream().map(this::regime).toList(),
            bases,
            data(grids),
            SCRIPT,
            Pages.scriptHash(SCRIPT));
    return Pages.render("publicface/page.jte", model).getBytes(StandardCharsets.UTF_8);
  }

  private static Stream<String> column(PublicSheet sheet, String name) {
    int index = sheet.columns().indexOf(name);
    return sheet.rows().stream().map(row -> row.get(index));
  }

  private Grid penalties(PublicSheet sheet, List<String> bases) {
    CodeList codes =
        schemas.rules().containsKey(RULES)
                && RuleSettings.of(schemas.rule(RULES)).has(CATEGORY_CODES)
            ? schemas.codes().get(RuleSettings.of(schemas.rule(RULES)).text(CATEGORY_CODES))
            : null;
    return grid(
        sheet,
        bases,
        List.of(
            "name",
            "code",
            "act_no",
            "authority",
            "act_date",
            "categories",
            "amount",
            "band",
            "shown_until",
            "basis"),
        Map.of(
            "categories",
            kinds ->
                Arrays.stream(kinds.split(";"))
                    .map(k -> kind(codes, k))
                    .collect(Collectors.joining("; ")),
            "band",
            band -> label("band", band)));
  }

  private static String kind(CodeList codes, String code) {
    return codes == null ? code : joined(codes.label(code, "zh"), codes.label(code, "en"));
  }

  private Grid listed(PublicSheet sheet, List<String> bases) {
    return grid(
        sheet,
        bases,
        List.of(
            "name",
            "code",
            "act_no",
            "act_authority",
            "act_date",
            "cause",
            "effective_from",
            "effective_until",
            "basis"),
        Map.of("cause", cause -> label("cause", cause)));
  }

  private Grid grid(
      PublicSheet sheet,
      List<String> bases,
      List<String> columns,
      Map<String, Function<String, String>> labels) {
    List<List<String>> rows = new ArrayList<>();
    for (List<String> row : sheet.rows()) {
      List<String> cells = new ArrayList<>();
      for (String column : columns) {
        String text = row.get(sheet.columns().indexOf(column));
        cells.add(
            column.equals("basis")
                ? Integer.toString(bases.indexOf(text) + 1)
                : zh.orNone(labels.getOrDefault(column, Function.identity()).apply(text)));
      }
      rows.add(cells);
    }
    return new Grid(
        sheet.name(),
        both("public." + sheet.name()),
        both("public." + sheet.name() + ".note"),
        columns.stream().map(column -> both("public.head." + column)).toList(),
        columns.stream().map(PublicPage::style).toList(),
        rows);
  }

  private static String style(String column) {
    return switch (column) {
      case "amount" -> "number";
      case "code", "act_date", "shown_until", "effective_from", "effective_until", "basis" ->
          "text brief";
      default -> "text";
    };
  }

  private List<Rule> rules() {
    RuleFile file = schemas.rules().get(RULES);
    return file == null ? List.of() : file.rules();
  }

  private Regime regime(Rule rule) {
    String months = rule.effect("months");
    return new Regime(
        new Both(rule.titleZh(), rule.titleEn()),
        rule.effectiveFrom().toString(),
        zh.orNone(rule.effectiveUntil()),
        months.equals("0")
            ? both("public.never")
            : new Both(zh.get("public.months", months), en.get("public.months", months)),
        rule.basis());
  }

  private Both both(String key) {
    return new Both(zh.get(key), en.get(key));
  }

  private String label(String prefix, String code) {
    return joined(zh.label(prefix, code), en.label(prefix, code));
  }

  private static String joined(String zh, String en) {
    return zh.equals(en) ? zh : zh + " " + en;
  }

  private String data(List<Grid> grids) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("first", FIRST);
    data.put("found", joined(zh.get("public.found"), en.get("public.found")));
    data.put("ended", joined(zh.get("public.ended"), en.get("public.ended")));
    data.put(
        "grids",
        grids.stream()
            .map(g -> Map.of("id", g.id(), "styles", g.styles(), "rows", g.rows()))
            .map(java.util.TreeMap::new)
            .toList());
    try {
      return inert(JSON.writeValueAsString(data));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts are always JSON", e);
    }
  }

  /** The same JSON without a character that could end the element in which it stands. */
  private static String inert(String json) {
    return json.replace("&", "\\u0026")
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
