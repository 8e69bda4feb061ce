package credit.approval;

import static credit.approval.PublishedFolder.CLEAN;
import static credit.approval.PublishedFolder.SIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.format.KeySet.Role;
import credit.approval.format.Layout;
import credit.approval.format.ListContent;
import credit.approval.format.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key is stolen and revoked while clients hold lists: never CLEAR by it, and back by the new. */
class RevocationTest {
  private static final Query QUERY =
      Query.of(CLEAN, Mode.NOTIFY_AND_COMMIT).withAt(LocalDate.parse("2026-06-30"));

  @TempDir Path temp;
  private final TestClock clock = new TestClock(SIGNED.plus(Duration.ofHours(2)));
  private final ListContent barred =
      PublishedFolder.content(
          List.of(
              PublishedFolder.restriction(
                  "E-9", CLEAN, Mode.NOTIFY_AND_COMMIT, "", "2026-06-01", null)),
          PublishedFolder.AS_OF);
  private PublishedFolder published;

  @BeforeEach
  void publish() {
    published = new PublishedFolder(temp.resolve("lists"));
    published.publish(1, PublishedFolder.content());
  }

  private ListClient open(boolean kept) {
    ClientOptions options = published.options(clock);
    return ListClient.open(kept ? options.withMark(temp.resolve("mark.json")) : options);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void afterTheListsKeyIsRevokedAVersionByTheNewKeyBringsTheClientBack(boolean kept) {
    ListClient client = open(kept);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    published.replaceKey(Role.LISTS, true, SIGNED.plusSeconds(60));
    assertThat(client.refresh().reason()).isEqualTo("key_revoked");
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(client.check(QUERY).reasons()).containsExactly("key_revoked");
    published.publish(2, PublishedFolder.content(), SIGNED.plusSeconds(120));
    assertThat(client.refresh().message()).isEmpty();
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(open(kept).check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
  }

  @Test
  void aClientThatWasAwayDuringTheRevocationComesBackOverSeveralVersions() {
    open(true);
    published.publish(2, barred, SIGNED.plusSeconds(30));
    published.replaceKey(Role.LISTS, true, SIGNED.plusSeconds(60));
    published.publish(5, PublishedFolder.content(), SIGNED.plusSeconds(120));
    published.publish(6, barred, SIGNED.plusSeconds(180));
    ListClient client = open(true);
    assertThat(client.lastRefresh().message()).isEmpty();
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  @Test
  void whatTheRevokedKeySignedAnswersNotEvenFromTheArchive() {
    published.replaceKey(Role.LISTS, true, SIGNED.plusSeconds(60));
    published.publish(2, barred, SIGNED.plusSeconds(120));
    ListClient client = open(false);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThatThrownBy(() -> client.view().archived(1)).hasMessageContaining("is revoked");
  }

  @Test
  void aKeyThatWasOnlyReplacedKeepsItsListsInForce() {
    ListClient client = open(true);
    published.replaceKey(Role.LISTS, false, SIGNED.plusSeconds(60));
    assertThat(client.refresh().message()).isEmpty();
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
    published.publish(2, barred, SIGNED.plusSeconds(120));
    client.refresh();
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(client.view().archived(1).check(QUERY).outcome()).isEqualTo(Outcome.CLEAR);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aThiefOfBothKeysWhoRanAheadLocksNobodyOutOnceTheyAreRevoked(boolean kept) {
    ListClient client = open(kept);
    PublishedFolder.State honest = published.state();
    // The thief clears a firm under a number and a time that no honest publisher reaches soon.
    published.publish(900, PublishedFolder.content(), SIGNED.plus(Duration.ofHours(30)));
    client.refresh();
    assertThat(client.list().orElseThrow().version()).isEqualTo(900);
    published.restore(honest);
    published.replaceKey(Role.LISTS, true, SIGNED.plusSeconds(7_000));
    published.replaceKey(Role.TIMESTAMP, true, SIGNED.plusSeconds(7_001));
    client.refresh();
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.UNAVAILABLE);
    published.publish(2, barred, SIGNED.plusSeconds(7_060));
    assertThat(client.refresh().message()).isEmpty();
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(open(kept).check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  @Test
  void aTimestampOfBeforeTheRevocationDoesNotComeBackThroughIt() {
    published.replaceKey(Role.TIMESTAMP, false, SIGNED.plusSeconds(600));
    published.publish(2, barred, SIGNED.plusSeconds(660));
    String replaced = published.signTimestampByFirstKey(1, SIGNED.plusSeconds(30));
    ListClient client = open(true);
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.RESTRICTED);
    published.replaceKey(Role.TIMESTAMP, true, SIGNED.plusSeconds(700));
    // Version 1 under the first timestamp key, which was replaced in time and never revoked.
    published.write(Layout.TIMESTAMP, replaced);
    assertThat(client.refresh().reason()).isEqualTo("replayed_timestamp");
    assertThat(client.check(QUERY).permitted()).isFalse();
    assertThat(open(true).check(QUERY).permitted()).isFalse();
  }

  @Test
  void olderKeysAreRefusedAlsoBeforeAnyListWasTaken() {
    String before = published.read(Layout.KEYS);
    published.replaceKey(Role.LISTS, true, SIGNED.plusSeconds(60));
    ListClient client = open(false);
    assertThat(client.lastRefresh().reason()).isEqualTo("key_revoked");
    published.write(Layout.KEYS, before);
    assertThat(client.refresh().reason()).isEqualTo("rollback");
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.UNAVAILABLE);
  }

  @Test
  void aClosedClientAnswersUnavailable() {
    ListClient client = open(false);
    client.close();
    assertThat(client.check(QUERY).outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(client.refresh().reason()).isEqualTo("closed");
  }
}
