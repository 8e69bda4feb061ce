package credit.approval;

import credit.approval.format.Ed25519Keys;
import credit.approval.format.KeySet;
import credit.approval.format.ListException;
import credit.approval.format.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Answers whether a firm may use a simplified handling, from a published list that it has verified.
 *
 * <p>It never answers CLEAR on anything that it could not verify. A refresh that is refused leaves
 * the list in force until that list's own expiry, which is looked at with every question. Safe for
 * use by many threads, also during a refresh.
 */
public final class ListClient implements AutoCloseable {
  private final ClientOptions options;
  private final ListReader reader;
  private final MarkStore marks;
  private final String rootId;
  private volatile Current current;
  private volatile RefreshResult lastRefresh;
  private long newestKeys;
  private ScheduledExecutorService refresher;
  private boolean closed;

  /** What answers now, and by which time. Replaced whole, never changed. */
  private record Current(ListView.Held held, ListView view, ListTime time) {
    Current(ListView.Held held, ListTime time) {
      this(held, ListView.of(held, time), time);
    }
  }

  private ListClient(ClientOptions options) {
    this.options = options;
    this.reader = new ListReader(options);
    this.marks = new MarkStore(options.mark());
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
    return view().check(query);
  }

  /** The list in force at this moment, for several answers on the same one. */
  public ListView view() {
    Current now = current;
    return now == null ? ListView.none(whyNone(), options.clock()::instant) : now.view;
  }

  /** The list in force, if there is one; it may have expired. */
  public Optional<Answer.ListStamp> list() {
    return view().list();
  }

  /** The answer where an archived version cannot be verified. */
  public Answer unavailable(Query query, String reason) {
    return Evaluation.unavailable(query, view().now(), reason);
  }

  /** Takes the newest list of the source, if it can be verified and is not older. */
  public synchronized RefreshResult refresh() {
    RefreshResult result;
    try {
      result = RefreshResult.of(take());
    } catch (ListException e) {
      result = RefreshResult.refused(e.reason(), e.getMessage());
    } catch (IllegalArgumentException e) {
      result = RefreshResult.refused("payload_invalid", e.getMessage());
    } catch (RuntimeException e) {
      // Also a bug must leave the list before in force, and the next refresh to come.
      result = RefreshResult.refused("internal", "a bug, please report it: " + e);
    }
    lastRefresh = result;
    return result;
  }

  /** Refreshes on a thread of its own until the client is closed. */
  public synchronized void refreshEvery(Duration interval) {
    stopRefreshing();
    refresher =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "list-refresh");
              thread.setDaemon(true);
              return thread;
            });
    long millis = interval.toMillis();
    var unused =
        refresher.scheduleWithFixedDelay(this::refresh, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** What the last refresh came to. */
  public RefreshResult lastRefresh() {
    return lastRefresh;
  }

  /** Ends refreshing and lets go of the list: from now on every answer is UNAVAILABLE. */
  @Override
  public synchronized void close() {
    stopRefreshing();
    closed = true;
    current = null;
    lastRefresh = RefreshResult.refused("closed", "the client was closed");
  }

  private void stopRefreshing() {
    if (refresher != null) {
      refresher.shutdownNow();
    }
  }

  private String whyNone() {
    String reason = lastRefresh.reason();
    return reason.isEmpty() ? "key_revoked" : reason;
  }

  private RefreshResult.State take() {
    if (closed) {
      throw new ListException("closed", "the client was closed; open another one");
    }
    ListReader.SignedKeys signedKeys = reader.keys();
    KeySet keys = signedKeys.keys();
    Mark seen = seen(keys);
    dropIfRevoked(keys);
    ListReader.SignedTimestamp signed = reader.timestamp(keys);
    Timestamp timestamp = signed.timestamp();
    Mark next = mark(keys, signed, seen == null ? "" : seen.scope());
    if (seen != null) {
      seen.requireNotOlder(next, keys);
    }
    Current before = current;
    Instant anchor = anchor(before, timestamp.issuedAt());
    ListTime time = new ListTime(options.clock(), options.nanoTime(), anchor);
    requireFreshIfReplacing(before, timestamp, anchor);
    boolean same =
        before != null
            && before.held.snapshot().signed().sha256().equals(timestamp.manifestSha256());
    Snapshot snapshot = same ? before.held.snapshot() : load(keys, timestamp, seen, before);
    marks.raise(mark(keys, signed, snapshot.signed().manifest().scope()), keys);
    ListView.Held held = new ListView.Held(reader, signedKeys, snapshot, signed);
    current = new Current(held, time);
    return same ? RefreshResult.State.UNCHANGED : RefreshResult.State.UPDATED;
  }

  private Snapshot load(KeySet keys, Timestamp timestamp, Mark seen, Current before) {
    SignedManifest signed = reader.manifest(keys, timestamp.version(), timestamp.manifestSha256());
    if (seen != null) {
      seen.requireSameList(rootId, signed.manifest().scope());
      if (seen.counts(keys)) {
        requireDescent(signed, seen);
      }
    }
    return Snapshot.of(
        signed,
        before == null ? reader.content(signed) : reader.content(signed, before.held.snapshot()));
  }

  private void requireDescent(SignedManifest signed, Mark seen) {
    if (!reader.ancestor(signed, seen.version()).sha256().equals(seen.manifestSha256())) {
      throw new ListException(
          "fork", "the list does not descend from the version " + seen.version() + " seen before");
    }
  }

  /**
   * The mark; a revocation counts from when it was seen, whatever becomes of the list beside it.
   */
  private Mark seen(KeySet keys) {
    if (keys.version() < newestKeys) {
      throw Mark.olderKeys(keys.version(), newestKeys);
    }
    Mark seen = marks.seen();
    if (seen != null) {
      seen.requireSameRoot(rootId);
      seen.requireNotOlderKeys(keys.version());
      if (keys.version() > seen.keysVersion()) {
        seen = seen.withKeysVersion(keys.version());
        marks.raise(seen, keys);
      }
    }
    newestKeys = keys.version();
    return seen;
  }

  private Mark mark(KeySet keys, ListReader.SignedTimestamp signed, String scope) {
    Timestamp timestamp = signed.timestamp();
    return new Mark(
        rootId,
        timestamp.list(),
        scope,
        timestamp.version(),
        timestamp.manifestSha256(),
        timestamp.issuedAt(),
        signed.kid(),
        keys.version());
  }

  /** A list whose key was revoked must not answer on, not even until its expiry. */
  private void dropIfRevoked(KeySet keys) {
    Current now = current;
    if (now != null
        && (keys.isRevoked(now.held.snapshot().signed().kid())
            || keys.isRevoked(now.held.signed().kid()))) {
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
    Instant base = before == null ? options.clock().instant() : before.time.elapsed();
    return base.isBefore(signedAt) ? signedAt : base;
  }
}
