package credit.approval;

import credit.approval.format.Json;
import credit.approval.format.JsonFields;
import credit.approval.format.ListException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The highest that a client has seen: nothing lower is taken again. The time is the newest signed
 * one, never the client's own, so that a clock that jumped ahead cannot lock it out.
 *
 * @param root id of the root key under which it was seen
 */
record Mark(
    String root,
    String list,
    String scope,
    long version,
    String manifestSha256,
    Instant signedAt,
    long keysVersion) {

  /** Refuses what is older than the mark, or another branch of the same version. */
  void requireNotOlder(long newVersion, String newSha256, Instant newSignedAt) {
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
    if (newSignedAt.isBefore(signedAt)) {
      throw new ListException(
          "replayed_timestamp",
          "the timestamp of "
              + newSignedAt
              + " is older than that of "
              + signedAt
              + " seen before");
    }
  }

  void requireNotOlderKeys(long newKeysVersion) {
    if (newKeysVersion < keysVersion) {
      throw new ListException(
          "rollback", "keys.jws version " + newKeysVersion + " is older than " + keysVersion);
    }
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
    return new Mark(root, list, scope, version, manifestSha256, signedAt, newKeysVersion);
  }

  byte[] encode() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("root", root);
    out.put("list", list);
    out.put("scope", scope);
    out.put("version", version);
    out.put("manifest_sha256", manifestSha256);
    out.put("signed_at", signedAt);
    out.put("keys_version", keysVersion);
    return (Json.write(out) + "\n").getBytes(StandardCharsets.UTF_8);
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
            in.integer("keys_version", 1, Long.MAX_VALUE));
    in.done();
    return mark;
  }
}
