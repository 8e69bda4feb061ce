package credit.approval;

import credit.approval.format.Ed25519Keys;
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
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Reads and verifies the parts of the published folder. Every file is read once. */
final class ListFolder {
  /** Versions that are walked back at most, to the one seen before or the one asked for. */
  private static final int MAX_WALK = 100_000;

  /** Deltas that are applied at most where full files are missing. */
  private static final int MAX_DELTAS = 400;

  private final Path lists;
  private final PublicKey root;
  private final String scope;
  private final long maxFileBytes;

  ListFolder(ClientOptions options) {
    this.lists = options.lists();
    this.root = options.root();
    this.scope = options.scope();
    this.maxFileBytes = options.maxFileBytes();
  }

  KeySet keys() {
    byte[] bytes = FileBytes.read(lists.resolve(Layout.KEYS), Jws.MAX_LENGTH);
    Jws jws = Jws.verify(bytes, JwsType.KEYS, this::rootKey);
    KeySet keys = KeySet.decode(jws.payload());
    requireApprovalList("keys.jws", keys.list());
    return keys;
  }

  /** A timestamp whose signature was good, and the key that signed. */
  record SignedTimestamp(Timestamp timestamp, String kid, String compact) {}

  SignedTimestamp timestamp(KeySet keys) {
    byte[] bytes = FileBytes.read(lists.resolve(Layout.TIMESTAMP), Jws.MAX_LENGTH);
    KeySet.Role role = KeySet.Role.TIMESTAMP;
    Jws jws = Jws.verify(bytes, JwsType.TIMESTAMP, kid -> keys.key(kid, role));
    Timestamp timestamp = Timestamp.decode(jws.payload());
    requireApprovalList("timestamp.jws", timestamp.list());
    keys.requireValidAt(jws.kid(), role, timestamp.issuedAt());
    return new SignedTimestamp(timestamp, jws.kid(), text(bytes));
  }

  /** The manifest of a version, which must have the hash that vouches for it. */
  SignedManifest manifest(KeySet keys, long version, String sha256) {
    Path folder = Layout.version(lists, version);
    FileBytes.requireFolder(folder);
    byte[] bytes = FileBytes.read(folder.resolve(Layout.MANIFEST), Jws.MAX_LENGTH);
    if (!Sha256.hex(bytes).equals(sha256)) {
      throw new ListException(
          "hash_mismatch",
          folder.resolve(Layout.MANIFEST)
              + " is not the manifest that was vouched for: files of two versions are mixed or it"
              + " was changed");
    }
    KeySet.Role role = KeySet.Role.LISTS;
    Jws jws = Jws.verify(bytes, JwsType.MANIFEST, kid -> keys.key(kid, role));
    Manifest manifest = Manifest.decode(jws.payload());
    requireApprovalList("manifest.jws", manifest.list());
    requireScope(manifest.scope());
    keys.requireValidAt(jws.kid(), role, manifest.issuedAt());
    if (manifest.version() != version) {
      throw new ListException(
          "version_mismatch",
          folder + " holds the manifest of version " + manifest.version() + "; it is refused");
    }
    return new SignedManifest(manifest, sha256, jws.kid());
  }

  /**
   * The manifest before this one, found by its hash; numbers may have been skipped.
   *
   * @throws ListException with {@code chain_broken} if no folder holds it
   */
  SignedManifest previous(KeySet keys, SignedManifest from) {
    String sha256 = from.manifest().previousManifestSha256();
    if (sha256 != null) {
      long version = from.manifest().version();
      for (long n = version - 1; n >= 1 && version - n <= MAX_WALK; n--) {
        Path file = Layout.version(lists, n).resolve(Layout.MANIFEST);
        if (FileBytes.exists(file)
            && Sha256.hex(FileBytes.read(file, Jws.MAX_LENGTH)).equals(sha256)) {
          return manifest(keys, n, sha256);
        }
      }
    }
    throw new ListException(
        "chain_broken",
        "the version before "
            + from.manifest().version()
            + " is not in "
            + lists
            + "; copy the versions between as well");
  }

  /** Walks back to a version that must be an ancestor. */
  SignedManifest ancestor(KeySet keys, SignedManifest from, long version) {
    SignedManifest at = from;
    for (int i = 0; at.manifest().version() > version; i++) {
      if (i == MAX_WALK) {
        throw new ListException("chain_broken", "the chain is longer than " + MAX_WALK);
      }
      at = previous(keys, at);
    }
    if (at.manifest().version() != version) {
      throw new ListException(
          "chain_broken", "version " + version + " is not in the chain of the current version");
    }
    return at;
  }

  /**
   * The content of a version, verified to the byte; from deltas where its full files are missing.
   */
  ListContent content(KeySet keys, SignedManifest signed) {
    return content(keys, signed, 0);
  }

  private ListContent content(KeySet keys, SignedManifest signed, int deltas) {
    Path folder = Layout.version(lists, signed.manifest().version());
    byte[] delta = verified(folder, signed.manifest().entry(ListFile.DELTA));
    if (!hasNoContentFile(folder)) {
      return full(folder, signed.manifest());
    }
    if (deltas == MAX_DELTAS) {
      throw new ListException(
          "chain_broken", "more than " + MAX_DELTAS + " deltas; fetch the full files");
    }
    ListContent before =
        signed.manifest().previousManifestSha256() == null
            ? ListContent.empty()
            : content(keys, previous(keys, signed), deltas + 1);
    ListContent rebuilt = before.plus(delta);
    rebuilt.files().forEach((file, bytes) -> verify(signed.manifest().entry(file), bytes, folder));
    return rebuilt;
  }

  private ListContent full(Path folder, Manifest manifest) {
    Map<ListFile, byte[]> files = new EnumMap<>(ListFile.class);
    for (Manifest.FileEntry entry : manifest.files()) {
      if (entry.file().isContent()) {
        files.put(entry.file(), verified(folder, entry));
      }
    }
    return new ListContent(files);
  }

  private byte[] verified(Path folder, Manifest.FileEntry entry) {
    byte[] bytes =
        FileBytes.read(
            folder.resolve(entry.file().fileName()), Math.min(maxFileBytes, entry.length() + 1));
    verify(entry, bytes, folder);
    return bytes;
  }

  private static void verify(Manifest.FileEntry entry, byte[] bytes, Path folder) {
    Path file = folder.resolve(entry.file().fileName());
    if (bytes.length != entry.length()) {
      throw new ListException(
          "length_mismatch",
          file + " has " + bytes.length + " bytes, not " + entry.length() + "; fetch it again");
    }
    if (!Sha256.hex(bytes).equals(entry.sha256())) {
      throw new ListException(
          "hash_mismatch", file + " is not the file that was signed; fetch it again");
    }
  }

  private static boolean hasNoContentFile(Path folder) {
    return Arrays.stream(ListFile.values())
        .filter(ListFile::isContent)
        .noneMatch(file -> FileBytes.exists(folder.resolve(file.fileName())));
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

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
