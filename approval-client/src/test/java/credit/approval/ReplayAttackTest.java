package credit.approval;

import static credit.approval.AttackedFolder.QUERY;
import static credit.approval.AttackedFolder.assertRefused;
import static credit.approval.AttackedFolder.assertStale;
import static credit.approval.PublishedFolder.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.Layout;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What was true once: older lists, older timestamps, other branches, a clock that was moved. */
@ExtendWith(AttackCount.class)
class ReplayAttackTest {
  @TempDir Path temp;
  private AttackedFolder folder;
  private PublishedFolder published;
  private TestClock clock;

  @BeforeEach
  void publish() {
    folder = new AttackedFolder(temp);
    published = folder.published;
    clock = folder.clock;
  }

  /** A folder with one fresh version that leaves the firm clear. */
  private PublishedFolder single() {
    PublishedFolder single = new PublishedFolder(temp.resolve("single"));
    single.publish(1, PublishedFolder.content());
    return single;
  }

  @Test
  void anOldVersionOverANewOneIsRefused() {
    ListClient client = folder.openWithMark();
    // Signed afresh, as a stolen timestamp key could.
    published.timestamp(1, folder.sha256Of(1), SIGNED.plus(Duration.ofHours(1)));
    assertThat(client.refresh().reason()).isEqualTo("rollback");
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    AttackCount.one();
    ListClient restarted = folder.openWithMark();
    assertRefused(restarted, "rollback over a restart");
    assertThat(restarted.lastRefresh().reason()).isEqualTo("rollback");
  }

  @Test
  void theWholeFolderOfBeforeIsRefusedAfterARestart() throws IOException {
    folder.openWithMark();
    published.timestamp(1, folder.sha256Of(1), SIGNED.minus(Duration.ofHours(30)));
    try (var files = Files.walk(folder.lists.resolve("2"))) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    }
    assertRefused(folder.openWithMark(), "backup of the folder put back");
  }

  @Test
  void aMarkHoldsOverManyRestartsAndIsNeverLowered() throws IOException {
    folder.openWithMark();
    String kept = Files.readString(folder.mark);
    published.timestamp(1, folder.sha256Of(1), SIGNED.plus(Duration.ofHours(1)));
    for (int restart = 0; restart < 3; restart++) {
      assertRefused(folder.openWithMark(), "restart " + restart);
      assertThat(Files.readString(folder.mark)).isEqualTo(kept);
    }
    published.timestamp(2, folder.sha256Of(2), SIGNED.plus(Duration.ofHours(1)));
    assertThat(folder.openWithMark().check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(Files.readString(folder.mark)).isNotEqualTo(kept).contains("\"version\":2");
  }

  @Test
  void whatOneProcessHasSeenNoOtherWithTheSameMarkGoesBackBehind() {
    PublishedFolder single = single();
    String first = single.read(Layout.TIMESTAMP);
    ClientOptions options = single.options(clock).withMark(folder.mark);
    ListClient one = ListClient.open(options);
    single.publish(2, PublishedFolder.content(), SIGNED.plus(Duration.ofHours(1)));
    ListClient other = ListClient.open(options);
    assertThat(other.list().orElseThrow().version()).isEqualTo(2);
    single.write(Layout.TIMESTAMP, first);
    for (ListClient client : List.of(one, other)) {
      assertThat(client.refresh().reason()).isEqualTo("rollback");
      AttackCount.one();
    }
  }

  @Test
  void aTimestampReplayedIsRefused() {
    String old = published.read(Layout.TIMESTAMP);
    ListClient client = folder.openWithMark();
    published.timestamp(2, folder.sha256Of(2), SIGNED.plus(Duration.ofHours(1)));
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UNCHANGED);
    published.write(Layout.TIMESTAMP, old);
    assertThat(client.refresh().reason()).isEqualTo("replayed_timestamp");
    assertRefused(folder.openWithMark(), "replay");
  }

  @Test
  void theSameVersionUnderAnExpiredTimestampIsNotClear() {
    PublishedFolder single = single();
    String first = single.read(Layout.TIMESTAMP);
    ClientOptions options = single.options(clock).withMark(folder.mark);
    ListClient client = ListClient.open(options);
    String sha256 = client.list().orElseThrow().manifestSha256();
    clock.pass(Duration.ofHours(30));
    single.timestamp(1, sha256, SIGNED.plus(Duration.ofHours(30)));
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UNCHANGED);
    clock.pass(Duration.ofHours(10));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    single.write(Layout.TIMESTAMP, first);
    assertThat(client.refresh().reason()).isEqualTo("replayed_timestamp");
    assertRefused(ListClient.open(options), "expired timestamp of the same version, with the mark");
    assertStale(ListClient.open(single.options(clock)), "the same without the mark");
    clock.pass(Duration.ofDays(3));
    assertStale(client, "no fresh timestamp came");
  }

  @Test
  void theVersionBeforeAnswersOnlyUntilItsOwnExpiry() {
    PublishedFolder single = single();
    ListClient client = ListClient.open(single.options(clock));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    single.write(Layout.TIMESTAMP, "x.y.z");
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.REFUSED);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    clock.pass(Duration.ofHours(36));
    assertStale(client, "beyond its own expiry");
  }

  @Test
  void aVersionThatDoesNotDescendFromTheOneSeenIsRefused() throws IOException {
    folder.openWithMark();
    published.publish(3, PublishedFolder.content());
    String manifest = folder.manifestJws(2);
    Files.delete(folder.lists.resolve("2").resolve(Layout.MANIFEST));
    assertRefused(folder.openWithMark(), "gap in the chain");
    published.write("2/" + Layout.MANIFEST, folder.manifestJws(1));
    assertRefused(folder.openWithMark(), "another version's manifest in the chain");
    published.write("2/" + Layout.MANIFEST, manifest);
    String forked = folder.changedManifest(text -> text.replace("\"R-1\"", "\"R-2\""));
    published.write("2/" + Layout.MANIFEST, forked);
    assertRefused(folder.openWithMark(), "forked chain");
    published.write("2/" + Layout.MANIFEST, manifest);
    ListClient whole = folder.openWithMark();
    assertThat(whole.lastRefresh().state()).isEqualTo(RefreshResult.State.UPDATED);
  }

  @Test
  void aChainOfAnotherBeginningIsRefused() {
    folder.openWithMark();
    folder.resignManifest(
        text ->
            text.replaceFirst(
                "(\"previous_manifest_sha256\":\")[0-9a-f]{64}", "$1" + "0".repeat(64)));
    assertRefused(folder.openWithMark(), "another version before");
  }

  @Test
  void anotherListUnderTheSameNumberIsRefused() {
    folder.openWithMark();
    folder.resignManifest(text -> text.replace("\"R-1\"", "\"R-2\""));
    ListClient client = folder.openWithMark();
    assertRefused(client, "same number, other list");
    assertThat(client.lastRefresh().reason()).isEqualTo("fork");
  }

  @Test
  void aClockSetBackDoesNotMakeAnExpiredListFresh() {
    ListClient client = ListClient.open(single().options(clock));
    clock.pass(Duration.ofHours(40));
    clock.set(SIGNED.minus(Duration.ofDays(300)));
    assertStale(client, "clock set back");
    client.refresh();
    assertStale(client, "clock set back, then refreshed");
  }

  /** The client starts with a clock that stands in the past, on a list that expired in truth. */
  @Test
  void aClockSetBackBeforeTheStartIsBoundByTheNewestSignedTime() {
    clock.set(SIGNED.minus(Duration.ofDays(300)));
    ListClient client = ListClient.open(single().options(clock));
    assertThat(client.check(QUERY).checkedAt()).isEqualTo(SIGNED);
    clock.pass(Duration.ofHours(36));
    assertStale(client, "its validity has passed since");
  }

  @Test
  void aClockThatJumpedAheadDoesNotPoisonTheClient() {
    ClientOptions options = single().options(clock).withMark(folder.mark);
    ListClient client = ListClient.open(options);
    clock.set(SIGNED.plus(Duration.ofDays(3000)));
    assertStale(client, "clock ahead");
    client.refresh();
    clock.set(SIGNED.plus(Duration.ofHours(3)));
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(ListClient.open(options).check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
  }

  @Test
  void aMarkThatCannotBeReadOrKeptIsNotPassedOver() throws IOException {
    folder.openWithMark();
    String good = Files.readString(folder.mark);
    for (String bad :
        List.of(
            "",
            "{}",
            "garbage",
            "x".repeat(20_000),
            good + good,
            good.replace("\"version\":2", "\"version\":2,\"version\":1"),
            good.substring(0, good.length() / 2))) {
      Files.writeString(folder.mark, bad);
      assertRefused(folder.openWithMark(), "mark " + bad);
    }
    Path file = Files.createFile(temp.resolve("file"));
    ListClient client =
        ListClient.open(published.options(clock).withMark(file.resolve("mark.json")));
    assertRefused(client, "mark below a file");
    assertThat(client.lastRefresh().reason()).isEqualTo("mark_not_kept");
  }
}
