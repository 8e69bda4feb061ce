package credit.jobs.ingest;

import static credit.jobs.ingest.WorkbookFixture.number;
import static credit.jobs.ingest.WorkbookFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import credit.schemas.Column;
import credit.schemas.SourceContract;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.time.api.constraints.DateRange;

/** Whatever a file holds, it is read or refused: nothing else, and no value changes on the way. */
class RowFormatFuzzTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final List<String> FORMATS =
      List.of(
          "a.csv",
          "a.csv.gz",
          "a.tsv",
          "a.jsonl",
          "a.jsonl.gz",
          "a.xlsx",
          "a.xlsx.gz",
          "a.parquet",
          "a.parquet.gz");

  private static final List<Act> GOOD =
      List.of(
          new Act("1", "甲公司", "5"), new Act("2", "乙,\"丙\"\n公司", "1234.56"), new Act("3", "丁", ""));

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final Map<String, byte[]> FILES = new HashMap<>();
  private static Path folder;
  private static SourceContract acts;
  private static List<Cell> readers;

  @BeforeContainer
  static void contract() throws IOException {
    folder = Files.createTempDirectory("fuzz");
    acts = Town.in(folder.resolve("schemas")).sources().get("acts");
    PersonalData personal = new PersonalData("salt".getBytes(StandardCharsets.UTF_8));
    readers =
        acts.columns().stream()
            .filter(Column::stored)
            .map(c -> new Cell(c, null, personal))
            .toList();
    FORMATS.forEach(f -> FILES.put(f, Act.file(f, GOOD, folder)));
  }

  @AfterContainer
  static void tidy() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Provide
  Arbitrary<String> formats() {
    return Arbitraries.of(FORMATS);
  }

  @Provide
  Arbitrary<List<Act>> acts() {
    Arbitrary<String> text =
        Arbitraries.strings()
            .all()
            .withChars(" ,;|\t\n\r\"'=_x005F_{}<>&\ufeff甲")
            .ofMaxLength(12)
            .map(t -> new String(t.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    return Combinators.combine(Arbitraries.integers().between(1, 999), text, text)
        .as((number, name, amount) -> new Act("N" + number, name, amount))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Example
  void everyFormatHoldsTheSameRows() {
    FILES.forEach(
        (format, file) ->
            assertThat(readOrRefused(format, file)).as(format).isEqualTo(cells(GOOD)));
  }

  @Property(tries = 150)
  void anyBytesAreReadOrRefused(
      @ForAll @Size(max = 300) byte[] bytes, @ForAll("formats") String format) {
    readOrRefused(format, bytes);
    readOrRefused(format, behind("PK\u0003\u0004", bytes));
    readOrRefused("a.csv", behind("文号,名称,金额\n", bytes));
    readOrRefused("a.jsonl", behind("{\"文号\":", bytes));
  }

  private static byte[] behind(String start, byte[] bytes) {
    byte[] head = start.getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(head, head.length + bytes.length);
    System.arraycopy(bytes, 0, both, head.length, bytes.length);
    return both;
  }

  @Property(tries = 250)
  void aDamagedFileIsReadOrRefused(
      @ForAll("formats") String format, @ForAll long seed, @ForAll boolean cut) {
    damage(format, seed, cut);
  }

  @Tag("slow")
  @Property(tries = 20_000)
  void anyDamagedFileIsReadOrRefused(
      @ForAll("formats") String format, @ForAll long seed, @ForAll boolean cut) {
    damage(format, seed, cut);
  }

  /** What has a check sum gives the same rows or none. */
  private static void damage(String format, long seed, boolean cut) {
    byte[] good = FILES.get(format);
    Random random = new Random(seed);
    byte[] bad = cut ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
    for (int bits = cut ? 0 : 1 + random.nextInt(4); bits > 0; bits--) {
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
    }
    List<List<String>> rows = readOrRefused(format, bad);
    boolean sealed = format.endsWith(".gz") || format.endsWith(".xlsx");
    if (rows != null && sealed) {
      assertThat(rows).isEqualTo(cells(GOOD));
    }
  }

  @Property(tries = 150)
  void aWorkbookWithADamagedPartIsReadOrRefused(@ForAll long seed) {
    damagePart(seed);
  }

  @Tag("slow")
  @Property(tries = 20_000)
  void anyWorkbookWithADamagedPartIsReadOrRefused(@ForAll long seed) {
    damagePart(seed);
  }

  private static void damagePart(long seed) {
    Random random = new Random(seed);
    Map<String, String> parts = new LinkedHashMap<>(Act.workbook(GOOD).parts());
    String part = List.copyOf(parts.keySet()).get(random.nextInt(parts.size()));
    StringBuilder xml = new StringBuilder(parts.get(part));
    String odd = "<>/\"'=AZ09&; rs\u0000";
    for (int i = random.nextInt(3); i >= 0; i--) {
      xml.setCharAt(random.nextInt(xml.length()), odd.charAt(random.nextInt(odd.length())));
    }
    parts.put(part, xml.toString());
    readOrRefused("a.xlsx", WorkbookFixture.zip(parts));
  }

  @Property(tries = 100)
  void whatIsWrittenIsReadOrItsFileIsRefused(@ForAll("acts") List<Act> written) {
    for (String format : FORMATS) {
      List<List<String>> rows = readOrRefused(format, Act.file(format, written, folder));
      if (rows != null) {
        assertThat(rows).as(format).isEqualTo(cells(written));
      }
    }
  }

  @Property(tries = 100)
  void anyHeaderIsReadOrRefused(@ForAll @Size(min = 1, max = 20) List<String> header) {
    StringWriter csv = new StringWriter();
    try (CsvWriter out = CsvWriter.builder().build(csv)) {
      out.writeRecord(header);
      out.writeRecord("1", "甲");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    readOrRefused("a.csv", csv.toString().getBytes(StandardCharsets.UTF_8));
    String[] cells =
        header.stream().map(h -> text(WorkbookFixture.escaped(h))).toArray(String[]::new);
    readOrRefused("a.xlsx", WorkbookFixture.sheet("一").row(cells).row(cells).bytes());
  }

  @Property(tries = 200)
  void anAmountIsReadExactlyFromTheNumberThatAWorkbookKeeps(
      @ForAll @BigRange(min = "-999999999999", max = "999999999999") @Scale(2) BigDecimal amount) {
    String kept =
        new BigDecimal(amount.doubleValue()).round(new MathContext(17)).toEngineeringString();
    List<List<String>> rows =
        readOrRefused(
            "a.xlsx",
            WorkbookFixture.sheet("一")
                .row(text("文号"), text("名称"), text("金额"))
                .row(text("1"), text("甲"), number(kept))
                .bytes());
    assertThat(new BigDecimal(rows.get(0).get(2))).isEqualByComparingTo(amount);
  }

  @Property(tries = 200)
  void aCodeIsReadWholeFromANumberOrRefused(@ForAll long code) {
    String kept = new BigDecimal((double) code).round(new MathContext(17)).toString();
    List<List<String>> rows =
        readOrRefused(
            "a.xlsx",
            WorkbookFixture.sheet("一")
                .row(text("文号"), text("名称"))
                .row(number(kept), text("甲"))
                .bytes());
    if (!rows.isEmpty()) {
      assertThat(rows.get(0).get(0)).isEqualTo(Long.toString(code));
    }
  }

  @Property(tries = 200)
  void aDayIsReadFromTheNumberThatAWorkbookKeeps(
      @ForAll @DateRange(min = "1904-01-01", max = "2099-12-31") LocalDate day,
      @ForAll boolean from1904) {
    LocalDate zero = from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, 30);
    WorkbookFixture workbook =
        WorkbookFixture.sheet("一")
            .row(text("文号"), text("名称"), text("撤销"))
            .row(text("1"), text("甲"), number("" + ChronoUnit.DAYS.between(zero, day), 1));
    List<List<String>> rows =
        readOrRefused("a.xlsx", (from1904 ? workbook.from1904() : workbook).bytes());
    assertThat(rows.get(0).get(3)).isEqualTo(day.toString());
  }

  private static List<List<String>> cells(List<Act> written) {
    return written.stream().map(Act::cells).toList();
  }

  /** The rows that have no problem; null where the file was refused. */
  private static List<List<String>> readOrRefused(String format, byte[] bytes) {
    return assertTimeoutPreemptively(PATIENCE, () -> read(format, bytes));
  }

  private static List<List<String>> read(String format, byte[] bytes) throws IOException {
    String name = COUNT.incrementAndGet() + format;
    Path file = Files.write(folder.resolve(name), bytes);
    List<List<String>> rows = new ArrayList<>();
    try {
      RowFormat.read(
          new DeliveredFile(acts, file, name, LocalDate.of(2026, 6, 30), "0".repeat(64)),
          folder.resolve("scratch"),
          (number, cells, problem) -> {
            for (int i = 0; i < readers.size(); i++) {
              readers.get(i).read(cells[i]);
            }
            if (problem == null) {
              int shown = cells[3] == null ? 3 : 4;
              rows.add(Arrays.stream(cells).limit(shown).map(c -> c == null ? "" : c).toList());
            }
          });
      return rows;
    } catch (BadFile e) {
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(6000);
      return null;
    } finally {
      Files.delete(file);
    }
  }
}
