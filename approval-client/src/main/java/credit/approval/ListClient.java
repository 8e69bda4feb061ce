package credit.approval;

import credit.approval.format.Ed25519Keys;
import credit.approval.format.KeySet;
import credit.approval.format.ListException;
import credit.approval.format.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Answers whether a firm may use a simplified handling, from a published list that it has verified.
 *
 * <p>It never answers CLEAR on anything that it could not verify. A refresh that is refused leaves
 * the list in force until that list's own expiry, which is looked at with every question. Safe for
 * use by many threads, also during a refresh.
 */
public final class ListClient {
  private final ClientOptions options;
  private final ListFolder folder;
  private final MarkFile markFile;
  private final String rootId;
  private volatile Current current;
  private volatile RefreshResult lastRefresh;
  private Mark mark;

  /** What answers now. Replaced whole, never changed. */
  private record Current(
      Snapshot snapshot,
      KeySet keys,
      ListFolder.SignedTimestamp signed,
      Instant anchor,
      long nanos) {
    Timestamp timestamp() {
      return signed.timestamp();
    }
  }

  private ListClient(ClientOptions options) {
    this.options = options;
    this.folder = new ListFolder(options);
    this.markFile = new MarkFile(options.mark());
    this.rootId = Ed25519Keys.keyId(options.root());
  }

  /**
   * Opens the lists. Where they cannot be verified the client answers UNAVAILABLE and {@link
   * #lastRefresh()} says why; a later {@link #refresh()} may succeed.
   */
  public static ListClient open(ClientOptions options) {
    ListClient client = new ListClient(options);
    client.refresh();
    return client;
  }

  /** Answers one question from the list in force. */
  public Answer check(Query query) {
    Current now = current;
    Instant time = time(now);
    if (now == null) {
      return Evaluation.unavailable(query, time, whyNone());
    }
    return Evaluation.live(now.snapshot, query, time, now.timestamp().expiresAt());
  }

  /**
   * Answers from an archived version: what was known then. The answer is marked historical and
   * never permits.
   *
   * @throws ListException if the version or the chain to it cannot be verified
   */
  public Answer checkArchived(long version, Query query) {
    Current now = current;
    if (now == null) {
      return Evaluation.unavailable(query, time(null), whyNone());
    }
    SignedManifest archived = folder.ancestor(now.keys, now.snapshot.signed(), version);
    Snapshot snapshot = Snapshot.of(archived, folder.content(now.keys, archived));
    return Evaluation.historical(snapshot, query, time(now));
  }

  /** The answer where an archived version cannot be verified. */
  public Answer unavailable(Query query, String reason) {
    return Evaluation.unavailable(query, time(current), reason);
  }

  /** Takes the newest list of the folder, if it can be verified and is not older. */
  public synchronized RefreshResult refresh() {
    RefreshResult result;
    try {
      result = RefreshResult.of(take());
    } catch (ListException e) {
      result = RefreshResult.refused(e.reason(), e.getMessage());
    } catch (IllegalArgumentException e) {
      result = RefreshResult.refused("payload_invalid", e.getMessage());
    }
    lastRefresh = result;
    return result;
  }

  /** What the last refresh came to. */
  public RefreshResult lastRefresh() {
    return lastRefresh;
  }

  /** The list in force, if there is one; it may have expired. */
  public Optional<Answer.ListStamp> list() {
    Current now = current;
    return now == null
        ? Optional.empty()
        : Optional.of(Evaluation.stamp(now.snapshot, now.timestamp().expiresAt()));
  }

  /** Whether the list in force can answer at this moment. */
  public boolean isFresh() {
    Current now = current;
    return now != null && time(now).isBefore(now.timestamp().expiresAt());
  }

  /** Rows of restrictions and of subjects in the list in force. */
  public long[] rows() {
    Current now = current;
    return now == null
        ? new long[] {0, 0}
        : new long[] {now.snapshot.restrictionRows(), now.snapshot.subjectRows()};
  }

  /** The timestamp in force as it was signed; empty where there is none. */
  public String timestampJws() {
    Current now = current;
    return now == null ? "" : now.signed.compact();
  }

  /** The client's time: the later of wall clock, newest signed time, and load time plus elapsed. */
  public Instant now() {
    return time(current);
  }

  private String whyNone() {
    String reason = lastRefresh.reason();
    return reason.isEmpty() ? "key_revoked" : reason;
  }

  private RefreshResult.State take() {
    Mark seen = seen();
    KeySet keys = folder.keys();
    if (seen != null) {
      seen.requireNotOlderKeys(keys.version());
      seen = keepKeysVersion(seen, keys);
    }
    dropIfRevoked(keys);
    ListFolder.SignedTimestamp signed = folder.timestamp(keys);
    Timestamp timestamp = signed.timestamp();
    if (seen != null) {
      seen.requireNotOlder(timestamp.version(), timestamp.manifestSha256(), timestamp.issuedAt());
    }
    Current before = current;
    Instant anchor = anchor(before, timestamp.issuedAt());
    requireFreshIfReplacing(before, timestamp, anchor);
    boolean same =
        before != null && before.snapshot.signed().sha256().equals(timestamp.manifestSha256());
    Snapshot snapshot = same ? before.snapshot : load(keys, timestamp, seen);
    keep(keys, timestamp, snapshot.signed());
    current = new Current(snapshot, keys, signed, anchor, options.nanoTime().getAsLong());
    return same ? RefreshResult.State.UNCHANGED : RefreshResult.State.UPDATED;
  }

  private Snapshot load(KeySet keys, Timestamp timestamp, Mark seen) {
    SignedManifest signed = folder.manifest(keys, timestamp.version(), timestamp.manifestSha256());
    if (seen != null) {
      seen.requireSameList(rootId, signed.manifest().scope());
      requireDescent(keys, signed, seen);
    }
    return Snapshot.of(signed, folder.content(keys, signed));
  }

  private void requireDescent(KeySet keys, SignedManifest signed, Mark seen) {
    SignedManifest ancestor = folder.ancestor(keys, signed, seen.version());
    if (!ancestor.sha256().equals(seen.manifestSha256())) {
      throw new ListException(
          "fork", "the list does not descend from the version " + seen.version() + " seen before");
    }
  }

  private Mark seen() {
    Mark kept = markFile.read();
    if (kept != null) {
      if (!kept.root().equals(rootId)) {
        kept.requireSameList(rootId, kept.scope());
      }
      mark = mark == null || kept.version() >= mark.version() ? kept : mark;
    }
    return mark;
  }

  private void keep(KeySet keys, Timestamp timestamp, SignedManifest signed) {
    Mark raised =
        new Mark(
            rootId,
            signed.manifest().list(),
            signed.manifest().scope(),
            timestamp.version(),
            timestamp.manifestSha256(),
            timestamp.issuedAt(),
            keys.version());
    markFile.raise(raised);
    mark = raised;
  }

  /** A revocation counts from when it was seen, whatever becomes of the list beside it. */
  private Mark keepKeysVersion(Mark seen, KeySet keys) {
    if (keys.version() == seen.keysVersion()) {
      return seen;
    }
    mark = seen.withKeysVersion(keys.version());
    markFile.raise(mark);
    return mark;
  }

  /** A list whose key was revoked must not answer on, not even until its expiry. */
  private void dropIfRevoked(KeySet keys) {
    Current now = current;
    if (now != null
        && (keys.isRevoked(now.snapshot.signed().kid()) || keys.isRevoked(now.signed.kid()))) {
      current = null;
    }
  }

  private static void requireFreshIfReplacing(Current before, Timestamp next, Instant time) {
    if (before != null && !time.isBefore(next.expiresAt())) {
      throw new ListException(
          "timestamp_expired",
          "the timestamp offered expired at " + next.expiresAt() + "; a fresh one is needed");
    }
  }

  /**
   * The time at loading. A process that holds a list already goes on from its own elapsed time, so
   * that neither a clock set back before a refresh nor one that jumped ahead for a while counts.
   */
  private Instant anchor(Current before, Instant signedAt) {
    Instant base = before == null ? options.clock().instant() : elapsed(before);
    return base.isBefore(signedAt) ? signedAt : base;
  }

  private Instant time(Current now) {
    Instant wall = options.clock().instant();
    if (now == null) {
      return wall;
    }
    Instant elapsed = elapsed(now);
    return wall.isBefore(elapsed) ? elapsed : wall;
  }

  private Instant elapsed(Current from) {
    long nanos = Math.max(0, options.nanoTime().getAsLong() - from.nanos);
    return from.anchor.plus(Duration.ofNanos(nanos));
  }
}
