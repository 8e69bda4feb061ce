package credit.sample;

import java.time.LocalDate;
import java.util.List;

/** Inspections of other departments, in the result codes of the older publicity system. */
final class DepartmentStory {
  private static final double A_MONTH = 0.018;
  private static final double BREACH_BASE = -3.3;
  private static final double BREACH_SLOPE = 1.25;

  /** Department, the field it inspects. */
  private static final List<List<String>> DEPARTMENTS =
      List.of(
          List.of("珠海市卫生健康局", "公共场所卫生"),
          List.of("珠海市消防救援支队", "消防安全"),
          List.of("珠海市应急管理局", "消防安全"),
          List.of("珠海市发展和改革局", "价格监管"));

  private DepartmentStory() {}

  static void tell(Story story) {
    Draw draw = story.draw("department");
    for (int month = 0; month < story.schedule.months(); month++) {
      if (draw.chance(A_MONTH)) {
        inspection(story, draw, story.dayIn(month, draw), story.risk.at(month));
      }
    }
  }

  private static void inspection(Story story, Draw draw, LocalDate day, double risk) {
    double logOdds = BREACH_BASE + BREACH_SLOPE * risk + story.firm.industry().breachProne;
    boolean breach = draw.chance(Draw.logistic(logOdds));
    String results = breach ? breach(draw) : clean(draw, risk);
    List<String> department = draw.pick(DEPARTMENTS);
    String plan = draw.weighted(new String[] {"日常检查", "双随机抽查", "专项检查"}, 5, 3, 2);
    int wait = draw.between(1, 15);
    if (!story.lives(day)) {
      return;
    }
    String number = story.serials.number("BM", day.getYear());
    story.deliveries.add(
        story
            .row("department_inspections", day, number, "firm_name")
            .put("inspection_no", number)
            .put("district", Names.districtName(story.firm.district()))
            .put("inspected_on", day)
            .put("plan_type", plan)
            .put("domain", department.get(1))
            .put("results", results)
            .put("handling", breach ? "责令限期改正" : "")
            .put("department", department.get(0))
            .put("inspectors", Persons.name(draw)),
        day.plusDays(wait));
  }

  private static String breach(Draw draw) {
    String first =
        draw.weighted(new String[] {"2", "3", "5", "其他违法违规", "发现问题已责令改正"}, 20, 15, 5, 35, 25);
    return draw.chance(0.1) && !first.equals("2") ? first + "；2" : first;
  }

  private static String clean(Draw draw, double risk) {
    double odd = Draw.logistic(-4.2 + 0.9 * risk);
    double at = draw.uniform();
    return at < odd ? "4" : at < 1.2 * odd ? "6" : "1";
  }
}
