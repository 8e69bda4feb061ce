package credit.approval;

import static credit.approval.PublishedFolder.CLEAN;
import static credit.approval.PublishedFolder.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.ListContent;
import credit.approval.format.ListFile;
import credit.approval.format.Mode;
import credit.approval.format.Restriction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefreshTest {
  private static final Query QUERY =
      Query.of(CLEAN, Mode.NOTIFY_AND_COMMIT).withAt(LocalDate.parse("2026-06-30"));

  @TempDir Path folder;
  private final TestClock clock = new TestClock(SIGNED.plus(Duration.ofHours(1)));
  private final ListContent barred = PublishedFolder.content(List.of(bar()), PublishedFolder.AS_OF);
  private PublishedFolder published;

  @BeforeEach
  void publish() {
    published = new PublishedFolder(folder);
    published.publish(1, PublishedFolder.content());
  }

  private static Restriction bar() {
    return PublishedFolder.restriction(
        "E-9", CLEAN, Mode.NOTIFY_AND_COMMIT, "", "2026-06-01", null);
  }

  private void deleteFullFiles(long version) throws IOException {
    for (ListFile file : ListFile.values()) {
      if (file.isContent()) {
        Files.delete(folder.resolve(Long.toString(version)).resolve(file.fileName()));
      }
    }
  }

  @Test
  void aVersionWithoutFullFilesIsRebuiltFromItsDeltas() throws IOException {
    published.publish(2, barred);
    published.publish(3, PublishedFolder.content());
    published.publish(4, barred);
    for (long version = 2; version <= 4; version++) {
      deleteFullFiles(version);
    }
    ListClient client = ListClient.open(published.options(clock));
    assertThat(client.lastRefresh().message()).isEmpty();
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(client.view().archived(3).check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
  }

  @Test
  void aRebuiltVersionWithoutItsBeginningIsRefused() throws IOException {
    published.publish(2, barred);
    deleteFullFiles(2);
    Files.delete(folder.resolve("1").resolve(ListFile.SUBJECTS.fileName()));
    ListClient client = ListClient.open(published.options(clock));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(client.lastRefresh().reason()).isEqualTo("file_missing");
  }

  @Test
  void aListedFirmsWayOffTheListIsOneRefresh() {
    published.publish(2, barred);
    ListClient client = ListClient.open(published.options(clock));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    published.publish(3, PublishedFolder.content());
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UPDATED);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
  }

  @Test
  void aFreshTimestampAloneProlongsTheSameList() {
    ListClient client = ListClient.open(published.options(clock));
    String hash = client.list().orElseThrow().manifestSha256();
    clock.pass(Duration.ofHours(20));
    published.timestamp(1, hash, SIGNED.plus(Duration.ofHours(20)));
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UNCHANGED);
    clock.pass(Duration.ofHours(30));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
  }

  @Test
  void answersDuringARefreshAreWholeAnswersOfOneVersion() throws Exception {
    ListClient client = ListClient.open(published.options(clock));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Integer>> askers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      askers.add(threads.submit(() -> askUntil(client, done)));
    }
    for (long version = 2; version <= 30; version++) {
      published.publish(version, version % 2 == 0 ? barred : PublishedFolder.content());
      assertThat(client.refresh().message()).isEmpty();
    }
    done.set(true);
    int asked = 0;
    for (Future<Integer> asker : askers) {
      asked += asker.get();
    }
    threads.shutdown();
    assertThat(asked).isPositive();
  }

  /** Even versions bar the firm, odd ones do not: an answer must fit the version it names. */
  private static int askUntil(ListClient client, AtomicBoolean done) {
    int asked = 0;
    while (!done.get() || asked == 0) {
      Answer answer = client.check(QUERY);
      Outcome expected = answer.list().version() % 2 == 0 ? Outcome.RESTRICTED : Outcome.CLEAR;
      assertThat(answer.outcome()).isEqualTo(expected);
      asked++;
    }
    return asked;
  }
}
