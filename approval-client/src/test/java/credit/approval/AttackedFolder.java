package credit.approval;

import static credit.approval.PublishedFolder.CLEAN;
import static credit.approval.PublishedFolder.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.Ed25519Keys;
import credit.approval.format.Jws;
import credit.approval.format.JwsType;
import credit.approval.format.Layout;
import credit.approval.format.ListFile;
import credit.approval.format.Manifest;
import credit.approval.format.Mode;
import credit.approval.format.Restriction;
import credit.approval.format.Sha256;
import credit.approval.format.Timestamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A published folder to be attacked. Version 1 leaves a firm clear and has expired by the client's
 * clock; version 2 bars the firm. Whatever is done, nobody may be told that it is CLEAR.
 */
final class AttackedFolder {
  static final Query QUERY =
      Query.of(CLEAN, Mode.NOTIFY_AND_COMMIT).withAt(LocalDate.parse("2026-06-30"));
  private static final Instant FIRST_SIGNED = SIGNED.minus(Duration.ofHours(40));

  final Path lists;
  final PublishedFolder published;
  final TestClock clock = new TestClock(FIRST_SIGNED.plus(Duration.ofHours(1)));
  final Path mark;

  /** Took version 1 while it was fresh and has not looked since. */
  final ListClient holdsTheFirst;

  AttackedFolder(Path temp) {
    lists = temp.resolve("lists");
    mark = temp.resolve("mark.json");
    published = new PublishedFolder(lists);
    published.publish(1, PublishedFolder.content(), FIRST_SIGNED);
    holdsTheFirst = open();
    assertThat(holdsTheFirst.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    Restriction bar =
        PublishedFolder.restriction("E-9", CLEAN, Mode.NOTIFY_AND_COMMIT, "", "2026-06-01", null);
    published.publish(2, PublishedFolder.content(List.of(bar), PublishedFolder.AS_OF));
    clock.pass(Duration.ofHours(41));
  }

  ListClient open() {
    return ListClient.open(published.options(clock));
  }

  /** A client that keeps its mark over restarts. */
  ListClient openWithMark() {
    return ListClient.open(published.options(clock).withMark(mark));
  }

  /** What a client reads of version 2, and must therefore verify. */
  List<Path> trustedFiles() {
    List<Path> files = new ArrayList<>();
    files.add(lists.resolve(Layout.KEYS));
    files.add(lists.resolve(Layout.TIMESTAMP));
    files.add(lists.resolve("2").resolve(Layout.MANIFEST));
    for (ListFile file : ListFile.values()) {
      files.add(lists.resolve("2").resolve(file.fileName()));
    }
    return files;
  }

  void assertRefused(String what) {
    assertRefused(open(), what);
  }

  static void assertRefused(ListClient client, String what) {
    Answer answer = client.check(QUERY);
    assertThat(client.lastRefresh().state())
        .as(what + ": " + answer.reasons())
        .isEqualTo(RefreshResult.State.REFUSED);
    assertThat(answer.permitted()).as(what).isFalse();
    assertThat(answer.outcome()).as(what).isEqualTo(Outcome.UNAVAILABLE);
    AttackCount.one();
  }

  static void assertStale(ListClient client, String what) {
    assertThat(client.check(QUERY).outcome()).as(what).isEqualTo(Outcome.STALE);
    AttackCount.one();
  }

  /** Puts other bytes in a file, opens, and puts the good ones back. */
  void assertRefusedWith(Path file, byte[] bytes, String what) throws IOException {
    byte[] good = Files.readAllBytes(file);
    Files.write(file, bytes);
    assertRefused(what);
    Files.write(file, good);
  }

  String sha256Of(long version) {
    return Sha256.hex(manifestJws(version));
  }

  String manifestJws(long version) {
    return published.read(Layout.name(version, Layout.MANIFEST));
  }

  Manifest manifestOf(long version) {
    return Manifest.decode(payload(manifestJws(version)));
  }

  static byte[] payload(String compact) {
    return Base64.getUrlDecoder().decode(compact.split("\\.", -1)[1]);
  }

  /** Signs version 2's changed manifest with the right key, as a publisher gone wrong would. */
  void resignManifest(UnaryOperator<String> change) {
    putManifest(changedManifest(change));
  }

  String changedManifest(UnaryOperator<String> change) {
    String text = new String(payload(manifestJws(2)), StandardCharsets.UTF_8);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    return sign(JwsType.MANIFEST, published.listKey, changed.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts a manifest in the place of version 2's, and a timestamp that vouches for it. */
  void putManifest(String compact) {
    published.write(Layout.name(2, Layout.MANIFEST), compact);
    published.timestamp(2, Sha256.hex(compact), SIGNED);
  }

  /** Signs a changed timestamp with the right key. */
  void resignTimestamp(UnaryOperator<String> change) {
    String text = new String(payload(published.read(Layout.TIMESTAMP)), StandardCharsets.UTF_8);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
    published.write(Layout.TIMESTAMP, sign(JwsType.TIMESTAMP, published.timestampKey, bytes));
  }

  /** Signs version 2's timestamp with any key. */
  void resignTimestamp(KeyPair pair) {
    Timestamp timestamp =
        new Timestamp(
            Manifest.APPROVAL_LIST, 2, sha256Of(2), SIGNED, SIGNED.plus(Duration.ofHours(36)));
    published.write(Layout.TIMESTAMP, sign(JwsType.TIMESTAMP, pair, timestamp.encode()));
  }

  static String sign(JwsType type, KeyPair pair, byte[] payload) {
    return Jws.sign(type, Ed25519Keys.keyId(pair.getPublic()), payload, pair.getPrivate());
  }

  /** A compact text with any header, whose signature is good. */
  static String signUnder(String header, byte[] payload, PrivateKey key) {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    byte[] headerBytes = header.getBytes(StandardCharsets.UTF_8);
    String signed = encoder.encodeToString(headerBytes) + "." + encoder.encodeToString(payload);
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + encoder.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Signs a version 2 of which one file holds what no writer of ours would write. */
  void signHostile(ListFile file, byte[] bytes, long rows) {
    Manifest manifest = manifestOf(2);
    List<Manifest.FileEntry> entries =
        manifest.files().stream()
            .map(
                entry ->
                    entry.file() == file
                        ? new Manifest.FileEntry(file, bytes.length, Sha256.hex(bytes), rows)
                        : entry)
            .toList();
    assertThat(entries).isNotEqualTo(manifest.files());
    PublishedFolder.write(lists.resolve("2"), file, bytes);
    putManifest(
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
                manifest.idScheme())));
  }
}
