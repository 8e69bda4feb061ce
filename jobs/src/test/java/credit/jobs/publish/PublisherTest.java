package credit.jobs.publish;

import static credit.jobs.publish.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import credit.approval.Answer;
import credit.approval.ListClient;
import credit.approval.Outcome;
import credit.approval.RefreshResult;
import credit.approval.format.ListContent;
import credit.jobs.publish.Publication.State;
import credit.jobs.warehouse.ExitCode;
import credit.jobs.warehouse.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublisherTest {
  private static final ListContent TWO = Samples.content(Samples.restrictions(1, 3));
  private static final ListContent THREE = Samples.content(Samples.restrictions(1, 4));

  @TempDir Path folder;

  @Test
  void whatIsPublishedIsWhatTheClientAnswersFrom() {
    Published house = new Published(folder);
    house.publish(TWO);

    Answer listed = house.check(1);
    assertThat(listed.outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(listed.restrictions().get(0).actNo()).isEqualTo("珠市监罚〔2026〕1号");
    assertThat(house.check(9).outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(house.check(77).outcome()).isEqualTo(Outcome.OUT_OF_COVERAGE);
  }

  @Test
  void nothingChangedPublishesNoNewVersionButAFreshTimestamp() {
    Published house = new Published(folder);
    house.publish(TWO);
    ListClient client = house.client();
    var expiry = client.list().orElseThrow().expiresAt();

    house.clock.pass(Duration.ofHours(20));
    Publisher.Result second = house.publish(TWO);

    assertThat(second).isEqualTo(new Publisher.Result(1, false));
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UNCHANGED);
    assertThat(client.list().orElseThrow().expiresAt())
        .isEqualTo(expiry.plus(Duration.ofHours(20)));
    assertThat(house.states()).containsExactly(State.PREPARED, State.PUBLISHED, State.TIMESTAMPED);
  }

  @Test
  void aNewDayIsANewVersionAlthoughNoRowChanged() {
    Published house = new Published(folder);
    house.publish(TWO);
    assertThat(house.publish(TWO, DAY.plusDays(1))).isEqualTo(new Publisher.Result(2, true));
  }

  @Test
  void aVersionFollowsOnTheOneBeforeSoThatAClientThatSawItGoesOn() {
    Published house = new Published(folder);
    house.publish(TWO);
    ListClient client = house.client();
    house.clock.pass(Duration.ofHours(1));
    house.publish(THREE);
    house.clock.pass(Duration.ofHours(1));
    house.publish(TWO);

    RefreshResult refreshed = client.refresh();
    assertThat(refreshed.state()).as(refreshed.message()).isEqualTo(RefreshResult.State.UPDATED);
    assertThat(client.list().orElseThrow().version()).isEqualTo(3);
    assertThat(house.check(3).outcome()).isEqualTo(Outcome.CLEAR);
  }

  /** After which step the process dies. */
  enum Cut {
    BEFORE_PREPARED,
    BEFORE_FOLDER,
    BEFORE_TIMESTAMP,
    BEFORE_PUBLISHED,
    AFTER_PUBLISHED;

    void die(Published house, ListContent content) {
      assertThatThrownBy(() -> publisher(house).publish(Samples.statement(DAY), content, null))
          .isInstanceOf(Published.Kill.class);
    }

    private Publisher publisher(Published house) {
      return switch (this) {
        case BEFORE_PREPARED -> house.publisher(is(State.PREPARED), row -> false, false);
        case BEFORE_FOLDER -> house.publisher(row -> false, is(State.PREPARED), false);
        case BEFORE_TIMESTAMP -> house.publisher(row -> false, row -> false, true);
        case BEFORE_PUBLISHED -> house.publisher(is(State.PUBLISHED), row -> false, false);
        case AFTER_PUBLISHED -> house.publisher(row -> false, is(State.PUBLISHED), false);
      };
    }

    private static Predicate<Publication> is(State state) {
      return row -> row.state() == state;
    }
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void aKillBetweenFolderAndLedgerIsAdopted(Cut cut) throws IOException {
    Published house = new Published(folder);
    cut.die(house, TWO);
    Map<Long, String> seen = manifests(house);
    house.clock.pass(Duration.ofMinutes(5));

    Publisher.Result again = house.publish(TWO);

    assertThat(again.version()).isEqualTo(1);
    assertThat(house.states()).containsOnlyOnce(State.PUBLISHED);
    assertThat(house.states()).doesNotContain(State.ABANDONED);
    assertThat(manifests(house)).containsAllEntriesOf(seen);
    assertThat(house.check(1).outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void aKilledVersionWhoseListsChangedSinceNeverGetsAnotherContent(Cut cut) throws IOException {
    Published house = new Published(folder);
    house.publish(TWO);
    house.clock.pass(Duration.ofMinutes(5));
    cut.die(house, THREE);
    Map<Long, String> seen = manifests(house);
    house.clock.pass(Duration.ofMinutes(5));
    ListContent four = Samples.content(Samples.restrictions(1, 5));

    Publisher.Result again = house.publish(four);

    assertThat(again.isNew()).isTrue();
    assertThat(again.version()).isEqualTo(cut == Cut.BEFORE_PREPARED ? 2 : 3);
    manifests(house).forEach((n, m) -> assertThat(seen.getOrDefault(n, m)).isEqualTo(m));
    assertThat(house.check(4).outcome()).isEqualTo(Outcome.RESTRICTED);
    boolean neverInForce = cut == Cut.BEFORE_FOLDER || cut == Cut.BEFORE_TIMESTAMP;
    assertThat(house.states().contains(State.ABANDONED)).isEqualTo(neverInForce);
    assertThat(Files.exists(house.lists.resolve("2"))).isEqualTo(!neverInForce);
  }

  @ParameterizedTest
  @EnumSource(Cut.class)
  void aKilledVersionWhoseListsWentBackIsAbandonedOrFollowed(Cut cut) {
    Published house = new Published(folder);
    house.publish(TWO);
    house.clock.pass(Duration.ofMinutes(5));
    cut.die(house, THREE);
    house.clock.pass(Duration.ofMinutes(5));

    Publisher.Result again = house.publish(TWO);

    boolean wasInForce = cut == Cut.BEFORE_PUBLISHED || cut == Cut.AFTER_PUBLISHED;
    assertThat(again).isEqualTo(new Publisher.Result(wasInForce ? 3 : 1, wasInForce));
    assertThat(house.check(3).outcome()).isEqualTo(Outcome.CLEAR);
  }

  @Test
  void aLostLedgerIsTakenUpFromTheTimestamp() {
    Published house = new Published(folder);
    house.publish(TWO);
    house.publish(THREE);
    ListClient client = house.client();
    house.ledger.clear();
    house.clock.pass(Duration.ofHours(1));

    assertThat(house.publish(TWO)).isEqualTo(new Publisher.Result(3, true));
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UPDATED);
  }

  @Test
  void aPublishedFileCanOnlyBeReadAndAChangedOneStopsEveryFurtherVersion() throws IOException {
    Published house = new Published(folder);
    house.publish(TWO);
    Path file = house.lists.resolve("1/restrictions.csv");
    assertThat(Files.getPosixFilePermissions(file)).allMatch(p -> p.name().endsWith("_READ"));
    assertThat(file.toFile().setWritable(true)).isTrue();
    Files.writeString(file, Files.readString(file).replace("2029", "2026"));

    assertThatThrownBy(() -> house.publish(THREE))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("was changed after its publication");
  }

  @Test
  void aTimestampAloneIsRefusedOnceItsDataIsTooOld() {
    Published house = new Published(folder);
    house.publish(TWO);
    house.clock.pass(Duration.ofDays(3));
    assertThat(house.publisher().timestampOnly().version()).isEqualTo(1);

    house.clock.pass(Duration.ofDays(1));
    assertThatThrownBy(() -> house.publisher().timestampOnly())
        .isInstanceOfSatisfying(
            Failure.class, f -> assertThat(f.exitCode()).isEqualTo(ExitCode.GATE_REFUSED))
        .hasMessageContaining("as of 2026-06-30");
    assertThat(house.states())
        .containsExactly(State.PREPARED, State.PUBLISHED, State.TIMESTAMPED, State.REFUSED);
    assertThat(house.publish(TWO)).isEqualTo(new Publisher.Result(1, false));
  }

  @Test
  void aClockBehindTheLastTimestampSignsNothing() {
    Published house = new Published(folder);
    house.publish(TWO);
    house.clock.pass(Duration.ofHours(-1));
    assertThatThrownBy(() -> house.publish(TWO)).hasMessageContaining("correct the clock");
  }

  @Test
  void aRotatedKeyLeavesTheListsInForceAndSignsTheNext() {
    Published house = new Published(folder);
    house.publish(TWO);
    ListClient client = house.client();
    house.clock.pass(Duration.ofMinutes(1));
    house.keys.rotate("lists", house.lists);
    house.keys.rotate("timestamp", house.lists);
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UNCHANGED);

    house.clock.pass(Duration.ofMinutes(1));
    assertThat(house.publish(TWO)).isEqualTo(new Publisher.Result(1, false));
    house.publish(THREE);
    assertThat(client.refresh().state()).isEqualTo(RefreshResult.State.UPDATED);
    assertThat(house.check(3).outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  @Test
  void aRevokedKeysVersionIsReplacedAlthoughNothingChanged() {
    Published house = new Published(folder);
    house.publish(TWO);
    String kid = house.client().list().orElseThrow().keyId();
    house.clock.pass(Duration.ofMinutes(1));
    house.keys.revoke(kid, house.lists);
    assertThat(house.check(1).outcome()).isEqualTo(Outcome.UNAVAILABLE);

    house.clock.pass(Duration.ofMinutes(1));
    assertThat(house.publish(TWO)).isEqualTo(new Publisher.Result(2, true));
    assertThat(house.check(1).outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  private static Map<Long, String> manifests(Published house) throws IOException {
    Map<Long, String> manifests = new HashMap<>();
    if (!Files.isDirectory(house.lists)) {
      return manifests;
    }
    for (long n : List.of(1L, 2L, 3L)) {
      Path file = house.lists.resolve(n + "/manifest.jws");
      if (Files.exists(file)) {
        manifests.put(n, Files.readString(file));
      }
    }
    return manifests;
  }
}
