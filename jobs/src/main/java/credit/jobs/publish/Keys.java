package credit.jobs.publish;

import credit.approval.format.Ed25519Keys;
import credit.approval.format.Jws;
import credit.approval.format.JwsType;
import credit.approval.format.KeySet;
import credit.approval.format.KeySet.Role;
import credit.approval.format.Layout;
import credit.approval.format.ListException;
import credit.approval.format.Manifest;
import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The signing keys of the three roles: {@code root.key, lists.key, timestamp.key} (PKCS#8, owner
 * only) and the public {@code root.pub, keys.jws} in the keys folder. A private key in the
 * environment ({@code CREDIT_KEY_ROOT, CREDIT_KEY_LISTS, CREDIT_KEY_TIMESTAMP}) goes before its
 * file. The root signs {@code keys.jws} only and may be kept elsewhere between changes of keys.
 */
public final class Keys {
  private static final String WAITING = ".new";

  private final Path folder;
  private final Map<String, String> environment;
  private final Clock clock;

  private Keys(Path folder, Map<String, String> environment, Clock clock) {
    this.folder = folder.toAbsolutePath().normalize();
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  /** The keys in a folder, which need not exist yet. */
  public static Keys at(Path folder, Map<String, String> environment, Clock clock) {
    return new Keys(folder, environment, clock);
  }

  /** The pinned public key of the root: what approval systems get on another way than the lists. */
  public Path rootPublicKey() {
    return folder.resolve(Layout.ROOT_PUBLIC_KEY);
  }

  /** Whether there are keys. */
  public boolean exist() {
    return Files.isRegularFile(folder.resolve(Layout.KEYS));
  }

  /**
   * Makes keys where there are none.
   *
   * @param lists the published folder, whose lists must not stand under keys that are lost
   * @return whether keys were made
   */
  public boolean initIfMissing(Path lists) {
    if (exist()) {
      return false;
    }
    init(lists);
    return true;
  }

  /**
   * Makes new keys for the three roles.
   *
   * @throws Failure with exit code 2 if keys, or lists under other keys, exist already
   */
  public void init(Path lists) {
    if (exist()) {
      throw Failure.usage(
          "there are keys in %s already; './credit keys rotate' replaces those in use, or name"
              + " another --keys",
          folder);
    }
    if (Files.exists(file(Role.ROOT)) || Files.exists(rootPublicKey())) {
      throw Failure.usage(
          "%s holds a root but no %s: an init that did not end, or a backup restored in part;"
              + " restore the rest, or move the root away and run './credit keys init' again",
          folder, Layout.KEYS);
    }
    if (Files.exists(lists.resolve(Layout.KEYS))) {
      throw Failure.usage(
          "the lists in %s are signed under keys that are not in %s; restore them from their"
              + " backup, or move the lists away to start anew under a new root",
          lists, folder);
    }
    Instant now = now();
    KeyPair root = generate();
    KeyPair listsPair = generate();
    KeyPair timestampPair = generate();
    KeySet keys =
        new KeySet(
            Manifest.APPROVAL_LIST,
            1,
            List.of(
                KeySet.Key.of(Role.LISTS, listsPair.getPublic(), now),
                KeySet.Key.of(Role.TIMESTAMP, timestampPair.getPublic(), now)),
            now);
    try {
      makeFolder();
      KeyFile.write(file(Role.LISTS), listsPair.getPrivate());
      KeyFile.write(file(Role.TIMESTAMP), timestampPair.getPrivate());
      // keys.jws makes the keys count, so it comes before what init takes as their presence.
      String signed = sign(keys, root.getPublic(), root.getPrivate());
      KeyFile.write(file(Role.ROOT), root.getPrivate());
      Atomic.write(rootPublicKey(), ascii(Ed25519Keys.encode(root.getPublic()) + "\n"));
      Atomic.write(folder.resolve(Layout.KEYS), ascii(signed));
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /**
   * Replaces the key of a role. What the old one signed stays valid.
   *
   * @param role {@code lists} or {@code timestamp}
   * @return id of the new key
   */
  public String rotate(String role, Path lists) {
    Role changed = role(role);
    KeySet keys = keySet();
    List<KeySet.Key> next = new ArrayList<>();
    for (KeySet.Key key : keys.keys()) {
      next.add(key.role() == changed && isInUse(key) ? ended(key, key.revoked()) : key);
    }
    return replace(changed, keys, next, lists);
  }

  /**
   * Revokes a key: nothing it signed counts any more. A key in use is replaced; the lists answer
   * again after the next full publication.
   *
   * @return id of the key that takes its place, if it was in use
   */
  public Optional<String> revoke(String kid, Path lists) {
    KeySet keys = keySet();
    KeySet.Key revoked =
        keys.keys().stream()
            .filter(k -> k.kid().equals(kid))
            .findFirst()
            .orElseThrow(
                () ->
                    Failure.usage(
                        "there is no key '%s'; the keys are %s",
                        kid, keys.keys().stream().map(KeySet.Key::kid).toList()));
    boolean inUse = isInUse(revoked);
    List<KeySet.Key> next = new ArrayList<>();
    for (KeySet.Key key : keys.keys()) {
      next.add(key.equals(revoked) ? ended(key, true) : key);
    }
    if (inUse) {
      return Optional.of(replace(revoked.role(), keys, next, lists));
    }
    write(keys, next, lists);
    return Optional.empty();
  }

  /** The keys that readers are told, with their state. */
  public List<KeySet.Key> list() {
    return keySet().keys();
  }

  /**
   * The signer of the keys in use.
   *
   * @param lists the published folder, whose readers must not be told older keys than before
   * @throws Failure with exit code 2 if there are no keys, they are not safe, or were replaced
   */
  Signer signer(Path lists) {
    KeySet keys = keySet();
    requireNotOlder(keys, lists.resolve(Layout.KEYS));
    return new KeySigner(
        keys,
        new String(read(folder.resolve(Layout.KEYS)), StandardCharsets.US_ASCII),
        held(keys, Role.LISTS),
        held(keys, Role.TIMESTAMP));
  }

  private void requireNotOlder(KeySet keys, Path published) {
    if (!Files.exists(published)) {
      return;
    }
    KeySet told = verified(published);
    if (told.version() > keys.version()) {
      throw Failure.usage(
          "%s tells readers keys of version %d, those in %s are of version %d; restore the newest"
              + " backup of the keys",
          published, told.version(), folder, keys.version());
    }
  }

  private String replace(Role role, KeySet keys, List<KeySet.Key> next, Path lists) {
    KeyPair pair = generate();
    KeySet.Key fresh = KeySet.Key.of(role, pair.getPublic(), now());
    next.add(fresh);
    Path waiting = waiting(role);
    try {
      KeyFile.write(waiting, pair.getPrivate());
      write(keys, next, lists);
      Atomic.move(waiting, file(role));
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    return fresh.kid();
  }

  private void write(KeySet keys, List<KeySet.Key> next, Path lists) {
    KeySet changed = new KeySet(keys.list(), keys.version() + 1, next, now());
    PublicKey root = root();
    byte[] signed = ascii(sign(changed, root, rootKey(root)));
    try {
      Atomic.write(folder.resolve(Layout.KEYS), signed);
      if (Files.isDirectory(lists)) {
        Atomic.write(lists.resolve(Layout.KEYS), signed);
      }
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private PrivateKey rootKey(PublicKey root) {
    PrivateKey key = privateKey(Role.ROOT);
    if (!KeyFile.isPair(key, root)) {
      throw Failure.usage(
          "the root key does not belong to %s; restore the key that made it", rootPublicKey());
    }
    return key;
  }

  private KeySigner.Held held(KeySet keys, Role role) {
    PrivateKey key = privateKey(role);
    Optional<KeySigner.Held> held = held(keys, role, key);
    if (held.isEmpty() && Files.exists(waiting(role))) {
      // A rotation that died between keys.jws and the key's file is finished here.
      held = held(keys, role, KeyFile.read(waiting(role)));
      if (held.isPresent()) {
        Atomic.moveOrFail(waiting(role), file(role));
      }
    }
    return held.orElseThrow(
        () ->
            Failure.usage(
                "the key of the role '%s' (%s) is not in use in %s: it was replaced or is another's;"
                    + " put the newest one there, or run './credit keys rotate %s'",
                role.label(), source(role), folder.resolve(Layout.KEYS), role.label()));
  }

  private Optional<KeySigner.Held> held(KeySet keys, Role role, PrivateKey key) {
    return keys.keys().stream()
        .filter(k -> k.role() == role && isInUse(k))
        .filter(k -> KeyFile.isPair(key, Ed25519Keys.decode(k.publicKey())))
        .map(k -> new KeySigner.Held(k.kid(), key))
        .findFirst();
  }

  private PrivateKey privateKey(Role role) {
    String text = environment.get(variable(role));
    if (text != null && !text.isBlank()) {
      return KeyFile.parse(text, variable(role));
    }
    if (!Files.exists(file(role))) {
      throw Failure.usage(
          "the key of the role '%s' is missing: neither %s nor %s is there; restore it, or run"
              + " './credit keys init' where there never were keys",
          role.label(), file(role), variable(role));
    }
    return KeyFile.read(file(role));
  }

  private KeySet keySet() {
    if (!exist()) {
      throw Failure.usage(
          "there are no signing keys in %s; './credit keys init' makes them, or name another --keys",
          folder);
    }
    return verified(folder.resolve(Layout.KEYS));
  }

  private KeySet verified(Path keysFile) {
    PublicKey root = root();
    try {
      return KeySet.decode(Jws.verify(read(keysFile), JwsType.KEYS, kid -> root).payload());
    } catch (ListException e) {
      throw Failure.usage(
          "%s is not what the root of %s signed (%s); restore both from one backup",
          keysFile, rootPublicKey(), e.getMessage());
    }
  }

  private PublicKey root() {
    try {
      return Ed25519Keys.decode(
          new String(read(rootPublicKey()), StandardCharsets.US_ASCII).strip());
    } catch (ListException e) {
      throw Failure.usage("%s: %s", rootPublicKey(), e.getMessage());
    }
  }

  private boolean isInUse(KeySet.Key key) {
    return !key.revoked() && key.validUntil() == null;
  }

  /** A second on, since the key may have signed in this very second. */
  private KeySet.Key ended(KeySet.Key key, boolean revoked) {
    Instant until = key.validUntil() != null ? key.validUntil() : now().plusSeconds(1);
    return new KeySet.Key(key.kid(), key.role(), key.publicKey(), key.validFrom(), until, revoked);
  }

  private static Role role(String label) {
    return switch (label) {
      case "lists" -> Role.LISTS;
      case "timestamp" -> Role.TIMESTAMP;
      default ->
          throw Failure.usage(
              "the role '%s' cannot be rotated; name 'lists' or 'timestamp' (a new root is handed"
                  + " to every approval system by './credit keys init' in a new folder)",
              label);
    };
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private Path file(Role role) {
    return folder.resolve(role.label() + ".key");
  }

  private Path waiting(Role role) {
    return folder.resolve(role.label() + ".key" + WAITING);
  }

  private String source(Role role) {
    return environment.containsKey(variable(role)) ? variable(role) : file(role).toString();
  }

  private static String variable(Role role) {
    return "CREDIT_KEY_" + role.label().toUpperCase(Locale.ROOT);
  }

  private static String sign(KeySet keys, PublicKey root, PrivateKey rootKey) {
    return Jws.sign(JwsType.KEYS, Ed25519Keys.keyId(root), keys.encode(), rootKey);
  }

  private static KeyPair generate() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
    }
  }

  private void makeFolder() throws IOException {
    Files.createDirectories(folder);
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw Failure.environment(
          e, "%s cannot be read (%s); restore it or correct its rights", file, e.getMessage());
    }
  }

  private Failure cannotWrite(IOException e) {
    return Failure.environment(
        e, "the keys in %s cannot be written (%s); correct its rights", folder, e.getMessage());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
