package credit.approval;

import static credit.approval.AttackedFolder.QUERY;
import static credit.approval.AttackedFolder.assertRefused;
import static credit.approval.AttackedFolder.sign;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.Ed25519Keys;
import credit.approval.format.JwsType;
import credit.approval.format.KeySet;
import credit.approval.format.Layout;
import credit.approval.format.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures by the wrong key, in the wrong role, of another kind, for another list. */
@ExtendWith(AttackCount.class)
class KeyAttackTest {
  @TempDir Path temp;
  private AttackedFolder folder;
  private PublishedFolder published;

  @BeforeEach
  void publish() {
    folder = new AttackedFolder(temp);
    published = folder.published;
  }

  @Test
  void aTimestampByAKeyThatIsNotForTimestampsIsRefused() {
    folder.resignTimestamp(published.listKey);
    folder.assertRefused("by the lists key");
    folder.resignTimestamp(PublishedFolder.keyPair());
    folder.assertRefused("by an unknown key");
    folder.resignTimestamp(published.root);
    folder.assertRefused("by the root key");
  }

  @Test
  void aManifestByAKeyThatIsNotForListsIsRefused() {
    byte[] payload = AttackedFolder.payload(folder.manifestJws(2));
    for (KeyPair pair :
        List.of(published.timestampKey, PublishedFolder.keyPair(), published.root)) {
      folder.putManifest(sign(JwsType.MANIFEST, pair, payload));
      folder.assertRefused("manifest by " + Ed25519Keys.keyId(pair.getPublic()));
    }
  }

  @Test
  void aKeySetThatTheRootDidNotSignIsRefused() {
    byte[] keys = published.keySet(1, false).encode();
    for (KeyPair pair :
        List.of(published.listKey, published.timestampKey, PublishedFolder.keyPair())) {
      published.write(Layout.KEYS, sign(JwsType.KEYS, pair, keys));
      folder.assertRefused("keys by another key");
      String rootId = Ed25519Keys.keyId(published.root.getPublic());
      String header = header("Ed25519", rootId, JwsType.KEYS);
      published.write(Layout.KEYS, AttackedFolder.signUnder(header, keys, pair.getPrivate()));
      folder.assertRefused("keys by another key under the root's id");
    }
    published.write(Layout.KEYS, sign(JwsType.TIMESTAMP, published.root, keys));
    folder.assertRefused("keys of another typ");
  }

  @Test
  void aClientThatPinnedAnotherRootIsNotAnswered() {
    ClientOptions pinned =
        ClientOptions.of(folder.lists, PublishedFolder.keyPair().getPublic())
            .withClock(folder.clock, folder.clock::nanos);
    assertRefused(ListClient.open(pinned), "another root key");
  }

  /** The roles' keys exchanged under each other's ids: the root has signed, but no id fits. */
  @Test
  void keysUnderEachOthersIdsAreRefused() {
    KeySet good = published.keySet(1, false);
    KeySet.Key a = good.keys().get(0);
    KeySet.Key b = good.keys().get(1);
    putKeys(new KeySet(good.list(), 1, List.of(swap(a, b), swap(b, a)), good.issuedAt()));
    folder.assertRefused("swapped public keys");
    KeySet.Key asLists =
        new KeySet.Key(b.kid(), a.role(), b.publicKey(), b.validFrom(), null, false);
    KeySet.Key asTimestamp =
        new KeySet.Key(a.kid(), b.role(), a.publicKey(), a.validFrom(), null, false);
    putKeys(new KeySet(good.list(), 1, List.of(asLists, asTimestamp), good.issuedAt()));
    folder.assertRefused("swapped roles");
  }

  private static KeySet.Key swap(KeySet.Key key, KeySet.Key other) {
    return new KeySet.Key(key.kid(), key.role(), other.publicKey(), key.validFrom(), null, false);
  }

  private void putKeys(KeySet keys) {
    published.write(Layout.KEYS, sign(JwsType.KEYS, published.root, keys.encode()));
  }

  @Test
  void aKeySetOfAnotherListOrWithoutKeysIsRefused() {
    KeySet keys = published.keySet(1, false);
    putKeys(new KeySet("public", 1, keys.keys(), keys.issuedAt()));
    folder.assertRefused("keys of another list");
    putKeys(new KeySet(Manifest.APPROVAL_LIST, 1, List.of(), keys.issuedAt()));
    folder.assertRefused("no keys");
  }

  @Test
  void aTimestampOfAnotherListIsRefused() {
    for (String name : List.of("public", "Approval", "approval ", "approval\\u0000", "")) {
      String good = published.read(Layout.TIMESTAMP);
      folder.resignTimestamp(text -> text.replace("\"approval\"", "\"" + name + "\""));
      folder.assertRefused("list " + name);
      published.write(Layout.TIMESTAMP, good);
    }
  }

  @Test
  void aRevokedKeyEndsItsListAtOnceAndForGood() {
    PublishedFolder single = new PublishedFolder(temp.resolve("single"));
    single.publish(1, PublishedFolder.content());
    ClientOptions options = single.options(folder.clock).withMark(folder.mark);
    ListClient client = ListClient.open(options);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    String before = single.read(Layout.KEYS);
    single.writeKeys(2, true);
    client.refresh();
    assertRefused(client, "revoked while in force");
    single.write(Layout.KEYS, before);
    client.refresh();
    assertRefused(client, "older keys put back");
    assertRefused(ListClient.open(options), "older keys after a restart");
  }

  @Test
  void aListOfAnotherScopeIsRefused() {
    ClientOptions expecting = published.options(folder.clock).withScope("another city");
    assertRefused(ListClient.open(expecting), "another scope");
    folder.openWithMark();
    folder.resignManifest(text -> text.replace("sample city", "another city"));
    assertRefused(folder.openWithMark(), "the mark is of another scope");
  }

  static Stream<String> algorithms() {
    return Stream.of(
        "none", "None", "NONE", "", "EdDSA", "ed25519", "Ed448", "HS256", "RS256", "ES256");
  }

  /** The signature is good; only what the header calls it is not what the format says. */
  @ParameterizedTest
  @MethodSource("algorithms")
  void anotherAlgorithmIsRefusedInEachFile(String alg) {
    forEachFile(file -> put(file, signedUnder(header(alg, file.kid(), file.type()), file)));
  }

  @Test
  void aSignatureLeftOutIsRefusedInEachFile() {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    forEachFile(
        file -> {
          String none = header("none", file.kid(), file.type());
          byte[] header = none.getBytes(StandardCharsets.UTF_8);
          String payload = encoder.encodeToString(file.payload());
          put(file, encoder.encodeToString(header) + "." + payload + ".");
        });
  }

  @Test
  void aHeaderThatBringsItsOwnKeyOrExtensionIsRefusedInEachFile() {
    for (String more :
        List.of(
            "\"jwk\":{\"kty\":\"OKP\"}",
            "\"jku\":\"https://example.org/keys\"",
            "\"x5u\":\"https://example.org/cert\"",
            "\"crit\":[\"b64\"],\"b64\":false",
            "\"alg\":\"none\"",
            "\"zip\":\"DEF\"")) {
      forEachFile(
          file -> {
            String header = header("Ed25519", file.kid(), file.type());
            String longer = header.substring(0, header.length() - 1) + "," + more + "}";
            put(file, signedUnder(longer, file));
          });
    }
  }

  private static String header(String alg, String kid, JwsType type) {
    return "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"%s\"}".formatted(alg, kid, type.typ());
  }

  /** One of the three signed files, with the key that signs it rightly. */
  private record SignedFile(JwsType type, String name, KeyPair key, String good) {
    byte[] payload() {
      return AttackedFolder.payload(good);
    }

    String kid() {
      return Ed25519Keys.keyId(key.getPublic());
    }
  }

  private static String signedUnder(String header, SignedFile file) {
    return AttackedFolder.signUnder(header, file.payload(), file.key().getPrivate());
  }

  private void forEachFile(Consumer<SignedFile> attack) {
    String manifest = Layout.name(2, Layout.MANIFEST);
    for (SignedFile file :
        List.of(
            signedFile(JwsType.KEYS, Layout.KEYS, published.root),
            signedFile(JwsType.TIMESTAMP, Layout.TIMESTAMP, published.timestampKey),
            signedFile(JwsType.MANIFEST, manifest, published.listKey))) {
      String timestamp = published.read(Layout.TIMESTAMP);
      attack.accept(file);
      folder.assertRefused(file.name());
      published.write(file.name(), file.good());
      published.write(Layout.TIMESTAMP, timestamp);
    }
  }

  private SignedFile signedFile(JwsType type, String name, KeyPair key) {
    return new SignedFile(type, name, key, published.read(name));
  }

  private void put(SignedFile file, String compact) {
    if (file.type() == JwsType.MANIFEST) {
      folder.putManifest(compact);
    } else {
      published.write(file.name(), compact);
    }
  }
}
