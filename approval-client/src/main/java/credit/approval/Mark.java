package credit.approval;

import credit.approval.format.Json;
import credit.approval.format.JsonFields;
import credit.approval.format.KeySet;
import credit.approval.format.ListException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The highest that a client has seen: nothing lower is taken again. The time is the newest signed
 * one, never the client's own, so that a clock that jumped ahead cannot lock it out.
 *
 * @param root id of the root key under which it was seen
 * @param timestampKid the key that signed the timestamp; once it is revoked, version and time count
 *     no more, since a thief may have signed any. Empty in marks of before this was kept.
 */
record Mark(
    String root,
    String list,
    String scope,
    long version,
    String manifestSha256,
    Instant signedAt,
    String timestampKid,
    long keysVersion) {

  /** Whether version and time still count under these keys. */
  boolean counts(KeySet keys) {
    return !keys.isRevoked(timestampKid);
  }

  /**
   * Refuses what is older than the mark, or another branch of the same version. Where the mark's
   * own timestamp key is revoked only the time is looked at, and that no further than to when the
   * root key last spoke: so what was replaced before does not come back, and a time that a thief
   * signed locks nobody out.
   */
  void requireNotOlder(Mark next, KeySet keys) {
    if (counts(keys)) {
      requireNotOlder(next.version, next.manifestSha256, next.signedAt);
    } else {
      requireNotBefore(
          next.signedAt, signedAt.isBefore(keys.issuedAt()) ? signedAt : keys.issuedAt());
    }
  }

  private void requireNotOlder(long newVersion, String newSha256, Instant newSignedAt) {
    if (newVersion < version) {
      throw new ListException(
          "rollback",
          "version "
              + newVersion
              + " was offered, but version "
              + version
              + " was seen before; the older list is refused");
    }
    if (newVersion == version && !newSha256.equals(manifestSha256)) {
      throw new ListException(
          "fork", "another version " + version + " was seen before; ask the publisher");
    }
    requireNotBefore(newSignedAt, signedAt);
  }

  private static void requireNotBefore(Instant newSignedAt, Instant floor) {
    if (newSignedAt.isBefore(floor)) {
      throw new ListException(
          "replayed_timestamp",
          "the timestamp of " + newSignedAt + " is older than " + floor + ", seen before");
    }
  }

  void requireNotOlderKeys(long newKeysVersion) {
    if (newKeysVersion < keysVersion) {
      throw olderKeys(newKeysVersion, keysVersion);
    }
  }

  static ListException olderKeys(long offered, long seen) {
    return new ListException(
        "rollback", "keys.jws version " + offered + " is older than " + seen + ", seen before");
  }

  void requireSameRoot(String newRoot) {
    requireSameList(newRoot, scope);
  }

  void requireSameList(String newRoot, String newScope) {
    if (!root.equals(newRoot) || !scope.equals(newScope)) {
      throw new ListException(
          "wrong_list",
          "the mark is of the list of '"
              + scope
              + "' under root key "
              + root
              + "; give each list a mark of its own");
    }
  }

  Mark withKeysVersion(long newKeysVersion) {
    return new Mark(
        root, list, scope, version, manifestSha256, signedAt, timestampKid, newKeysVersion);
  }

  byte[] encode() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("root", root);
    out.put("list", list);
    out.put("scope", scope);
    out.put("version", version);
    out.put("manifest_sha256", manifestSha256);
    out.put("signed_at", signedAt);
    out.put("timestamp_kid", timestampKid);
    out.put("keys_version", keysVersion);
    return Json.line(out);
  }

  static Mark decode(byte[] bytes) {
    JsonFields in = JsonFields.of("mark", Json.parse(bytes));
    Mark mark =
        new Mark(
            in.text("root"),
            in.text("list"),
            in.text("scope"),
            in.integer("version", 1, Long.MAX_VALUE),
            in.text("manifest_sha256"),
            in.instant("signed_at"),
            Objects.requireNonNullElse(in.optionalText("timestamp_kid"), ""),
            in.integer("keys_version", 1, Long.MAX_VALUE));
    in.done();
    return mark;
  }
}
