package credit.sample;

import java.time.LocalDate;

/** Prior notices of a listing: most listings had one, and not every one becomes a listing. */
final class NoticeStory {
  private final Story story;
  private final Draw draw;
  private final String authority;

  /** One story for each penalty that may lead to a listing. */
  NoticeStory(Story story, String penalty, String authority) {
    this.story = story;
    this.draw = story.draw("notice " + penalty);
    this.authority = authority;
  }

  /**
   * The notice before a listing. Not every department sends it again once it has decided, and some
   * decisions state the day of their notice only.
   *
   * @param decision the decision's row
   */
  void before(Row decision) {
    LocalDate notified = LocalDate.parse(decision.cell("notified_on"));
    LocalDate listed = LocalDate.parse(decision.cell("listed_on"));
    Row notice = notice(notified, 5, 10);
    if (draw.chance(0.75)) {
      decision.put("notice_no", notice.cell("notice_no"));
    }
    boolean sentAgain = draw.chance(0.7);
    Row answered = answer(notice, "列入", listed).put("decision_no", decision.cell("decision_no"));
    deliver(notice, notified, sentAgain ? answered : null, listed);
  }

  /** A notice that no decision to list follows, at least not within the story. */
  void alone(LocalDate penalised) {
    LocalDate notified = penalised.plusDays(draw.between(20, 180));
    if (!draw.chance(0.7) || !story.lives(notified)) {
      return;
    }
    Row notice = notice(notified, 10, 20);
    LocalDate dropped = notified.plusDays(draw.between(12, 60));
    String outcome = draw.chance(0.75) ? "不予列入" : "撤回告知";
    deliver(notice, notified, answer(notice, outcome, dropped), dropped);
  }

  /** A notice whose window is some days long, at least and at most. */
  private Row notice(LocalDate notified, int least, int most) {
    String number = story.serials.document("珠市监严违告字", notified.getYear());
    boolean windowStated = draw.chance(0.85);
    LocalDate until = notified.plusDays(draw.between(least, most));
    return story
        .row("listing_notices", notified, number, "firm_name")
        .put("notice_no", number)
        .put("notified_on", notified)
        .put("objection_until", windowStated ? until : null)
        .put("domain", story.firm.industry().domain)
        .put("reason", "受到较重行政处罚，拟列入严重违法失信名单")
        .put("basis", "《市场监督管理严重违法失信名单管理办法》（令第44号）")
        .put("authority", authority);
  }

  private static Row answer(Row notice, String outcome, LocalDate day) {
    return notice.version().put("outcome", outcome).put("outcome_on", day);
  }

  /** The notice when it was given, and once more with its outcome where that came later. */
  private void deliver(Row notice, LocalDate notified, Row answered, LocalDate day) {
    LocalDate ready = notified.plusDays(draw.between(1, 3));
    int delivery = story.schedule.deliveryFor(ready);
    if (delivery == Schedule.NEVER) {
      return;
    }
    boolean atOnce = answered != null && !day.isAfter(story.schedule.deliveries().get(delivery));
    story.deliveries.addTo(atOnce ? answered : notice, delivery);
    if (answered != null && !atOnce) {
      story.deliveries.addVersion(answered, day, delivery);
    }
  }
}
