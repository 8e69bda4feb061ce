package credit.jobs.publish;

import credit.approval.format.Ed25519Keys;
import credit.approval.format.Jws;
import credit.approval.format.JwsType;
import credit.approval.format.KeySet;
import credit.approval.format.ListContent;
import credit.approval.format.ListException;
import credit.approval.format.Manifest;
import credit.approval.format.Sha256;
import credit.approval.format.Timestamp;
import credit.jobs.publish.Publication.State;
import credit.jobs.warehouse.Failure;
import credit.jobs.warehouse.Today;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The publication protocol: ledger row <i>prepared</i> with the content's hash, folder by one
 * rename, timestamp, ledger row <i>published</i>. It may be killed after any step: the next run
 * takes up what matches and abandons what does not, and no number ever stands for two contents.
 */
final class Publisher {
  private final VersionStore store;
  private final PublicationLedger ledger;
  private final Signer signer;
  private final Duration validity;
  private final Clock clock;
  private final String runId;

  /** What a publication came to. */
  record Result(long version, boolean isNew) {}

  Publisher(
      VersionStore store,
      PublicationLedger ledger,
      Signer signer,
      Duration validity,
      Clock clock,
      String runId) {
    this.store = store;
    this.ledger = ledger;
    this.signer = signer;
    this.validity = validity;
    this.clock = clock;
    this.runId = runId;
  }

  /** The version in force, after whatever a run that died had put in force is on the ledger. */
  Optional<Version> inForce() {
    store.begin();
    store.replaceKeys(signer.keysFile());
    recordWhatTheTimestampSays();
    return lastPublished().map(row -> load(row.version(), row.manifestSha256()));
  }

  /**
   * Publishes a content that passed its gates. Where the version in force says the same, it gets a
   * fresh timestamp and there is no new version.
   *
   * @param note what the ledger should keep, such as who approved; or null
   */
  Result publish(Statement statement, ListContent content, String note) {
    Optional<Version> before = inForce();
    Optional<Publication> prepared = openPrepared();
    if (before.isPresent() && before.get().trusted() && before.get().isSame(statement, content)) {
      prepared.ifPresent(p -> abandon(p, "the lists are again as in the version in force"));
      Version same = before.get();
      sign(same.manifest().version(), same.manifestSha256());
      append(same.manifest(), same.content(), same.manifestSha256(), State.TIMESTAMPED, note);
      return new Result(same.manifest().version(), false);
    }
    Version version = place(statement, content, before, prepared);
    long number = version.manifest().version();
    sign(number, version.manifestSha256());
    append(version.manifest(), content, version.manifestSha256(), State.PUBLISHED, note);
    return new Result(number, true);
  }

  /**
   * Signs a fresh timestamp for the version in force.
   *
   * @throws Failure with exit code 4 once its data is older than the version allows: a gate that
   *     refuses must not keep old answers alive
   */
  Result timestampOnly() {
    Version version =
        inForce()
            .orElseThrow(
                () ->
                    Failure.gate(
                        "nothing was published yet, so there is nothing to sign a timestamp for;"
                            + " run './credit publish'"));
    Manifest manifest = version.manifest();
    LocalDate today = Today.at(clock);
    if (today.isAfter(manifest.lastDay())) {
      throw refuse(
          Statement.of(manifest),
          version.content(),
          "the data of version %d is as of %s, on %s older than the %d days allowed; ingest the newest deliveries and publish in full"
              .formatted(manifest.version(), manifest.asOf(), today, manifest.maxLagDays()));
    }
    if (!version.trusted()) {
      throw refuse(
          Statement.of(manifest),
          version.content(),
          "version %d was signed by a key that is revoked; publish in full"
              .formatted(manifest.version()));
    }
    sign(manifest.version(), version.manifestSha256());
    append(manifest, version.content(), version.manifestSha256(), State.TIMESTAMPED, null);
    return new Result(manifest.version(), false);
  }

  /** Puts a refusal on the ledger. The version in force stays in force until its own expiry. */
  Failure refuse(Statement statement, ListContent content, String reason) {
    ledger.append(
        row(0, State.REFUSED, statement, content == null ? null : content.sha256(), null, reason));
    return Failure.gate("nothing was published: %s", reason);
  }

  /** The version's folder: the one a run that died left, if it says the same, else a new one. */
  private Version place(
      Statement statement,
      ListContent content,
      Optional<Version> before,
      Optional<Publication> prepared) {
    String previous = before.map(Version::manifestSha256).orElse(null);
    if (prepared.isPresent()) {
      Optional<Version> left = leftBy(prepared.get());
      if (left.isPresent()
          && left.get().trusted()
          && left.get().isSame(statement, content)
          && Objects.equals(left.get().manifest().previousManifestSha256(), previous)) {
        return left.get();
      }
    }
    long number = number(statement, content, prepared);
    byte[] delta = content.deltaFrom(before.map(Version::content).orElse(ListContent.empty()));
    Manifest manifest = statement.manifest(number, previous, content.entries(delta), now());
    String jws = signer.sign(manifest);
    String sha256 = Sha256.hex(jws);
    append(manifest, content, sha256, State.PREPARED, null);
    store.write(number, content, delta, jws);
    return new Version(manifest, sha256, content, true);
  }

  /** A number that was prepared for this very content and never got a folder is used after all. */
  private long number(Statement statement, ListContent content, Optional<Publication> prepared) {
    if (prepared.isPresent()) {
      Publication row = prepared.get();
      boolean same =
          row.contentSha256().equals(content.sha256()) && row.asOf().equals(statement.asOf());
      if (same && store.manifest(row.version()).isEmpty()) {
        return row.version();
      }
      abandon(row, "the lists changed before it was published");
    }
    return nextNumber();
  }

  private Optional<Version> leftBy(Publication prepared) {
    return store
        .manifest(prepared.version())
        .filter(bytes -> Sha256.hex(bytes).equals(prepared.manifestSha256()))
        .map(bytes -> load(prepared.version(), prepared.manifestSha256()));
  }

  private void abandon(Publication prepared, String why) {
    store.remove(prepared.version());
    ledger.append(
        new Publication(
            prepared.version(),
            nextSequence(),
            State.ABANDONED,
            prepared.asOf(),
            prepared.knownAt(),
            prepared.contentSha256(),
            prepared.manifestSha256(),
            why,
            runId,
            clock.instant()));
  }

  /**
   * A timestamp ahead of the ledger was signed by a run that died before its last row, or stands
   * there from before the ledger was lost: readers hold that version, so it is in force.
   */
  private void recordWhatTheTimestampSays() {
    Optional<Timestamp> signed = timestamp();
    long recorded = lastPublished().map(Publication::version).orElse(0L);
    if (signed.isEmpty() || signed.get().version() <= recorded) {
      return;
    }
    Version version = load(signed.get().version(), signed.get().manifestSha256());
    append(
        version.manifest(),
        version.content(),
        version.manifestSha256(),
        State.PUBLISHED,
        "adopted: its timestamp was signed at " + signed.get().issuedAt());
  }

  private Optional<Timestamp> timestamp() {
    return store
        .timestamp()
        .map(
            bytes -> {
              try {
                return Timestamp.decode(
                    Jws.verify(bytes, JwsType.TIMESTAMP, this::anyKey).payload());
              } catch (ListException e) {
                throw Failure.usage(
                    "timestamp.jws cannot be verified (%s); restore it and the keys from one"
                        + " backup",
                    e.getMessage());
              }
            });
  }

  private Version load(long number, String sha256) {
    byte[] bytes =
        store
            .manifest(number)
            .filter(b -> Sha256.hex(b).equals(sha256))
            .orElseThrow(
                () ->
                    Failure.gate(
                        "version %d was published, but its manifest is missing or changed; restore"
                            + " the version's folder from its archive",
                        number));
    try {
      Jws jws = Jws.verify(bytes, JwsType.MANIFEST, this::anyKey);
      Manifest manifest = Manifest.decode(jws.payload());
      return new Version(
          manifest, sha256, store.content(manifest), isTrusted(jws.kid(), manifest.issuedAt()));
    } catch (ListException e) {
      throw Failure.usage(
          "version %d cannot be verified (%s); restore the keys that signed it",
          number, e.getMessage());
    }
  }

  private boolean isTrusted(String kid, Instant issuedAt) {
    try {
      signer.keys().requireValidAt(kid, KeySet.Role.LISTS, issuedAt);
      return true;
    } catch (ListException e) {
      return false;
    }
  }

  /** Revoked keys too: what they signed is told from what nobody signed. */
  private PublicKey anyKey(String kid) {
    return signer.keys().keys().stream()
        .filter(k -> k.kid().equals(kid))
        .findFirst()
        .map(k -> Ed25519Keys.decode(k.publicKey()))
        .orElseThrow(() -> new ListException("key_unknown", "the key " + kid + " is unknown"));
  }

  private void sign(long version, String manifestSha256) {
    Instant now = now();
    timestamp()
        .filter(t -> t.issuedAt().isAfter(now))
        .ifPresent(
            t -> {
              throw Failure.gate(
                  "the clock says %s, but the last timestamp was signed at %s, and readers refuse an"
                      + " older one; correct the clock",
                  now, t.issuedAt());
            });
    store.replaceTimestamp(
        signer.sign(
            new Timestamp(
                Manifest.APPROVAL_LIST, version, manifestSha256, now, now.plus(validity))));
  }

  private Optional<Publication> lastPublished() {
    return rows(State.PUBLISHED).max(Comparator.comparingLong(Publication::version));
  }

  /** The last prepared publication that neither came into force nor was abandoned. */
  private Optional<Publication> openPrepared() {
    List<Long> closed =
        ledger.rows().stream()
            .filter(r -> r.state() == State.PUBLISHED || r.state() == State.ABANDONED)
            .map(Publication::version)
            .toList();
    return rows(State.PREPARED)
        .filter(r -> !closed.contains(r.version()))
        .max(Comparator.comparingLong(Publication::sequence));
  }

  private Stream<Publication> rows(State state) {
    return ledger.rows().stream().filter(r -> r.state() == state);
  }

  private long nextNumber() {
    long onLedger = ledger.rows().stream().mapToLong(Publication::version).max().orElse(0);
    return Math.max(onLedger, store.highest()) + 1;
  }

  private long nextSequence() {
    return ledger.rows().stream().mapToLong(Publication::sequence).max().orElse(0) + 1;
  }

  private void append(
      Manifest manifest, ListContent content, String manifestSha256, State state, String reason) {
    ledger.append(
        row(
            manifest.version(),
            state,
            Statement.of(manifest),
            content.sha256(),
            manifestSha256,
            reason));
  }

  private Publication row(
      long version,
      State state,
      Statement statement,
      String contentSha256,
      String manifestSha256,
      String reason) {
    return new Publication(
        version,
        nextSequence(),
        state,
        statement.asOf(),
        statement.knownAt(),
        contentSha256,
        manifestSha256,
        reason,
        runId,
        clock.instant());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
