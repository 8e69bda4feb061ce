package credit.sample;

import java.time.LocalDate;
import java.util.List;

/** Disputes before the courts and their enforcement: signals of the same latent risk. */
final class CourtStory {
  private static final String SOURCE = "enforcement_cases";
  private static final double SUED_BASE = -5.6;
  private static final double SUED_SLOPE = 1.0;
  private static final List<String> CAUSES =
      List.of("买卖合同纠纷", "房屋租赁合同纠纷", "劳动争议", "服务合同纠纷", "产品责任纠纷", "侵害商标权纠纷");

  private CourtStory() {}

  static void tell(Story story) {
    Draw draw = story.draw("dispute");
    for (int month = 0; month < story.schedule.months(); month++) {
      double risk = story.risk.at(month);
      if (draw.chance(StrictMath.exp(SUED_BASE + SUED_SLOPE * risk))) {
        sued(story, draw, story.dayIn(month, draw), risk);
      }
      if (draw.chance(0.002)) {
        judgment(story, draw, story.dayIn(month, draw), "原告", draw.chance(0.7) ? "支持" : "驳回");
      }
    }
  }

  private static void sued(Story story, Draw draw, LocalDate day, double risk) {
    boolean lost = draw.chance(Draw.logistic(0.6 + 0.3 * risk));
    String result =
        lost
            ? draw.weighted(new String[] {"支持", "部分支持"}, 3, 2)
            : draw.weighted(new String[] {"驳回", "调解", "撤诉"}, 3, 4, 2);
    long amount = judgment(story, draw, day, "被告", result);
    LocalDate filed = day.plusDays(draw.between(60, 200));
    if (lost && draw.chance(Draw.logistic(-0.9 + 0.5 * risk)) && story.lives(filed)) {
      enforced(story, draw, filed, amount);
    }
  }

  /** Returns the sum in yuan; nothing is delivered where the firm does not live on the day. */
  private static long judgment(Story story, Draw draw, LocalDate day, String role, String result) {
    long amount = StrictMath.round(StrictMath.exp(11 + 1.2 * draw.normal()) / 100) * 100;
    int wait = draw.between(3, 20);
    String cause = draw.pick(CAUSES);
    if (!story.lives(day)) {
      return amount;
    }
    String number = judgmentNo(story.serials, day.getYear(), story.firm.district());
    story.deliveries.add(
        story
            .row("judgments", day, number, "party_name")
            .put("case_no", number)
            .put("court", court(story.firm))
            .put("cause", cause)
            .put("party_kind", "法人或者其他组织")
            .put("party_role", role)
            .put("amount", result.contains("支持") ? Long.toString(amount) : "")
            .put("judged_on", day)
            .put("result", result),
        day.plusDays(wait));
    return amount;
  }

  private static void enforced(Story story, Draw draw, LocalDate filed, long amount) {
    String number = enforcementNo(story.serials, filed.getYear(), story.firm.district());
    Row row = enforcement(story, filed, number).put("amount", amount);
    int delivery = story.deliveries.add(row, filed.plusDays(draw.between(1, 10)));
    LocalDate closed = filed.plusDays(draw.between(60, 400));
    if (!story.over(closed) && draw.chance(0.7)) {
      Row over = row.version().put("closed_on", closed);
      over.put("case_state", draw.chance(0.75) ? "已结案" : "终结本次执行程序");
      story.deliveries.addVersion(over, closed, delivery);
    }
  }

  /** Who is listed as a dishonest debtor was enforced against before: the same case. */
  static void enforcedBefore(Story story, Row debtor) {
    LocalDate filed = LocalDate.parse(debtor.cell("filed_on"));
    if (story.lives(filed)) {
      Draw draw = Draw.of(story.options.seed(), "enforced " + filed, story.firm.index());
      story.deliveries.add(
          enforcement(story, filed, debtor.cell("case_no"))
              .put("amount", draw.between(2, 300) * 10_000L)
              .put("basis_no", debtor.cell("basis_no")),
          filed.plusDays(draw.between(1, 10)));
    }
  }

  private static Row enforcement(Story story, LocalDate filed, String number) {
    return story
        .row(SOURCE, filed, number, "party_name")
        .put("party_kind", "581")
        .put("case_no", number)
        .put("court", court(story.firm))
        .put("filed_on", filed)
        .put("case_state", "执行中");
  }

  private static String court(Firm firm) {
    return "珠海市" + Names.districtName(firm.district()) + "人民法院";
  }

  static String judgmentNo(Serials serials, int year, String district) {
    String place = "粤" + district.substring(2);
    return "（" + year + "）" + place + "民初" + serials.next("民初" + place + year) + "号";
  }

  /** Numbers above those of the cases that end on the list of dishonest debtors. */
  static String enforcementNo(Serials serials, int year, String district) {
    String place = "粤" + district.substring(2);
    return "（" + year + "）" + place + "执" + (20_000 + serials.next("执" + place + year)) + "号";
  }
}
