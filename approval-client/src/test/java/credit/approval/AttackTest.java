package credit.approval;

import static credit.approval.PublishedFolder.CLEAN;
import static credit.approval.PublishedFolder.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.Ed25519Keys;
import credit.approval.format.Jws;
import credit.approval.format.JwsType;
import credit.approval.format.KeySet;
import credit.approval.format.Layout;
import credit.approval.format.ListContent;
import credit.approval.format.ListFile;
import credit.approval.format.Manifest;
import credit.approval.format.Mode;
import credit.approval.format.Restriction;
import credit.approval.format.Sha256;
import credit.approval.format.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is done to the folder, a client that opens it, and one that held the version before,
 * never answers CLEAR for a firm that the newest list bars. Each case is counted.
 */
class AttackTest {
  private static final Query QUERY =
      Query.of(CLEAN, Mode.NOTIFY_AND_COMMIT).withAt(LocalDate.parse("2026-06-30"));
  private static int cases;

  @TempDir Path temp;
  private Path lists;
  private PublishedFolder published;
  private final TestClock clock = new TestClock(SIGNED.plus(Duration.ofHours(2)));

  /** Version 1 leaves the firm clear and has expired by the client's clock; version 2 bars it. */
  @BeforeEach
  void publish() {
    lists = temp.resolve("lists");
    published = new PublishedFolder(lists);
    published.publish(1, PublishedFolder.content(), SIGNED.minus(Duration.ofHours(40)));
    Restriction bar =
        PublishedFolder.restriction("E-9", CLEAN, Mode.NOTIFY_AND_COMMIT, "", "2026-06-01", null);
    published.publish(2, PublishedFolder.content(List.of(bar), PublishedFolder.AS_OF));
  }

  @AfterAll
  static void printTheCount() {
    System.out.println("attack cases, none answered CLEAR: " + cases);
  }

  private Path mark() {
    return temp.resolve("mark.json");
  }

  private ListClient open() {
    return ListClient.open(published.options(clock));
  }

  private void assertRefused(ListClient client, String what) {
    cases++;
    Answer answer = client.check(QUERY);
    assertThat(client.lastRefresh().state())
        .as(what + ": " + answer.reasons())
        .isEqualTo(RefreshResult.State.REFUSED);
    assertThat(answer.permitted()).as(what).isFalse();
    assertThat(answer.outcome()).as(what).isEqualTo(Outcome.UNAVAILABLE);
  }

  /** Puts other bytes in a file, opens, and puts the good ones back. */
  private void assertRefusedWith(Path file, byte[] bytes, String what) throws IOException {
    byte[] good = Files.readAllBytes(file);
    Files.write(file, bytes);
    assertRefused(open(), what);
    Files.write(file, good);
  }

  private List<Path> trustedFiles() {
    List<Path> files = new ArrayList<>();
    files.add(lists.resolve(Layout.KEYS));
    files.add(lists.resolve(Layout.TIMESTAMP));
    files.add(lists.resolve("2").resolve(Layout.MANIFEST));
    for (ListFile file : ListFile.values()) {
      files.add(lists.resolve("2").resolve(file.fileName()));
    }
    return files;
  }

  @Test
  void theFolderAsPublishedIsAccepted() {
    ListClient client = open();
    assertThat(client.lastRefresh().state()).isEqualTo(RefreshResult.State.UPDATED);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  @Test
  void aFlippedBitInAnyRegionOfAnyFileIsRefused() throws IOException {
    flip(64);
  }

  @Test
  @Tag("slow")
  void aFlippedBitInAnyByteOfAnyFileIsRefused() throws IOException {
    flip(Integer.MAX_VALUE);
  }

  private void flip(int regions) throws IOException {
    for (Path file : trustedFiles()) {
      byte[] good = Files.readAllBytes(file);
      int step = Math.max(1, good.length / regions);
      for (int i = 0; i < good.length; i += step) {
        byte[] bad = good.clone();
        bad[i] ^= (byte) (1 << (i % 8));
        assertRefusedWith(file, bad, lists.relativize(file) + " byte " + i);
      }
    }
  }

  @Test
  void aFileCutOffAnywhereIsRefused() throws IOException {
    for (Path file : trustedFiles()) {
      byte[] good = Files.readAllBytes(file);
      int step = Math.max(1, good.length / 24);
      for (int length = 0; length < good.length; length += step) {
        byte[] bad = Arrays.copyOf(good, length);
        assertRefusedWith(file, bad, lists.relativize(file) + " cut to " + length);
      }
      assertRefusedWith(file, Arrays.copyOf(good, good.length + 1), "longer " + file);
    }
  }

  @Test
  void aFileThatIsMissingOrALinkOrAFolderIsRefused() throws IOException {
    for (Path file : trustedFiles()) {
      byte[] good = Files.readAllBytes(file);
      Path elsewhere = temp.resolve("elsewhere");
      Files.write(elsewhere, good);
      Files.delete(file);
      assertRefused(open(), "missing " + file);
      Files.createSymbolicLink(file, elsewhere);
      assertRefused(open(), "link " + file);
      Files.delete(file);
      Files.createDirectory(file);
      assertRefused(open(), "folder " + file);
      Files.delete(file);
      Files.write(file, good);
    }
    Files.move(lists.resolve("2"), temp.resolve("two"));
    Files.createSymbolicLink(lists.resolve("2"), temp.resolve("two"));
    assertRefused(open(), "linked version");
  }

  @Test
  void filesOfTwoVersionsAreRefused() throws IOException {
    for (ListFile file : ListFile.values()) {
      byte[] old = Files.readAllBytes(lists.resolve("1").resolve(file.fileName()));
      Path target = lists.resolve("2").resolve(file.fileName());
      if (!Arrays.equals(old, Files.readAllBytes(target))) {
        assertRefusedWith(target, old, "old " + file);
      }
    }
    byte[] manifest = Files.readAllBytes(lists.resolve("1").resolve(Layout.MANIFEST));
    assertRefusedWith(lists.resolve("2").resolve(Layout.MANIFEST), manifest, "old manifest");
  }

  @Test
  void anOldVersionOverANewOneIsRefused() throws IOException {
    ListClient client = ListClient.open(published.options(clock).withMark(mark()));
    byte[] manifest = Files.readAllBytes(lists.resolve("1").resolve(Layout.MANIFEST));
    String sha256 = Sha256.hex(manifest);
    // Signed afresh, as a stolen timestamp key could.
    published.timestamp(1, sha256, SIGNED.plus(Duration.ofHours(1)));
    assertThat(client.refresh().reason()).isEqualTo("rollback");
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    ListClient restarted = ListClient.open(published.options(clock).withMark(mark()));
    assertRefused(restarted, "rollback over a restart");
    assertThat(restarted.lastRefresh().reason()).isEqualTo("rollback");
  }

  @Test
  void aTimestampReplayedOrExpiredIsRefused() throws IOException {
    String old = Files.readString(lists.resolve(Layout.TIMESTAMP));
    ListClient client = ListClient.open(published.options(clock).withMark(mark()));
    String sha256 = client.list().orElseThrow().manifestSha256();
    published.timestamp(2, sha256, SIGNED.plus(Duration.ofHours(1)));
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UNCHANGED);
    published.write(Layout.TIMESTAMP, old);
    assertThat(client.refresh().reason()).isEqualTo("replayed_timestamp");
    assertRefused(ListClient.open(published.options(clock).withMark(mark())), "replay");
    clock.pass(Duration.ofDays(3));
    cases++;
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.STALE);
    assertThat(open().check(QUERY).outcome()).isEqualTo(Outcome.STALE);
  }

  @Test
  void theVersionBeforeAnswersOnlyUntilItsOwnExpiry() throws IOException {
    Path other = temp.resolve("other");
    PublishedFolder single = new PublishedFolder(other);
    single.publish(1, PublishedFolder.content());
    ListClient client = ListClient.open(single.options(clock));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    Files.writeString(other.resolve(Layout.TIMESTAMP), "x.y.z");
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.REFUSED);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    clock.pass(Duration.ofHours(36));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.STALE);
  }

  @Test
  void aKeyThatIsUnknownSwappedOrRevokedIsRefused() {
    String good = read(Layout.TIMESTAMP);
    resignTimestamp(published.listKey);
    assertRefused(open(), "timestamp by the lists key");
    resignTimestamp(PublishedFolder.keyPair());
    assertRefused(open(), "timestamp by an unknown key");
    resignTimestamp(published.root);
    assertRefused(open(), "timestamp by the root key");
    published.write(Layout.TIMESTAMP, good);
    KeyPair other = PublishedFolder.keyPair();
    ClientOptions pinned =
        ClientOptions.of(lists, other.getPublic()).withClock(clock, clock::nanos);
    assertRefused(ListClient.open(pinned), "another root key");
    byte[] keys = published.keySet(1, false).encode();
    String rootId = Ed25519Keys.keyId(published.root.getPublic());
    published.write(Layout.KEYS, Jws.sign(JwsType.KEYS, rootId, keys, other.getPrivate()));
    assertRefused(open(), "keys signed by another, under the root's id");
    published.write(
        Layout.KEYS, Jws.sign(JwsType.TIMESTAMP, rootId, keys, published.root.getPrivate()));
    assertRefused(open(), "keys of another typ");
    published.writeKeys(2, true);
    assertRefused(open(), "revoked key");
  }

  @Test
  void aRevokedKeyEndsItsListAtOnceAndForGood() throws IOException {
    Path other = temp.resolve("other");
    PublishedFolder single = new PublishedFolder(other);
    single.publish(1, PublishedFolder.content());
    ListClient client = ListClient.open(single.options(clock).withMark(mark()));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    String before = Files.readString(other.resolve(Layout.KEYS));
    single.writeKeys(2, true);
    client.refresh();
    assertRefused(client, "revoked while in force");
    single.write(Layout.KEYS, before);
    client.refresh();
    assertRefused(client, "older keys put back");
    assertRefused(
        ListClient.open(single.options(clock).withMark(mark())), "older keys after a restart");
  }

  private void resignTimestamp(KeyPair pair) {
    Manifest manifest = manifestOf(2);
    Timestamp timestamp =
        new Timestamp(manifest.list(), 2, sha256Of(2), SIGNED, SIGNED.plus(Duration.ofHours(36)));
    String kid = Ed25519Keys.keyId(pair.getPublic());
    published.write(
        Layout.TIMESTAMP, Jws.sign(JwsType.TIMESTAMP, kid, timestamp.encode(), pair.getPrivate()));
  }

  @Test
  void aSignedManifestThatIsNotThisListsIsRefused() {
    String good = read("2/" + Layout.MANIFEST);
    for (String[] change :
        new String[][] {
          {"\"list\":\"approval\"", "\"list\":\"public\""},
          {"\"version\":2", "\"version\":3"},
          {"\"version\":2", "\"version\":2,\"version\":2"},
          {"\"version\":2", "\"version\":-2"},
          {"\"version\":2", "\"version\":2.0"},
          {"\"version\":2", "\"version\":\"2\""},
          {"restrictions.csv", "../1/restrictions.csv"},
          {"restrictions.csv", "/etc/passwd"},
          {"restrictions.csv", "blacklist.csv"},
          {"restrictions.csv", "restrictions.csv\\u0000"},
          {"\"max_lag_days\":3", "\"max_lag_days\":3000"},
          {"\"max_lag_days\":3", "\"max_lag_days\":3,\"more\":1"},
          {"\"id_scheme\":\"uscc\"", "\"id_scheme\":\"vat\""},
          {"\"rows\":5", "\"rows\":6"},
          {"\"as_of\":\"2026-06-30\"", "\"as_of\":\"2026-6-30\""},
          {"\"issued_at\":\"2026-07-01T02:00:00Z\"", "\"issued_at\":\"2020-07-01T02:00:00Z\""}
        }) {
      resignManifest(text -> text.replace(change[0], change[1]));
      assertRefused(open(), change[1]);
      published.write("2/" + Layout.MANIFEST, good);
    }
  }

  @Test
  void aListOfAnotherScopeIsRefused() {
    ClientOptions expecting = published.options(clock).withScope("another city");
    assertRefused(ListClient.open(expecting), "another scope");
    ListClient.open(published.options(clock).withMark(mark()));
    resignManifest(text -> text.replace("sample city", "another city"));
    ListClient client = ListClient.open(published.options(clock).withMark(mark()));
    assertRefused(client, "the mark is of another scope");
  }

  @Test
  void aVersionThatDoesNotDescendFromTheOneSeenIsRefused() throws IOException {
    ListClient.open(published.options(clock).withMark(mark()));
    published.publish(3, PublishedFolder.content());
    String manifest = read("2/" + Layout.MANIFEST);
    Files.delete(lists.resolve("2").resolve(Layout.MANIFEST));
    assertRefused(ListClient.open(published.options(clock).withMark(mark())), "gap in the chain");
    resignManifest(2, manifest, text -> text.replace("\"R-1\"", "\"R-2\""), false);
    assertRefused(ListClient.open(published.options(clock).withMark(mark())), "forked chain");
    published.write("2/" + Layout.MANIFEST, manifest);
    ListClient whole = ListClient.open(published.options(clock).withMark(mark()));
    assertThat(whole.lastRefresh().state()).isEqualTo(RefreshResult.State.UPDATED);
  }

  @Test
  void anotherListUnderTheSameNumberIsRefused() {
    ListClient.open(published.options(clock).withMark(mark()));
    resignManifest(text -> text.replace("\"R-1\"", "\"R-2\""));
    ListClient client = ListClient.open(published.options(clock).withMark(mark()));
    assertRefused(client, "same number, other list");
    assertThat(client.lastRefresh().reason()).isEqualTo("fork");
  }

  @Test
  void aClockSetBackDoesNotMakeAnExpiredListFresh() {
    PublishedFolder single = new PublishedFolder(temp.resolve("other"));
    single.publish(1, PublishedFolder.content());
    ListClient client = ListClient.open(single.options(clock));
    clock.pass(Duration.ofHours(40));
    clock.set(SIGNED.minus(Duration.ofDays(300)));
    cases++;
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.STALE);
    client.refresh();
    cases++;
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.STALE);
  }

  @Test
  void aClockThatJumpedAheadDoesNotPoisonTheClient() {
    PublishedFolder single = new PublishedFolder(temp.resolve("other"));
    single.publish(1, PublishedFolder.content());
    ListClient client = ListClient.open(single.options(clock).withMark(mark()));
    clock.set(SIGNED.plus(Duration.ofDays(3000)));
    cases++;
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.STALE);
    client.refresh();
    clock.set(SIGNED.plus(Duration.ofHours(3)));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(ListClient.open(single.options(clock).withMark(mark())).check(QUERY).outcome())
        .isEqualTo(Outcome.CLEAR);
  }

  @Test
  void aMarkThatCannotBeReadOrKeptIsNotPassedOver() throws IOException {
    for (String bad : List.of("", "{}", "garbage", "x".repeat(20_000))) {
      Files.writeString(mark(), bad);
      assertRefused(ListClient.open(published.options(clock).withMark(mark())), "mark " + bad);
    }
    Files.delete(mark());
    Path file = Files.createFile(temp.resolve("file"));
    ListClient client =
        ListClient.open(published.options(clock).withMark(file.resolve("mark.json")));
    assertRefused(client, "mark below a file");
    assertThat(client.lastRefresh().reason()).isEqualTo("mark_not_kept");
  }

  @Test
  void hugeFilesAreRefusedUnread() throws IOException {
    ClientOptions small = published.options(clock).withMaxFileBytes(100);
    assertRefused(ListClient.open(small), "above the limit");
    Path keys = lists.resolve(Layout.KEYS);
    assertRefusedWith(keys, new byte[Jws.MAX_LENGTH + 1], "huge keys");
    byte[] dots = ".".repeat(Jws.MAX_LENGTH).getBytes(StandardCharsets.US_ASCII);
    assertRefusedWith(keys, dots, "a hundred thousand dots");
  }

  @Test
  void hostileRowsAreRefusedThoughTheyAreSigned() {
    ListContent content = PublishedFolder.content();
    String good = new String(content.bytes(ListFile.SUBJECTS), StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            good.replace("2010", "20\u000010"),
            good.replace("\n", "\r\n"),
            good + good,
            good.replace(CLEAN, CLEAN.toLowerCase(Locale.ROOT)),
            good.replace("2010-01-01", "=cmd()"),
            good + "uscc," + "9".repeat(70_000) + ",2010-01-01,\n",
            good.strip(),
            good.replace("valid_until", "valid_till"))) {
      signHostile(ListFile.SUBJECTS, bad.getBytes(StandardCharsets.UTF_8));
      assertRefused(open(), "rows");
    }
  }

  /** Signs a version whose file holds what no writer of ours would write. */
  private void signHostile(ListFile file, byte[] bytes) {
    Manifest manifest = manifestOf(2);
    List<Manifest.FileEntry> entries =
        manifest.files().stream()
            .map(
                e ->
                    e.file() == file
                        ? new Manifest.FileEntry(file, bytes.length, Sha256.hex(bytes), 3)
                        : e)
            .toList();
    PublishedFolder.write(lists.resolve("2"), file, bytes);
    String before = manifest.files().toString();
    assertThat(entries.toString()).isNotEqualTo(before);
    String compact =
        published.signManifest(
            new Manifest(
                manifest.list(),
                manifest.scope(),
                2,
                manifest.asOf(),
                manifest.knownAt(),
                manifest.previousManifestSha256(),
                manifest.firstDay(),
                manifest.maxLagDays(),
                entries,
                manifest.rules(),
                manifest.rulesPendingReview(),
                manifest.issuedAt(),
                manifest.idScheme()));
    published.write("2/" + Layout.MANIFEST, compact);
    published.timestamp(2, Sha256.hex(compact), SIGNED);
  }

  private String read(String name) {
    try {
      return Files.readString(lists.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String sha256Of(long version) {
    return Sha256.hex(read(version + "/" + Layout.MANIFEST));
  }

  private Manifest manifestOf(long version) {
    return Manifest.decode(payload(read(version + "/" + Layout.MANIFEST)));
  }

  private static byte[] payload(String compact) {
    return Base64.getUrlDecoder().decode(compact.split("\\.", -1)[1]);
  }

  private void resignManifest(UnaryOperator<String> change) {
    resignManifest(2, read("2/" + Layout.MANIFEST), change, true);
  }

  /** Signs a changed manifest with the right key, as a publisher gone wrong would. */
  private void resignManifest(
      long version, String compact, UnaryOperator<String> change, boolean withTimestamp) {
    String text = new String(payload(compact), StandardCharsets.UTF_8);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    PrivateKey key = published.listKey.getPrivate();
    String kid = Ed25519Keys.keyId(published.listKey.getPublic());
    String signed = Jws.sign(JwsType.MANIFEST, kid, changed.getBytes(StandardCharsets.UTF_8), key);
    published.write(version + "/" + Layout.MANIFEST, signed);
    if (withTimestamp) {
      published.timestamp(version, Sha256.hex(signed), SIGNED);
    }
  }

  @Test
  void aKeySetOfAnotherListIsRefused() {
    KeySet keys = published.keySet(1, false);
    KeySet other = new KeySet("public", 1, keys.keys(), keys.issuedAt());
    String rootId = Ed25519Keys.keyId(published.root.getPublic());
    published.write(
        Layout.KEYS, Jws.sign(JwsType.KEYS, rootId, other.encode(), published.root.getPrivate()));
    assertRefused(open(), "keys of another list");
    KeySet none = new KeySet(Manifest.APPROVAL_LIST, 1, List.of(), keys.issuedAt());
    published.write(
        Layout.KEYS, Jws.sign(JwsType.KEYS, rootId, none.encode(), published.root.getPrivate()));
    assertRefused(open(), "no keys");
  }
}
