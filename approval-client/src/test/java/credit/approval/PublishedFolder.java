package credit.approval;

import credit.approval.format.Coverage;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.Incentive;
import credit.approval.format.ItemRule;
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
import credit.approval.format.Subject;
import credit.approval.format.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A published folder made by real signing, as the publisher would make it. */
public final class PublishedFolder {
  public static final Instant SIGNED = Instant.parse("2026-07-01T02:00:00Z");
  public static final LocalDate AS_OF = LocalDate.parse("2026-06-30");
  public static final String LISTED = "914403001922038216";
  public static final String CLEAN = "91350100M000100Y43";
  public static final String ITEM_BARRED = "91440400192548256N";
  public static final String UNKNOWN = "91330100799655058B";
  public static final String BASIS = "Order 44, Art. 15, \"first\"\nline two";

  final Path lists;
  final KeyPair root = keyPair();
  KeyPair listKey = keyPair();
  KeyPair timestampKey = keyPair();
  private final KeyPair firstTimestampKey = timestampKey;
  private final List<KeySet.Key> formerKeys = new ArrayList<>();
  private long keysVersion = 1;
  private ListContent last = ListContent.empty();
  private String lastManifestSha256;
  private Instant keysFrom = SIGNED.minus(Duration.ofDays(30));

  public PublishedFolder(Path lists) {
    this.lists = lists;
    writeKeys(1, false);
  }

  static KeyPair keyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public KeyPair rootKey() {
    return root;
  }

  public Path lists() {
    return lists;
  }

  KeySet keySet(long version, boolean listKeyRevoked) {
    Instant from = keysFrom;
    KeySet.Key list = KeySet.Key.of(KeySet.Role.LISTS, listKey.getPublic(), from);
    return new KeySet(
        Manifest.APPROVAL_LIST,
        version,
        List.of(
            new KeySet.Key(list.kid(), list.role(), list.publicKey(), from, null, listKeyRevoked),
            KeySet.Key.of(KeySet.Role.TIMESTAMP, timestampKey.getPublic(), from)),
        SIGNED);
  }

  /** Puts a new key in the place of one, as the publisher's {@code keys} commands do. */
  void replaceKey(KeySet.Role role, boolean revoked, Instant at) {
    KeyPair old = role == KeySet.Role.LISTS ? listKey : timestampKey;
    KeySet.Key key = KeySet.Key.of(role, old.getPublic(), keysFrom);
    formerKeys.add(new KeySet.Key(key.kid(), role, key.publicKey(), key.validFrom(), at, revoked));
    if (role == KeySet.Role.LISTS) {
      listKey = keyPair();
    } else {
      timestampKey = keyPair();
    }
    List<KeySet.Key> keys = new ArrayList<>(formerKeys);
    keys.addAll(keySet(1, false).keys());
    keysVersion++;
    KeySet set = new KeySet(Manifest.APPROVAL_LIST, keysVersion, keys, at);
    String kid = Ed25519Keys.keyId(root.getPublic());
    write(Layout.KEYS, Jws.sign(JwsType.KEYS, kid, set.encode(), root.getPrivate()));
  }

  /** What the next version follows on. */
  record State(ListContent last, String lastManifestSha256) {}

  State state() {
    return new State(last, lastManifestSha256);
  }

  void restore(State state) {
    last = state.last();
    lastManifestSha256 = state.lastManifestSha256();
  }

  /** A timestamp of a version by the first timestamp key. */
  String signTimestampByFirstKey(long version, Instant signedAt) {
    String sha256 = Sha256.hex(read(version + "/" + Layout.MANIFEST));
    Timestamp timestamp =
        new Timestamp(
            Manifest.APPROVAL_LIST, version, sha256, signedAt, signedAt.plus(Duration.ofHours(36)));
    return Jws.sign(
        JwsType.TIMESTAMP,
        Ed25519Keys.keyId(firstTimestampKey.getPublic()),
        timestamp.encode(),
        firstTimestampKey.getPrivate());
  }

  String read(String name) {
    try {
      return Files.readString(lists.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeKeys(long version, boolean listKeyRevoked) {
    String kid = Ed25519Keys.keyId(root.getPublic());
    byte[] payload = keySet(version, listKeyRevoked).encode();
    write(Layout.KEYS, Jws.sign(JwsType.KEYS, kid, payload, root.getPrivate()));
  }

  /** Publishes a version with its timestamp and returns its manifest's hash. */
  public String publish(long version, ListContent content) {
    return publish(version, content, SIGNED);
  }

  /** Publishes with the wall clock, for a client that runs by it. */
  public String publishNow(long version, ListContent content) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    keysFrom = now.minus(Duration.ofDays(1));
    writeKeys(1, false);
    return publish(version, content, now);
  }

  String publish(long version, ListContent content, Instant signedAt) {
    byte[] delta = content.deltaFrom(last);
    Path folder = Layout.version(lists, version);
    content.files().forEach((file, bytes) -> write(folder, file, bytes.array()));
    write(folder, ListFile.DELTA, delta);
    Manifest manifest = manifest(version, content, delta, signedAt);
    String compact = signManifest(manifest);
    write(version + "/" + Layout.MANIFEST, compact);
    last = content;
    lastManifestSha256 = Sha256.hex(compact);
    timestamp(version, lastManifestSha256, signedAt);
    return lastManifestSha256;
  }

  Manifest manifest(long version, ListContent content, byte[] delta, Instant signedAt) {
    return new Manifest(
        Manifest.APPROVAL_LIST,
        "sample city",
        version,
        AS_OF,
        AS_OF,
        lastManifestSha256,
        LocalDate.parse("2023-07-01"),
        3,
        content.entries(delta),
        List.of(new Manifest.RuleEntry("restrictions", Sha256.hex("rules"))),
        List.of("R-1"),
        signedAt,
        "uscc");
  }

  String signManifest(Manifest manifest) {
    String kid = Ed25519Keys.keyId(listKey.getPublic());
    return Jws.sign(JwsType.MANIFEST, kid, manifest.encode(), listKey.getPrivate());
  }

  String timestamp(long version, String manifestSha256, Instant signedAt) {
    String compact =
        signTimestamp(
            new Timestamp(
                Manifest.APPROVAL_LIST,
                version,
                manifestSha256,
                signedAt,
                signedAt.plus(Duration.ofHours(36))));
    write(Layout.TIMESTAMP, compact);
    return compact;
  }

  String signTimestamp(Timestamp timestamp) {
    String kid = Ed25519Keys.keyId(timestampKey.getPublic());
    return Jws.sign(JwsType.TIMESTAMP, kid, timestamp.encode(), timestampKey.getPrivate());
  }

  public ClientOptions options(TestClock clock) {
    return ClientOptions.of(lists, root.getPublic()).withClock(clock, clock::nanos);
  }

  void write(String name, String text) {
    try {
      Path file = lists.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path folder, ListFile file, byte[] bytes) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(file.fileName()), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A small list with every kind of row. */
  public static ListContent content() {
    return content(List.of(), AS_OF);
  }

  public static ListContent content(List<Restriction> more, LocalDate courtCompleteThrough) {
    List<Restriction> restrictions =
        new ArrayList<>(
            List.of(
                restriction("E-1", LISTED, Mode.NOTIFY_AND_COMMIT, "", "2025-01-01", "2028-01-01"),
                restriction("E-1", LISTED, Mode.LICENCE_FIRST, "", "2025-01-01", "2028-01-01"),
                restriction("E-2", LISTED, Mode.NOTIFY_AND_COMMIT, "", "2026-01-01", null),
                restriction(
                    "E-3", ITEM_BARRED, Mode.NOTIFY_AND_COMMIT, "I05", "2026-01-01", null)));
    restrictions.addAll(more);
    return ListContent.of(
        restrictions,
        List.of(),
        List.of(
            new Incentive(
                "N-1",
                "uscc",
                CLEAN,
                "甲公司",
                "green-channel",
                "",
                LocalDate.parse("2026-01-01"),
                null,
                "standard leader",
                "Measure catalogue 1",
                "奖〔2026〕1号",
                "市监局",
                LocalDate.parse("2026-01-01"),
                List.of("honours/d1/1"))),
        List.of(
            subject(LISTED, "2000-01-01", null),
            subject(CLEAN, "2010-01-01", null),
            subject(ITEM_BARRED, "2010-01-01", "2026-06-30")),
        List.of(
            new Coverage("court", "court", "city", true, courtCompleteThrough, 7),
            new Coverage("honours", "bureau", "city", false, null, 30),
            new Coverage("serious-violations", "bureau", "city", true, AS_OF, 0)),
        items());
  }

  static List<ItemRule> items() {
    List<ItemRule> rules = new ArrayList<>();
    for (Mode mode : Mode.values()) {
      rules.add(new ItemRule("I05", mode, false, true, "catalogue"));
      rules.add(new ItemRule("I06", mode, false, false, "catalogue"));
      rules.add(new ItemRule("I07", mode, mode == Mode.NOTIFY_AND_COMMIT, false, "excluded"));
    }
    return rules;
  }

  static Subject subject(String code, String from, String until) {
    return new Subject(
        "uscc", code, LocalDate.parse(from), until == null ? null : LocalDate.parse(until));
  }

  static Restriction restriction(
      String id, String code, Mode mode, String item, String from, String until) {
    return new Restriction(
        id,
        "uscc",
        code,
        "乙公司",
        mode,
        item,
        LocalDate.parse(from),
        until == null ? null : LocalDate.parse(until),
        "serious_violation",
        BASIS,
        "〔2025〕1号",
        "市监局",
        LocalDate.parse("2024-12-31"),
        List.of("decisions/d1/1", "decisions/d1/2"));
  }
}
