package credit.jobs.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import credit.jobs.cli.page.FirmView.Event;
import credit.jobs.cli.page.FirmView.Notice;
import credit.jobs.cli.page.FirmView.Source;
import credit.jobs.cli.page.FirmView.Step;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The life of a listing that a firm was told of: notice, window, decision. */
class NoticesTest {
  private static final LocalDate TOLD = LocalDate.of(2026, 5, 4);
  private static final LocalDate LAST = LocalDate.of(2026, 5, 14);
  private static final LocalDate DECIDED = LocalDate.of(2026, 6, 1);
  private static final String OFFICE = "珠海市市场监督管理局";
  private static final String NOTICE = "listing_notices/a/1";
  private static final String DECISION = "serious_violations/a/1";

  private static Event event(
      String type, String number, LocalDate day, LocalDate until, String record, Step... steps) {
    return Made.a(Event.class)
        .with("id", number)
        .with("type", type)
        .with("date", day)
        .with("knownAt", day)
        .with("until", until)
        .with("actNo", number)
        .with("authority", OFFICE)
        .with("severity", "none")
        .with("status", "announced")
        .with("steps", List.of(steps))
        .with("sources", List.of(source(record)))
        .record();
  }

  private static Source source(String record) {
    return new Source(record.substring(0, record.indexOf('/')), record, null, null, "code");
  }

  private static Step step(String name, LocalDate day, String record) {
    return new Step(day, name, day, source(record));
  }

  private static Event notice(Step... steps) {
    return event("listing_notice", "告1号", TOLD, LAST.plusDays(1), NOTICE, steps);
  }

  private static Event noticeWithoutWindow(Step... steps) {
    return event("listing_notice", "告1号", TOLD, null, NOTICE, steps);
  }

  private static Event decision(Step... steps) {
    return event("serious_violation", "列1号", DECIDED, null, DECISION, steps);
  }

  /** As the timeline of a day is: without what happens later. */
  private static Notice on(LocalDate day, Event... timeline) {
    List<Event> happened = Stream.of(timeline).filter(e -> !e.date().isAfter(day)).toList();
    return Notices.of(happened, day).get(0);
  }

  private static String life(Notice n) {
    return n.state()
        + (n.decidedOn() == null ? "" : " on " + n.decidedOn())
        + (n.decisionNo() == null ? "" : " by " + n.decisionNo())
        + (n.nextOn() == null ? "" : ", " + n.nextState() + " from " + n.nextOn());
  }

  @Test
  void aFirmMayObjectUpToAndIncludingTheLastDay() {
    assertThat(life(on(TOLD, notice()))).isEqualTo("open, over from 2026-05-15");
    assertThat(life(on(LAST, notice()))).isEqualTo("open, over from 2026-05-15");
    assertThat(life(on(LAST.plusDays(1), notice()))).isEqualTo("over");
    assertThat(on(TOLD, notice()).objectionUntil()).isEqualTo(LAST);
  }

  @Test
  void aWindowThatWasNotStatedIsUnknownAndNoneIsSupposed() {
    Notice notice = on(TOLD.plusYears(1), noticeWithoutWindow());
    assertThat(life(notice)).isEqualTo("unknown");
    assertThat(notice.objectionUntil()).isNull();
  }

  @Test
  void aMatterThatWasDroppedIsDroppedFromItsDayOn() {
    for (String dropped : List.of("not_listed", "notice_withdrawn")) {
      Event notice = notice(step(dropped, DECIDED, NOTICE));
      assertThat(life(on(LAST, notice))).isEqualTo("open, over from 2026-05-15");
      assertThat(life(on(DECIDED.minusDays(1), notice)))
          .isEqualTo("over, " + dropped + " from 2026-06-01");
      assertThat(life(on(DECIDED, notice))).isEqualTo(dropped + " on 2026-06-01");
    }
  }

  @Test
  void aNoticeThatWasTakenBackWithinItsWindowHasNoWindowAnyMore() {
    Event notice = notice(step("notice_withdrawn", TOLD.plusDays(2), NOTICE));
    assertThat(life(on(TOLD, notice))).isEqualTo("open, notice_withdrawn from 2026-05-06");
    assertThat(life(on(TOLD.plusDays(2), notice))).isEqualTo("notice_withdrawn on 2026-05-06");
  }

  @Test
  void aNoticeWhoseRecordWasTakenBackIsWithdrawn() {
    Event gone =
        Made.like(notice())
            .with("status", "withdrawn")
            .with("statusDate", TOLD.plusDays(3))
            .record();
    assertThat(life(on(DECIDED, gone))).isEqualTo("notice_withdrawn on 2026-05-07");
  }

  @Test
  void aDecisionThatNamesTheNoticeAnswersItThoughTheNoticeWasNotSentAgain() {
    Event notice = noticeWithoutWindow(step("listed", DECIDED, DECISION));
    assertThat(life(on(DECIDED.minusDays(1), notice, decision())))
        .isEqualTo("unknown, listed from 2026-06-01");
    assertThat(life(on(DECIDED, notice, decision()))).isEqualTo("listed on 2026-06-01 by 列1号");
  }

  @Test
  void aNoticeThatNamesItsDecisionIsAnsweredByIt() {
    Event notice = notice(step("listed", DECIDED, NOTICE));
    Event decision = decision(step("notified", TOLD, NOTICE));
    assertThat(life(on(DECIDED, notice, decision))).isEqualTo("listed on 2026-06-01 by 列1号");
    assertThat(life(on(DECIDED, notice))).isEqualTo("listed on 2026-06-01");
  }

  @Test
  void aDecisionOutweighsWhatTheNoticeSaysItself() {
    Event notice = notice(step("not_listed", DECIDED.plusDays(3), NOTICE));
    Event decision = decision(step("notified", TOLD, NOTICE));
    assertThat(life(on(DECIDED.plusDays(9), notice, decision)))
        .isEqualTo("listed on 2026-06-01 by 列1号");
  }

  @Test
  void theDayOfADecisionIsTheOneThatItStatesItself() {
    Event notice = notice(step("listed", DECIDED.minusDays(2), NOTICE));
    Event decision = decision(step("notified", TOLD, NOTICE));
    assertThat(life(on(DECIDED.plusDays(1), notice, decision)))
        .isEqualTo("listed on 2026-06-01 by 列1号");
  }

  @Test
  void aDecisionThatStatesTheDayOfNoticeOnlyAnswersTheOnlyNoticeOfThatDay() {
    Event decision = decision(step("notified", TOLD, DECISION));
    assertThat(life(on(DECIDED, notice(), decision))).isEqualTo("listed on 2026-06-01 by 列1号");

    Event twin = event("listing_notice", "告2号", TOLD, null, "listing_notices/a/2");
    assertThat(life(on(DECIDED, notice(), twin, decision))).isEqualTo("over");

    Event other = decision(step("notified", TOLD.minusDays(1), DECISION));
    assertThat(life(on(DECIDED, notice(), other))).isEqualTo("over");
  }

  @Test
  void aDecisionThatNamesAnotherNoticeDoesNotAnswerThisOne() {
    Event decision = decision(step("notified", TOLD, DECISION));
    Event named =
        event(
            "listing_notice",
            "告2号",
            TOLD.minusDays(3),
            null,
            "listing_notices/a/2",
            step("listed", DECIDED, DECISION));
    assertThat(life(on(DECIDED, notice(), named, decision))).isEqualTo("over");
  }

  @Test
  void aDecisionWithinTheWindowIsMarkedAsEarly() {
    Event notice = notice(step("listed", LAST, NOTICE));
    assertThat(on(LAST, notice).early()).isTrue();
    assertThat(on(DECIDED, notice(step("listed", LAST.plusDays(1), NOTICE))).early()).isFalse();
    assertThat(on(DECIDED, noticeWithoutWindow(step("listed", TOLD, NOTICE))).early()).isFalse();
  }
}
