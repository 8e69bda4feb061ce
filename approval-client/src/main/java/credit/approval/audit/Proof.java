package credit.approval.audit;

import credit.approval.Answer;
import credit.approval.AnswerJson;
import credit.approval.ClientOptions;
import credit.approval.ListClient;
import credit.approval.Query;
import credit.approval.format.Json;
import credit.approval.format.Layout;
import credit.approval.format.ListException;
import credit.approval.format.ListFile;
import credit.approval.format.Mode;
import credit.approval.id.IdScheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One answer with all its proof: a folder with the log's line, the keys, the timestamp and the list
 * version behind it. Whoever has the root key can verify the signatures and ask the same question
 * again at the same moment; the answer must be the logged one, to the byte.
 */
public final class Proof {
  private static final String RECORD = "record.json";

  private Proof() {}

  /**
   * Exports the proof of one record and verifies it.
   *
   * @throws ListException if the log has no such record, its list is not in the folder, or the
   *     answer cannot be reproduced
   */
  public static void export(AuditLog log, String id, ClientOptions options, Path into)
      throws IOException {
    AuditRecord record =
        log.find(id)
            .orElseThrow(() -> new ListException("audit_unknown", "the log has no record " + id));
    if (Files.exists(into)) {
      throw new IOException(into + " exists; name another folder with --out");
    }
    Map<?, ?> list = list(record);
    long version = (Long) list.get("version");
    Path target = Layout.version(into, version);
    Files.createDirectories(target);
    Path source = Layout.version(options.lists(), version);
    for (ListFile file : ListFile.values()) {
      copy(source, target, file.fileName());
    }
    copy(source, target, Layout.MANIFEST);
    copy(options.lists(), into, Layout.KEYS);
    Files.writeString(into.resolve(Layout.TIMESTAMP), record.timestampJws());
    Files.writeString(into.resolve(RECORD), record.line());
    verify(into, options.root());
  }

  /**
   * Verifies an exported proof.
   *
   * @throws ListException if any signature, hash or part of the answer is not as it was
   */
  public static void verify(Path proof, PublicKey root) throws IOException {
    AuditRecord record =
        AuditRecord.parse(Files.readString(proof.resolve(RECORD), StandardCharsets.UTF_8));
    Map<?, ?> logged = record.answer();
    Clock then = Clock.fixed(Instant.parse((String) logged.get("checked_at")), ZoneOffset.UTC);
    ListClient client = ListClient.open(ClientOptions.of(proof, root).withClock(then, () -> 0L));
    boolean historical = (Boolean) logged.get("historical");
    Query query = query(logged);
    long version = (Long) list(record).get("version");
    Answer again = historical ? client.checkArchived(version, query) : client.check(query);
    if (!Json.write(AnswerJson.object(again)).equals(Json.write(logged))) {
      throw new ListException(
          "proof_broken",
          "the list in "
              + proof
              + " does not give the logged answer: something in it was changed "
              + client.lastRefresh().message());
    }
  }

  private static Query query(Map<?, ?> logged) {
    String code = (String) logged.get("code");
    List<String> related =
        ((List<?>) logged.get("related"))
            .stream().map(r -> (String) ((Map<?, ?>) r).get("code")).toList();
    return new Query(
        code.isEmpty() ? null : code,
        IdScheme.of((String) logged.get("id_scheme")),
        Mode.of((String) logged.get("mode")),
        (String) logged.get("item"),
        LocalDate.parse((String) logged.get("at")),
        related);
  }

  private static Map<?, ?> list(AuditRecord record) {
    Object list = new LinkedHashMap<Object, Object>(record.answer()).get("list");
    if (list instanceof Map<?, ?> members) {
      return members;
    }
    throw new ListException(
        "audit_without_list", "record " + record.id() + " was answered without a list");
  }

  private static void copy(Path from, Path to, String name) throws IOException {
    Files.copy(from.resolve(name), to.resolve(name));
  }
}
