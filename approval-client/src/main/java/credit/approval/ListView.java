package credit.approval;

import credit.approval.format.KeySet;
import credit.approval.format.Layout;
import credit.approval.format.ListException;
import credit.approval.format.Manifest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a client held at one moment: all answers of one view are on the same list under the same
 * timestamp, whatever is refreshed meanwhile. Immutable and safe for many threads.
 */
public final class ListView {
  private final Held held;
  private final Snapshot snapshot;
  private final Answer.ListStamp stamp;
  private final Supplier<Instant> time;
  private final String whyNone;

  /** A verified list under a timestamp, with the keys that vouch for both. */
  record Held(
      ListReader reader,
      ListReader.SignedKeys signedKeys,
      Snapshot snapshot,
      ListReader.SignedTimestamp signed) {
    KeySet keys() {
      return signedKeys.keys();
    }

    Instant expiresAt() {
      return signed.timestamp().expiresAt();
    }

    /** A version of the chain that ends here, verified by its own signature. */
    Snapshot ancestor(long version) {
      SignedManifest.Link link = reader.ancestor(snapshot.signed(), version);
      if (link.sha256().equals(snapshot.signed().sha256())) {
        return snapshot;
      }
      SignedManifest archived = reader.manifest(keys(), version, link.sha256());
      return Snapshot.of(archived, reader.content(archived));
    }
  }

  private ListView(
      Held held,
      Snapshot snapshot,
      Answer.ListStamp stamp,
      Supplier<Instant> time,
      String whyNone) {
    this.held = held;
    this.snapshot = snapshot;
    this.stamp = stamp;
    this.time = time;
    this.whyNone = whyNone;
  }

  static ListView of(Held held, Supplier<Instant> time) {
    Answer.ListStamp stamp = Evaluation.stamp(held.snapshot, held.expiresAt());
    return new ListView(held, held.snapshot, stamp, time, "");
  }

  /** A view without a list: every answer is UNAVAILABLE, for that reason. */
  static ListView none(String reason, Supplier<Instant> time) {
    return new ListView(null, null, null, time, reason);
  }

  /** Answers one question. */
  public Answer check(Query query) {
    Instant now = time.get();
    if (held == null) {
      return Evaluation.unavailable(query, now, whyNone);
    }
    return Evaluation.of(snapshot, stamp, query, now);
  }

  /**
   * An archived version: what was known then. Its answers are marked historical and never permit.
   *
   * @throws ListException if the version or the chain to it cannot be verified
   */
  public ListView archived(long version) {
    if (held == null) {
      return this;
    }
    Snapshot was = held.ancestor(version);
    return new ListView(held, was, Evaluation.stamp(was, null), time, "");
  }

  /**
   * The view under a timestamp of before; {@link #at} tells the moment.
   *
   * @param timestampJws as {@link #timestampJws()} gave it then
   * @throws ListException if the timestamp, its version or the chain to it cannot be verified
   */
  public ListView past(String timestampJws) {
    if (held == null) {
      throw new ListException(whyNone, "no list could be verified, so nothing can be asked again");
    }
    ListReader.SignedTimestamp signed =
        held.reader.timestamp(held.keys(), timestampJws.getBytes(StandardCharsets.ISO_8859_1));
    Snapshot was = held.ancestor(signed.timestamp().version());
    if (!was.signed().sha256().equals(signed.timestamp().manifestSha256())) {
      throw new ListException(
          "fork",
          "the timestamp is of another version "
              + signed.timestamp().version()
              + " than the chain");
    }
    return of(new Held(held.reader, held.signedKeys, was, signed), time);
  }

  /** The same list as it answered at that moment. */
  public ListView at(Instant then) {
    return new ListView(held, snapshot, stamp, () -> then, whyNone);
  }

  /**
   * The files by which these answers can be verified by whoever has the root key, named as they lie
   * below the lists: keys, timestamp, the manifests of the chain, and the version's files.
   *
   * @throws ListException if a file is no longer there
   */
  public Map<String, byte[]> evidence() {
    if (held == null) {
      throw new ListException(whyNone, "no list could be verified, so there is nothing to show");
    }
    Map<String, byte[]> files = held.reader.evidence(held.snapshot, snapshot);
    files.put(Layout.KEYS, held.signedKeys.compact().getBytes(StandardCharsets.US_ASCII));
    files.put(Layout.TIMESTAMP, held.signed.compact().getBytes(StandardCharsets.US_ASCII));
    return files;
  }

  /** The rule files in force when the version was made; empty where there is no list. */
  public List<Manifest.RuleEntry> rules() {
    return held == null ? List.of() : snapshot.signed().manifest().rules();
  }

  /** The list behind the answers, if there is one; it may have expired. */
  public Optional<Answer.ListStamp> list() {
    return Optional.ofNullable(stamp);
  }

  /** Whether the list can answer at this moment. */
  public boolean isFresh() {
    return held != null && isLive() && time.get().isBefore(stamp.expiresAt());
  }

  private boolean isLive() {
    return stamp.expiresAt() != null;
  }

  /** The moment by which the answers are given. */
  public Instant now() {
    return time.get();
  }

  /** Rows of restrictions. */
  public long restrictions() {
    return held == null ? 0 : snapshot.restrictionRows();
  }

  /** Rows of subjects. */
  public long subjects() {
    return held == null ? 0 : snapshot.subjectRows();
  }

  /** The timestamp in force as it was signed; empty where there is none. */
  public String timestampJws() {
    return held == null ? "" : held.signed.compact();
  }
}
