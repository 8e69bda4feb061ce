package credit.approval.audit;

import credit.approval.ClientOptions;
import credit.approval.ListClient;
import credit.approval.ListView;
import credit.approval.format.Json;
import credit.approval.format.ListException;
import credit.approval.format.Manifest;
import credit.approval.format.Sha256;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One answer with all its proof: a folder with the log's line, a summary that names act, basis and
 * rules, and the keys, timestamp and list version behind it. Whoever has the root key can verify
 * the signatures and ask the same question again at the same moment; the answer must be the logged
 * one, to the byte, and no file may be missing, changed or added.
 */
public final class Proof {
  private static final String RECORD = "record.json";
  private static final String SUMMARY = "summary.json";
  private static final List<String> ACT_MEMBERS =
      List.of("entry_id", "cause", "basis", "act_no", "act_authority", "act_date");

  private Proof() {}

  /**
   * Exports the proof of one record and verifies it.
   *
   * @throws ListException if the log has no such record, its list is not in the archive any more,
   *     or the answer cannot be reproduced
   */
  public static void export(AuditLog log, String id, ClientOptions options, Path into)
      throws IOException {
    AuditRecord record =
        log.find(id)
            .orElseThrow(() -> new ListException("audit_unknown", "the log has no record " + id));
    if (Files.exists(into)) {
      throw new IOException(into + " exists; name another folder with --out");
    }
    Map<String, byte[]> files;
    try (ListClient client = ListClient.open(options.withMark(null))) {
      ListView view = new Replay(client.view()).requireSame(record);
      files = view.evidence();
      files.put(RECORD, record.line().getBytes(StandardCharsets.UTF_8));
      files.put(SUMMARY, summary(record, view).getBytes(StandardCharsets.UTF_8));
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = into.resolve(file.getKey());
      Files.createDirectories(target.getParent());
      Files.write(target, file.getValue());
    }
    verify(into, options.root());
  }

  /**
   * Verifies an exported proof.
   *
   * @throws ListException if any signature, hash or part of the answer is not as it was
   */
  public static void verify(Path proof, PublicKey root) throws IOException {
    AuditRecord record = AuditRecord.parse(read(proof, RECORD));
    Clock then = Clock.fixed(record.checkedAt(), ZoneOffset.UTC);
    ClientOptions options = ClientOptions.of(proof, root).withClock(then, () -> 0L);
    try (ListClient client = ListClient.open(options)) {
      ListView now = client.view();
      if (now.list().isEmpty()) {
        throw broken(proof, client.lastRefresh().message());
      }
      ListView view = new Replay(now).requireSame(record);
      if (!read(proof, SUMMARY).equals(summary(record, view))) {
        throw broken(proof, SUMMARY + " is not what record and list say");
      }
      requireExactly(proof, view.evidence());
    }
  }

  /** What a reader wants to see first; made anew from record and list when it is verified. */
  private static String summary(AuditRecord record, ListView view) {
    Map<?, ?> answer = record.answer();
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("record", record.id());
    for (String name : List.of("checked_at", "outcome", "code", "mode", "item", "at", "reasons")) {
      out.put(name, answer.get(name));
    }
    out.put(
        "acts",
        ((List<?>) answer.get("restrictions"))
            .stream().map(Map.class::cast).map(Proof::act).toList());
    out.put("rules", view.rules().stream().map(Proof::rule).toList());
    out.put("list", answer.get("list"));
    out.put("files", hashes(view.evidence()));
    return Json.write(out) + "\n";
  }

  private static Map<String, Object> act(Map<?, ?> restriction) {
    Map<String, Object> out = new LinkedHashMap<>();
    ACT_MEMBERS.forEach(name -> out.put(name, restriction.get(name)));
    return out;
  }

  private static Map<String, Object> rule(Manifest.RuleEntry rule) {
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", rule.id());
    out.put("sha256", rule.sha256());
    return out;
  }

  private static Map<String, String> hashes(Map<String, byte[]> files) {
    Map<String, String> hashes = new TreeMap<>();
    files.forEach((name, bytes) -> hashes.put(name, Sha256.hex(bytes)));
    return hashes;
  }

  private static void requireExactly(Path proof, Map<String, byte[]> evidence) throws IOException {
    Set<String> expected = new TreeSet<>(evidence.keySet());
    expected.addAll(List.of(RECORD, SUMMARY));
    Set<String> found;
    try (Stream<Path> walk = Files.walk(proof)) {
      found =
          walk.filter(path -> !Files.isDirectory(path))
              .map(path -> proof.relativize(path).toString().replace('\\', '/'))
              .collect(Collectors.toCollection(TreeSet::new));
    }
    if (!found.equals(expected)) {
      throw broken(proof, "its files are " + found + ", not " + expected);
    }
  }

  private static String read(Path proof, String name) throws IOException {
    try {
      return Files.readString(proof.resolve(name), StandardCharsets.UTF_8);
    } catch (CharacterCodingException | NoSuchFileException e) {
      throw broken(proof, name + " is missing or not text");
    }
  }

  private static ListException broken(Path proof, String what) {
    return new ListException(
        "proof_broken", "the proof in " + proof + " is not as it was exported: " + what);
  }
}
