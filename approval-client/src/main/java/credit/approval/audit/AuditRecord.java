package credit.approval.audit;

import credit.approval.Query;
import credit.approval.format.Json;
import credit.approval.format.JsonFields;
import credit.approval.format.ListException;
import credit.approval.format.Mode;
import credit.approval.format.Sha256;
import credit.approval.id.IdScheme;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the log.
 *
 * @param line the line without its line feed
 * @param hash SHA-256 of the line without its own {@code hash} member
 * @param answer the answer's members as logged
 */
public record AuditRecord(
    String line,
    long sequence,
    String previous,
    String hash,
    String timestampJws,
    Map<?, ?> answer) {

  /** When the answer was given. */
  public Instant checkedAt() {
    return Instant.parse((String) answer.get("checked_at"));
  }

  /** The day on which it was given, in Shanghai. */
  public LocalDate day() {
    return LocalDate.ofInstant(checkedAt(), ZoneId.of("Asia/Shanghai"));
  }

  /** The list behind the answer, if there was one. */
  public Optional<Map<?, ?>> list() {
    return answer.get("list") instanceof Map<?, ?> list ? Optional.of(list) : Optional.empty();
  }

  /** Whether it was answered from an archived version. */
  public boolean historical() {
    return (Boolean) answer.get("historical");
  }

  /** The question, with what it left open filled in as it was then. */
  public Query query() {
    String code = (String) answer.get("code");
    List<String> related =
        ((List<?>) answer.get("related"))
            .stream().map(r -> (String) ((Map<?, ?>) r).get("code")).toList();
    return new Query(
        code.isEmpty() ? null : code,
        IdScheme.of((String) answer.get("id_scheme")),
        Mode.of((String) answer.get("mode")),
        (String) answer.get("item"),
        LocalDate.parse((String) answer.get("at")),
        related);
  }

  /** The id that names the record: its number and the beginning of its hash. */
  public String id() {
    return sequence + "-" + hash.substring(0, 12);
  }

  /**
   * The record in a line.
   *
   * @throws ListException with {@code audit_changed} if the line does not have its own hash
   */
  public static AuditRecord parse(String line) {
    JsonFields in = JsonFields.of("audit record", Json.parse(line));
    long sequence = in.integer("sequence", 1, Long.MAX_VALUE);
    String previous = in.text("previous");
    in.integer("recovered_bytes");
    String timestampJws = in.text("timestamp_jws");
    Map<?, ?> answer = in.object("answer");
    String hash = in.text("hash");
    in.done();
    String suffix = ",\"hash\":\"" + hash + "\"}";
    boolean own =
        line.endsWith(suffix)
            && Sha256.hex(line.substring(0, line.length() - suffix.length()) + "}").equals(hash);
    if (!own) {
      throw changed("record " + sequence + " was changed: it does not have its own hash");
    }
    return new AuditRecord(line, sequence, previous, hash, timestampJws, answer);
  }

  void requireAfter(String head, long expectedSequence) {
    if (!previous.equals(head) || sequence != expectedSequence) {
      throw changed(
          "record "
              + sequence
              + " does not follow the one before it: lines were taken out, put in or moved");
    }
  }

  private static ListException changed(String what) {
    return new ListException("audit_changed", what);
  }
}
