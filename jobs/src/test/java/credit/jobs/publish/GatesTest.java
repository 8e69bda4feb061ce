package credit.jobs.publish;

import static credit.jobs.publish.Samples.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.Coverage;
import credit.approval.format.ListContent;
import credit.approval.format.ListFile;
import credit.approval.format.Manifest;
import credit.approval.format.PublishedFiles;
import credit.jobs.publish.ListedEntry.ListName;
import credit.jobs.publish.PublishSettings.ChangeLimits;
import credit.schemas.Schemas;
import credit.schemas.SourceContract;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatesTest {
  private static final ChangeLimits LIMITS =
      new ChangeLimits(new BigDecimal("0.30"), new BigDecimal("0.10"), 2);
  private static final Collection<SourceContract> SOURCES = Schemas.bundled().sources().values();

  private static List<String> entries(boolean allowPending, ListedEntry... entries) {
    return Gates.entries(
        List.of(entries), Set.of(Samples.RULE), Set.of("serious_violations"), allowPending);
  }

  @Test
  void aLegalActByAListRulePasses() {
    assertThat(entries(false, Samples.restriction(1))).isEmpty();
  }

  @Test
  void aShadowEntryIsNeverPublished() {
    ListedEntry shadow = Samples.entry(ListName.RESTRICTIONS, 1, "shadow");
    assertThat(shadow.goesOut(DAY.minusYears(1))).isFalse();
    assertThat(entries(true, shadow)).singleElement().asString().contains("shadow");
  }

  @Test
  void aPendingRulesEntryGoesOutOnlyWhereThatIsAllowed() {
    ListedEntry pending = pending(Samples.restriction(1));
    assertThat(entries(true, pending)).isEmpty();
    assertThat(entries(false, pending)).singleElement().asString().contains("--allow-pending");
  }

  @Test
  void anEntryWithoutActBasisOrFirstDayIsRefused() {
    ListedEntry e = Samples.restriction(1);
    assertThat(entries(true, changed(e, "", e.basis(), e.from(), e.rule(), e.sourceRecords())))
        .singleElement()
        .asString()
        .contains("no act");
    assertThat(entries(true, changed(e, e.actNo(), " \n", e.from(), e.rule(), e.sourceRecords())))
        .singleElement()
        .asString()
        .contains("no legal basis");
    assertThat(entries(true, changed(e, e.actNo(), e.basis(), null, e.rule(), e.sourceRecords())))
        .singleElement()
        .asString()
        .contains("no first day");
  }

  @Test
  void anEntryThatNamesAScoreIsRefused() {
    ListedEntry e = Samples.restriction(1);
    assertThat(
            entries(
                true, changed(e, e.actNo(), e.basis(), e.from(), "risk-score", e.sourceRecords())))
        .singleElement()
        .asString()
        .contains("never from a score");
    assertThat(
            entries(
                true, changed(e, e.actNo(), e.basis(), e.from(), e.rule(), List.of("scores/1/1"))))
        .singleElement()
        .asString()
        .contains("does not rest on records");
    assertThat(entries(true, changed(e, e.actNo(), e.basis(), e.from(), e.rule(), List.of())))
        .singleElement()
        .asString()
        .contains("does not rest on records");
  }

  @Test
  void anEntryThatStandsTwiceIsRefused() {
    assertThat(entries(true, Samples.restriction(1), Samples.restriction(1))).hasSize(1);
  }

  @Test
  void aDeliveryThatDoesNotBalanceIsRefused() {
    Delivery good = Samples.delivery("penalties", DAY, "accepted");
    Delivery bad =
        new Delivery("penalties", "p/x.csv", DAY, DAY, Instant.EPOCH, "accepted", 10, 8, 0, 1, 0);
    assertThat(Gates.balance(List.of(good))).isEmpty();
    assertThat(Gates.balance(List.of(good, bad)))
        .singleElement()
        .asString()
        .contains("p/x.csv", "10 rows in");
  }

  @Test
  void anOlderAsOfNeverReplacesANewer() {
    ListContent none = ListContent.empty();
    Manifest inForce =
        Samples.statement(DAY).manifest(1, null, none.entries(none.deltaFrom(none)), Instant.EPOCH);
    assertThat(Gates.order(null, DAY, DAY)).isEmpty();
    assertThat(Gates.order(inForce, DAY, DAY)).isEmpty();
    assertThat(Gates.order(inForce, DAY.plusDays(1), DAY)).isEmpty();
    assertThat(Gates.order(inForce, DAY.minusDays(1), DAY)).hasSize(1);
    assertThat(Gates.order(inForce, DAY, DAY.minusDays(1))).hasSize(1);
  }

  @Test
  void aDayThatHasNotComeIsNotPublished() {
    assertThat(Gates.day(DAY, DAY)).isEmpty();
    assertThat(Gates.day(DAY.plusDays(1), DAY))
        .singleElement()
        .asString()
        .contains("as of " + DAY.plusDays(1), "today is " + DAY, "--as-of " + DAY);
  }

  @Test
  void aRequiredSourceThatWasNeverDeliveredStopsThePublication() {
    Coverage missing = Samples.coverage(null);
    assertThat(Gates.coverage(List.of(Samples.coverage(DAY)))).isEmpty();
    assertThat(Gates.coverage(List.of(missing)))
        .singleElement()
        .asString()
        .contains("serious_violations");
    assertThat(Gates.coverage(List.of())).singleElement().asString().contains("no source");
  }

  @Test
  void aRefusedDeliveryLetsItsSourceStandStillUntilItIsResent() {
    LocalDate may = LocalDate.of(2026, 5, 31);
    Delivery april = Samples.delivery("promises", LocalDate.of(2026, 4, 30), "accepted");
    Delivery refused = Samples.delivery("promises", may, "refused");
    Delivery june = Samples.delivery("promises", DAY, "accepted");
    assertThat(through("promises", april, refused, june)).isEqualTo(april.declaredOn());

    Delivery replaced =
        new Delivery(
            "promises",
            "promises/2026-05-31/b.csv",
            may,
            may,
            refused.ingestedAt().plusSeconds(60),
            "accepted",
            1,
            1,
            0,
            0,
            0);
    assertThat(through("promises", april, refused, june, replaced)).isEqualTo(DAY);
    assertThat(through("promises")).isNull();
  }

  @Test
  void theListsAnswerBackToTheFirstDayOnWhichAllRequiredSourcesStood() {
    List<Delivery> deliveries = new ArrayList<>();
    SOURCES.stream()
        .filter(s -> s.delivery().requiredForLists())
        .forEach(s -> deliveries.add(Samples.delivery(s.id(), DAY.minusDays(90), "accepted")));
    assertThat(SourceCoverage.firstDay(SOURCES, deliveries, DAY, DAY, 366))
        .isEqualTo(DAY.minusDays(90));
    assertThat(SourceCoverage.firstDay(SOURCES, deliveries, DAY, DAY, 30))
        .isEqualTo(DAY.minusDays(30));
  }

  private static LocalDate through(String source, Delivery... deliveries) {
    return SourceCoverage.of(SOURCES, List.of(deliveries), DAY).stream()
        .filter(c -> c.source().equals(source))
        .findFirst()
        .orElseThrow()
        .completeThrough();
  }

  @Test
  void aListThatGrowsOrShrinksBeyondTheLimitsWaitsForAnApprover() {
    List<ListedEntry> ten = Samples.restrictions(1, 11);
    assertThat(changes(ten, Samples.restrictions(1, 14))).isEmpty();
    assertThat(changes(ten, Samples.restrictions(1, 15)))
        .singleElement()
        .asString()
        .contains("restrictions.csv: 4 rows added", "--approved-by");
    assertThat(changes(ten, Samples.restrictions(3, 11))).isEmpty();
    assertThat(changes(ten, Samples.restrictions(4, 11)))
        .singleElement()
        .asString()
        .contains("3 rows removed");
  }

  @Test
  void theFirstVersionWaitsForNobody() {
    ListContent next = Samples.content(Samples.restrictions(1, 50));
    assertThat(Changes.check(null, next, List.of(), DAY, LIMITS)).isEmpty();
  }

  @Test
  void lawfulRemovalsNeverWaitForTheChangeLimit() {
    ListContent before = Samples.content(Samples.restrictions(1, 31));
    List<ListedEntry> now = new ArrayList<>();
    for (String state : List.of("removed", "annulled", "ended", "repaired", "suspended")) {
      now.clear();
      IntStream.range(1, 31).forEach(n -> now.add(Samples.entry(ListName.RESTRICTIONS, n, state)));
      ListContent next = Samples.content(List.of());
      assertThat(Changes.check(before, next, now, DAY, LIMITS)).as(state).isEmpty();
    }
    assertThat(Changes.check(before, Samples.content(List.of()), List.of(), DAY, LIMITS))
        .hasSize(1);
  }

  @Test
  void anEndedEntryStaysWhileTheListsAnswerForItsDays() {
    ListedEntry ended = Samples.entry(ListName.RESTRICTIONS, 1, "ended");
    assertThat(ended.goesOut(LocalDate.of(2026, 5, 31))).isTrue();
    assertThat(ended.goesOut(LocalDate.of(2026, 6, 1))).isFalse();
    for (String state : List.of("repaired", "withdrawn", "suspended", "annulled", "barred")) {
      assertThat(Samples.entry(ListName.RESTRICTIONS, 1, state).goesOut(DAY.minusYears(1)))
          .as(state)
          .isFalse();
    }
  }

  @Test
  void anEntryWhoseSuspensionEndsOnAKnownDayGoesOutForTheDaysFromThenOn() {
    ListedEntry suspended = Samples.suspendedUntil(DAY.plusDays(2));
    assertThat(suspended.goesOut(DAY.minusYears(1))).isTrue();
    assertThat(suspended.isListed()).as("taken down from the public page meanwhile").isFalse();
    ListContent content = Samples.content(List.of(suspended));
    assertThat(PublishedFiles.restrictions(content.bytes(ListFile.RESTRICTIONS)))
        .singleElement()
        .satisfies(r -> assertThat(r.effectiveFrom()).isEqualTo(DAY.plusDays(2)));
  }

  private static List<String> changes(List<ListedEntry> before, List<ListedEntry> now) {
    return Changes.check(Samples.content(before), Samples.content(now), now, DAY, LIMITS);
  }

  private static ListedEntry pending(ListedEntry e) {
    return new ListedEntry(
        e.list(),
        e.entryId(),
        e.idScheme(),
        e.code(),
        e.name(),
        e.scope(),
        e.item(),
        e.from(),
        e.until(),
        e.cause(),
        e.basis(),
        e.actNo(),
        e.actAuthority(),
        e.actDate(),
        e.sourceRecords(),
        e.rule(),
        true,
        e.state(),
        e.nextState());
  }

  private static ListedEntry changed(
      ListedEntry e,
      String actNo,
      String basis,
      LocalDate from,
      String rule,
      List<String> records) {
    return new ListedEntry(
        e.list(),
        e.entryId(),
        e.idScheme(),
        e.code(),
        e.name(),
        e.scope(),
        e.item(),
        from,
        e.until(),
        e.cause(),
        basis,
        actNo,
        e.actAuthority(),
        e.actDate(),
        records,
        rule,
        e.pending(),
        e.state(),
        e.nextState());
  }
}
