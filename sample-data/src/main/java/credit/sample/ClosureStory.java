package credit.sample;

import java.time.LocalDate;

/** What officers found when they followed up warnings of an earlier system. */
final class ClosureStory {
  private ClosureStory() {}

  static void tell(Story story) {
    Draw draw = story.draw("closure");
    for (int month = 0; month < story.schedule.months(); month++) {
      double risk = story.risk.ahead(month);
      boolean warned = draw.chance(StrictMath.exp(-5.4 + 0.8 * risk));
      LocalDate day = story.schedule.firstOf(month);
      LocalDate closed = day.plusDays(draw.between(5, 50));
      boolean breach = draw.chance(Draw.logistic(-1.0 + 0.9 * risk));
      String other = draw.weighted(new String[] {"未发现问题", "查无下落", "未处置"}, 80, 6, 14);
      if (warned && story.lives(closed)) {
        closure(story, day, closed, breach ? "查实违法" : other);
      }
    }
  }

  private static void closure(Story story, LocalDate warned, LocalDate closed, String outcome) {
    String number = story.serials.number("CZ", closed.getYear());
    story.deliveries.add(
        story
            .row("warning_closures", closed, number, "firm_name")
            .put("closure_no", number)
            .put("warning_id", story.serials.number("YJ", warned.getYear()))
            .put("warned_on", warned)
            .put("outcome", outcome)
            .put("closed_on", closed)
            .put("department", "珠海市市场监督管理局" + Names.shortDistrict(story.firm.district()) + "分局")
            .put("officer", "ZH" + (1000 + story.firm.index() % 37)),
        closed);
  }
}
