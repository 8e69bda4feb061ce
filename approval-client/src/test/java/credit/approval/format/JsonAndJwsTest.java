package credit.approval.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonAndJwsTest {
  private static final byte[] PAYLOAD = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
  private final KeyPair pair = keyPair();

  private static KeyPair keyPair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "{\"a\":1.5}",
        "{\"a\":1e3}",
        "{\"a\":01}",
        "{\"a\":1234567890123456789}",
        "{\"a\":-}",
        "{\"a\":NaN}",
        "{\"a\":tru}",
        "{\"a\":1}x",
        "{\"a\":1,}",
        "{a:1}",
        "['a']",
        "[1 2]",
        "\"\\ud800\"",
        "\"\\q\"",
        "\"\\u00g0\"",
        "\"\\u00",
        "\"tab\there\"",
        "[[[[[[[[[[1]]]]]]]]]]",
        "// c\n1"
      })
  void whatIsNotStrictJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(
            ListException.class, e -> assertThat(e.reason()).isEqualTo("json_invalid"));
  }

  @Test
  void jsonThatIsNotUtf8IsRefused() {
    assertThatThrownBy(() -> Json.parse(new byte[] {'"', (byte) 0xff, '"'}))
        .isInstanceOf(ListException.class);
  }

  @Property
  void textSurvivesJson(@ForAll String text) {
    boolean wellFormed = StandardCharsets.UTF_8.newEncoder().canEncode(text);
    if (wellFormed) {
      assertThat(Json.parse(Json.write(Map.of("k", List.of(text)))))
          .isEqualTo(Map.of("k", List.of(text)));
    } else {
      assertThatThrownBy(() -> Json.parse(Json.write(text))).isInstanceOf(ListException.class);
    }
  }

  @Test
  void whatWasWrittenBeforeStandsInOtherValuesAsItIs() {
    Map<String, Object> source = Map.of("name", List.of("局\n\"\u0007\u007f", 7L, true));
    assertThat(Json.write(List.of(new Json.Written(source), 1L)))
        .isEqualTo(Json.write(List.of(source, 1L)))
        .isEqualTo("[{\"name\":[\"局\\n\\\"\\u0007\u007f\",7,true]},1]");
  }

  @Test
  void aLongTextIsWrittenWhole() {
    String text = "é局𠮷\u0001".repeat(3_000);
    assertThat(Json.parse(Json.line(text))).isEqualTo(text);
  }

  private String sign() {
    return Jws.sign(JwsType.MANIFEST, "k1", PAYLOAD, pair.getPrivate());
  }

  private Jws verify(String compact) {
    return Jws.verify(
        compact.getBytes(StandardCharsets.ISO_8859_1), JwsType.MANIFEST, kid -> pair.getPublic());
  }

  @Test
  void aSignedTextVerifiesAndNamesItsKey() {
    Jws jws = verify(sign());
    assertThat(jws.kid()).isEqualTo("k1");
    assertThat(jws.payload()).isEqualTo(PAYLOAD);
    String header =
        new String(
            Base64.getUrlDecoder().decode(sign().split("\\.", -1)[0]), StandardCharsets.UTF_8);
    assertThat(header)
        .isEqualTo("{\"alg\":\"Ed25519\",\"kid\":\"k1\",\"typ\":\"credit-manifest+jws\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"none\",\"kid\":\"k1\",\"typ\":\"credit-manifest+jws\"}",
        "{\"alg\":\"EdDSA\",\"kid\":\"k1\",\"typ\":\"credit-manifest+jws\"}",
        "{\"alg\":\"ed25519\",\"kid\":\"k1\",\"typ\":\"credit-manifest+jws\"}",
        "{\"alg\":\"HS256\",\"kid\":\"k1\",\"typ\":\"credit-manifest+jws\"}",
        "{\"alg\":\"Ed25519\",\"kid\":\"k1\",\"typ\":\"credit-timestamp+jws\"}",
        "{\"alg\":\"Ed25519\",\"kid\":\"k1\",\"typ\":\"JWT\"}",
        "{\"alg\":\"Ed25519\",\"kid\":\"k1\"}",
        "{\"alg\":\"Ed25519\",\"typ\":\"credit-manifest+jws\"}",
        "{\"alg\":\"none\",\"alg\":\"Ed25519\",\"kid\":\"k1\",\"typ\":\"credit-manifest+jws\"}",
        "{\"alg\":\"Ed25519\",\"kid\":\"k1\",\"typ\":\"credit-manifest+jws\",\"crit\":[\"b64\"]}",
        "{\"alg\":\"Ed25519\",\"kid\":\"k1\",\"typ\":\"credit-manifest+jws\",\"jwk\":{}}",
        "{\"alg\":\"Ed25519\",\"kid\":1,\"typ\":\"credit-manifest+jws\"}",
        "[]"
      })
  void aHeaderOtherThanTheFormatsIsRefusedThoughItsSignatureIsGood(String header)
      throws GeneralSecurityException {
    var encoder = Base64.getUrlEncoder().withoutPadding();
    String signed =
        encoder.encodeToString(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + encoder.encodeToString(PAYLOAD);
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    String compact = signed + "." + encoder.encodeToString(signature.sign());
    assertThatThrownBy(() -> verify(compact)).isInstanceOf(ListException.class);
  }

  @Test
  void aTextWithAnotherFormIsRefused() {
    String good = sign();
    for (String bad :
        List.of(
            good + "\n",
            " " + good,
            good + "=",
            good + ".x",
            good.substring(0, good.lastIndexOf('.') + 1),
            good.replace('.', ','),
            good.substring(0, good.length() - 1) + (char) (good.charAt(good.length() - 1) + 1),
            "x".repeat(Jws.MAX_LENGTH + 1))) {
      assertThatThrownBy(() -> verify(bad)).isInstanceOf(ListException.class);
    }
  }

  @Test
  void aPayloadAbove64KibIsNotSigned() {
    assertThatThrownBy(
            () -> Jws.sign(JwsType.KEYS, "k", new byte[Jws.MAX_PAYLOAD + 1], pair.getPrivate()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPublicKeySurvivesItsText() {
    String text = Ed25519Keys.encode(pair.getPublic());
    assertThat(text).hasSize(43);
    assertThat(Ed25519Keys.decode(text)).isEqualTo(pair.getPublic());
    assertThatThrownBy(() -> Ed25519Keys.decode(text.substring(1)))
        .isInstanceOf(ListException.class);
  }

  @Test
  void aTimestampThatLastsTooLongIsRefused() {
    Instant now = Instant.parse("2026-07-01T00:00:00Z");
    assertThatThrownBy(
            () -> new Timestamp("approval", 1, "00", now, now.plus(Duration.ofHours(49))))
        .isInstanceOf(ListException.class);
    assertThatThrownBy(() -> new Timestamp("approval", 1, "00", now, now))
        .isInstanceOf(ListException.class);
  }

  @Test
  void aKeyHasOneRoleOnlyAndNoneWhenRevoked() {
    Instant from = Instant.parse("2026-07-01T00:00:00Z");
    KeySet.Key lists = KeySet.Key.of(KeySet.Role.LISTS, pair.getPublic(), from);
    KeySet set = new KeySet("approval", 1, List.of(lists), from);
    assertThat(KeySet.decode(set.encode())).isEqualTo(set);
    assertThat(set.key(lists.kid(), KeySet.Role.LISTS)).isEqualTo(pair.getPublic());
    assertThatThrownBy(() -> set.key(lists.kid(), KeySet.Role.TIMESTAMP))
        .hasMessageContaining("is for lists, not for timestamp");
    KeySet.Key twice = KeySet.Key.of(KeySet.Role.TIMESTAMP, pair.getPublic(), from);
    assertThatThrownBy(() -> new KeySet("approval", 1, List.of(lists, twice), from))
        .hasMessageContaining("one role, one key");
    assertThatThrownBy(
            () -> set.requireValidAt(lists.kid(), KeySet.Role.LISTS, from.minusSeconds(1)))
        .isInstanceOf(ListException.class);
  }
}
