package credit.sample;

import java.time.LocalDate;

/** Repairs and objections against the acts of a firm's story. */
final class RepairStory {
  private static final String REFORM = "珠海市发展和改革局";

  private RepairStory() {}

  static void tell(Story story) {
    Draw repairs = story.draw("repair");
    Draw objections = story.draw("objection");
    for (Act act : story.acts) {
      boolean repaired = repair(story, repairs, act);
      objection(story, objections, act, repaired);
    }
  }

  private static boolean repair(Story story, Draw draw, Act act) {
    int wait = act.kind().equals(Act.SERIOUS) ? 370 : act.kind().equals(Act.PROMISE) ? 60 : 100;
    LocalDate applied = act.date().plusDays(wait + draw.below(260));
    double will = act.kind().equals(Act.PENALTY) ? 0.4 : 0.55;
    boolean applies = draw.chance(will);
    int takes = draw.between(5, 50);
    boolean approved = draw.chance(0.82);
    if (!applies || !story.lives(applied)) {
      return false;
    }
    LocalDate decided = applied.plusDays(takes);
    String number = story.serials.number("XF", applied.getYear());
    Row row =
        story
            .row("repairs", applied, number, "firm_name")
            .put("repair_no", number)
            .put("target_kind", act.kind())
            .put("target_act_no", act.number())
            .put("target_authority", act.authority())
            .put("applied_on", applied)
            .put("outcome", "审核中")
            .put("authority", REFORM);
    Row answer =
        row.version().put("decided_on", decided).put("outcome", approved ? "准予修复" : "不予修复");
    boolean known = decide(story, row, answer, applied, decided);
    if (known && approved) {
      story.restrictedBy.removeIf(cause -> cause.endsWith(" " + act.number()));
    }
    return known && approved;
  }

  private static void objection(Story story, Draw draw, Act act, boolean repaired) {
    LocalDate applied = act.date().plusDays(20 + draw.below(60));
    boolean objects = draw.chance(0.04);
    LocalDate decided = applied.plusDays(draw.between(5, 40));
    boolean upheld = draw.chance(0.2);
    if (!objects || repaired || !story.lives(applied)) {
      return;
    }
    String number = story.serials.number("YY", applied.getYear());
    Row row =
        story
            .row("objections", applied, number, "firm_name")
            .put("objection_no", number)
            .put("target_kind", act.kind())
            .put("target_act_no", act.number())
            .put("target_authority", act.authority())
            .put("reason", "认为认定事实有误，负责人电话" + story.firm.phone())
            .put("applied_on", applied)
            .put("outcome", "核查中")
            .put("authority", REFORM);
    Row answer = row.version().put("decided_on", decided).put("outcome", upheld ? "异议成立" : "异议不成立");
    if (decide(story, row, answer, applied, decided) && upheld) {
      story.restrictedBy.removeIf(cause -> cause.endsWith(" " + act.number()));
    }
  }

  /** Delivers the application, and the decision once there is one. */
  private static boolean decide(
      Story story, Row pending, Row answer, LocalDate applied, LocalDate decided) {
    int delivery = story.schedule.deliveryFor(applied);
    if (delivery == Schedule.NEVER) {
      return false;
    }
    if (!decided.isAfter(story.schedule.deliveries().get(delivery))) {
      story.deliveries.add(answer, applied);
      return true;
    }
    story.deliveries.add(pending, applied);
    return story.deliveries.addVersion(answer, decided, delivery) != Schedule.NEVER;
  }
}
