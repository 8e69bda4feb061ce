package credit.approval.format;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which list version is the current one, and until when one may rely on that. Signed by the role
 * {@code timestamp}.
 */
public record Timestamp(
    String list, long version, String manifestSha256, Instant issuedAt, Instant expiresAt) {
  /** The longest validity that is accepted; the shortest that a publisher should sign is 24 h. */
  public static final Duration MAX_VALIDITY = Duration.ofDays(2);

  public Timestamp {
    issuedAt = JsonFields.wholeSeconds(issuedAt);
    expiresAt = JsonFields.wholeSeconds(expiresAt);
    Duration validity = Duration.between(issuedAt, expiresAt);
    if (validity.isNegative() || validity.isZero() || validity.compareTo(MAX_VALIDITY) > 0) {
      throw new ListException(
          "payload_invalid",
          "timestamp: the validity " + validity + " must be above 0 and at most " + MAX_VALIDITY);
    }
  }

  /** The payload to sign. */
  public byte[] encode() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("list", list);
    out.put("version", version);
    out.put("manifest_sha256", manifestSha256);
    out.put("issued_at", issuedAt);
    out.put("expires_at", expiresAt);
    return Json.bytes(out);
  }

  /** The timestamp in a payload. */
  public static Timestamp decode(byte[] payload) {
    JsonFields in = JsonFields.of("timestamp", Json.parse(payload));
    Timestamp timestamp =
        new Timestamp(
            in.text("list"),
            in.integer("version", 1, Long.MAX_VALUE),
            in.text("manifest_sha256"),
            in.instant("issued_at"),
            in.instant("expires_at"));
    in.done();
    return timestamp;
  }
}
