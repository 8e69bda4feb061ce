package credit.approval;

import credit.approval.SignedManifest.Link;
import credit.approval.format.Ed25519Keys;
import credit.approval.format.FileBytes;
import credit.approval.format.Jws;
import credit.approval.format.JwsType;
import credit.approval.format.KeySet;
import credit.approval.format.Layout;
import credit.approval.format.ListContent;
import credit.approval.format.ListException;
import credit.approval.format.ListFile;
import credit.approval.format.Manifest;
import credit.approval.format.Sha256;
import credit.approval.format.Timestamp;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Reads and verifies the parts of the published lists. Every file is read once. */
final class ListReader {
  /** Versions that are walked back at most, to the one seen before or the one asked for. */
  private static final int MAX_WALK = 100_000;

  /** Numbers that may be skipped between two versions. */
  private static final int MAX_GAP = 1_000;

  /** Deltas that are applied at most where full files are missing or not needed. */
  private static final int MAX_DELTAS = 400;

  private static final int MAX_LINKS_KEPT = 4_096;

  private final ListSource source;
  private final PublicKey root;
  private final String scope;
  private final long maxFileBytes;

  /** Links of the chain by their hash, which never changes what they are. */
  private final Map<String, Link> links = new ConcurrentHashMap<>();

  ListReader(ClientOptions options) {
    this.source = options.source();
    this.root = options.root();
    this.scope = options.scope();
    this.maxFileBytes = options.maxFileBytes();
  }

  /** Keys whose signature was good, and the text as it was signed. */
  record SignedKeys(KeySet keys, String compact) {}

  SignedKeys keys() {
    byte[] bytes = require(Layout.KEYS);
    Jws jws = Jws.verify(bytes, JwsType.KEYS, this::rootKey);
    KeySet keys = KeySet.decode(jws.payload());
    requireApprovalList(Layout.KEYS, keys.list());
    return new SignedKeys(keys, text(bytes));
  }

  /** A timestamp whose signature was good, and the key that signed. */
  record SignedTimestamp(Timestamp timestamp, String kid, String compact) {}

  SignedTimestamp timestamp(KeySet keys) {
    return timestamp(keys, require(Layout.TIMESTAMP));
  }

  SignedTimestamp timestamp(KeySet keys, byte[] bytes) {
    KeySet.Role role = KeySet.Role.TIMESTAMP;
    Jws jws = Jws.verify(bytes, JwsType.TIMESTAMP, kid -> keys.key(kid, role));
    Timestamp timestamp = Timestamp.decode(jws.payload());
    requireApprovalList(Layout.TIMESTAMP, timestamp.list());
    keys.requireValidAt(jws.kid(), role, timestamp.issuedAt());
    return new SignedTimestamp(timestamp, jws.kid(), text(bytes));
  }

  /** The manifest of a version, which must have the hash that vouches for it. */
  SignedManifest manifest(KeySet keys, long version, String sha256) {
    String name = Layout.name(version, Layout.MANIFEST);
    byte[] bytes = vouched(name, sha256);
    KeySet.Role role = KeySet.Role.LISTS;
    Jws jws = Jws.verify(bytes, JwsType.MANIFEST, kid -> keys.key(kid, role));
    Manifest manifest = decode(name, jws, version);
    keys.requireValidAt(jws.kid(), role, manifest.issuedAt());
    return new SignedManifest(manifest, sha256, jws.kid());
  }

  /**
   * The manifest before this one, found by its hash; numbers may have been skipped.
   *
   * @throws ListException with {@code chain_broken} if no folder holds it
   */
  private Link previous(Link from) {
    String sha256 = from.manifest().previousManifestSha256();
    Link known = sha256 == null ? null : links.get(sha256);
    if (known != null) {
      return known;
    }
    for (long n = from.version() - 1; sha256 != null && isNear(n, from); n--) {
      String name = Layout.name(n, Layout.MANIFEST);
      Optional<byte[]> bytes = source.read(name, Jws.MAX_LENGTH).map(FileBytes::array);
      if (bytes.isPresent() && Sha256.hex(bytes.get()).equals(sha256)) {
        Manifest manifest = decode(name, Jws.vouchedFor(bytes.get(), JwsType.MANIFEST), n);
        return keep(new Link(manifest, sha256));
      }
    }
    throw new ListException(
        "chain_broken",
        "the version before "
            + from.version()
            + " is not in "
            + source
            + "; copy the versions between as well");
  }

  private static boolean isNear(long version, Link from) {
    return version >= 1 && from.version() - version <= MAX_GAP;
  }

  private Link keep(Link link) {
    if (links.size() >= MAX_LINKS_KEPT) {
      links.clear();
    }
    links.put(link.sha256(), link);
    return link;
  }

  /** Walks back to a version that must be an ancestor. */
  Link ancestor(SignedManifest from, long version) {
    Link at = from.link();
    for (int i = 0; at.version() > version; i++) {
      if (i == MAX_WALK) {
        throw new ListException("chain_broken", "the chain is longer than " + MAX_WALK);
      }
      at = previous(at);
    }
    if (at.version() != version) {
      throw new ListException(
          "chain_broken", "version " + version + " is not in the chain of the current version");
    }
    return at;
  }

  /**
   * The content of a version, verified to the byte; from deltas where its full files are missing.
   */
  ListContent content(SignedManifest signed) {
    Deque<FileBytes> deltas = new ArrayDeque<>();
    for (Link at = signed.link(); ; at = previous(at)) {
      FileBytes delta = verified(at, ListFile.DELTA);
      Optional<ListContent> full = full(at);
      if (full.isPresent()) {
        return rebuilt(signed, full.get(), deltas);
      }
      if (deltas.size() == MAX_DELTAS) {
        throw new ListException(
            "chain_broken", "more than " + MAX_DELTAS + " deltas; fetch the full files");
      }
      deltas.push(delta);
      if (at.manifest().previousManifestSha256() == null) {
        return rebuilt(signed, ListContent.empty(), deltas);
      }
    }
  }

  /**
   * The content of a version by the deltas since the one that is held, where that is less to read;
   * it is the same to the byte as {@link #content(SignedManifest)} or that is taken.
   */
  ListContent content(SignedManifest signed, Snapshot held) {
    try {
      Optional<Deque<FileBytes>> deltas = deltasSince(held, signed);
      if (deltas.isPresent()) {
        return rebuilt(signed, held.content(), deltas.get());
      }
    } catch (ListException e) {
      // The full files may be whole where a delta is not; they say what is wrong if not.
      return content(signed);
    }
    return content(signed);
  }

  private Optional<Deque<FileBytes>> deltasSince(Snapshot held, SignedManifest signed) {
    Deque<Link> steps = new ArrayDeque<>();
    long length = 0;
    long fullLength = signed.manifest().contentLength();
    Link at = signed.link();
    while (!at.sha256().equals(held.signed().sha256())) {
      length += at.manifest().entry(ListFile.DELTA).length();
      boolean tooFar = at.version() <= held.signed().manifest().version();
      if (tooFar || length > fullLength || steps.size() == MAX_DELTAS) {
        return Optional.empty();
      }
      steps.push(at);
      at = previous(at);
    }
    Deque<FileBytes> deltas = new ArrayDeque<>();
    steps.forEach(step -> deltas.add(verified(step, ListFile.DELTA)));
    return Optional.of(deltas);
  }

  /** Only the result must have the signed hashes; what comes between vouches for nothing. */
  private ListContent rebuilt(SignedManifest signed, ListContent from, Deque<FileBytes> deltas) {
    ListContent content = from;
    for (FileBytes delta : deltas) {
      content = content.plus(delta);
    }
    if (!deltas.isEmpty()) {
      content.files().forEach((file, bytes) -> verify(signed.link(), file, bytes));
    }
    return content;
  }

  /** The manifests from the head down to a version of its chain, and the files of both. */
  Map<String, byte[]> evidence(Snapshot head, Snapshot of) {
    Map<String, byte[]> files = new TreeMap<>();
    putFiles(files, head);
    putFiles(files, of);
    Link at = head.signed().link();
    putManifest(files, at);
    while (!at.sha256().equals(of.signed().sha256())) {
      at = previous(at);
      putManifest(files, at);
    }
    return files;
  }

  private void putFiles(Map<String, byte[]> files, Snapshot snapshot) {
    Link link = snapshot.signed().link();
    snapshot
        .content()
        .files()
        .forEach(
            (file, bytes) ->
                files.put(Layout.name(link.version(), file.fileName()), bytes.array()));
    files.put(
        Layout.name(link.version(), ListFile.DELTA.fileName()),
        verified(link, ListFile.DELTA).array());
  }

  private void putManifest(Map<String, byte[]> files, Link link) {
    String name = Layout.name(link.version(), Layout.MANIFEST);
    files.put(name, vouched(name, link.sha256()));
  }

  /** The bytes of a manifest, which must have the hash that vouches for them. */
  private byte[] vouched(String name, String sha256) {
    byte[] bytes = require(name);
    if (!Sha256.hex(bytes).equals(sha256)) {
      throw new ListException(
          "hash_mismatch",
          place(name)
              + " is not the manifest that was vouched for: files of two versions are mixed or it"
              + " was changed");
    }
    return bytes;
  }

  /** The six files, empty where none of them is there. */
  private Optional<ListContent> full(Link link) {
    Map<ListFile, FileBytes> files = new EnumMap<>(ListFile.class);
    String missing = null;
    for (ListFile file : ListFile.values()) {
      if (file.isContent()) {
        Optional<FileBytes> bytes = read(link, file);
        bytes.ifPresent(b -> files.put(file, b));
        missing = bytes.isPresent() ? missing : Layout.name(link.version(), file.fileName());
      }
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    if (missing != null) {
      throw missing(missing);
    }
    return Optional.of(new ListContent(files));
  }

  private FileBytes verified(Link link, ListFile file) {
    return read(link, file)
        .orElseThrow(() -> missing(Layout.name(link.version(), file.fileName())));
  }

  private Optional<FileBytes> read(Link link, ListFile file) {
    long limit = Math.min(maxFileBytes, link.manifest().entry(file).length() + 1);
    Optional<FileBytes> bytes = source.read(Layout.name(link.version(), file.fileName()), limit);
    bytes.ifPresent(b -> verify(link, file, b));
    return bytes;
  }

  private void verify(Link link, ListFile file, FileBytes bytes) {
    Manifest.FileEntry entry = link.manifest().entry(file);
    String place = place(Layout.name(link.version(), file.fileName()));
    if (bytes.length() != entry.length()) {
      throw new ListException(
          "length_mismatch",
          place + " has " + bytes.length() + " bytes, not " + entry.length() + "; fetch it again");
    }
    if (!bytes.sha256().equals(entry.sha256())) {
      throw new ListException(
          "hash_mismatch", place + " is not the file that was signed; fetch it again");
    }
  }

  private Manifest decode(String name, Jws jws, long version) {
    Manifest manifest = Manifest.decode(jws.payload());
    requireApprovalList(Layout.MANIFEST, manifest.list());
    requireScope(manifest.scope());
    if (manifest.version() != version) {
      throw new ListException(
          "version_mismatch",
          place(name) + " is the manifest of version " + manifest.version() + "; it is refused");
    }
    return manifest;
  }

  private PublicKey rootKey(String kid) {
    if (!kid.equals(Ed25519Keys.keyId(root))) {
      throw new ListException(
          "key_unknown", "keys.jws is signed by " + kid + ", which is not the pinned root key");
    }
    return root;
  }

  private void requireScope(String found) {
    if (scope != null && !scope.equals(found)) {
      throw new ListException(
          "wrong_list", "the list is for '" + found + "', not for '" + scope + "'");
    }
  }

  private static void requireApprovalList(String file, String list) {
    if (!list.equals(Manifest.APPROVAL_LIST)) {
      throw new ListException(
          "wrong_list",
          file + " is of the list '" + list + "', not '" + Manifest.APPROVAL_LIST + "'");
    }
  }

  private byte[] require(String name) {
    return source.read(name, Jws.MAX_LENGTH).orElseThrow(() -> missing(name)).array();
  }

  private ListException missing(String name) {
    return new ListException(
        "file_missing",
        place(name) + " is missing; the download may not be complete, fetch it again");
  }

  private String place(String name) {
    String at = source.toString();
    return at.endsWith("/") ? at + name : at + "/" + name;
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
