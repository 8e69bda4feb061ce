package credit.approval;

import static credit.approval.PublishedFolder.CLEAN;
import static credit.approval.PublishedFolder.ITEM_BARRED;
import static credit.approval.PublishedFolder.LISTED;
import static credit.approval.PublishedFolder.SIGNED;
import static credit.approval.PublishedFolder.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import credit.approval.format.Mode;
import credit.approval.format.Restriction;
import credit.approval.id.IdScheme;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomesTest {
  private static final Mode MODE = Mode.NOTIFY_AND_COMMIT;
  private static final LocalDate DAY = LocalDate.parse("2026-06-30");

  @TempDir Path folder;
  private final TestClock clock = new TestClock(SIGNED.plus(Duration.ofHours(1)));
  private PublishedFolder published;
  private ListClient client;

  @BeforeEach
  void publish() {
    published = new PublishedFolder(folder);
    published.publish(1, PublishedFolder.content());
    client = ListClient.open(published.options(clock));
  }

  private Answer ask(String code, String item, String at) {
    return client.check(Query.of(code, MODE).withItem(item).withAt(LocalDate.parse(at)));
  }

  @Test
  void firmWithoutEntryIsClearAndNamesTheSourcesSearched() {
    Answer answer = ask(CLEAN, "I05", "2026-06-30");
    assertThat(answer.outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(answer.permitted()).isTrue();
    assertThat(answer.sources())
        .extracting("source")
        .containsExactly("court", "honours", "serious-violations");
    assertThat(answer.incentives()).extracting("measure").containsExactly("green-channel");
    assertThat(answer.list().version()).isEqualTo(1);
    assertThat(answer.list().rulesPendingReview()).containsExactly("R-1");
  }

  @Test
  void listedFirmIsRestrictedByEachOfItsEntriesWithBasisAndAct() {
    Answer answer = ask(LISTED, "", "2026-06-30");
    assertThat(answer.outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(answer.permitted()).isFalse();
    assertThat(answer.restrictions())
        .extracting(Restriction::entryId)
        .containsExactly("E-1", "E-2");
    assertThat(answer.restrictions().get(0).basis()).isEqualTo(PublishedFolder.BASIS);
  }

  @Test
  void aModeThatNoEntryBarsIsClearForAListedFirm() {
    Query query = Query.of(LISTED, Mode.DEFICIENCY_TOLERANT).withAt(DAY);
    assertThat(client.check(query).outcome()).isEqualTo(Outcome.CLEAR);
  }

  @Test
  void intervalsAreHalfOpen() {
    Mode mode = Mode.LICENCE_FIRST;
    Query query = Query.of(LISTED, mode);
    assertThat(client.check(query.withAt(LocalDate.parse("2024-12-31"))).outcome())
        .isEqualTo(Outcome.CLEAR);
    assertThat(client.check(query.withAt(LocalDate.parse("2025-01-01"))).outcome())
        .isEqualTo(Outcome.RESTRICTED);
    Restriction ended =
        PublishedFolder.restriction("E-9", CLEAN, mode, "", "2026-01-01", "2026-06-30");
    published.publish(2, PublishedFolder.content(List.of(ended), PublishedFolder.AS_OF));
    client.refresh();
    Query clean = Query.of(CLEAN, mode);
    assertThat(client.check(clean.withAt(LocalDate.parse("2026-06-29"))).outcome())
        .isEqualTo(Outcome.RESTRICTED);
    assertThat(client.check(clean.withAt(LocalDate.parse("2026-06-30"))).outcome())
        .isEqualTo(Outcome.CLEAR);
  }

  @Test
  void withoutAnItemABarOnAnyItemCountsAndNamesItsScope() {
    Answer answer = ask(ITEM_BARRED, "", "2026-06-29");
    assertThat(answer.outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(answer.restrictions().get(0).item()).isEqualTo("I05");
    assertThat(answer.reasons()).containsExactly("serious_violation:I05");
  }

  @Test
  void aBarOnOneItemDoesNotBarAnother() {
    assertThat(ask(ITEM_BARRED, "I05", "2026-06-29").outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(ask(ITEM_BARRED, "I06", "2026-06-29").outcome()).isEqualTo(Outcome.CLEAR);
  }

  @Test
  void anItemThatTheCatalogueDoesNotHaveIsNeverClear() {
    assertThat(ask(CLEAN, "I5", "2026-06-30").reasons()).containsExactly("item_unknown");
    assertThat(ask(CLEAN, "I5", "2026-06-30").outcome()).isEqualTo(Outcome.OUT_OF_COVERAGE);
    assertThat(ask(ITEM_BARRED, "I5", "2026-06-29").outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  @Test
  void excludedItemIsNotEligibleWhoeverAppliesAndSaysNothingOfTheFirm() {
    Answer answer = ask(LISTED, "I07", "2026-06-30");
    assertThat(answer.outcome()).isEqualTo(Outcome.ITEM_NOT_ELIGIBLE);
    assertThat(answer.restrictions()).isEmpty();
    assertThat(answer.incentives()).isEmpty();
    assertThat(answer.sources()).isEmpty();
    assertThat(answer.toJson()).doesNotContain("serious_violation");
  }

  @Test
  void aFirmThatIsNotAmongTheSubjectsIsNeverClear() {
    assertThat(ask(UNKNOWN, "", "2026-06-30").outcome()).isEqualTo(Outcome.OUT_OF_COVERAGE);
    assertThat(ask(UNKNOWN, "", "2026-06-30").reasons()).containsExactly("subject_unknown");
    assertThat(ask(ITEM_BARRED, "I06", "2026-06-30").reasons())
        .containsExactly("subject_not_covered_then");
  }

  @Test
  void aRestrictedFirmOutsideTheSubjectsStaysRestricted() {
    assertThat(ask(ITEM_BARRED, "I05", "2026-06-30").outcome()).isEqualTo(Outcome.RESTRICTED);
  }

  @Test
  void anInvalidCodeIsToldBeforeAnythingElse() {
    assertThat(ask("91350100M000100Y4Z", "I07", "2099-01-01").outcome())
        .isEqualTo(Outcome.INVALID_CODE);
    clock.pass(Duration.ofDays(10));
    assertThat(ask("91350100M000100Y4Z", "", "2026-06-30").outcome())
        .isEqualTo(Outcome.INVALID_CODE);
  }

  @Test
  void theSchemeAskedForIsTheOneChecked() {
    Query query = Query.of("110108000000016", MODE).withAt(DAY);
    assertThat(client.check(query).outcome()).isEqualTo(Outcome.INVALID_CODE);
    assertThat(client.check(query.withScheme(IdScheme.REG_NO_15)).outcome())
        .isEqualTo(Outcome.OUT_OF_COVERAGE);
  }

  @Test
  void codeIsReadHoweverItIsTyped() {
    assertThat(ask(" 91350100-m000100y43　", "", "2026-06-30").outcome()).isEqualTo(Outcome.CLEAR);
  }

  @Test
  void aDayBeyondTheListIsStaleAndOneBeforeItsFirstDayOutOfCoverage() {
    assertThat(ask(CLEAN, "", "2026-07-03").outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(ask(CLEAN, "", "2026-07-04").outcome()).isEqualTo(Outcome.STALE);
    assertThat(ask(CLEAN, "", "2023-07-01").outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(ask(CLEAN, "", "2023-06-30").outcome()).isEqualTo(Outcome.OUT_OF_COVERAGE);
    assertThat(ask(CLEAN, "I07", "2023-06-30").reasons()).containsExactly("before_first_day");
  }

  @Test
  void theDayAskedForDefaultsToTodayInShanghai() {
    clock.set(java.time.Instant.parse("2026-07-02T16:30:00Z"));
    assertThat(client.check(Query.of(CLEAN, MODE)).at()).isEqualTo(LocalDate.parse("2026-07-03"));
  }

  @Test
  void aRequiredSourceThatIsNotCompleteLeavesNothingClear() {
    published.publish(2, PublishedFolder.content(List.of(), LocalDate.parse("2026-06-22")));
    client.refresh();
    Answer late = ask(CLEAN, "", "2026-06-30");
    assertThat(late.outcome()).isEqualTo(Outcome.OUT_OF_COVERAGE);
    assertThat(late.reasons()).containsExactly("source_incomplete:court");
    assertThat(ask(CLEAN, "", "2026-06-29").outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(ask(CLEAN, "", "2026-07-02").outcome()).isEqualTo(Outcome.OUT_OF_COVERAGE);
    assertThat(ask(LISTED, "", "2026-06-30").outcome()).isEqualTo(Outcome.RESTRICTED);
    published.publish(3, PublishedFolder.content(List.of(), null));
    client.refresh();
    assertThat(ask(CLEAN, "", "2024-01-01").outcome()).isEqualTo(Outcome.OUT_OF_COVERAGE);
  }

  @Test
  void aNewApplicantIsAnsweredAsSuchWithItsRelatedEntitiesBeside() {
    Query query =
        Query.newApplicant(MODE, "I05", List.of(LISTED, CLEAN, "91350100M000100Y4Z")).withAt(DAY);
    Answer answer = client.check(query);
    assertThat(answer.outcome()).isEqualTo(Outcome.NEW_APPLICANT);
    assertThat(answer.permitted()).isFalse();
    assertThat(answer.reasons()).containsExactly("new_applicant_permitted_by_item");
    assertThat(answer.restrictions()).isEmpty();
    assertThat(answer.related())
        .extracting(Answer::outcome)
        .containsExactly(Outcome.RESTRICTED, Outcome.CLEAR, Outcome.INVALID_CODE);
  }

  @Test
  void aNewApplicantGetsWhatTheItemsRulePermits() {
    assertThat(newApplicant("I06").reasons()).containsExactly("new_applicant_refused_by_item");
    assertThat(newApplicant("").reasons()).containsExactly("new_applicant_unknown_by_item");
    assertThat(newApplicant("I07").outcome()).isEqualTo(Outcome.ITEM_NOT_ELIGIBLE);
    clock.pass(Duration.ofDays(3));
    assertThat(newApplicant("I05").outcome()).isEqualTo(Outcome.STALE);
  }

  private Answer newApplicant(String item) {
    return client.check(Query.newApplicant(MODE, item, List.of()).withAt(DAY));
  }

  @Test
  void expiredTimestampIsNeverAnsweredClear() {
    clock.pass(Duration.ofHours(34).plusMinutes(59));
    assertThat(ask(CLEAN, "", "2026-06-30").outcome()).isEqualTo(Outcome.CLEAR);
    clock.pass(Duration.ofMinutes(1));
    assertThat(ask(CLEAN, "", "2026-06-30").outcome()).isEqualTo(Outcome.STALE);
    assertThat(ask(LISTED, "I07", "2023-06-30").reasons()).containsExactly("timestamp_expired");
    assertThat(client.view().isFresh()).isFalse();
  }

  @Test
  void withoutAListTheAnswerIsUnavailableAndSaysWhy() {
    ListClient none =
        ListClient.open(ClientOptions.of(folder.resolve("x"), published.root.getPublic()));
    Answer answer = none.check(Query.of("nonsense", MODE));
    assertThat(answer.outcome()).isEqualTo(Outcome.UNAVAILABLE);
    assertThat(answer.reasons()).containsExactly("file_missing");
    assertThat(none.list()).isEmpty();
  }

  @Test
  void anArchivedVersionTellsWhatWasKnownAndNeverPermits() {
    Restriction late = PublishedFolder.restriction("E-9", CLEAN, MODE, "", "2026-06-01", null);
    published.publish(2, PublishedFolder.content(List.of(), PublishedFolder.AS_OF));
    published.publish(5, PublishedFolder.content(List.of(late), PublishedFolder.AS_OF));
    client.refresh();
    Query query = Query.of(CLEAN, MODE).withAt(DAY);
    Answer then = client.view().archived(2).check(query);
    assertThat(then.outcome()).isEqualTo(Outcome.CLEAR);
    assertThat(then.historical()).isTrue();
    assertThat(then.permitted()).isFalse();
    assertThat(then.list().version()).isEqualTo(2);
    assertThat(client.check(query).outcome()).isEqualTo(Outcome.RESTRICTED);
    assertThat(client.view().archived(5).check(query).permitted()).isFalse();
  }

  @Test
  void answersOfTwoListsInTurnTellEachItsOwnSourcesAndVersion(@TempDir Path other) {
    PublishedFolder lagging = new PublishedFolder(other);
    lagging.publish(3, PublishedFolder.content(List.of(), DAY.minusDays(9)));
    ListClient second = ListClient.open(lagging.options(clock));
    for (int turn = 0; turn < 2; turn++) {
      assertThat(ask(CLEAN, "", "2026-06-30").toJson())
          .contains("\"complete_through\":\"2026-06-30\"", "\"version\":1")
          .doesNotContain("2026-06-21", "\"version\":3");
      assertThat(second.check(Query.of(CLEAN, MODE).withAt(DAY)).toJson())
          .contains("\"complete_through\":\"2026-06-21\"", "\"version\":3");
    }
  }

  @Test
  void aCodeTooLongIsToldShortenedButNotWithinACharacter() {
    String told = ask("x".repeat(63) + "\ud842\udfb7 and more", "", "2026-06-30").code();
    assertThat(told).isEqualTo("X".repeat(63));
    assertThat(ask("7".repeat(70), "", "2026-06-30").code()).isEqualTo("7".repeat(64));
  }

  @Test
  void everyRefusalSaysThatTheOrdinaryProcedureStaysOpen() {
    assertThat(ask(LISTED, "", "2026-06-30").toJson())
        .contains("\"simplified_handling\":\"not available\",\"ordinary_procedure\":\"open\"");
    assertThat(ask(CLEAN, "", "2026-06-30").toJson())
        .contains("\"permitted\":true")
        .contains("\"simplified_handling\":\"available\"");
  }
}
