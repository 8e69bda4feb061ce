package credit.approval.format;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The public keys of the roles. Signed by the root key, which the client has pinned.
 *
 * @param version rises with every change; a lower one than seen before is refused
 */
public record KeySet(String list, long version, List<Key> keys, Instant issuedAt) {
  /** What a key may sign. */
  public enum Role {
    ROOT,
    LISTS,
    TIMESTAMP;

    /** The name in the payload. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Role of(String label) {
      return Arrays.stream(values())
          .filter(r -> r.label().equals(label))
          .findFirst()
          .orElseThrow(() -> new ListException("payload_invalid", "keys: unknown role " + label));
    }
  }

  /**
   * One key.
   *
   * @param publicKey 32 raw bytes in base64url
   * @param validFrom it may have signed from then on
   * @param validUntil it may not have signed from then on; null: still in use. A key that was
   *     replaced keeps its end, so that archived versions can still be verified.
   * @param revoked nothing it signed counts any more
   */
  public record Key(
      String kid,
      Role role,
      String publicKey,
      Instant validFrom,
      Instant validUntil,
      boolean revoked) {
    public Key {
      validFrom = JsonFields.wholeSeconds(validFrom);
      validUntil = validUntil == null ? null : JsonFields.wholeSeconds(validUntil);
    }

    /** A key in use, with the id that follows from it. */
    public static Key of(Role role, PublicKey key, Instant validFrom) {
      return new Key(Ed25519Keys.keyId(key), role, Ed25519Keys.encode(key), validFrom, null, false);
    }
  }

  public KeySet {
    keys = List.copyOf(keys);
    issuedAt = JsonFields.wholeSeconds(issuedAt);
    Set<String> seen = new HashSet<>();
    for (Key key : keys) {
      if (!seen.add(key.kid()) || !seen.add(key.publicKey())) {
        throw new ListException(
            "payload_invalid", "keys: the key " + key.kid() + " stands twice; one role, one key");
      }
    }
  }

  /**
   * The public key of an id, where it has that role and is not revoked.
   *
   * @throws ListException with {@code key_unknown}, {@code key_role} or {@code key_revoked}
   */
  public PublicKey key(String kid, Role role) {
    return Ed25519Keys.decode(find(kid, role).publicKey());
  }

  /**
   * Refuses a signing time outside the key's validity.
   *
   * @throws ListException with {@code key_not_valid_then}
   */
  public void requireValidAt(String kid, Role role, Instant signedAt) {
    Key key = find(kid, role);
    boolean tooLate = key.validUntil() != null && !signedAt.isBefore(key.validUntil());
    if (signedAt.isBefore(key.validFrom()) || tooLate) {
      throw new ListException(
          "key_not_valid_then", "the key " + kid + " was not in use at " + signedAt);
    }
  }

  /** Whether the key is in the set and revoked. */
  public boolean isRevoked(String kid) {
    return keys.stream().anyMatch(k -> k.kid().equals(kid) && k.revoked());
  }

  /** The payload to sign. */
  public byte[] encode() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("list", list);
    out.put("version", version);
    out.put("keys", keys.stream().map(KeySet::json).toList());
    out.put("issued_at", issuedAt);
    return Json.bytes(out);
  }

  /** The keys in a payload. */
  public static KeySet decode(byte[] payload) {
    JsonFields in = JsonFields.of("keys", Json.parse(payload));
    KeySet keys =
        new KeySet(
            in.text("list"),
            in.integer("version", 1, Long.MAX_VALUE),
            in.list("keys").stream().map(KeySet::key).toList(),
            in.instant("issued_at"));
    in.done();
    return keys;
  }

  private Key find(String kid, Role role) {
    Key key =
        keys.stream()
            .filter(k -> k.kid().equals(kid))
            .findFirst()
            .orElseThrow(
                () ->
                    new ListException(
                        "key_unknown",
                        "the key " + kid + " is not in keys.jws; it is not trusted"));
    if (key.role() != role) {
      throw new ListException(
          "key_role",
          "the key " + kid + " is for " + key.role().label() + ", not for " + role.label());
    }
    if (key.revoked()) {
      throw new ListException(
          "key_revoked", "the key " + kid + " is revoked; a list signed anew is needed");
    }
    return key;
  }

  private static Map<String, Object> json(Key key) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("kid", key.kid());
    out.put("role", key.role().label());
    out.put("public", key.publicKey());
    out.put("valid_from", key.validFrom());
    out.put("valid_until", key.validUntil());
    out.put("revoked", key.revoked());
    return out;
  }

  private static Key key(Object value) {
    JsonFields in = JsonFields.of("key", value);
    Key key =
        new Key(
            in.text("kid"),
            Role.of(in.text("role")),
            in.text("public"),
            in.instant("valid_from"),
            in.optionalInstant("valid_until"),
            in.bool("revoked"));
    in.done();
    return key;
  }
}
