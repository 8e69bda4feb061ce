package credit.approval.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.PublishedFolder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalFilesTest {
  private static final String HEADER = "id_scheme,code,valid_from,valid_until\n";
  private static final String ROW = "uscc,91350100M000100Y43,2010-01-01,\n";

  @Test
  void subjectsAreWrittenAsTheFormatSays() {
    Subject open = new Subject("uscc", "91350100M000100Y43", LocalDate.parse("2010-01-01"), null);
    byte[] csv = PublishedFiles.encode(ListFile.SUBJECTS, List.of(open));
    assertThat(csv).asString(StandardCharsets.UTF_8).isEqualTo(HEADER + ROW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id_scheme,code,valid_from\n",
        "\ufeff" + HEADER,
        HEADER + ROW + ROW,
        HEADER + "uscc,91350100M000100Y43,2010-01-01,",
        HEADER + "uscc,91350100M000100Y43,2010-01-01\n",
        HEADER + "uscc,91350100M000100Y43,2010-01-01,,\n",
        HEADER + "uscc,91350100M000100Y43,2010-01-01,\r\n",
        HEADER + "uscc,\"91350100M000100Y43\",2010-01-01,\n",
        HEADER + "uscc,91350100M000100Y4\"3,2010-01-01,\n",
        HEADER + "uscc,\"91350100M000100Y43,2010-01-01,\n",
        HEADER + "uscc,91350100M000100Y43,2010-1-1,\n",
        HEADER + "uscc,91350100M000100Y43,2010-02-30,\n",
        HEADER + "uscc,91350100M000100Y43,2010-01-01,2010-01-01\n",
        HEADER + "uscc,91350100M000100Y43,,\n",
        HEADER + "uscc,91350100M000100Y4Z,2010-01-01,\n",
        HEADER + "vat,91350100M000100Y43,2010-01-01,\n",
        HEADER + "uscc,914403001922038216,2010-01-01,\n" + ROW,
        HEADER + "\n" + ROW,
        HEADER + ROW + "\n"
      })
  void whateverTheWriterWouldNotWriteIsRefused(String text) {
    byte[] csv = text.getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> PublishedFiles.subjects(csv))
        .isInstanceOfSatisfying(
            ListException.class, e -> assertThat(e.reason()).isEqualTo("not_canonical"));
  }

  @Test
  void brokenUtf8AndOverlongRowsAreRefused() {
    byte[] csv = PublishedFolder.content().bytes(ListFile.RESTRICTIONS);
    for (byte[] bad : new byte[][] {{(byte) 0xc0, (byte) 0xaf}, {(byte) 0xed, (byte) 0xa0, 0x41}}) {
      byte[] broken = csv.clone();
      System.arraycopy(bad, 0, broken, csv.length - 20, bad.length);
      assertThatThrownBy(() -> PublishedFiles.restrictions(broken))
          .isInstanceOf(ListException.class);
    }
    String longest = HEADER + "uscc," + "9".repeat(CsvCursor.MAX_ROW_BYTES) + ",2010-01-01,\n";
    assertThatThrownBy(() -> PublishedFiles.subjects(longest.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("longer than");
  }

  @Test
  void aRowThatCannotBeWrittenIsNamedToThePublisher() {
    assertThatThrownBy(
            () ->
                PublishedFiles.encode(
                    ListFile.COVERAGE,
                    List.of(new Coverage("court", "a\rb", "city", true, null, 1))))
        .hasMessageContaining("coverage.csv: authority")
        .hasMessageContaining("U+000D");
    Coverage twice = new Coverage("court", "a", "city", true, null, 1);
    assertThatThrownBy(() -> PublishedFiles.encode(ListFile.COVERAGE, List.of(twice, twice)))
        .hasMessageContaining("two rows have the key");
  }

  @Property(tries = 300)
  @Domain(AnyRestrictions.class)
  @Domain(DomainContext.Global.class)
  void rowsSurviveTheFileAndTheirOrderDoesNotMatter(
      @ForAll List<Restriction> rows, @ForAll Random random) {
    List<Restriction> unique = new ArrayList<>(rows);
    byte[] csv = PublishedFiles.encode(ListFile.RESTRICTIONS, unique);
    assertThat(PublishedFiles.restrictions(csv)).containsExactlyInAnyOrderElementsOf(unique);
    Collections.shuffle(unique, random);
    assertThat(PublishedFiles.encode(ListFile.RESTRICTIONS, unique)).isEqualTo(csv);
  }

  @Property(tries = 200)
  @Domain(AnyRestrictions.class)
  void aListRebuiltFromItsDeltaEqualsTheFullOne(
      @ForAll List<Restriction> before, @ForAll List<Restriction> after) {
    ListContent first = content(before);
    ListContent second = content(after);
    byte[] delta = second.deltaFrom(first);
    ListContent rebuilt = first.plus(FileBytes.of(delta));
    for (ListFile file : ListFile.values()) {
      if (file.isContent()) {
        assertThat(rebuilt.bytes(file)).isEqualTo(second.bytes(file));
      }
    }
    assertThat(rebuilt.sha256()).isEqualTo(second.sha256());
    assertThat(PublishedFiles.encode(ListFile.SUBJECTS, List.of()))
        .isEqualTo(rebuilt.bytes(ListFile.SUBJECTS));
  }

  @Property(tries = 300)
  @Domain(AnyRestrictions.class)
  @Domain(DomainContext.Global.class)
  void aDeltaNamesTheRowsThatLeaveOrEnterAndNoOther(
      @ForAll List<Restriction> some, @ForAll List<Restriction> others, @ForAll Random random) {
    List<Restriction> before = new ArrayList<>();
    List<Restriction> after = new ArrayList<>();
    for (Restriction row : some) {
      before.add(row);
      int fate = random.nextInt(3);
      if (fate > 0) {
        after.add(fate == 1 ? row : withOtherCause(row));
      }
    }
    Set<String> entryIds = new HashSet<>();
    before.forEach(row -> entryIds.add(row.entryId()));
    others.stream().filter(row -> !entryIds.contains(row.entryId())).forEach(after::add);
    List<List<String>> changes = new ArrayList<>();
    addChanges(changes, "remove", before, lines(after));
    addChanges(changes, "add", after, lines(before));
    assertThat(content(after).deltaFrom(content(before)))
        .isEqualTo(PublishedFiles.encodeFields(ListFile.DELTA, changes));
  }

  private static Restriction withOtherCause(Restriction row) {
    List<String> fields = new ArrayList<>(row.fields());
    fields.set(8, row.cause() + ", too");
    return Restriction.of(fields);
  }

  private static void addChanges(
      List<List<String>> changes, String op, List<Restriction> rows, Set<String> others) {
    for (String line : lines(rows)) {
      if (!others.contains(line)) {
        changes.add(List.of("restrictions.csv", op, line.substring(0, line.length() - 1)));
      }
    }
  }

  private static Set<String> lines(List<Restriction> rows) {
    Set<String> lines = new HashSet<>();
    rows.forEach(row -> lines.add(PublishedFiles.line(ListFile.RESTRICTIONS, row.fields())));
    return lines;
  }

  @Test
  void aDeltaThatDoesNotFitIsRefused() {
    ListContent content = PublishedFolder.content();
    byte[] delta = content.deltaFrom(ListContent.empty());
    assertThat(ListContent.empty().plus(FileBytes.of(delta)).sha256()).isEqualTo(content.sha256());
    assertThatThrownBy(() -> content.plus(FileBytes.of(delta)))
        .isInstanceOfSatisfying(
            ListException.class, e -> assertThat(e.reason()).isEqualTo("chain_broken"));
    byte[] removal = ListContent.empty().deltaFrom(content);
    assertThatThrownBy(() -> ListContent.empty().plus(FileBytes.of(removal)))
        .isInstanceOf(ListException.class);
  }

  private static ListContent content(List<Restriction> rows) {
    return ListContent.of(rows, List.of(), List.of(), List.of(), List.of(), List.of());
  }
}
