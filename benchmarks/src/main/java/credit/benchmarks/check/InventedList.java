package credit.benchmarks.check;

import credit.approval.ClientOptions;
import credit.approval.ListClient;
import credit.approval.RefreshResult;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.Jws;
import credit.approval.format.JwsType;
import credit.approval.format.KeySet;
import credit.approval.format.Layout;
import credit.approval.format.ListFile;
import credit.approval.format.Manifest;
import credit.approval.format.Mode;
import credit.approval.format.Sha256;
import credit.approval.format.Timestamp;
import credit.approval.id.UnifiedCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongFunction;

/**
 * A published list of invented firms: so many entries, one a firm, and twice as many firms that the
 * list speaks for, so that every second one is clear. A hundredth as many rows are on the blacklist
 * and on the incentives. Its delta is empty, as on a day without changes.
 */
final class InventedList {
  private static final int ITEMS = 200;
  private static final int SOURCES = 10;

  private final Path folder;
  private final long entries;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final LocalDate today = LocalDate.ofInstant(now, ZoneId.of("Asia/Shanghai"));
  private final KeyPair root = keyPair();
  private final KeyPair listKey = keyPair();
  private final KeyPair timestampKey = keyPair();

  private InventedList(Path folder, long entries) {
    this.folder = folder;
    this.entries = entries;
  }

  /** Firms that a list of so many entries speaks for. */
  static long firms(long entries) {
    return 2 * entries;
  }

  static boolean isListed(long firm) {
    return firm % 2 == 1;
  }

  /** The codes rise with the number. */
  static String code(long firm) {
    String number = Long.toString(firm);
    return UnifiedCode.compose("91440400", "0".repeat(8 - number.length()) + number);
  }

  /** The list's folder below {@code work}; made anew, since a list is fresh for two days only. */
  static Path publish(Path work, long entries) throws IOException {
    Path folder = folder(work, entries);
    Files.createDirectories(folder.resolve("1"));
    new InventedList(folder, entries).publish();
    return folder;
  }

  static Path folder(Path work, long entries) {
    return work.resolve("list-" + entries);
  }

  /** A client of a list that was published before. */
  static ListClient open(Path folder) {
    try {
      String root = Files.readString(folder.resolve(Layout.ROOT_PUBLIC_KEY));
      ListClient client =
          ListClient.open(ClientOptions.of(folder, Ed25519Keys.decode(root.strip())));
      RefreshResult opened = client.lastRefresh();
      if (opened.state() != RefreshResult.State.UPDATED) {
        throw new IllegalStateException(opened.message());
      }
      return client;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void publish() throws IOException {
    List<Manifest.FileEntry> files = new ArrayList<>();
    files.add(write(ListFile.RESTRICTIONS, entries, InventedList::restriction));
    files.add(write(ListFile.BLACKLIST, entries / 100, InventedList::blacklisted));
    files.add(write(ListFile.INCENTIVES, entries / 100, InventedList::incentive));
    files.add(write(ListFile.SUBJECTS, firms(entries), InventedList::subject));
    files.add(write(ListFile.COVERAGE, SOURCES, this::coverage));
    files.add(write(ListFile.ITEMS, (long) ITEMS * Mode.values().length, InventedList::item));
    files.add(write(ListFile.DELTA, 0, row -> ""));
    Manifest manifest =
        new Manifest(
            Manifest.APPROVAL_LIST,
            "invented",
            1,
            today,
            today,
            Sha256.hex("the version before"),
            today.minusYears(3),
            3,
            files,
            List.of(new Manifest.RuleEntry("restrictions", Sha256.hex("rules"))),
            List.of(),
            now,
            "uscc");
    String signed = sign("1/" + Layout.MANIFEST, JwsType.MANIFEST, listKey, manifest.encode());
    Timestamp timestamp =
        new Timestamp(
            Manifest.APPROVAL_LIST, 1, Sha256.hex(signed), now, now.plus(Duration.ofDays(2)));
    sign(Layout.TIMESTAMP, JwsType.TIMESTAMP, timestampKey, timestamp.encode());
    Instant since = now.minus(Duration.ofDays(1));
    KeySet keys =
        new KeySet(
            Manifest.APPROVAL_LIST,
            1,
            List.of(
                KeySet.Key.of(KeySet.Role.LISTS, listKey.getPublic(), since),
                KeySet.Key.of(KeySet.Role.TIMESTAMP, timestampKey.getPublic(), since)),
            now);
    sign(Layout.KEYS, JwsType.KEYS, root, keys.encode());
    Files.writeString(
        folder.resolve(Layout.ROOT_PUBLIC_KEY), Ed25519Keys.encode(root.getPublic()) + "\n");
  }

  private static String restriction(long row) {
    String code = code(2 * row + 1);
    return "E-"
        + row
        + ",uscc,"
        + code
        + ",样本企业"
        + row
        + "有限公司,notify-and-commit,,2025-03-01,"
        + (row % 3 == 0 ? "" : "2099-01-01")
        + ",serious_violation,样本市告知承诺管理办法第十五条第二款,样市监罚〔2025〕"
        + row
        + "号,样本市市场监督管理局,2025-02-27,penalties/2025-03-01/"
        + row
        + "\n";
  }

  private static String blacklisted(long row) {
    return "E-%s,uscc,%s,样本企业%s有限公司,2025-03-01,,serious_violation,办法第十五条,罚〔2025〕%s号,监管局,,\n"
        .formatted(row, code(2 * row + 1), row, row);
  }

  private static String incentive(long row) {
    return "N-%s,uscc,%s,样本企业%s有限公司,green-channel,,2025-03-01,,leader,目录第一项,奖〔2025〕%s号,监管局,,\n"
        .formatted(row, code(2 * row), row, row);
  }

  private static String subject(long row) {
    return "uscc," + code(row) + ",2015-06-01,\n";
  }

  private String coverage(long row) {
    return "source-%02d,监管局,440400,true,%s,7\n".formatted(row, today);
  }

  private static String item(long row) {
    // The modes' names stand in their alphabetical order within an item, as keys do.
    String[] modes = {"deficiency-tolerant", "licence-first", "notify-and-commit"};
    return "I%05d,%s,false,permitted,目录\n"
        .formatted(row / modes.length, modes[(int) row % modes.length]);
  }

  private Manifest.FileEntry write(ListFile file, long rows, LongFunction<String> row)
      throws IOException {
    MessageDigest digest = sha256();
    Path path = folder.resolve("1").resolve(file.fileName());
    try (OutputStream out =
        new BufferedOutputStream(
            new DigestOutputStream(Files.newOutputStream(path), digest), 1 << 20)) {
      out.write((String.join(",", file.columns()) + "\n").getBytes(StandardCharsets.UTF_8));
      for (long i = 0; i < rows; i++) {
        out.write(row.apply(i).getBytes(StandardCharsets.UTF_8));
      }
    }
    String hash = HexFormat.of().formatHex(digest.digest());
    return new Manifest.FileEntry(file, Files.size(path), hash, rows);
  }

  private String sign(String name, JwsType type, KeyPair key, byte[] payload) throws IOException {
    String compact = Jws.sign(type, Ed25519Keys.keyId(key.getPublic()), payload, key.getPrivate());
    Files.writeString(folder.resolve(name), compact);
    return compact;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
