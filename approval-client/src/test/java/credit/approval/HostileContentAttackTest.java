package credit.approval;

import static credit.approval.AttackedFolder.sign;
import static credit.approval.PublishedFolder.CLEAN;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.Jws;
import credit.approval.format.JwsType;
import credit.approval.format.Layout;
import credit.approval.format.ListContent;
import credit.approval.format.ListFile;
import credit.approval.format.Mode;
import credit.approval.format.Restriction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What no writer of ours would write is refused, though the right key has signed it. */
@ExtendWith(AttackCount.class)
class HostileContentAttackTest {
  private static final ListContent CONTENT = PublishedFolder.content();

  @TempDir Path temp;
  private AttackedFolder folder;

  @BeforeEach
  void publish() {
    folder = new AttackedFolder(temp);
  }

  private static String text(ListFile file) {
    return new String(CONTENT.bytes(file), StandardCharsets.UTF_8);
  }

  private void assertRowsRefused(ListFile file, String bad) {
    assertThat(bad).isNotEqualTo(text(file));
    assertBytesRefused(file, bad.getBytes(StandardCharsets.UTF_8), bad);
  }

  private void assertBytesRefused(ListFile file, byte[] bad, String what) {
    for (long rows : new long[] {rows(file), rows(file) + 1}) {
      folder.signHostile(file, bad, rows);
      folder.assertRefused(file + ": " + what.lines().limit(3).toList());
    }
  }

  private long rows(ListFile file) {
    return folder.manifestOf(2).entry(file).rows();
  }

  @Test
  void hostileRowsOfSubjectsAreRefused() {
    String good = text(ListFile.SUBJECTS);
    for (String bad :
        List.of(
            good.replace("2010", "20\u000010"),
            good.replace("\n", "\r\n"),
            good.replace("\n", "\n\n"),
            good + good,
            good.replace(CLEAN, CLEAN.toLowerCase(Locale.ROOT)),
            good.replace(CLEAN, "\"" + CLEAN + "\""),
            good.replace(CLEAN, CLEAN + " "),
            good.replace(CLEAN, CLEAN.substring(0, 17) + "\u200b"),
            good.replace(CLEAN, "９" + CLEAN.substring(1)),
            good.replace("uscc", "none\u0000"),
            good.replace("uscc", "vat"),
            good.replace("2010-01-01", "=cmd()"),
            good.replace("2010-01-01", "+10000-01-01"),
            good.replace("2010-01-01", "2010-02-30"),
            good.replace("2010-01-01", "２０１０-01-01"),
            good.replace("2010-01-01", "2010-01-01,2010-01-01"),
            good.replace("2010-01-01", "\"2010-01-01\n\""),
            good.replace("2026-06-30", "2009-12-31"),
            good + "uscc," + "9".repeat(70_000) + ",2010-01-01,\n",
            good + "uscc," + CLEAN + ",2030-01-01,\"",
            good.strip(),
            "\ufeff" + good,
            good + "\u0000",
            good.replace("valid_until", "valid_till"),
            "")) {
      assertRowsRefused(ListFile.SUBJECTS, bad);
    }
  }

  @Test
  void hostileRowsOfRestrictionsAreRefused() {
    String good = text(ListFile.RESTRICTIONS);
    for (String bad :
        List.of(
            good.replace("notify-and-commit", "Notify-and-commit"),
            good.replace("notify-and-commit", "notify-and-commit\u0000"),
            good.replace("\"\"first\"\"", "\"first\""),
            good.replace("line two\"", "line two"),
            good.replace("line two", "line\rtwo"),
            good.replace("line two", "line\u001b[2Jtwo"),
            good.replace("line two", "x".repeat(70_000)),
            good.replace("2028-01-01", "2025-01-01"),
            good.replace("2028-01-01", "99999999999999999999"),
            good.replace("E-3", "\"E-3\n\""),
            good.replace("〔2025〕1号", ""))) {
      assertRowsRefused(ListFile.RESTRICTIONS, bad);
    }
  }

  @Test
  void hostileRowsOfTheSmallFilesAreRefused() {
    String coverage = text(ListFile.COVERAGE);
    for (String days : List.of("-1", "367", "07", "1e1", "99999999999999999999", "٧", "=7")) {
      assertRowsRefused(ListFile.COVERAGE, coverage.replace(",7\n", "," + days + "\n"));
    }
    for (String required : List.of("TRUE", "1", "yes", "")) {
      assertRowsRefused(ListFile.COVERAGE, coverage.replace(",true,", "," + required + ","));
    }
    String items = text(ListFile.ITEMS);
    assertRowsRefused(ListFile.ITEMS, items.replace("permitted", "Permitted"));
    assertRowsRefused(ListFile.ITEMS, items.replace("true", "tru"));
    String incentives = text(ListFile.INCENTIVES);
    assertRowsRefused(ListFile.INCENTIVES, incentives.replace(CLEAN, "X"));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    for (byte[] bad :
        new byte[][] {
          {(byte) 0xff},
          {(byte) 0xc0, (byte) 0xaf},
          {(byte) 0xe0, (byte) 0x80, (byte) 0xaf},
          {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
          {(byte) 0xe4, (byte) 0xb9},
          {(byte) 0x80}
        }) {
      String place = "乙公司";
      byte[] good = CONTENT.bytes(ListFile.RESTRICTIONS);
      String latin = new String(good, StandardCharsets.ISO_8859_1);
      String named =
          new String(place.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
      String broken = latin.replace(named, new String(bad, StandardCharsets.ISO_8859_1));
      byte[] bytes = broken.getBytes(StandardCharsets.ISO_8859_1);
      assertBytesRefused(ListFile.RESTRICTIONS, bytes, "not UTF-8");
    }
  }

  /** Such text is harmless where it stands: it is data of its field and starts no row. */
  @Test
  void textThatLooksLikeRowsOrFormulasStaysText() {
    String forged = "\nuscc," + PublishedFolder.UNKNOWN + ",2000-01-01,\n";
    PublishedFolder other = new PublishedFolder(temp.resolve("other"));
    Restriction odd =
        PublishedFolder.restriction(
            "E-7" + forged, CLEAN, Mode.LICENCE_FIRST, "", "2026-06-01", null);
    Restriction formula =
        PublishedFolder.restriction(
            "=HYPERLINK(\"x\")", CLEAN, Mode.DEFICIENCY_TOLERANT, "", "2026-06-01", null);
    other.publish(1, PublishedFolder.content(List.of(odd, formula), PublishedFolder.AS_OF));
    ListClient client = ListClient.open(other.options(folder.clock));
    assertThat(client.lastRefresh().message()).isEmpty();
    LocalDate day = PublishedFolder.AS_OF;
    Query unknown = Query.of(PublishedFolder.UNKNOWN, Mode.NOTIFY_AND_COMMIT).withAt(day);
    assertThat(client.check(unknown).outcome()).isEqualTo(Outcome.OUT_OF_COVERAGE);
    AttackCount.one();
    for (Restriction bar : List.of(odd, formula)) {
      Answer answer = client.check(Query.of(CLEAN, bar.mode()).withAt(day));
      assertThat(answer.restrictions()).containsExactly(bar);
      AttackCount.one();
    }
  }

  @Test
  void aSignedManifestThatIsNotThisListsIsRefused() {
    String good = folder.manifestJws(2);
    for (String[] change :
        new String[][] {
          {"\"list\":\"approval\"", "\"list\":\"public\""},
          {"\"version\":2", "\"version\":3"},
          {"\"version\":2", "\"version\":2,\"version\":2"},
          {"\"version\":2", "\"version\":2,\"versi\\u006fn\":2"},
          {"\"version\":2", "\"version\":-2"},
          {"\"version\":2", "\"version\":2.0"},
          {"\"version\":2", "\"version\":2e0"},
          {"\"version\":2", "\"version\":\"2\""},
          {"\"version\":2", "\"version\":" + "2".repeat(10_000)},
          {"\"max_lag_days\":3", "\"max_lag_days\":3000"},
          {"\"max_lag_days\":3", "\"max_lag_days\":4294967299"},
          {"\"max_lag_days\":3", "\"max_lag_days\":3,\"more\":1"},
          {"\"id_scheme\":\"uscc\"", "\"id_scheme\":\"vat\""},
          {"\"rows\":5", "\"rows\":6"},
          {"\"rows\":5", "\"rows\":4294967301"},
          {"\"as_of\":\"2026-06-30\"", "\"as_of\":\"2026-6-30\""},
          {"\"as_of\":\"2026-06-30\"", "\"as_of\":null"},
          {"\"issued_at\":\"2026-07-01T02:00:00Z\"", "\"issued_at\":\"2020-07-01T02:00:00Z\""},
          {"\"sample city\"", "\"sample\ncity\""},
          {"\"sample city\"", "\"\\ud800\""},
          {"\"rules_pending_review\":[", "\"rules_pending_review\":[" + "[".repeat(20_000)}
        }) {
      folder.resignManifest(text -> text.replace(change[0], change[1]));
      folder.assertRefused(change[1].substring(0, Math.min(60, change[1].length())));
      folder.published.write(Layout.name(2, Layout.MANIFEST), good);
    }
  }

  @Test
  void hostilePayloadsAreRefusedInEachSignedFile() {
    List<Consumer<byte[]>> puts =
        List.of(
            payload -> put(Layout.KEYS, JwsType.KEYS, folder.published.root, payload),
            payload -> put(Layout.TIMESTAMP, JwsType.TIMESTAMP, timestampKey(), payload),
            payload ->
                folder.putManifest(sign(JwsType.MANIFEST, folder.published.listKey, payload)));
    for (Consumer<byte[]> put : puts) {
      String keys = folder.published.read(Layout.KEYS);
      for (byte[] bad :
          new byte[][] {
            {},
            "null".getBytes(StandardCharsets.UTF_8),
            "[]".getBytes(StandardCharsets.UTF_8),
            "{}".getBytes(StandardCharsets.UTF_8),
            "{".repeat(30_000).getBytes(StandardCharsets.UTF_8),
            "[".repeat(60_000).getBytes(StandardCharsets.UTF_8),
            ("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000)).getBytes(StandardCharsets.UTF_8),
            ("{\"list\":\"" + "x".repeat(60_000) + "\"}").getBytes(StandardCharsets.UTF_8),
            ("{\"version\":" + "9".repeat(60_000) + "}").getBytes(StandardCharsets.UTF_8),
            "{\"list\":\"approval\"".getBytes(StandardCharsets.UTF_16),
            {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
            {0, 0, 0, 0}
          }) {
        put.accept(bad);
        folder.assertRefused("payload of " + bad.length + " bytes");
      }
      folder.published.write(Layout.KEYS, keys);
    }
  }

  private KeyPair timestampKey() {
    return folder.published.timestampKey;
  }

  private void put(String name, JwsType type, KeyPair key, byte[] payload) {
    folder.published.write(name, sign(type, key, payload));
  }

  @Test
  void hugeFilesAreRefusedUnread() throws IOException {
    ClientOptions small = folder.published.options(folder.clock).withMaxFileBytes(100);
    AttackedFolder.assertRefused(ListClient.open(small), "above the limit");
    for (String name : List.of(Layout.KEYS, Layout.TIMESTAMP, Layout.name(2, Layout.MANIFEST))) {
      Path file = folder.lists.resolve(name);
      folder.assertRefusedWith(file, new byte[Jws.MAX_LENGTH + 1], "huge " + name);
      byte[] dots = ".".repeat(Jws.MAX_LENGTH).getBytes(StandardCharsets.US_ASCII);
      folder.assertRefusedWith(file, dots, "dots in " + name);
    }
  }

  /** However hostile the text, refusing it takes moments. */
  @Test
  void refusingTakesNoLongerThanReading() {
    long start = System.nanoTime();
    String good = text(ListFile.RESTRICTIONS);
    String quotes = "\"" + "\"\"".repeat(2_000_000) + "\"";
    assertRowsRefused(ListFile.RESTRICTIONS, good + "E-9," + quotes);
    assertRowsRefused(ListFile.SUBJECTS, text(ListFile.SUBJECTS) + ",".repeat(4_000_000));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }
}
