package credit.approval.format;

import credit.approval.id.IdScheme;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one list version is: its files by hash, the day it speaks for and the rules behind it.
 * Signed by the key for lists. Its hash is the SHA-256 of the bytes of {@code manifest.jws}.
 *
 * @param list name of the list, {@code approval}
 * @param scope the jurisdiction
 * @param version positive, never reused; numbers may be skipped
 * @param previousManifestSha256 hash of the manifest before; null for the first
 * @param firstDay first day the lists can answer for
 * @param maxLagDays days after {@code asOf} for which they still answer
 * @param rules rule files in force, by hash
 * @param rulesPendingReview ids of rules put to work although no officer confirmed them
 * @param issuedAt when it was signed, in whole seconds
 * @param idScheme scheme of a code for which none is named
 */
public record Manifest(
    String list,
    String scope,
    long version,
    LocalDate asOf,
    LocalDate knownAt,
    String previousManifestSha256,
    LocalDate firstDay,
    int maxLagDays,
    List<FileEntry> files,
    List<RuleEntry> rules,
    List<String> rulesPendingReview,
    Instant issuedAt,
    String idScheme) {
  /** Name of the list that approval systems ask. */
  public static final String APPROVAL_LIST = "approval";

  /** One file: its bytes and rows (the header is none). */
  public record FileEntry(ListFile file, long length, String sha256, long rows) {
    /** The entry of canonical bytes. */
    public static FileEntry of(ListFile file, FileBytes csv) {
      CsvCursor cursor = new CsvCursor(file, csv);
      return new FileEntry(file, csv.length(), csv.sha256(), cursor.readAll());
    }
  }

  /** One rule file in force. */
  public record RuleEntry(String id, String sha256) {}

  public Manifest {
    IdScheme.of(idScheme);
    files = List.copyOf(files);
    rules = List.copyOf(rules);
    rulesPendingReview = List.copyOf(rulesPendingReview);
    issuedAt = JsonFields.wholeSeconds(issuedAt);
  }

  /** The entry of one file. */
  public FileEntry entry(ListFile file) {
    return files.stream().filter(e -> e.file() == file).findFirst().orElseThrow();
  }

  /** Bytes of the content files together. */
  public long contentLength() {
    return files.stream().filter(e -> e.file().isContent()).mapToLong(FileEntry::length).sum();
  }

  /** The last day the lists can answer for. */
  public LocalDate lastDay() {
    return asOf.plusDays(maxLagDays);
  }

  /** The payload to sign. */
  public byte[] encode() {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("list", list);
    out.put("scope", scope);
    out.put("version", version);
    out.put("as_of", asOf);
    out.put("known_at", knownAt);
    out.put("previous_manifest_sha256", previousManifestSha256);
    out.put("first_day", firstDay);
    out.put("max_lag_days", maxLagDays);
    out.put("id_scheme", idScheme);
    out.put("files", files.stream().map(Manifest::json).toList());
    out.put("rules", rules.stream().map(Manifest::json).toList());
    out.put("rules_pending_review", rulesPendingReview);
    out.put("issued_at", issuedAt);
    return Json.bytes(out);
  }

  /**
   * The manifest in a payload.
   *
   * @throws ListException if a member is missing, unknown or of another kind, or the files are not
   *     exactly those of a list version
   */
  public static Manifest decode(byte[] payload) {
    JsonFields in = JsonFields.of("manifest", Json.parse(payload));
    Manifest manifest =
        new Manifest(
            in.text("list"),
            in.text("scope"),
            in.integer("version", 1, Long.MAX_VALUE),
            in.date("as_of"),
            in.date("known_at"),
            in.optionalText("previous_manifest_sha256"),
            in.date("first_day"),
            (int) in.integer("max_lag_days", 0, 366),
            in.list("files").stream().map(Manifest::file).toList(),
            in.list("rules").stream().map(Manifest::rule).toList(),
            in.texts("rules_pending_review"),
            in.instant("issued_at"),
            in.text("id_scheme"));
    in.done();
    manifest.requireEveryFileOnce();
    return manifest;
  }

  private void requireEveryFileOnce() {
    Map<ListFile, FileEntry> named = new EnumMap<>(ListFile.class);
    files.forEach(f -> named.put(f.file(), f));
    int expected = ListFile.values().length;
    if (files.size() != expected || named.size() != expected) {
      throw new ListException(
          "payload_invalid", "manifest: files must name each file of a list version once");
    }
  }

  private static Map<String, Object> json(FileEntry entry) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("name", entry.file().fileName());
    out.put("length", entry.length());
    out.put("sha256", entry.sha256());
    out.put("rows", entry.rows());
    return out;
  }

  private static Map<String, Object> json(RuleEntry entry) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", entry.id());
    out.put("sha256", entry.sha256());
    return out;
  }

  private static FileEntry file(Object value) {
    JsonFields in = JsonFields.of("manifest file", value);
    FileEntry entry =
        new FileEntry(
            ListFile.of(in.text("name")),
            in.integer("length", 0, Long.MAX_VALUE),
            in.text("sha256"),
            in.integer("rows", 0, Long.MAX_VALUE));
    in.done();
    return entry;
  }

  private static RuleEntry rule(Object value) {
    JsonFields in = JsonFields.of("manifest rule", value);
    RuleEntry entry = new RuleEntry(in.text("id"), in.text("sha256"));
    in.done();
    return entry;
  }
}
