package credit.schemas;

import static credit.schemas.Jurisdiction.GOOD_RULES;
import static credit.schemas.Jurisdiction.GOOD_SOURCE;
import static credit.schemas.Jurisdiction.RULES;
import static credit.schemas.Jurisdiction.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A wrong file is refused with its name, its line and what to do. */
class RefusalsTest {
  @TempDir Path folder;

  @Test
  void theJurisdictionThatTheseTestsSpoilLoads() {
    Schemas schemas = Jurisdiction.good(folder).load();
    assertThat(schemas.sources().get("acts").columns())
        .extracting(Column::name)
        .containsExactly("act_no", "code", "kind", "decided_on");
    assertThat(schemas.rule("severity").rules()).hasSize(1);
    assertThat(schemas.tables()).containsKey("deliveries");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          role: events          | role: evnets          | 4  | 'role' is 'evnets'          | use one of
          kind: DataContract    | knd: DataContract     | 2  | unknown key 'knd'           | remove it
          id: acts              | id: deeds             | 3  | is not the file's name      | deeds.yaml
          kind: DataContract    | id: acts              | 3  | 'id' stands twice           | keep one
          role: events          | role: register        | 10 | needs the column 'name'     | add it
          name: decided_on      | name: ended           | 15 | column 'ended' shares       | record_key
          name: decided_on      | name: act_no          | 15 | column 'act_no' shares      | own name
          physicalName: Day     | physicalName: Sort    | 15 | 'decided_on' shares         | own name, header
          physicalName: Day     | physicalName: Code    | 15 | 'decided_on' shares         | own name, header
          name: decided_on      | name: Decided         | 15 | is no column name           | snake_case
          codes: kind           | codes: kinds          | 14 | code list 'kinds' does not  | codes/kinds.csv
          primaryKey: true      | required: true        | 10 | no column is a primaryKey   | mark the columns
          primaryKey: true      | primaryKey: true, personal: drop | 12 | is personal      | another key
          logicalType: date     | logicalType: dated    | 15 | 'logicalType' is 'dated'    | use one of
          logicalType: date     | logicalType: timestamp| 15 | a type that no cell         | use one of
          logicalType: date     | logicalType: date, required: true, no_end: true | 15 | no end | drop
          check: uscc           | separator: '['        | 13 | is no regular expression    | correct
          layout: assumed       | layout: assumed, interval_days: x | 5 | not a whole number | digits
          layout: assumed       | territory2: x         | 5  | unknown key 'territory2'    | remove it
          kind: DataContract    | status_change: {act_no: act_no} | 2 | it changes nothing | steps
          territory: "440400",  | max_quarantine_share: 0.1, | 5 | 'territory' is missing  | add
          """)
  void aWrongSourceContractIsRefused(
      String text, String spoiled, int line, String problem, String remedy) {
    refused(SOURCE, GOOD_SOURCE, text, spoiled, line, problem, remedy);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          basis: "Order 1"            | document: "Order 1"       | 5  | 'basis' is missing    | add 'basis
          "Order 1"                   | "Order 1 [X]"             | 9  | unknown mark [X]      | [V] or [R]
          "Order 1"                   | "Order [V] 1"             | 9  | amid a part           | end a part
          "Order 1"                   | "[R]"                     | 9  | nothing stands        | end a part
          "Order 1"                   | "Order 1 [R"              | 9  | does not close        | end a part
          effective_from: 2021-01-01  | document: x               | 5  | 'effective_from' is missing | add a date
          effective_from: 2021-01-01  | effective_from: 2021-02-30| 10 | is not a date         | yyyy-mm-dd
          effective_until: 2022-01-01 | effective_until: 2020-12-31 | 11 | ends before it begins | after
          effective_until: 2022-01-01 | effective_until: 2021-01-01 | 11 | ends before it begins | after
          review: pending             | review: confirmed         | 5  | 'confirmed_by' is missing | add
          review: pending             | reviewed: pending         | 12 | unknown key 'reviewed' | remove
          en: heavy                   | fr: lourd                 | 6  | unknown key 'fr'      | [zh, en]
          severity: heavy             | n: 99999999999999999999   | 8  | too large a number    | quotes
          severity: heavy             | n: .nan                   | 8  | is not a number       | digits
          severity: heavy             | a: 1, a: 2                | 8  | 'a' stands twice      | keep one
          """)
  void aWrongRuleFileIsRefused(
      String text, String spoiled, int line, String problem, String remedy) {
    refused(RULES, GOOD_RULES, text, spoiled, line, problem, remedy);
  }

  private void refused(
      String file,
      String good,
      String text,
      String spoiled,
      int line,
      String problem,
      String remedy) {
    assertThat(good).contains(text);
    Jurisdiction wrong = Jurisdiction.good(folder).with(file, good.replace(text, spoiled));
    assertThatExceptionOfType(SchemaException.class)
        .isThrownBy(wrong::load)
        .withMessageStartingWith(file + ":" + line + ": ")
        .withMessageContaining(problem)
        .withMessageContaining(remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "2021-06-01,2023-01-01",
    "2020-01-01,2021-01-02",
    "2020-01-01,",
    "2021-12-31,",
    "2021-01-01,2022-01-01"
  })
  void twoVersionsOfARuleMayNotBeInForceOnOneDay(String from, String until) {
    Jurisdiction wrong = Jurisdiction.good(folder).with(RULES, twoVersions(from, until));
    assertThatThrownBy(wrong::load)
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith(RULES + ":13: ")
        .hasMessageContaining("rule 'SEV-01' overlaps its version in line 5")
        .hasMessageContaining("effective_until");
  }

  @ParameterizedTest
  @CsvSource({"2022-01-01,", "2022-01-01,2023-01-01", "2020-01-01,2021-01-01"})
  void versionsOfARuleFollowEachOtherInWhateverOrderTheyStand(String from, String until) {
    Schemas schemas = Jurisdiction.good(folder).with(RULES, twoVersions(from, until)).load();
    assertThat(schemas.rule("severity").rules()).hasSize(2);
  }

  private static String twoVersions(String from, String until) {
    String second = GOOD_RULES.substring(GOOD_RULES.indexOf("  - id"));
    return GOOD_RULES
        + second
            .replace("2022-01-01", until == null ? "" : until)
            .replace("from: 2021-01-01", "from: " + from);
  }

  @ParameterizedTest
  @CsvSource({"sources/acts.yaml", "rules/severity.yaml", "codes/kind.csv", "codes/holidays.csv"})
  void textThatIsNotUtf8IsRefused(String file) {
    byte[] gbk = "id: 处罚\n".getBytes(Charset.forName("GB18030"));
    assertThatThrownBy(Jurisdiction.good(folder).with(file, gbk)::load)
        .isInstanceOf(SchemaException.class)
        .hasMessage(file + ":1: the file is not UTF-8; save it as UTF-8");
  }

  @ParameterizedTest
  @CsvSource({"sources/acts.yaml", "rules/severity.yaml", "codes/kind.csv"})
  void anEmptyFileIsRefused(String file) {
    assertThatThrownBy(Jurisdiction.good(folder).with(file, "")::load)
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith(file + ":1: ")
        .hasMessageContaining("fill or remove");
  }

  @Test
  void whatIsNotYamlIsRefusedAtTheLineWhereItBreaks() {
    assertThatThrownBy(Jurisdiction.good(folder).with(RULES, "id: severity\nrules: [a, b\n")::load)
        .isInstanceOf(SchemaException.class)
        .hasMessageMatching("rules/severity.yaml:[23]: not YAML: .*; correct the syntax");
    assertThatThrownBy(Jurisdiction.good(folder).with(RULES, "- a\n- b\n")::load)
        .hasMessageStartingWith("rules/severity.yaml:1: a mapping was expected");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          code,canonical\\n1,fine                                          | 1 | the header is wrong
          source,code,canonical,label_zh,label_en\\n,1,fine,罚款             | 2 | wrong number of cells
          source,code,canonical,label_zh,label_en\\n,,fine,罚款,fine         | 2 | no code
          source,code,canonical,label_zh,label_en\\n,1,,罚款,fine            | 2 | no canonical code
          source,code,canonical,label_zh,label_en\\n,1,a,a,a\\n,1,b,b,b      | 3 | code '1' stands twice
          """)
  void aWrongCodeListIsRefused(String text, int line, String problem) {
    String list = text.replace("\\n", "\n") + "\n";
    assertThatThrownBy(Jurisdiction.good(folder).with("codes/kind.csv", list)::load)
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("codes/kind.csv:" + line + ": ")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          day,kind,name\\n2026-10-01,holiday,x            | 1 | the header is wrong
          date,kind,name\\n2026-10-01                     | 2 | wrong number of cells
          date,kind,name\\n2026-10-01,feast,x             | 2 | kind is 'feast'
          date,kind,name\\n2026-09-31,holiday,x           | 2 | is not a date
          """)
  void aWrongHolidayCalendarIsRefused(String text, int line, String problem) {
    String list = text.replace("\\n", "\n") + "\n";
    assertThatThrownBy(Jurisdiction.good(folder).with("codes/holidays.csv", list)::load)
        .isInstanceOf(SchemaException.class)
        .hasMessageStartingWith("codes/holidays.csv:" + line + ": ")
        .hasMessageContaining(problem);
  }

  @Test
  void aFolderWithoutSourcesAndAMissingRuleFileAreNamed() {
    assertThatThrownBy(() -> Schemas.load(folder.resolve("nowhere")))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("no folder 'sources'")
        .hasMessageContaining("name a folder");
    Schemas schemas = Jurisdiction.good(folder).load();
    assertThatThrownBy(() -> schemas.rule("tiers"))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("rules/tiers.yaml is missing; add it");
    assertThatThrownBy(schemas::register)
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("no source has the role 'register'");
  }

  @Test
  void everyProvenanceColumnNameIsTaken() {
    for (String taken :
        List.of(
            "record_key",
            "record_id",
            "delivery_id",
            "row_number",
            "row_hash",
            "repaired_cells",
            "known_at",
            "declared_on",
            "ended")) {
      Jurisdiction wrong =
          Jurisdiction.good(folder).with(SOURCE, GOOD_SOURCE.replace("name: kind,", taken(taken)));
      assertThatThrownBy(wrong::load).as(taken).hasMessageContaining("shares a name");
    }
  }

  private static String taken(String name) {
    return "name: " + name + ",";
  }
}
