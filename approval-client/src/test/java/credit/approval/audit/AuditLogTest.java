package credit.approval.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.Answer;
import credit.approval.ClientOptions;
import credit.approval.ListClient;
import credit.approval.ListView;
import credit.approval.Outcome;
import credit.approval.PublishedFolder;
import credit.approval.Query;
import credit.approval.TestClock;
import credit.approval.format.ListException;
import credit.approval.format.ListFile;
import credit.approval.format.Mode;
import credit.approval.format.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  @TempDir Path temp;
  private PublishedFolder published;
  private ClientOptions options;
  private ListClient client;
  private Path file;
  private AuditLog log;

  @BeforeEach
  void answer() throws IOException {
    published = new PublishedFolder(temp.resolve("lists"));
    published.publish(1, PublishedFolder.content());
    options = published.options(new TestClock(PublishedFolder.SIGNED.plus(Duration.ofHours(1))));
    client = ListClient.open(options);
    file = temp.resolve("log").resolve("audit.jsonl");
    log = new AuditLog(file);
    for (String code : List.of(PublishedFolder.CLEAN, PublishedFolder.LISTED, "nonsense")) {
      append(code);
    }
  }

  private String append(String code) throws IOException {
    Answer answer =
        client.check(Query.of(code, Mode.NOTIFY_AND_COMMIT).withAt(LocalDate.parse("2026-06-30")));
    return log.append(answer, client.view().timestampJws());
  }

  @Test
  void aLogThatWasOnlyAppendedToIsWhole() throws IOException {
    String head = log.verify().head();
    assertThat(log.verify().records()).isEqualTo(3);
    assertThat(log.verify().isWhole()).isTrue();
    append(PublishedFolder.CLEAN);
    assertThat(log.verify().records()).isEqualTo(4);
    assertThat(log.verify().head()).isNotEqualTo(head);
  }

  @Test
  void anyByteChangedInTheLogIsFound() throws IOException {
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i += 7) {
      byte[] bad = good.clone();
      bad[i] ^= 1;
      Files.write(file, bad);
      assertThat(log.verify().isWhole()).as("byte " + i).isFalse();
    }
  }

  @Test
  void linesTakenOutMovedOrPutInAreFound() throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<List<String>> changes = new ArrayList<>();
    changes.add(lines.subList(1, 3));
    changes.add(List.of(lines.get(0), lines.get(2)));
    List<String> moved = new ArrayList<>(lines);
    Collections.swap(moved, 0, 1);
    changes.add(moved);
    changes.add(List.of(lines.get(0), lines.get(0), lines.get(1)));
    for (List<String> change : changes) {
      Files.write(file, change);
      assertThat(log.verify().isWhole()).isFalse();
      assertThat(log.verify().fault()).startsWith("line ");
    }
  }

  @Test
  void aTailCutOffIsSeenAgainstTheHeadNotedBefore() throws IOException {
    String head = log.verify().head();
    Files.write(file, Files.readAllLines(file).subList(0, 2));
    assertThat(log.verify().isWhole()).isTrue();
    assertThat(log.verify().head()).isNotEqualTo(head);
  }

  @Test
  void whatACrashLeftBehindTheLastLineIsRecordedAndTheChainGoesOn() throws IOException {
    Files.writeString(file, "{\"sequence\":4,\"prev", StandardOpenOption.APPEND);
    assertThat(log.verify().isWhole()).isFalse();
    append(PublishedFolder.CLEAN);
    assertThat(log.verify().isWhole()).isTrue();
    assertThat(Files.readAllLines(file).get(3)).contains("\"recovered_bytes\":19");
  }

  @Test
  void twoWritersKeepOneChain() throws Exception {
    AuditLog other = new AuditLog(file);
    Answer answer = client.check(Query.of(PublishedFolder.CLEAN, Mode.LICENCE_FIRST));
    for (int i = 0; i < 20; i++) {
      (i % 2 == 0 ? log : other).append(answer, "");
    }
    assertThat(log.verify().records()).isEqualTo(23);
    assertThat(log.verify().isWhole()).isTrue();
  }

  @Test
  void aProofHoldsTheListAndGivesTheSameAnswerAgain() throws IOException {
    String id = append(PublishedFolder.LISTED);
    // The timestamp in force then is replaced later; the proof keeps its own.
    published.publish(2, PublishedFolder.content());
    Path proof = temp.resolve("proof");
    Proof.export(log, id, options, proof);
    Proof.verify(proof, published.rootKey().getPublic());
    assertThat(proof.resolve("1").resolve("restrictions.csv")).exists();
  }

  @Test
  void anyByteChangedInAProofIsFound() throws IOException {
    Path proof = temp.resolve("proof");
    Proof.export(log, append(PublishedFolder.LISTED), options, proof);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(proof)) {
      files = walk.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSize(12);
    for (Path part : files) {
      byte[] good = Files.readAllBytes(part);
      int step = Math.max(1, good.length / 16);
      for (int i = 0; i < good.length; i += step) {
        byte[] bad = good.clone();
        bad[i] ^= 1;
        Files.write(part, bad);
        assertThatThrownBy(() -> Proof.verify(proof, published.rootKey().getPublic()))
            .as(part + " byte " + i)
            .isInstanceOf(ListException.class);
      }
      Files.write(part, good);
    }
  }

  @Test
  void aForgedAnswerWithAGoodHashIsNotWhatTheListGives() throws IOException {
    Path proof = temp.resolve("proof");
    Proof.export(log, append(PublishedFolder.LISTED), options, proof);
    Path record = proof.resolve("record.json");
    String line = Files.readString(record, StandardCharsets.UTF_8);
    String forged = line.replace("\"outcome\":\"RESTRICTED\"", "\"outcome\":\"CLEAR\"");
    String open = forged.substring(0, forged.lastIndexOf(",\"hash\"")) + "}";
    String hash = Sha256.hex(open);
    Files.writeString(record, open.substring(0, open.length() - 1) + ",\"hash\":\"" + hash + "\"}");
    assertThatThrownBy(() -> Proof.verify(proof, published.rootKey().getPublic()))
        .hasMessageContaining("does not give the logged answer");
  }

  @Test
  void answersOfOneRequestAreLoggedTogetherOrNotAtAll() throws IOException {
    ListView view = client.view();
    Query query = Query.of(PublishedFolder.CLEAN, Mode.LICENCE_FIRST);
    List<Answer> answers = Collections.nCopies(500, view.check(query));
    List<String> ids = log.append(answers, view.timestampJws());
    assertThat(ids).hasSize(500).doesNotHaveDuplicates();
    assertThat(log.verify().records()).isEqualTo(503);
    assertThat(log.verify().isWhole()).isTrue();
    assertThat(log.find(ids.get(499)).orElseThrow().sequence()).isEqualTo(503);
  }

  @Test
  void aLineLongerThanTheUsualTailIsFollowedAllTheSame() throws IOException {
    List<String> related = Collections.nCopies(100, PublishedFolder.LISTED);
    Answer longest = client.check(Query.newApplicant(Mode.NOTIFY_AND_COMMIT, "", related));
    log.append(longest, client.view().timestampJws());
    append(PublishedFolder.CLEAN);
    assertThat(Files.readAllLines(file).get(3).length()).isGreaterThan(100_000);
    assertThat(log.verify().records()).isEqualTo(5);
    assertThat(log.verify().isWhole()).isTrue();
  }

  @Test
  void aProofOfAnAnswerFromTheArchiveHoldsTheChainDownToIt() throws IOException {
    published.publish(2, PublishedFolder.content());
    published.publish(3, PublishedFolder.content());
    client.refresh();
    ListView archived = client.view().archived(1);
    Answer answer =
        archived.check(
            Query.of(PublishedFolder.CLEAN, Mode.NOTIFY_AND_COMMIT)
                .withAt(LocalDate.parse("2026-06-30")));
    assertThat(answer.outcome()).isEqualTo(Outcome.CLEAR);
    Path proof = temp.resolve("proof");
    Proof.export(log, log.append(answer, archived.timestampJws()), options, proof);
    assertThat(proof.resolve("2").resolve("manifest.jws")).exists();
    Proof.verify(proof, published.rootKey().getPublic());
    Files.delete(proof.resolve("2").resolve("manifest.jws"));
    assertThatThrownBy(() -> Proof.verify(proof, published.rootKey().getPublic()))
        .isInstanceOf(ListException.class);
  }

  @Test
  void aProofIsRebuiltFromDeltasWhereTheArchiveHasNoFullFiles() throws IOException {
    String id = append(PublishedFolder.LISTED);
    for (ListFile part : ListFile.values()) {
      if (part.isContent()) {
        Files.delete(published.lists().resolve("1").resolve(part.fileName()));
      }
    }
    Path proof = temp.resolve("proof");
    Proof.export(log, id, options, proof);
    assertThat(proof.resolve("1").resolve("subjects.csv")).exists();
  }

  @Test
  void aProofNamesActBasisAndRulesAndHasNoFileTooMany() throws IOException {
    Path proof = temp.resolve("proof");
    Proof.export(log, append(PublishedFolder.LISTED), options, proof);
    assertThat(Files.readString(proof.resolve("summary.json")))
        .contains("\"act_no\":\"〔2025〕1号\"")
        .contains("\"basis\":\"Order 44")
        .contains("\"rules\":[{\"id\":\"restrictions\",\"sha256\":\"");
    Files.writeString(proof.resolve("note.txt"), "x");
    assertThatThrownBy(() -> Proof.verify(proof, published.rootKey().getPublic()))
        .hasMessageContaining("note.txt");
  }

  @Test
  void theAnswersOfADayAreTheSameWhenTheyAreAskedAgainOnTheListOfThen() throws IOException {
    published.publish(2, PublishedFolder.content(List.of(), PublishedFolder.AS_OF.minusDays(60)));
    client.refresh();
    append(PublishedFolder.CLEAN);
    Replay replay = new Replay(ListClient.open(options).view());
    LocalDate day = LocalDate.ofInstant(PublishedFolder.SIGNED, ZoneId.of("Asia/Shanghai"));
    List<AuditRecord> records = log.on(day);
    assertThat(records).hasSize(4);
    assertThat(log.on(day.plusDays(1))).isEmpty();
    assertThat(records.get(0).answer().get("outcome")).isEqualTo("CLEAR");
    assertThat(records.get(3).answer().get("outcome")).isEqualTo("OUT_OF_COVERAGE");
    for (AuditRecord record : records) {
      long version = (Long) record.list().orElseThrow().get("version");
      assertThat(replay.requireSame(record).list().orElseThrow().version()).isEqualTo(version);
    }
  }

  @Test
  void anIdThatTheLogDoesNotHaveIsTold() {
    assertThatThrownBy(() -> Proof.export(log, "9-abc", options, temp.resolve("p")))
        .hasMessageContaining("no record 9-abc");
  }
}
