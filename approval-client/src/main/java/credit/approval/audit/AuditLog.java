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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The log of answers: one JSON line per check, each with the hash of the line before it, so that a
 * line changed, taken out or put in breaks the chain. A tail cut off can be seen only against a
 * head hash noted elsewhere; {@link Verification#head()} gives it.
 */
public final class AuditLog {
  /** Hash before the first line. */
  static final String GENESIS = "0".repeat(64);

  /** Bytes that nearly always hold the last line. */
  private static final int SHORT_TAIL = 1 << 14;

  private static final int LONGEST_LINE = 1 << 24;

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
  public String append(Answer answer, String timestampJws) throws IOException {
    return append(List.of(answer), timestampJws).get(0);
  }

  /**
   * Appends answers of one list view, all or none, and waits once until they are on disk.
   *
   * @return the records' ids, in order
   * @throws IOException if the log cannot be written
   */
  public synchronized List<String> append(List<Answer> answers, String timestampJws)
      throws IOException {
    Files.createDirectories(file.getParent());
    try (FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      Tail tail = lock.isValid() ? tail(channel) : null;
      List<AuditRecord> records = records(tail, answers, timestampJws);
      channel.truncate(tail.end());
      try {
        write(channel, tail.end(), records);
      } catch (IOException e) {
        // Nobody is given these answers, so they must not stand in the log either.
        channel.truncate(tail.end());
        throw e;
      }
      return records.stream().map(AuditRecord::id).toList();
    }
  }

  private static void write(FileChannel channel, long from, List<AuditRecord> records)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    records.forEach(record -> lines.append(record.line()).append('\n'));
    ByteBuffer bytes = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
    long position = from;
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
    channel.force(false);
  }

  private static List<AuditRecord> records(Tail tail, List<Answer> answers, String timestampJws) {
    List<AuditRecord> records = new ArrayList<>();
    Tail before = tail;
    for (Answer answer : answers) {
      AuditRecord record = next(before, answer, timestampJws);
      records.add(record);
      before = new Tail(0, record.sequence(), record.hash(), 0);
    }
    return records;
  }

  /** Reads the whole log and checks its chain. */
  public Verification verify() throws IOException {
    return Files.exists(file) ? verifyLines(!endsWithLineFeed()) : new Verification(0, GENESIS, "");
  }

  /** The record of that id, if the log has it; the chain up to it is checked. */
  public Optional<AuditRecord> find(String id) throws IOException {
    AuditRecord[] found = new AuditRecord[1];
    read(
        record -> {
          found[0] = record.id().equals(id) ? record : null;
          return found[0] == null;
        });
    return Optional.ofNullable(found[0]);
  }

  /**
   * The records whose answers were given on that day in Shanghai; the whole chain is checked.
   *
   * @throws ListException if the chain is not whole
   */
  public List<AuditRecord> on(LocalDate day) throws IOException {
    List<AuditRecord> records = new ArrayList<>();
    read(
        record -> {
          if (record.day().equals(day)) {
            records.add(record);
          }
          return true;
        });
    return records;
  }

  private Verification verifyLines(boolean tornTail) throws IOException {
    Tail[] last = {new Tail(0, 0, GENESIS, 0)};
    try {
      read(
          record -> {
            last[0] = new Tail(0, record.sequence(), record.hash(), 0);
            return true;
          });
    } catch (ListException | CharacterCodingException e) {
      long line = last[0].sequence() + 1;
      return new Verification(line - 1, last[0].hash(), "line " + line + ": " + e.getMessage());
    }
    String fault = tornTail ? "line " + last[0].sequence() + ": its line feed is missing" : "";
    return new Verification(last[0].sequence(), last[0].hash(), fault);
  }

  /** Reads the chain, record by record, until told to stop. */
  private void read(Predicate<AuditRecord> goOn) throws IOException {
    String previous = GENESIS;
    long sequence = 1;
    try (BufferedReader in = Files.newBufferedReader(file)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        AuditRecord record = AuditRecord.parse(line);
        record.requireAfter(previous, sequence);
        if (!goOn.test(record)) {
          return;
        }
        previous = record.hash();
        sequence++;
      }
    }
  }

  private static AuditRecord next(Tail tail, Answer answer, String timestampJws) {
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

  private static Tail tail(FileChannel channel) throws IOException {
    long size = channel.size();
    for (long window = SHORT_TAIL; ; window *= 8) {
      Tail tail = tail(channel, size, (int) Math.min(size, window));
      if (tail != null) {
        return tail;
      }
    }
  }

  /** The tail as the last bytes show it; null if they hold no whole line. */
  private static Tail tail(FileChannel channel, long size, int length) throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, size - length + buffer.position());
    }
    int end = lastLineFeed(bytes, length - 1) + 1;
    int start = lastLineFeed(bytes, end - 2) + 1;
    if (start == 0 && length < size) {
      requireNotEndless(length);
      return null;
    }
    if (end == 0) {
      return new Tail(0, 0, GENESIS, size);
    }
    AuditRecord last =
        AuditRecord.parse(new String(bytes, start, end - 1 - start, StandardCharsets.UTF_8));
    long torn = (long) length - end;
    return new Tail(size - torn, last.sequence(), last.hash(), torn);
  }

  private static void requireNotEndless(int length) throws IOException {
    if (length > LONGEST_LINE) {
      throw new IOException(
          "the log does not end with a record; move it away to start a new one, and keep it");
    }
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
