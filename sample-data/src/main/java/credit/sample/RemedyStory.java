package credit.sample;

import java.time.LocalDate;
import java.util.Set;

/** Reconsideration and litigation against the acts of a firm's story. */
final class RemedyStory {
  private static final Set<String> CHALLENGED = Set.of(Act.PENALTY, Act.SERIOUS);

  private RemedyStory() {}

  static void tell(Story story) {
    Draw draw = story.draw("remedy");
    for (Act act : story.acts) {
      remedy(story, draw, act);
    }
  }

  /** Filed; perhaps an order suspends the act; decided. Each step is a version of one record. */
  private static void remedy(Story story, Draw draw, Act act) {
    boolean files = draw.chance(act.kind().equals(Act.SERIOUS) ? 0.2 : 0.07);
    LocalDate applied = act.date().plusDays(draw.between(10, 60));
    LocalDate suspended = applied.plusDays(draw.between(3, 25));
    boolean suspends = draw.chance(0.35);
    LocalDate decided = applied.plusDays(draw.between(60, 180));
    String outcome = draw.weighted(new String[] {"维持", "撤销", "变更", "撤回"}, 66, 14, 6, 14);
    boolean court = draw.chance(0.3);
    if (!files || !CHALLENGED.contains(act.kind()) || !story.lives(applied)) {
      return;
    }
    String number = story.serials.document(court ? "粤04行初" : "珠府行复", applied.getYear());
    Row row =
        story
            .row("remedies", applied, number, "firm_name")
            .put("remedy_no", number)
            .put("kind", court ? "行政诉讼" : "行政复议")
            .put("target_kind", act.kind())
            .put("target_act_no", act.number())
            .put("target_authority", act.authority())
            .put("applied_on", applied)
            .put("outcome", "审理中")
            .put("authority", court ? "珠海市中级人民法院" : "珠海市人民政府");
    int delivery = story.deliveries.add(row, applied);
    boolean without = false;
    if (suspends && !story.over(suspended)) {
      row = row.version().put("suspended_on", suspended);
      int next = story.deliveries.addVersion(row, suspended, delivery);
      without = next != Schedule.NEVER;
      delivery = without ? next : delivery;
    }
    if (!story.over(decided)) {
      Row answer = row.version().put("decided_on", decided).put("outcome", outcome);
      boolean known = story.deliveries.addVersion(answer, decided, delivery) != Schedule.NEVER;
      without = known ? outcome.equals("撤销") : without;
    }
    if (without) {
      story.restrictedBy.removeIf(cause -> cause.endsWith(" " + act.number()));
    }
  }
}
