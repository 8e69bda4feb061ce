package credit.approval.format;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * JWS compact serialisation (RFC 7515) with {@code alg} exactly {@code Ed25519} (RFC 9864). The
 * header has {@code alg}, {@code kid} and {@code typ} and nothing else, so that no key, address or
 * critical extension can be smuggled in.
 */
public final class Jws {
  /** Bytes of the largest payload. */
  public static final int MAX_PAYLOAD = 65_536;

  /** Characters of the longest compact text. */
  public static final int MAX_LENGTH = MAX_PAYLOAD / 3 * 4 + 2_048;

  private static final String ALGORITHM = "Ed25519";
  private static final int SIGNATURE_BYTES = 64;

  private final String kid;
  private final byte[] payload;
  private final String signed;
  private final byte[] signature;

  private Jws(String kid, byte[] payload, String signed, byte[] signature) {
    this.kid = kid;
    this.payload = payload;
    this.signed = signed;
    this.signature = signature;
  }

  /** Id of the key that signed. */
  public String kid() {
    return kid;
  }

  /** The signed bytes. */
  public byte[] payload() {
    return payload.clone();
  }

  /**
   * Signs the payload.
   *
   * @return the compact text, ASCII, without a line feed
   */
  public static String sign(JwsType type, String kid, byte[] payload, PrivateKey key) {
    if (payload.length > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          type.typ() + ": the payload has " + payload.length + " bytes; limit " + MAX_PAYLOAD);
    }
    Map<String, Object> header = new LinkedHashMap<>();
    header.put("alg", ALGORITHM);
    header.put("kid", kid);
    header.put("typ", type.typ());
    String signed =
        encode(Json.write(header).getBytes(StandardCharsets.UTF_8)) + "." + encode(payload);
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(key);
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + encode(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the key " + kid + " cannot sign with Ed25519", e);
    }
  }

  /**
   * Verifies a compact text.
   *
   * @param keyOf the public key of an id; it throws where it does not know or trust the id
   * @throws ListException if the text is anything but a compact JWS of that type with a good
   *     signature
   */
  public static Jws verify(byte[] compact, JwsType type, Function<String, PublicKey> keyOf) {
    Jws jws = vouchedFor(compact, type);
    byte[] signed = jws.signed.getBytes(StandardCharsets.US_ASCII);
    if (!isGood(signed, jws.signature, keyOf.apply(jws.kid))) {
      throw refused(type, "signature_invalid", "its signature is not that of key " + jws.kid);
    }
    return jws;
  }

  /**
   * Reads a compact text without looking at its signature. Only for bytes whose hash stands in
   * something that was verified.
   *
   * @throws ListException if the text is anything but a compact JWS of that type
   */
  public static Jws vouchedFor(byte[] compact, JwsType type) {
    if (compact.length > MAX_LENGTH) {
      throw refused(type, "too_large", "it has " + compact.length + " bytes");
    }
    String text = new String(compact, StandardCharsets.ISO_8859_1);
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw refused(type, "jws_malformed", "it does not have three parts");
    }
    String kid = kidOf(type, decode(type, parts[0]));
    byte[] payload = decode(type, parts[1]);
    if (payload.length > MAX_PAYLOAD) {
      throw refused(type, "too_large", "its payload has " + payload.length + " bytes");
    }
    return new Jws(kid, payload, parts[0] + "." + parts[1], decode(type, parts[2]));
  }

  private static boolean isGood(byte[] signed, byte[] signature, PublicKey key) {
    if (signature.length != SIGNATURE_BYTES) {
      return false;
    }
    try {
      Signature verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String kidOf(JwsType type, byte[] headerBytes) {
    JsonFields header = JsonFields.of("JWS header", Json.parse(headerBytes));
    String alg = header.text("alg");
    if (!alg.equals(ALGORITHM)) {
      throw refused(type, "alg_refused", "alg is '" + alg + "', not " + ALGORITHM);
    }
    String typ = header.text("typ");
    if (!typ.equals(type.typ())) {
      throw refused(type, "typ_refused", "typ is '" + typ + "'");
    }
    String kid = header.text("kid");
    header.done();
    return kid;
  }

  private static byte[] decode(JwsType type, String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      // One text per value: no padding and no stray low bits.
      if (encode(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw refused(type, "jws_malformed", "a part is not base64url");
    }
    throw refused(type, "jws_malformed", "a part is not canonical base64url");
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static ListException refused(JwsType type, String reason, String what) {
    return new ListException(
        reason, type.typ() + ": " + what + "; it is refused, fetch the list again from its source");
  }
}
