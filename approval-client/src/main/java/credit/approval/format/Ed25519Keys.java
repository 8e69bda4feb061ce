package credit.approval.format;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Ed25519 public keys as 32 raw bytes in base64url, and the ids that follow from them. */
public final class Ed25519Keys {
  private static final int RAW_BYTES = 32;
  private static final byte[] SPKI_PREFIX =
      HexFormat.of().parseHex("302a300506032b6570032100"); // RFC 8410

  private Ed25519Keys() {}

  /** The key's 32 raw bytes in base64url without padding: the one line of {@code root.pub}. */
  public static String encode(PublicKey key) {
    byte[] spki = key.getEncoded();
    if (spki.length != SPKI_PREFIX.length + RAW_BYTES
        || !Arrays.equals(spki, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length)) {
      throw new IllegalArgumentException("the key is not an Ed25519 public key");
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(spki, SPKI_PREFIX.length, spki.length));
  }

  /**
   * The key from its text.
   *
   * @throws ListException with {@code key_invalid}
   */
  public static PublicKey decode(String text) {
    try {
      byte[] raw = Base64.getUrlDecoder().decode(text);
      if (raw.length == RAW_BYTES) {
        byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + RAW_BYTES);
        System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, RAW_BYTES);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
      }
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw invalid(e);
    }
    throw invalid(null);
  }

  /** The key's id: the first 16 hexadecimal digits of the SHA-256 of its raw bytes. */
  public static String keyId(PublicKey key) {
    return Sha256.hex(Base64.getUrlDecoder().decode(encode(key))).substring(0, 16);
  }

  private static ListException invalid(Exception cause) {
    return new ListException(
        "key_invalid",
        "the public key is not 32 bytes in base64url; take root.pub as its owner handed it out",
        cause);
  }
}
