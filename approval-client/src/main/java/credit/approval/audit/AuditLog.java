package credit.approval.audit;

import credit.approval.Answer;
import credit.approval.AnswerJson;
import credit.approval.format.Json;
import credit.approval.format.ListException;
import credit.approval.format.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The log of answers: one JSON line per check, each with the hash of the line before it, so that a
 * line changed, taken out or put in breaks the chain. A tail cut off can be seen only against a
 * head hash noted elsewhere; {@link Verification#head()} gives it.
 */
public final class AuditLog {
  /** Hash before the first line. */
  static final String GENESIS = "0".repeat(64);

  private static final int LONGEST_LINE = 1 << 20;

  private final Path file;

  public AuditLog(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * What a verification found.
   *
   * @param records lines whose chain is whole
   * @param head hash of the last of them
   * @param fault what is wrong, with its line; empty where nothing is
   */
  public record Verification(long records, String head, String fault) {
    public boolean isWhole() {
      return fault.isEmpty();
    }
  }

  /**
   * Appends an answer and waits until it is on disk.
   *
   * @param timestampJws the signed timestamp behind it, which goes when the next one is published
   * @return the record's id, for {@code audit prove}
   * @throws IOException if the log cannot be written
   */
  public synchronized String append(Answer answer, String timestampJws) throws IOException {
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Tail tail = lock.isValid() ? tail(channel) : null;
      AuditRecord record = next(tail, answer, timestampJws);
      channel.truncate(tail.end());
      ByteBuffer line = ByteBuffer.wrap((record.line() + "\n").getBytes(StandardCharsets.UTF_8));
      long position = tail.end();
      while (line.hasRemaining()) {
        position += channel.write(line, position);
      }
      channel.force(false);
      return record.id();
    }
  }

  /** Reads the whole log and checks its chain. */
  public Verification verify() throws IOException {
    return Files.exists(file) ? verifyLines(!endsWithLineFeed()) : new Verification(0, GENESIS, "");
  }

  /** The record of that id, if the log has it; the chain up to it is checked. */
  public Optional<AuditRecord> find(String id) throws IOException {
    String previous = GENESIS;
    long sequence = 1;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        AuditRecord record = AuditRecord.parse(line);
        record.requireAfter(previous, sequence);
        if (record.id().equals(id)) {
          return Optional.of(record);
        }
        previous = record.hash();
        sequence++;
      }
    }
    return Optional.empty();
  }

  private Verification verifyLines(boolean tornTail) throws IOException {
    long records = 0;
    String head = GENESIS;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        AuditRecord record = AuditRecord.parse(line);
        record.requireAfter(head, records + 1);
        head = record.hash();
        records++;
      }
    } catch (ListException | CharacterCodingException e) {
      return new Verification(records, head, "line " + (records + 1) + ": " + e.getMessage());
    }
    return new Verification(
        records, head, tornTail ? "line " + records + ": its line feed is missing" : "");
  }

  private AuditRecord next(Tail tail, Answer answer, String timestampJws) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("sequence", tail.sequence() + 1);
    body.put("previous", tail.hash());
    body.put("recovered_bytes", tail.torn());
    body.put("timestamp_jws", timestampJws);
    body.put("answer", AnswerJson.object(answer));
    String open = Json.write(body);
    String hash = Sha256.hex(open);
    return AuditRecord.parse(open.substring(0, open.length() - 1) + ",\"hash\":\"" + hash + "\"}");
  }

  /** Where the last whole line ends, its hash, and what a crash left behind it. */
  private record Tail(long end, long sequence, String hash, long torn) {}

  private Tail tail(FileChannel channel) throws IOException {
    long size = channel.size();
    int length = (int) Math.min(size, 2L * LONGEST_LINE);
    byte[] bytes = new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, size - length + buffer.position());
    }
    int end = lastLineFeed(bytes, length - 1) + 1;
    if (end == 0) {
      return new Tail(0, 0, GENESIS, size);
    }
    int start = lastLineFeed(bytes, end - 2) + 1;
    AuditRecord last =
        AuditRecord.parse(new String(bytes, start, end - 1 - start, StandardCharsets.UTF_8));
    long torn = (long) length - end;
    return new Tail(size - torn, last.sequence(), last.hash(), torn);
  }

  private boolean endsWithLineFeed() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      return channel.size() == 0
          || (channel.read(last, channel.size() - 1) == 1 && last.get(0) == '\n');
    }
  }

  private static int lastLineFeed(byte[] bytes, int from) {
    int i = from;
    while (i >= 0 && bytes[i] != '\n') {
      i--;
    }
    return i;
  }
}
